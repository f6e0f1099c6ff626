"""Keys by which other programs bring attendees into one event, and what they have delivered, each once."""

from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE import_keys (
            event_id uuid NOT NULL CONSTRAINT import_keys_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            person_id uuid CONSTRAINT import_keys_of_person REFERENCES people ON DELETE SET NULL,
            sender text NOT NULL CONSTRAINT import_keys_sender CHECK (sender IN ('INTERFACE', 'STANDARD', 'HI_EVENTS')),
            name text NOT NULL,
            token_hash bytea,
            sealed_secret bytea,
            made_at timestamptz NOT NULL,
            revoked_at timestamptz,
            last_used_at timestamptz,
            taken integer NOT NULL DEFAULT 0,
            trouble text,
            CONSTRAINT import_keys_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT import_keys_one_per_token UNIQUE (event_id, token_hash),
            CONSTRAINT import_keys_token_or_secret CHECK (
                (sender = 'INTERFACE') = (token_hash IS NOT NULL) AND (sender = 'INTERFACE') = (sealed_secret IS NULL)
            )
        )
    """)
    op.execute("""
        CREATE TABLE import_deliveries (
            event_id uuid NOT NULL,
            key_id uuid NOT NULL,
            delivery_hash bytea NOT NULL,
            id uuid NOT NULL,
            sealed_body bytea,
            received_at timestamptz NOT NULL,
            CONSTRAINT import_deliveries_pkey PRIMARY KEY (event_id, key_id, delivery_hash),
            CONSTRAINT import_deliveries_of_key FOREIGN KEY (event_id, key_id) REFERENCES import_keys ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX import_deliveries_by_time ON import_deliveries (received_at)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE import_deliveries")
    op.execute("DROP TABLE import_keys")
