"""Session rooms: a programme of sessions, and the append-only log of who was scanned at which one."""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # came and here_now are what the log says, moved in the transaction that writes it, under the lock of this row.
    # They stay when the log goes with the event's age. A session that is removed keeps its scans and can come back.
    op.execute("""
        CREATE TABLE room_sessions (
            event_id uuid NOT NULL CONSTRAINT room_sessions_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            key uuid NOT NULL,
            title text NOT NULL,
            room text,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            capacity integer CONSTRAINT room_sessions_have_places CHECK (capacity > 0),
            came integer NOT NULL DEFAULT 0 CONSTRAINT room_sessions_came CHECK (came >= 0),
            here_now integer NOT NULL DEFAULT 0
                CONSTRAINT room_sessions_here_now CHECK (here_now >= 0 AND here_now <= came),
            created_at timestamptz NOT NULL,
            removed_at timestamptz,
            CONSTRAINT room_sessions_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT room_sessions_one_per_key UNIQUE (event_id, key),
            CONSTRAINT room_sessions_end_after_they_start CHECK (ends_at > starts_at)
        )
    """)
    op.execute("""
        CREATE TABLE room_check_ins (
            event_id uuid NOT NULL,
            id uuid NOT NULL,
            session_id uuid NOT NULL,
            helper_id uuid CONSTRAINT room_check_ins_by_helper REFERENCES people ON DELETE SET NULL,
            key uuid NOT NULL,
            content_hash bytea NOT NULL,
            direction text NOT NULL CONSTRAINT room_check_ins_direction_known
                CHECK (direction IN ('IN', 'OUT', 'UNDO')),
            registration_id uuid,
            undoes_id uuid,
            verdict text NOT NULL CONSTRAINT room_check_ins_verdict_known CHECK (verdict IN (
                'COUNTED', 'FULL', 'ALREADY', 'LEFT', 'NOT_RECOGNISED', 'UNDONE'
            )),
            is_offline boolean NOT NULL,
            scanned_at timestamptz NOT NULL,
            sent_at timestamptz,
            received_at timestamptz NOT NULL,
            happened_at timestamptz NOT NULL,
            CONSTRAINT room_check_ins_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT room_check_ins_one_per_key UNIQUE (event_id, session_id, key),
            CONSTRAINT room_check_ins_undone_once UNIQUE (event_id, undoes_id),
            CONSTRAINT room_check_ins_at_session FOREIGN KEY (event_id, session_id)
                REFERENCES room_sessions ON DELETE CASCADE,
            CONSTRAINT room_check_ins_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX room_check_ins_by_registration ON room_check_ins (event_id, registration_id, session_id)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE room_check_ins")
    op.execute("DROP TABLE room_sessions")
