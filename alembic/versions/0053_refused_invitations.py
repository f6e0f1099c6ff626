"""Invitations whose address the mail server refused for good: they are not tried again by themselves."""

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE invitations ADD COLUMN refused_at timestamptz")
    op.execute("""
        CREATE INDEX invitations_refused ON invitations (event_id, email_key) WHERE refused_at IS NOT NULL
    """)


def downgrade() -> None:
    op.execute("DROP INDEX invitations_refused")
    op.execute("ALTER TABLE invitations DROP COLUMN refused_at")
