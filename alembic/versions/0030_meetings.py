"""1-2-1s: the times two people propose to each other, what each says came of it, and the agendas for it."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # starts_at is the time last agreed on. It stays when other times are suggested or the meeting is cancelled:
    # calendars know the meeting by it.
    op.execute("""
        CREATE TABLE meetings (
            event_id uuid NOT NULL,
            id uuid NOT NULL,
            swap_id uuid NOT NULL,
            proposed_by uuid NOT NULL,
            key uuid NOT NULL,
            state text NOT NULL CONSTRAINT meetings_state_known
                CHECK (state IN ('PROPOSED', 'AGREED', 'DECLINED', 'CANCELLED')),
            turn_of uuid,
            options timestamptz[] NOT NULL CONSTRAINT meetings_two_or_three_options
                CHECK (cardinality(options) BETWEEN 2 AND 3),
            starts_at timestamptz,
            minutes smallint NOT NULL CONSTRAINT meetings_length CHECK (minutes BETWEEN 10 AND 60),
            place text,
            sequence integer NOT NULL,
            suggestion_keys uuid[] NOT NULL DEFAULT '{}',
            proposed_at timestamptz NOT NULL,
            changed_at timestamptz NOT NULL,
            CONSTRAINT meetings_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT meetings_one_per_key UNIQUE (event_id, proposed_by, key),
            CONSTRAINT meetings_of_side FOREIGN KEY (event_id, swap_id, proposed_by)
                REFERENCES swap_sides ON DELETE CASCADE,
            CONSTRAINT meetings_of_turn FOREIGN KEY (event_id, swap_id, turn_of)
                REFERENCES swap_sides ON DELETE CASCADE,
            CONSTRAINT meetings_answer_is_awaited CHECK ((state = 'PROPOSED') = (turn_of IS NOT NULL)),
            CONSTRAINT meetings_agreed_on_an_option CHECK (state <> 'AGREED' OR starts_at = ANY (options))
        )
    """)
    op.execute("""
        CREATE UNIQUE INDEX meetings_one_open ON meetings (event_id, swap_id) WHERE state = 'PROPOSED'
    """)
    op.execute("""
        CREATE INDEX meetings_by_swap ON meetings (event_id, swap_id)
    """)
    op.execute("""
        CREATE TABLE meeting_outcomes (
            event_id uuid NOT NULL,
            meeting_id uuid NOT NULL,
            swap_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            took_place boolean NOT NULL,
            told_at timestamptz NOT NULL,
            CONSTRAINT meeting_outcomes_pkey PRIMARY KEY (event_id, meeting_id, registration_id),
            CONSTRAINT meeting_outcomes_of_meeting FOREIGN KEY (event_id, meeting_id)
                REFERENCES meetings ON DELETE CASCADE,
            CONSTRAINT meeting_outcomes_of_side FOREIGN KEY (event_id, swap_id, registration_id)
                REFERENCES swap_sides ON DELETE CASCADE
        )
    """)
    # An agenda of a 1-2-1 is apart from that of a scan on the same day; meeting_id is null for a scan's.
    op.execute("""
        ALTER TABLE agenda_prompts
            ADD COLUMN meeting_id uuid,
            ADD CONSTRAINT agenda_prompts_of_meeting FOREIGN KEY (event_id, meeting_id)
                REFERENCES meetings ON DELETE CASCADE,
            DROP CONSTRAINT agenda_prompts_one_per_key,
            ADD CONSTRAINT agenda_prompts_one_per_key UNIQUE NULLS NOT DISTINCT
                (event_id, swap_id, registration_id, day, library_key, meeting_id)
    """)
    # A conversation of a 1-2-1 that was held is apart as well; what a scan began has the nil UUID there, since a
    # primary key takes no null.
    op.execute("""
        ALTER TABLE conversations
            ADD COLUMN meeting_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
            DROP CONSTRAINT conversations_pkey,
            ADD CONSTRAINT conversations_pkey PRIMARY KEY (event_id, swap_id, day, meeting_id)
    """)


def downgrade() -> None:
    op.execute("DELETE FROM conversations WHERE meeting_id <> '00000000-0000-0000-0000-000000000000'")
    op.execute("""
        ALTER TABLE conversations
            DROP CONSTRAINT conversations_pkey,
            DROP COLUMN meeting_id,
            ADD CONSTRAINT conversations_pkey PRIMARY KEY (event_id, swap_id, day)
    """)
    op.execute("DELETE FROM agenda_prompts WHERE meeting_id IS NOT NULL")
    op.execute("""
        ALTER TABLE agenda_prompts
            DROP CONSTRAINT agenda_prompts_one_per_key,
            DROP COLUMN meeting_id,
            ADD CONSTRAINT agenda_prompts_one_per_key
                UNIQUE (event_id, swap_id, registration_id, day, library_key)
    """)
    op.execute("DROP TABLE meeting_outcomes")
    op.execute("DROP TABLE meetings")
