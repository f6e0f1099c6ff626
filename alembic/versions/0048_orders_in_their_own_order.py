"""Deliveries of other programs come out of order: each keeps when it was told, and of which tickets, as hashes."""

from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE import_deliveries ADD COLUMN told_at timestamptz, ADD COLUMN tickets bytea[]")


def downgrade() -> None:
    op.execute("ALTER TABLE import_deliveries DROP COLUMN told_at, DROP COLUMN tickets")
