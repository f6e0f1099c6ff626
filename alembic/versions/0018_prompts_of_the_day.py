"""The prompts that somebody was given on a day, found at once however many they met."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE INDEX agenda_prompts_of_the_day ON agenda_prompts (event_id, registration_id, day, id)
    """)


def downgrade() -> None:
    op.execute("DROP INDEX agenda_prompts_of_the_day")
