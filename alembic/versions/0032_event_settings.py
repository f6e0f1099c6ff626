"""What organizers settle about an event: its places, what admits, what cards ask, its languages, its series."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE events
            ADD COLUMN capacity integer CONSTRAINT events_hold_somebody CHECK (capacity > 0),
            ADD COLUMN checks_in_with text NOT NULL DEFAULT 'TICKET'
                CONSTRAINT events_check_in_known CHECK (checks_in_with IN ('TICKET', 'BADGE', 'BOTH')),
            ADD COLUMN card_questions text[] NOT NULL
                DEFAULT ARRAY['UP_TO', 'SEEKING', 'OFFERING', 'ASK_ME_ABOUT', 'GOOD_INTRODUCTION']
                CONSTRAINT events_ask_known_questions CHECK (
                    card_questions <@ ARRAY['UP_TO', 'SEEKING', 'OFFERING', 'ASK_ME_ABOUT', 'GOOD_INTRODUCTION']
                ),
            ADD COLUMN languages text[] NOT NULL DEFAULT '{}',
            ADD COLUMN continues_id uuid CONSTRAINT events_continue_another REFERENCES events ON DELETE SET NULL
                CONSTRAINT events_do_not_continue_themselves CHECK (continues_id <> id),
            ADD COLUMN made_by uuid CONSTRAINT events_made_by REFERENCES people ON DELETE SET NULL,
            ADD COLUMN made_key uuid,
            ADD COLUMN made_of bytea,
            ADD CONSTRAINT events_one_per_key UNIQUE (made_by, made_key)
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE events
            DROP COLUMN made_of, DROP COLUMN made_key, DROP COLUMN made_by, DROP COLUMN continues_id,
            DROP COLUMN languages, DROP COLUMN card_questions, DROP COLUMN checks_in_with, DROP COLUMN capacity
    """)
