"""The log of printed badges: whoever prints them holds what their QR codes hold, so it is kept who did, and when."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # printed_by is null for the host, and by_host tells the host from an organizer whose account is gone.
    op.execute("""
        CREATE TABLE badge_prints (
            event_id uuid NOT NULL CONSTRAINT badge_prints_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            printed_by uuid CONSTRAINT badge_prints_of_person REFERENCES people ON DELETE SET NULL,
            by_host boolean NOT NULL,
            printed_at timestamptz NOT NULL,
            badges integer NOT NULL CONSTRAINT badge_prints_hold_some CHECK (badges > 0),
            format text NOT NULL,
            CONSTRAINT badge_prints_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT badge_prints_by_host_alone CHECK (NOT by_host OR printed_by IS NULL)
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE badge_prints")
