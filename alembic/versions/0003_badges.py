"""Badges: only hashes of what their QR codes hold. One live badge per registration."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE badges (
            event_id uuid NOT NULL,
            id uuid NOT NULL,
            registration_id uuid NOT NULL,
            key_id smallint NOT NULL,
            token_hash bytea NOT NULL,
            code_hash bytea NOT NULL,
            issued_at timestamptz NOT NULL,
            revoked_at timestamptz,
            printed_at timestamptz,
            CONSTRAINT badges_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT badges_one_per_token UNIQUE (event_id, token_hash),
            CONSTRAINT badges_one_per_code UNIQUE (event_id, code_hash),
            CONSTRAINT badges_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE UNIQUE INDEX badges_one_live_per_registration ON badges (event_id, registration_id)
        WHERE revoked_at IS NULL
    """)
    op.execute("""
        CREATE INDEX badges_by_token ON badges (token_hash)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE badges")
