"""Which badges each print held, and the sheets that organizers have asked for: sealed, and not for long."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE printed_badges (
            event_id uuid NOT NULL,
            badge_id uuid NOT NULL,
            print_id uuid NOT NULL,
            CONSTRAINT printed_badges_pkey PRIMARY KEY (event_id, badge_id, print_id),
            CONSTRAINT printed_badges_of_badge FOREIGN KEY (event_id, badge_id) REFERENCES badges ON DELETE CASCADE,
            CONSTRAINT printed_badges_of_print FOREIGN KEY (event_id, print_id)
                REFERENCES badge_prints ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX printed_badges_by_print ON printed_badges (event_id, print_id)
    """)
    # Until now a print and its badges were held together by nothing but their time.
    op.execute("""
        INSERT INTO printed_badges (event_id, badge_id, print_id)
        SELECT badges.event_id, badges.id, badge_prints.id
        FROM badges
        JOIN badge_prints ON badge_prints.event_id = badges.event_id AND badge_prints.printed_at = badges.printed_at
    """)
    op.execute("""
        CREATE TABLE badge_sheets (
            event_id uuid NOT NULL CONSTRAINT badge_sheets_of_event REFERENCES events ON DELETE CASCADE,
            person_id uuid NOT NULL CONSTRAINT badge_sheets_of_person REFERENCES people ON DELETE CASCADE,
            key uuid NOT NULL,
            wanted text NOT NULL,
            registration_id uuid,
            format text NOT NULL,
            by_ticket boolean NOT NULL,
            asked_at timestamptz NOT NULL,
            state text NOT NULL CONSTRAINT badge_sheets_state CHECK (state IN ('WAITING', 'MAKING', 'READY', 'FAILED')),
            reason text,
            badges integer NOT NULL,
            drawn integer NOT NULL DEFAULT 0,
            pages integer,
            shortened integer NOT NULL DEFAULT 0,
            badge_ids uuid[] NOT NULL DEFAULT '{}',
            left_out uuid[] NOT NULL DEFAULT '{}',
            sealed bytea,
            kept_until timestamptz NOT NULL,
            printed_at timestamptz,
            CONSTRAINT badge_sheets_pkey PRIMARY KEY (event_id, person_id),
            CONSTRAINT badge_sheets_sealed_when_ready CHECK ((state = 'READY') = (sealed IS NOT NULL)),
            CONSTRAINT badge_sheets_reason_when_failed CHECK ((state = 'FAILED') = (reason IS NOT NULL))
        )
    """)
    op.execute("""
        CREATE INDEX badge_sheets_by_end ON badge_sheets (kept_until)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE badge_sheets")
    op.execute("DROP TABLE printed_badges")
