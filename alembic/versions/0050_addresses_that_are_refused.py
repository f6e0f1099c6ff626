"""An invitation to a team whose address the mail server refused is not sent again and again."""

from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE team_invitations ADD COLUMN refused_at timestamptz")


def downgrade() -> None:
    op.execute("ALTER TABLE team_invitations DROP COLUMN refused_at")
