"""Registrations, what the door reads of them, and the cards people write."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE registrations (
            event_id uuid NOT NULL CONSTRAINT registrations_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            person_id uuid CONSTRAINT registrations_of_person REFERENCES people ON DELETE SET NULL,
            name text NOT NULL,
            name_key text NOT NULL,
            email text,
            email_key text,
            source text NOT NULL,
            external_id text,
            ticket_type text,
            goal smallint CONSTRAINT registrations_goal_is_small CHECK (goal BETWEEN 1 AND 5),
            walk_in_key uuid,
            cancelled_at timestamptz,
            claimed_at timestamptz,
            created_at timestamptz NOT NULL,
            CONSTRAINT registrations_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT registrations_one_per_external_ticket UNIQUE (event_id, source, external_id),
            CONSTRAINT registrations_one_per_person UNIQUE (event_id, person_id),
            CONSTRAINT registrations_one_per_walk_in_key UNIQUE (event_id, walk_in_key)
        )
    """)
    op.execute("""
        CREATE INDEX registrations_by_person ON registrations (person_id) WHERE person_id IS NOT NULL
    """)
    op.execute("""
        CREATE INDEX registrations_by_address ON registrations (email_key) WHERE email_key IS NOT NULL
    """)
    op.execute("""
        CREATE INDEX registrations_by_name ON registrations (event_id, name_key, id)
    """)
    op.execute("""
        CREATE INDEX registrations_expected ON registrations (event_id)
        WHERE cancelled_at IS NULL AND walk_in_key IS NULL
    """)
    op.execute("""
        CREATE INDEX registrations_cancelled ON registrations (event_id, id) WHERE cancelled_at IS NOT NULL
    """)
    op.execute("""
        CREATE UNIQUE INDEX registrations_one_walk_in_per_name_and_address
        ON registrations (event_id, email_key, name_key)
        WHERE cancelled_at IS NULL AND walk_in_key IS NOT NULL
    """)
    op.execute("""
        CREATE TABLE ticket_codes (
            event_id uuid NOT NULL,
            code_hash bytea NOT NULL,
            registration_id uuid NOT NULL,
            is_external boolean NOT NULL,
            CONSTRAINT ticket_codes_pkey PRIMARY KEY (event_id, code_hash),
            CONSTRAINT ticket_codes_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX ticket_codes_by_registration ON ticket_codes (event_id, registration_id)
    """)
    op.execute("""
        CREATE TABLE cards (
            event_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            name text NOT NULL,
            pronouns text,
            up_to text,
            seeking text,
            offering text,
            ask_me_about text,
            good_introduction text,
            new_here boolean NOT NULL DEFAULT false,
            between_things boolean NOT NULL DEFAULT false,
            topics text[] NOT NULL DEFAULT '{}',
            open_to_event boolean NOT NULL DEFAULT false,
            open_to_introductions boolean NOT NULL DEFAULT false,
            updated_at timestamptz NOT NULL,
            CONSTRAINT cards_pkey PRIMARY KEY (event_id, registration_id),
            CONSTRAINT cards_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE cards")
    op.execute("DROP TABLE ticket_codes")
    op.execute("DROP TABLE registrations")
