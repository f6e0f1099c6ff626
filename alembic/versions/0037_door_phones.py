"""Doors that can be removed, helpers with PINs, phones that are paired with a door, and whose scan each one was."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A door that was removed stays with its log; its name is free again.
    op.execute("""
        ALTER TABLE doors
            ADD COLUMN removed_at timestamptz,
            ADD COLUMN key uuid,
            DROP CONSTRAINT doors_one_per_name,
            ADD CONSTRAINT doors_one_per_key UNIQUE (event_id, key)
    """)
    op.execute("""
        CREATE UNIQUE INDEX doors_one_per_name ON doors (event_id, name) WHERE removed_at IS NULL
    """)
    op.execute("""
        CREATE TABLE door_helpers (
            event_id uuid NOT NULL CONSTRAINT door_helpers_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            name text NOT NULL,
            pin_hash bytea NOT NULL,
            key uuid NOT NULL,
            created_at timestamptz NOT NULL,
            removed_at timestamptz,
            CONSTRAINT door_helpers_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT door_helpers_one_per_key UNIQUE (event_id, key)
        )
    """)
    op.execute("""
        CREATE UNIQUE INDEX door_helpers_one_per_name ON door_helpers (event_id, name) WHERE removed_at IS NULL
    """)
    op.execute("""
        CREATE UNIQUE INDEX door_helpers_one_per_pin ON door_helpers (event_id, pin_hash) WHERE removed_at IS NULL
    """)
    op.execute("""
        CREATE TABLE door_pairings (
            event_id uuid NOT NULL CONSTRAINT door_pairings_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            kind text NOT NULL CONSTRAINT door_pairings_kind_known CHECK (kind IN ('DOOR', 'KIOSK', 'ROOM')),
            door_id uuid,
            room_id uuid,
            code_hash bytea NOT NULL,
            opened_by uuid CONSTRAINT door_pairings_by_person REFERENCES people ON DELETE SET NULL,
            opened_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            pin_tries smallint NOT NULL DEFAULT 0,
            pin_tries_since timestamptz,
            CONSTRAINT door_pairings_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT door_pairings_of_one_place CHECK (num_nonnulls(door_id, room_id) = 1),
            CONSTRAINT door_pairings_room_kind CHECK ((kind = 'ROOM') = (room_id IS NOT NULL)),
            CONSTRAINT door_pairings_at_door FOREIGN KEY (event_id, door_id) REFERENCES doors ON DELETE CASCADE,
            CONSTRAINT door_pairings_at_room FOREIGN KEY (event_id, room_id) REFERENCES room_sessions ON DELETE CASCADE
        )
    """)
    # A phone that pairs has the code and nothing else, not even the event.
    op.execute("""
        CREATE INDEX door_pairings_by_code ON door_pairings (code_hash)
    """)
    op.execute("""
        CREATE TABLE door_phones (
            event_id uuid NOT NULL CONSTRAINT door_phones_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            token_hash bytea NOT NULL,
            kind text NOT NULL CONSTRAINT door_phones_kind_known CHECK (kind IN ('DOOR', 'KIOSK', 'ROOM')),
            door_id uuid,
            room_id uuid,
            helper_id uuid,
            held_since timestamptz NOT NULL,
            paired_by uuid CONSTRAINT door_phones_by_person REFERENCES people ON DELETE SET NULL,
            paired_at timestamptz NOT NULL,
            revoked_at timestamptz,
            last_seen_at timestamptz NOT NULL,
            waiting integer CONSTRAINT door_phones_waiting_is_a_count CHECK (waiting >= 0),
            pin_tries smallint NOT NULL DEFAULT 0,
            pin_tries_since timestamptz,
            CONSTRAINT door_phones_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT door_phones_one_per_token UNIQUE (event_id, token_hash),
            CONSTRAINT door_phones_of_one_place CHECK (num_nonnulls(door_id, room_id) = 1),
            CONSTRAINT door_phones_room_kind CHECK ((kind = 'ROOM') = (room_id IS NOT NULL)),
            CONSTRAINT door_phones_at_door FOREIGN KEY (event_id, door_id) REFERENCES doors ON DELETE CASCADE,
            CONSTRAINT door_phones_at_room FOREIGN KEY (event_id, room_id) REFERENCES room_sessions ON DELETE CASCADE,
            CONSTRAINT door_phones_of_helper FOREIGN KEY (event_id, helper_id)
                REFERENCES door_helpers ON DELETE CASCADE
        )
    """)
    # Who held a phone at which door from when on: a queue may be sent long after it was scanned.
    op.execute("""
        CREATE TABLE door_shifts (
            event_id uuid NOT NULL,
            id uuid NOT NULL,
            phone_id uuid NOT NULL,
            door_id uuid,
            room_id uuid,
            helper_id uuid,
            began_at timestamptz NOT NULL,
            CONSTRAINT door_shifts_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT door_shifts_of_phone FOREIGN KEY (event_id, phone_id) REFERENCES door_phones ON DELETE CASCADE,
            CONSTRAINT door_shifts_of_helper FOREIGN KEY (event_id, helper_id)
                REFERENCES door_helpers ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX door_shifts_by_phone ON door_shifts (event_id, phone_id, began_at)
    """)
    # shown: what the phone told its helper when it judged by itself.
    op.execute("""
        ALTER TABLE check_ins
            ADD COLUMN phone_id uuid,
            ADD COLUMN door_helper_id uuid,
            ADD COLUMN shown text CONSTRAINT check_ins_shown_known CHECK (shown IN (
                'ADMITTED', 'ALREADY_IN', 'CANCELLED', 'NOT_RECOGNISED', 'NOT_A_TICKET', 'WRONG_EVENT', 'CHECKED_OUT'
            )),
            ADD CONSTRAINT check_ins_by_phone FOREIGN KEY (event_id, phone_id)
                REFERENCES door_phones ON DELETE CASCADE,
            ADD CONSTRAINT check_ins_by_door_helper FOREIGN KEY (event_id, door_helper_id)
                REFERENCES door_helpers ON DELETE CASCADE
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE check_ins DROP COLUMN phone_id, DROP COLUMN door_helper_id, DROP COLUMN shown
    """)
    op.execute("DROP TABLE door_shifts")
    op.execute("DROP TABLE door_phones")
    op.execute("DROP TABLE door_pairings")
    op.execute("DROP TABLE door_helpers")
    # Two doors may have had one name, one after the other.
    op.execute("""
        UPDATE doors SET name = name || ' (' || id || ')' WHERE removed_at IS NOT NULL
    """)
    op.execute("DROP INDEX doors_one_per_name")
    op.execute("""
        ALTER TABLE doors
            DROP COLUMN removed_at,
            DROP COLUMN key,
            ADD CONSTRAINT doors_one_per_name UNIQUE (event_id, name)
    """)
