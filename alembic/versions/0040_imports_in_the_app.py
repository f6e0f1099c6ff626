"""Lists that organizers bring in with the app: the import, its sealed file for a day, and how columns are used."""

from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE imports (
            event_id uuid NOT NULL CONSTRAINT imports_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            person_id uuid CONSTRAINT imports_of_person REFERENCES people ON DELETE SET NULL,
            way text NOT NULL CONSTRAINT imports_way CHECK (way IN ('FILE', 'PASTED', 'COMMAND_LINE', 'INTERFACE')),
            file_name text,
            system text,
            sheet text,
            uses text[],
            shape bytea,
            state text NOT NULL CONSTRAINT imports_state CHECK (state IN
                ('READING', 'READ', 'NEEDS_NAMES', 'UNREADABLE', 'WAITING', 'IMPORTING', 'DONE', 'FAILED')),
            refusal text,
            skip_bad boolean NOT NULL DEFAULT false,
            reading integer NOT NULL DEFAULT 0,
            rows integer NOT NULL DEFAULT 0,
            done integer NOT NULL DEFAULT 0,
            added integer NOT NULL DEFAULT 0,
            updated integer NOT NULL DEFAULT 0,
            cancelled integer NOT NULL DEFAULT 0,
            unchanged integer NOT NULL DEFAULT 0,
            skipped integer NOT NULL DEFAULT 0,
            bad integer NOT NULL DEFAULT 0,
            made_at timestamptz NOT NULL,
            done_at timestamptz,
            CONSTRAINT imports_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT imports_done CHECK ((state = 'DONE') = (done_at IS NOT NULL))
        )
    """)
    op.execute("""
        CREATE INDEX imports_by_done ON imports (event_id, done_at DESC, id) WHERE state = 'DONE'
    """)
    op.execute("""
        CREATE TABLE import_files (
            event_id uuid NOT NULL,
            import_id uuid NOT NULL,
            sealed_file bytea,
            sealed_findings bytea,
            kept_until timestamptz NOT NULL,
            CONSTRAINT import_files_pkey PRIMARY KEY (event_id, import_id),
            CONSTRAINT import_files_of_import FOREIGN KEY (event_id, import_id) REFERENCES imports ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX import_files_by_end ON import_files (kept_until)
    """)
    op.execute("""
        CREATE TABLE import_mappings (
            event_id uuid NOT NULL CONSTRAINT import_mappings_of_event REFERENCES events ON DELETE CASCADE,
            shape bytea NOT NULL,
            uses text[] NOT NULL,
            set_at timestamptz NOT NULL,
            CONSTRAINT import_mappings_pkey PRIMARY KEY (event_id, shape)
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE import_mappings")
    op.execute("DROP TABLE import_files")
    op.execute("DROP TABLE imports")
