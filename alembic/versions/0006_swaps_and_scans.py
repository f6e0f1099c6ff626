"""Swaps, one row per unordered pair, their two sides, and the append-only log of scans behind them."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE swaps (
            event_id uuid NOT NULL CONSTRAINT swaps_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            lower_id uuid NOT NULL,
            upper_id uuid NOT NULL,
            swapped_at timestamptz NOT NULL,
            changed_at timestamptz NOT NULL,
            withdrawn_at timestamptz,
            withdrawn_by uuid,
            CONSTRAINT swaps_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT swaps_one_per_pair UNIQUE (event_id, lower_id, upper_id),
            CONSTRAINT swaps_in_order CHECK (lower_id < upper_id),
            CONSTRAINT swaps_of_lower FOREIGN KEY (event_id, lower_id) REFERENCES registrations ON DELETE CASCADE,
            CONSTRAINT swaps_of_upper FOREIGN KEY (event_id, upper_id) REFERENCES registrations ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX swaps_by_upper ON swaps (event_id, upper_id)
    """)
    op.execute("""
        CREATE TABLE swap_sides (
            event_id uuid NOT NULL,
            swap_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            scanned_at timestamptz,
            offers text[] CONSTRAINT swap_sides_offer_known_fields CHECK (offers <@ ARRAY['EMAIL', 'PHONE', 'LINKS']),
            offered_at timestamptz,
            declined_at timestamptz,
            CONSTRAINT swap_sides_pkey PRIMARY KEY (event_id, swap_id, registration_id),
            CONSTRAINT swap_sides_of_swap FOREIGN KEY (event_id, swap_id) REFERENCES swaps ON DELETE CASCADE,
            CONSTRAINT swap_sides_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX swap_sides_by_registration ON swap_sides (event_id, registration_id)
    """)
    op.execute("""
        CREATE TABLE scans (
            event_id uuid NOT NULL,
            id uuid NOT NULL,
            registration_id uuid NOT NULL,
            key uuid NOT NULL,
            content_hash bytea NOT NULL,
            outcome text NOT NULL CONSTRAINT scans_outcome_known CHECK (outcome IN (
                'SWAPPED', 'NOT_RECOGNISED', 'OWN_BADGE', 'EVENT_CLOSED'
            )),
            badge_id uuid,
            swap_id uuid,
            is_held_back boolean NOT NULL DEFAULT false,
            scanned_at timestamptz NOT NULL,
            sent_at timestamptz,
            received_at timestamptz NOT NULL,
            happened_at timestamptz NOT NULL,
            CONSTRAINT scans_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT scans_one_per_key UNIQUE (event_id, registration_id, key),
            CONSTRAINT scans_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX scans_by_time ON scans (event_id, registration_id, happened_at)
    """)
    op.execute("""
        CREATE TABLE conversations (
            event_id uuid NOT NULL,
            swap_id uuid NOT NULL,
            day date NOT NULL,
            CONSTRAINT conversations_pkey PRIMARY KEY (event_id, swap_id, day),
            CONSTRAINT conversations_of_swap FOREIGN KEY (event_id, swap_id) REFERENCES swaps ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE TABLE feelings (
            event_id uuid NOT NULL,
            swap_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            feeling text NOT NULL CONSTRAINT feelings_known CHECK (feeling IN ('LEARNED', 'CAN_HELP', 'TALK_AGAIN')),
            felt_at timestamptz NOT NULL,
            CONSTRAINT feelings_pkey PRIMARY KEY (event_id, swap_id, registration_id, feeling),
            CONSTRAINT feelings_of_side FOREIGN KEY (event_id, swap_id, registration_id)
                REFERENCES swap_sides ON DELETE CASCADE
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE feelings")
    op.execute("DROP TABLE conversations")
    op.execute("DROP TABLE scans")
    op.execute("DROP TABLE swap_sides")
    op.execute("DROP TABLE swaps")
