"""By which table of topics the cards of an event were last read, so that a newer one reads them anew."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE events ADD COLUMN topics_read_with bytea")


def downgrade() -> None:
    op.execute("ALTER TABLE events DROP COLUMN topics_read_with")
