"""Which ticket codes of other systems were whose until when: a scan may come in long after it was made."""

from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE replaced_ticket_codes (
            event_id uuid NOT NULL,
            code_hash bytea NOT NULL,
            replaced_at timestamptz NOT NULL,
            registration_id uuid NOT NULL,
            CONSTRAINT replaced_ticket_codes_pkey PRIMARY KEY (event_id, code_hash, replaced_at),
            CONSTRAINT replaced_ticket_codes_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX replaced_ticket_codes_by_registration ON replaced_ticket_codes (event_id, registration_id)
    """)
    # At an instant a code is of the earliest of these that ends after it.
    op.execute("""
        CREATE VIEW ticket_holders AS
        SELECT event_id, code_hash, registration_id, 'infinity'::timestamptz AS held_until FROM ticket_codes
        UNION ALL
        SELECT event_id, code_hash, registration_id, replaced_at FROM replaced_ticket_codes
    """)


def downgrade() -> None:
    op.execute("DROP VIEW ticket_holders")
    op.execute("DROP TABLE replaced_ticket_codes")
