"""Files of attendance that organizers ask for: sealed, kept for a day; that they were asked for is kept as the log."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # kept_until is when the file goes; the row stays and says who exported what.
    op.execute("""
        CREATE TABLE attendance_exports (
            event_id uuid NOT NULL CONSTRAINT attendance_exports_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            person_id uuid CONSTRAINT attendance_exports_by_person REFERENCES people ON DELETE SET NULL,
            contents text NOT NULL CONSTRAINT attendance_exports_contents_known
                CHECK (contents IN ('PEOPLE', 'SCANS')),
            format text NOT NULL CONSTRAINT attendance_exports_format_known CHECK (format IN ('CSV', 'XLSX')),
            day date,
            asked_at timestamptz NOT NULL,
            state text NOT NULL CONSTRAINT attendance_exports_state_known
                CHECK (state IN ('WAITING', 'MAKING', 'READY', 'FAILED')),
            lines integer NOT NULL DEFAULT 0,
            written integer NOT NULL DEFAULT 0,
            size integer,
            sealed bytea,
            kept_until timestamptz NOT NULL,
            fetched_at timestamptz,
            CONSTRAINT attendance_exports_pkey PRIMARY KEY (event_id, id)
        )
    """)
    op.execute("""
        CREATE INDEX attendance_exports_by_time ON attendance_exports (event_id, asked_at DESC, id DESC)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE attendance_exports")
