"""The topics that people took off their cards: they stay away however often the card is written anew."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE cards ADD COLUMN dropped_topics text[] NOT NULL DEFAULT '{}'")


def downgrade() -> None:
    op.execute("ALTER TABLE cards DROP COLUMN dropped_topics")
