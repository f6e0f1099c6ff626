"""Reports: what somebody who blocked another asked the organizers of the event to know. They end with the event."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # reporter_id and reported_id are places at the event; settled_by is the organizer who did. told_at is when the
    # organizers' mails had left.
    op.execute("""
        CREATE TABLE reports (
            event_id uuid NOT NULL CONSTRAINT reports_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            key uuid NOT NULL,
            reporter_id uuid NOT NULL,
            reported_id uuid NOT NULL,
            text text NOT NULL,
            names_reporter boolean NOT NULL,
            reported_at timestamptz NOT NULL,
            told_at timestamptz,
            settled_at timestamptz,
            settled_by uuid CONSTRAINT reports_settled_by_person REFERENCES people ON DELETE SET NULL,
            CONSTRAINT reports_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT reports_one_per_key UNIQUE (event_id, reporter_id, key),
            CONSTRAINT reports_by_reporter FOREIGN KEY (event_id, reporter_id)
                REFERENCES registrations ON DELETE CASCADE,
            CONSTRAINT reports_of_reported FOREIGN KEY (event_id, reported_id)
                REFERENCES registrations ON DELETE CASCADE,
            CONSTRAINT reports_settled_or_not CHECK (settled_at IS NOT NULL OR settled_by IS NULL)
        )
    """)
    op.execute("""
        CREATE INDEX reports_untold ON reports (event_id, id) WHERE told_at IS NULL
    """)


def downgrade() -> None:
    op.execute("DROP TABLE reports")
