"""Packs of prompts that organizers add to their event. A removed one stays for phones that showed its questions."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE prompt_packs (
            event_id uuid NOT NULL CONSTRAINT prompt_packs_of_event REFERENCES events ON DELETE CASCADE,
            id uuid NOT NULL,
            key uuid NOT NULL,
            title text NOT NULL,
            theme text NOT NULL,
            language text NOT NULL,
            content text NOT NULL CONSTRAINT prompt_packs_content_short CHECK (octet_length(content) <= 65536),
            mark bytea NOT NULL,
            is_on boolean NOT NULL,
            added_at timestamptz NOT NULL,
            added_by uuid CONSTRAINT prompt_packs_by_person REFERENCES people ON DELETE SET NULL,
            removed_at timestamptz,
            CONSTRAINT prompt_packs_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT prompt_packs_one_per_key UNIQUE (event_id, key),
            CONSTRAINT prompt_packs_one_per_content UNIQUE (event_id, mark),
            CONSTRAINT prompt_packs_off_once_removed CHECK (removed_at IS NULL OR NOT is_on)
        )
    """)
    op.execute("""
        CREATE UNIQUE INDEX prompt_packs_one_per_theme ON prompt_packs (event_id, theme, language)
        WHERE removed_at IS NULL
    """)


def downgrade() -> None:
    op.execute("DROP TABLE prompt_packs")
