"""Scans of which the answer was lost: what the phone then told its helper is found like any other double."""

from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP INDEX check_ins_admitted_offline")
    op.execute("""
        CREATE INDEX check_ins_admitted_offline ON check_ins (event_id, day, registration_id)
        WHERE (is_offline OR shown IS NOT NULL) AND COALESCE(shown, verdict) = 'ADMITTED'
    """)


def downgrade() -> None:
    op.execute("DROP INDEX check_ins_admitted_offline")
    op.execute("""
        CREATE INDEX check_ins_admitted_offline ON check_ins (event_id, day, registration_id)
        WHERE is_offline AND COALESCE(shown, verdict) = 'ADMITTED'
    """)
