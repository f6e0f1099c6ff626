"""Which topics are watched, and in which processes. Nothing of it outlasts a crash, so it is not logged."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE UNLOGGED TABLE listeners (
            id uuid NOT NULL CONSTRAINT listeners_pkey PRIMARY KEY,
            lives_until timestamptz NOT NULL
        )
    """)
    op.execute("""
        CREATE UNLOGGED TABLE watched_topics (
            topic text NOT NULL,
            listener_id uuid NOT NULL CONSTRAINT watched_topics_of_listener REFERENCES listeners ON DELETE CASCADE,
            CONSTRAINT watched_topics_pkey PRIMARY KEY (topic, listener_id)
        )
    """)
    op.execute("CREATE INDEX watched_topics_by_listener ON watched_topics (listener_id)")


def downgrade() -> None:
    op.execute("DROP TABLE watched_topics")
    op.execute("DROP TABLE listeners")
