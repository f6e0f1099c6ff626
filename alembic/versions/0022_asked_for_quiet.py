"""People who ask that nobody is reminded of them."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE people ADD COLUMN quiet_since timestamptz")


def downgrade() -> None:
    op.execute("ALTER TABLE people DROP COLUMN quiet_since")
