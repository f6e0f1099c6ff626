"""People, the events they meet at, and the roles that organizers hold."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE people (
            id uuid CONSTRAINT people_pkey PRIMARY KEY,
            email text NOT NULL,
            email_key text NOT NULL CONSTRAINT people_one_per_address UNIQUE,
            name text NOT NULL DEFAULT '',
            locale text NOT NULL DEFAULT 'en',
            timezone text NOT NULL DEFAULT 'UTC',
            contact_email text,
            contact_phone text,
            contact_links text[] NOT NULL DEFAULT '{}',
            shares_always boolean NOT NULL DEFAULT false,
            shares_fields text[] NOT NULL DEFAULT '{}'
                CONSTRAINT people_share_known_fields CHECK (shares_fields <@ ARRAY['EMAIL', 'PHONE', 'LINKS']),
            may_create_events boolean NOT NULL DEFAULT false,
            created_at timestamptz NOT NULL
        )
    """)
    op.execute("""
        CREATE TABLE events (
            id uuid CONSTRAINT events_pkey PRIMARY KEY,
            slug text NOT NULL CONSTRAINT events_one_per_slug UNIQUE
                CONSTRAINT events_slug_is_plain CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
            title text NOT NULL,
            venue text,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            timezone text NOT NULL,
            evening_at time NOT NULL DEFAULT '19:00',
            uses_check_in boolean NOT NULL DEFAULT true,
            scans_people_out boolean NOT NULL DEFAULT false,
            retention_days integer NOT NULL DEFAULT 90,
            created_at timestamptz NOT NULL,
            CONSTRAINT events_end_after_start CHECK (ends_at > starts_at)
        )
    """)
    op.execute("""
        CREATE TABLE event_roles (
            event_id uuid NOT NULL CONSTRAINT event_roles_of_event REFERENCES events ON DELETE CASCADE,
            person_id uuid NOT NULL CONSTRAINT event_roles_of_person REFERENCES people ON DELETE CASCADE,
            role text NOT NULL CONSTRAINT event_roles_known CHECK (role IN ('OWNER', 'ORGANIZER', 'DOOR_HELPER')),
            granted_at timestamptz NOT NULL,
            CONSTRAINT event_roles_pkey PRIMARY KEY (event_id, person_id)
        )
    """)
    op.execute("""
        CREATE INDEX event_roles_by_person ON event_roles (person_id)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE event_roles")
    op.execute("DROP TABLE events")
    op.execute("DROP TABLE people")
