"""People who say on their card that they have been at this gathering before; nobody is new there as well.

The column is not called `returning`, as the card's own word is: PostgreSQL keeps that word for itself.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE cards
            ADD COLUMN been_here boolean NOT NULL DEFAULT false,
            ADD CONSTRAINT cards_new_or_returning CHECK (NOT (new_here AND been_here))
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE cards DROP CONSTRAINT cards_new_or_returning, DROP COLUMN been_here")
