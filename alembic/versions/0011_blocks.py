"""Blocks: who does not wish to meet whom again. They belong to people, and outlive the event where they were made."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The met_ columns point into an event without holding it. blocked_id is null while nobody has taken the place.
    op.execute("""
        CREATE TABLE blocks (
            blocker_id uuid NOT NULL CONSTRAINT blocks_of_blocker REFERENCES people ON DELETE CASCADE,
            met_swap_id uuid NOT NULL,
            met_event_id uuid NOT NULL,
            met_registration_id uuid NOT NULL,
            blocked_id uuid CONSTRAINT blocks_of_blocked REFERENCES people ON DELETE SET NULL,
            event_title text NOT NULL,
            met_on date NOT NULL,
            blocked_at timestamptz NOT NULL,
            CONSTRAINT blocks_pkey PRIMARY KEY (blocker_id, met_swap_id),
            CONSTRAINT blocks_not_of_oneself CHECK (blocker_id <> blocked_id)
        )
    """)
    op.execute("""
        CREATE INDEX blocks_by_blocked ON blocks (blocked_id) WHERE blocked_id IS NOT NULL
    """)
    op.execute("""
        CREATE INDEX blocks_by_place ON blocks (met_event_id, met_registration_id) WHERE blocked_id IS NULL
    """)
    # The places of one event that are never shown to each other. Each pair stands there both ways round; blocker_id
    # is the place of the one who blocked.
    op.execute("""
        CREATE VIEW blocked_pairs AS
        SELECT mine.event_id, mine.id AS registration_id, theirs.id AS other_id, mine.id AS blocker_id
        FROM registrations AS mine
        JOIN blocks ON blocks.blocker_id = mine.person_id
        JOIN registrations AS theirs ON theirs.event_id = mine.event_id AND theirs.person_id = blocks.blocked_id
        UNION ALL
        SELECT mine.event_id, mine.id, theirs.id, theirs.id
        FROM registrations AS mine
        JOIN blocks ON blocks.blocked_id = mine.person_id
        JOIN registrations AS theirs ON theirs.event_id = mine.event_id AND theirs.person_id = blocks.blocker_id
        UNION ALL
        SELECT mine.event_id, mine.id, blocks.met_registration_id, mine.id
        FROM registrations AS mine
        JOIN blocks ON blocks.blocker_id = mine.person_id AND blocks.met_event_id = mine.event_id
        WHERE blocks.blocked_id IS NULL
        UNION ALL
        SELECT mine.event_id, mine.id, theirs.id, theirs.id
        FROM registrations AS mine
        JOIN blocks ON blocks.met_event_id = mine.event_id AND blocks.met_registration_id = mine.id
        JOIN registrations AS theirs ON theirs.event_id = mine.event_id AND theirs.person_id = blocks.blocker_id
        WHERE blocks.blocked_id IS NULL
    """)


def downgrade() -> None:
    op.execute("DROP VIEW blocked_pairs")
    op.execute("DROP TABLE blocks")
