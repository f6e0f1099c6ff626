"""What one side was asked to ask, wrote down and promised. All of it belongs to its writer."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE agenda_prompts (
            event_id uuid NOT NULL,
            id uuid NOT NULL,
            swap_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            day date NOT NULL,
            place smallint NOT NULL,
            library_key text NOT NULL,
            phase text NOT NULL CONSTRAINT agenda_prompts_phase_known
                CHECK (phase IN ('OPEN', 'LEARN', 'HELP', 'WHO_ELSE', 'CLOSE')),
            minutes smallint NOT NULL,
            quote text,
            text text NOT NULL,
            why text NOT NULL,
            about text,
            state text NOT NULL DEFAULT 'WAITING' CONSTRAINT agenda_prompts_state_known
                CHECK (state IN ('WAITING', 'ASKED', 'SKIPPED')),
            insight text,
            marked_at timestamptz,
            CONSTRAINT agenda_prompts_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT agenda_prompts_one_per_key UNIQUE (event_id, swap_id, registration_id, day, library_key),
            CONSTRAINT agenda_prompts_of_side FOREIGN KEY (event_id, swap_id, registration_id)
                REFERENCES swap_sides ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE TABLE notes (
            event_id uuid NOT NULL,
            id uuid NOT NULL,
            swap_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            key uuid NOT NULL,
            kind text NOT NULL CONSTRAINT notes_kind_known CHECK (kind IN ('NOTE', 'NEED')),
            text text NOT NULL,
            written_at timestamptz NOT NULL,
            CONSTRAINT notes_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT notes_one_per_key UNIQUE (event_id, registration_id, key),
            CONSTRAINT notes_of_side FOREIGN KEY (event_id, swap_id, registration_id)
                REFERENCES swap_sides ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX notes_by_side ON notes (event_id, swap_id, registration_id)
    """)
    op.execute("""
        CREATE TABLE promises (
            event_id uuid NOT NULL,
            id uuid NOT NULL,
            swap_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            key uuid NOT NULL,
            kind text NOT NULL CONSTRAINT promises_kind_known
                CHECK (kind IN ('SEND', 'INTRODUCE', 'ANSWER', 'MEET', 'OTHER')),
            text text NOT NULL,
            due_on date,
            made_at timestamptz NOT NULL,
            kept_at timestamptz,
            CONSTRAINT promises_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT promises_one_per_key UNIQUE (event_id, registration_id, key),
            CONSTRAINT promises_of_side FOREIGN KEY (event_id, swap_id, registration_id)
                REFERENCES swap_sides ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE INDEX promises_by_side ON promises (event_id, swap_id, registration_id)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE promises")
    op.execute("DROP TABLE notes")
    op.execute("DROP TABLE agenda_prompts")
