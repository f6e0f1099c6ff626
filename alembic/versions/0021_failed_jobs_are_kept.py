"""A job that was given up stays in the queue as failed, and none with its key comes beside it. How the clock's jobs
went is kept as well.
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The library's own index leaves failed ones out: what looks each minute for what is lacking would queue it anew.
    # The library's "insert unless there" still finds this one, since its own condition lies within.
    op.execute("DROP INDEX pgqueuer_unique_dedupe_key")
    op.execute("""
        CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON pgqueuer (dedupe_key)
        WHERE status IN ('queued', 'picked', 'failed') AND dedupe_key IS NOT NULL
    """)
    op.execute("""
        CREATE TABLE timed_jobs (
            name text NOT NULL CONSTRAINT timed_jobs_pkey PRIMARY KEY,
            last_run_at timestamptz NOT NULL,
            last_done_at timestamptz,
            failures integer NOT NULL,
            failure text,
            CONSTRAINT timed_jobs_failed_or_not CHECK ((failures > 0) = (failure IS NOT NULL))
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE timed_jobs")
    op.execute("DELETE FROM pgqueuer WHERE status = 'failed'")
    op.execute("DROP INDEX pgqueuer_unique_dedupe_key")
    op.execute("""
        CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON pgqueuer (dedupe_key)
        WHERE status IN ('queued', 'picked') AND dedupe_key IS NOT NULL
    """)
