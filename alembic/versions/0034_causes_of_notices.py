"""A notice is asked for its cause when it leaves, so nobody takes one back; and what may be reminded of is one view."""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP INDEX notices_by_cause")
    op.execute("ALTER TABLE notices DROP COLUMN withdrawn_at")
    # Open promises for a day: in a live swap, to somebody whom their owner does not let rest and who wants no quiet.
    op.execute("""
        CREATE VIEW promises_to_remind_of AS
        SELECT mine.person_id, promises.event_id, promises.id, promises.due_on, promises.made_at
        FROM promises
        JOIN registrations AS mine ON mine.event_id = promises.event_id AND mine.id = promises.registration_id
        JOIN swaps ON swaps.event_id = promises.event_id AND swaps.id = promises.swap_id AND swaps.withdrawn_at IS NULL
        JOIN registrations AS theirs ON theirs.event_id = swaps.event_id
            AND theirs.id IN (swaps.lower_id, swaps.upper_id) AND theirs.id <> mine.id
        LEFT JOIN people AS others ON others.id = theirs.person_id
        WHERE promises.kept_at IS NULL AND promises.due_on IS NOT NULL AND others.quiet_since IS NULL
          AND NOT EXISTS (
              SELECT FROM relationships
              WHERE relationships.person_id = mine.person_id AND relationships.other_id = theirs.person_id
                AND relationships.resting_until > promises.due_on
          )
    """)


def downgrade() -> None:
    op.execute("DROP VIEW promises_to_remind_of")
    op.execute("ALTER TABLE notices ADD COLUMN withdrawn_at timestamptz")
    op.execute("CREATE INDEX notices_by_cause ON notices (kind, key)")
