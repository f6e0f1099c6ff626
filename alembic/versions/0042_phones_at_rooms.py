"""Phones that are paired with a session's room: whose scan each one was."""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE room_check_ins
            ADD COLUMN phone_id uuid,
            ADD COLUMN door_helper_id uuid,
            ADD CONSTRAINT room_check_ins_by_phone FOREIGN KEY (event_id, phone_id)
                REFERENCES door_phones ON DELETE CASCADE,
            ADD CONSTRAINT room_check_ins_by_door_helper FOREIGN KEY (event_id, door_helper_id)
                REFERENCES door_helpers ON DELETE CASCADE
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE room_check_ins DROP COLUMN phone_id, DROP COLUMN door_helper_id")
