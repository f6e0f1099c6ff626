"""Conflicts at doors that the desk has seen, and the ways to find conflicts and to read the log."""

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A conflict is worked out from the log. What was seen are its scans: one more of them is news again.
    op.execute("""
        CREATE TABLE door_conflicts_seen (
            event_id uuid NOT NULL,
            check_in_id uuid NOT NULL,
            seen_by uuid CONSTRAINT door_conflicts_seen_by_person REFERENCES people ON DELETE SET NULL,
            seen_at timestamptz NOT NULL,
            CONSTRAINT door_conflicts_seen_pkey PRIMARY KEY (event_id, check_in_id),
            CONSTRAINT door_conflicts_seen_of_check_in FOREIGN KEY (event_id, check_in_id)
                REFERENCES check_ins ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX check_ins_admitted_offline ON check_ins (event_id, day, registration_id)
        WHERE is_offline AND COALESCE(shown, verdict) = 'ADMITTED'
    """)
    op.execute("""
        CREATE INDEX check_ins_newest ON check_ins (event_id, day, received_at, id)
    """)


def downgrade() -> None:
    op.execute("DROP INDEX check_ins_newest")
    op.execute("DROP INDEX check_ins_admitted_offline")
    op.execute("DROP TABLE door_conflicts_seen")
