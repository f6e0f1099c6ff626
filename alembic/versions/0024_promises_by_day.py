"""Open promises are looked up by the day they are for, each minute, to remind those who made them."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE INDEX promises_open_by_day ON promises (due_on) WHERE kept_at IS NULL AND due_on IS NOT NULL
    """)


def downgrade() -> None:
    op.execute("DROP INDEX promises_open_by_day")
