"""Sign-in attempts, sessions and invitations: hashes only, nothing that opens a door is stored."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE sign_in_attempts (
            id uuid CONSTRAINT sign_in_attempts_pkey PRIMARY KEY,
            email text NOT NULL,
            email_key text NOT NULL,
            code_hash bytea NOT NULL,
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
    op.execute("""
        CREATE TABLE invitations (
            event_id uuid NOT NULL,
            id uuid NOT NULL,
            registration_id uuid NOT NULL,
            email_key text NOT NULL,
            code_hash bytea NOT NULL,
            created_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            sent_at timestamptz,
            used_at timestamptz,
            CONSTRAINT invitations_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT invitations_one_per_address UNIQUE (event_id, registration_id, email_key),
            CONSTRAINT invitations_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX invitations_by_code ON invitations (code_hash)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE invitations")
    op.execute("DROP TABLE sessions")
    op.execute("DROP TABLE sign_in_attempts")
