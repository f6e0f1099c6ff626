"""What other programs have delivered and nobody has brought in is counted for each key, at each delivery."""

from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE INDEX import_deliveries_held ON import_deliveries (event_id, key_id) WHERE sealed_body IS NOT NULL
    """)


def downgrade() -> None:
    op.execute("DROP INDEX import_deliveries_held")
