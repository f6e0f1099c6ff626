"""Somebody invited by mail to the team of an event, and one owner for each event."""

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # ended_at: accepted, withdrawn, or in the place of which another was sent.
    op.execute("""
        CREATE TABLE team_invitations (
            event_id uuid NOT NULL CONSTRAINT team_invitations_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            key uuid NOT NULL,
            email text NOT NULL,
            email_key text NOT NULL,
            role text NOT NULL CONSTRAINT team_invitations_role_known CHECK (role IN ('ORGANIZER', 'DOOR_HELPER')),
            locale text NOT NULL,
            code_hash bytea NOT NULL,
            invited_by uuid CONSTRAINT team_invitations_by REFERENCES people ON DELETE SET NULL,
            created_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            sent_at timestamptz,
            used_at timestamptz,
            ended_at timestamptz,
            CONSTRAINT team_invitations_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT team_invitations_one_per_key UNIQUE (event_id, key)
        )
    """)
    op.execute("""
        CREATE UNIQUE INDEX team_invitations_one_waiting ON team_invitations (event_id, email_key)
            WHERE ended_at IS NULL
    """)
    op.execute("CREATE INDEX team_invitations_by_code ON team_invitations (code_hash)")
    op.execute("CREATE INDEX team_invitations_by_address ON team_invitations (email_key)")
    op.execute("""
        UPDATE event_roles SET role = 'ORGANIZER'
        WHERE role = 'OWNER' AND EXISTS (
            SELECT 1 FROM event_roles AS first
            WHERE first.event_id = event_roles.event_id AND first.role = 'OWNER'
              AND (first.granted_at, first.person_id) < (event_roles.granted_at, event_roles.person_id)
        )
    """)
    op.execute("CREATE UNIQUE INDEX event_roles_one_owner ON event_roles (event_id) WHERE role = 'OWNER'")


def downgrade() -> None:
    op.execute("DROP INDEX event_roles_one_owner")
    op.execute("DROP TABLE team_invitations")
