"""Sign-in attempts, sessions and invitations: hashes only, nothing that opens a door is stored."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # stands_for: asked for beyond the limit, when nothing more is mailed; the code of that earlier attempt counts.
    # claims_*: the badge's registration that the code was mailed for; a soft pointer, the event may be gone by then.
    op.execute("""
        CREATE TABLE sign_in_attempts (
            id uuid CONSTRAINT sign_in_attempts_pkey PRIMARY KEY,
            email text NOT NULL,
            email_key text NOT NULL,
            code_hash bytea NOT NULL,
            stands_for uuid CONSTRAINT sign_in_attempts_of_earlier REFERENCES sign_in_attempts ON DELETE CASCADE,
            claims_event_id uuid,
            claims_registration_id uuid,
            created_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            tries smallint NOT NULL DEFAULT 0,
            used_at timestamptz
        )
    """)
    op.execute("""
        CREATE INDEX sign_in_attempts_by_address ON sign_in_attempts (email_key, created_at DESC)
    """)
    op.execute("""
        CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (created_at)
    """)
    op.execute("""
        CREATE INDEX sign_in_attempts_by_earlier ON sign_in_attempts (stands_for) WHERE stands_for IS NOT NULL
    """)
    op.execute("""
        CREATE TABLE sessions (
            id uuid CONSTRAINT sessions_pkey PRIMARY KEY,
            person_id uuid NOT NULL CONSTRAINT sessions_of_person REFERENCES people ON DELETE CASCADE,
            token_hash bytea NOT NULL CONSTRAINT sessions_one_per_token UNIQUE,
            kind text NOT NULL CONSTRAINT sessions_kind_known CHECK (kind IN ('COOKIE', 'BEARER')),
            created_at timestamptz NOT NULL,
            last_seen_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            ended_at timestamptz
        )
    """)
    op.execute("""
        CREATE INDEX sessions_by_person ON sessions (person_id)
    """)
    # One mail for an address, however many tickets came to it.
    op.execute("""
        CREATE TABLE invitations (
            event_id uuid NOT NULL CONSTRAINT invitations_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            email text NOT NULL,
            email_key text NOT NULL,
            code_hash bytea NOT NULL,
            created_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            sent_at timestamptz,
            used_at timestamptz,
            CONSTRAINT invitations_pkey PRIMARY KEY (event_id, id)
        )
    """)
    op.execute("""
        CREATE INDEX invitations_by_code ON invitations (code_hash)
    """)
    # The tickets that a mail tells of. A place is told of once for each address it ever had.
    op.execute("""
        CREATE TABLE invited_registrations (
            event_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            email_key text NOT NULL,
            invitation_id uuid NOT NULL,
            CONSTRAINT invited_registrations_one_per_address PRIMARY KEY (event_id, registration_id, email_key),
            CONSTRAINT invited_registrations_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE,
            CONSTRAINT invited_registrations_of_invitation FOREIGN KEY (event_id, invitation_id)
                REFERENCES invitations ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX invited_registrations_by_invitation ON invited_registrations (event_id, invitation_id)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE invited_registrations")
    op.execute("DROP TABLE invitations")
    op.execute("DROP TABLE sessions")
    op.execute("DROP TABLE sign_in_attempts")
