"""Events are kept a number of days after their end, and aged then."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE events
            ADD COLUMN aged_at timestamptz,
            ADD CONSTRAINT events_kept_within_bounds CHECK (retention_days BETWEEN 1 AND 730)
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE events DROP CONSTRAINT events_kept_within_bounds, DROP COLUMN aged_at")
