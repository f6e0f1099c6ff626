"""Doors, the append-only log of check-ins, who is in on each day, and the counters kept beside them."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE doors (
            event_id uuid NOT NULL CONSTRAINT doors_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            name text NOT NULL,
            created_at timestamptz NOT NULL,
            CONSTRAINT doors_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT doors_one_per_name UNIQUE (event_id, name)
        )
    """)
    # told_*: the earlier admission that the door was told of, so that the same key is answered the same for ever.
    op.execute("""
        CREATE TABLE check_ins (
            event_id uuid NOT NULL,
            id uuid NOT NULL,
            door_id uuid NOT NULL,
            helper_id uuid CONSTRAINT check_ins_by_helper REFERENCES people ON DELETE SET NULL,
            key uuid NOT NULL,
            content_hash bytea NOT NULL,
            direction text NOT NULL CONSTRAINT check_ins_direction_known CHECK (direction IN ('IN', 'OUT', 'UNDO')),
            registration_id uuid,
            undoes_id uuid,
            day date NOT NULL,
            verdict text NOT NULL CONSTRAINT check_ins_verdict_known CHECK (verdict IN (
                'ADMITTED', 'ALREADY_IN', 'CANCELLED', 'NOT_RECOGNISED', 'NOT_A_TICKET', 'WRONG_EVENT', 'CHECKED_OUT',
                'UNDONE'
            )),
            is_offline boolean NOT NULL,
            scanned_at timestamptz NOT NULL,
            sent_at timestamptz,
            received_at timestamptz NOT NULL,
            happened_at timestamptz NOT NULL,
            told_first_in_at timestamptz,
            told_door_id uuid,
            CONSTRAINT check_ins_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT check_ins_one_per_key UNIQUE (event_id, door_id, key),
            CONSTRAINT check_ins_undone_once UNIQUE (event_id, undoes_id),
            CONSTRAINT check_ins_at_door FOREIGN KEY (event_id, door_id) REFERENCES doors ON DELETE CASCADE,
            CONSTRAINT check_ins_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX check_ins_by_registration ON check_ins (event_id, registration_id, day)
    """)
    op.execute("""
        CREATE TABLE admissions (
            event_id uuid NOT NULL,
            day date NOT NULL,
            registration_id uuid NOT NULL,
            is_in boolean NOT NULL,
            first_in_at timestamptz NOT NULL,
            last_seen_at timestamptz NOT NULL,
            first_check_in_id uuid NOT NULL,
            door_id uuid NOT NULL,
            CONSTRAINT admissions_pkey PRIMARY KEY (event_id, day, registration_id),
            CONSTRAINT admissions_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE,
            CONSTRAINT admissions_at_door FOREIGN KEY (event_id, door_id) REFERENCES doors ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX admissions_by_registration ON admissions (event_id, registration_id)
    """)
    op.execute("""
        CREATE TABLE attendance_counters (
            event_id uuid NOT NULL,
            day date NOT NULL,
            door_id uuid NOT NULL,
            minute timestamptz NOT NULL,
            slot smallint NOT NULL,
            came integer NOT NULL DEFAULT 0,
            walk_ins integer NOT NULL DEFAULT 0,
            arrivals integer NOT NULL DEFAULT 0,
            departures integer NOT NULL DEFAULT 0,
            CONSTRAINT attendance_counters_pkey PRIMARY KEY (event_id, day, door_id, minute, slot),
            CONSTRAINT attendance_counters_at_door FOREIGN KEY (event_id, door_id) REFERENCES doors ON DELETE CASCADE
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE attendance_counters")
    op.execute("DROP TABLE admissions")
    op.execute("DROP TABLE check_ins")
    op.execute("DROP TABLE doors")
