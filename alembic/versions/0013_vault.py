"""The vault: sealed entries kept per badge, and who is left out of whose."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The version counts the changes of one event's vault, and its row is held by whoever makes one: versions become
    # visible in their order. A new epoch means that no phone's cursor counts any more.
    op.execute("""
        CREATE TABLE vaults (
            event_id uuid CONSTRAINT vaults_pkey PRIMARY KEY
                CONSTRAINT vaults_of_event REFERENCES events ON DELETE CASCADE,
            epoch uuid NOT NULL,
            version integer NOT NULL DEFAULT 0
        )
    """)
    # Badge and registration are named without holding them: what became of an entry outlives them, so that phones
    # can be told. Without made_from the entry is gone.
    op.execute("""
        CREATE TABLE vault_entries (
            event_id uuid NOT NULL CONSTRAINT vault_entries_of_vault REFERENCES vaults ON DELETE CASCADE,
            badge_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            lookup bytea NOT NULL,
            version integer NOT NULL,
            made_from bytea,
            nonce bytea,
            ciphertext bytea,
            CONSTRAINT vault_entries_pkey PRIMARY KEY (event_id, badge_id),
            CONSTRAINT vault_entries_one_per_version UNIQUE (event_id, version),
            CONSTRAINT vault_entries_whole_or_gone CHECK (num_nulls(made_from, nonce, ciphertext) IN (0, 3))
        )
    """)
    op.execute("""
        CREATE TABLE vault_viewers (
            event_id uuid NOT NULL CONSTRAINT vault_viewers_of_vault REFERENCES vaults ON DELETE CASCADE,
            registration_id uuid NOT NULL,
            version integer NOT NULL DEFAULT 0,
            CONSTRAINT vault_viewers_pkey PRIMARY KEY (event_id, registration_id),
            CONSTRAINT vault_viewers_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE
        )
    """)
    # Each change to who is hidden from a viewer takes the next version of that viewer.
    op.execute("""
        CREATE TABLE vault_hidings (
            event_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            hidden_id uuid NOT NULL,
            is_hidden boolean NOT NULL,
            version integer NOT NULL,
            CONSTRAINT vault_hidings_pkey PRIMARY KEY (event_id, registration_id, hidden_id),
            CONSTRAINT vault_hidings_of_viewer FOREIGN KEY (event_id, registration_id)
                REFERENCES vault_viewers ON DELETE CASCADE
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE vault_hidings")
    op.execute("DROP TABLE vault_viewers")
    op.execute("DROP TABLE vault_entries")
    op.execute("DROP TABLE vaults")
