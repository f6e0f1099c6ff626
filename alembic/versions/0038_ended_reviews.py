"""A week's review can be ended before everybody it names has an answer."""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE review_weeks ADD COLUMN ended_at timestamptz")


def downgrade() -> None:
    op.execute("ALTER TABLE review_weeks DROP COLUMN ended_at")
