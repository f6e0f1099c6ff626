"""Every statement about jobs. The tables whose names begin with `pgqueuer` are the library's; these statements read
them, and change only what the library offers no way to.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import LiteralString

from server.db import Connection
from server.jobs.models import Done, JobState, QueuedJob, TimedRun

#: How often a job was taken up since it was queued or asked for again, without the times when its worker left of its
#: own accord ($2). The library writes a line without traceback when a job comes into the queue.
COUNT_TRIES: LiteralString = """
    WITH since AS (
        SELECT coalesce(max(id), 0) AS id
        FROM pgqueuer_log WHERE job_id = $1 AND status = 'queued' AND traceback IS NULL
    )
    SELECT count(*) FILTER (WHERE log.status = 'picked')
         - count(*) FILTER (WHERE log.status = 'queued' AND log.traceback ->> 'exception_message' = $2)
    FROM pgqueuer_log AS log, since
    WHERE log.job_id = $1 AND log.id > since.id
"""


async def count_tries(connection: Connection, *, job_id: int, left: str) -> int:
    tries: int = await connection.fetchval(COUNT_TRIES, job_id, left)
    return tries


#: How a run of the clock's job $1 went at $2: $3 is the kind of the failure, null when it went well.
UPSERT_TIMED_RUN: LiteralString = """
    INSERT INTO timed_jobs (name, last_run_at, last_done_at, failures, failure)
    VALUES ($1, $2, CASE WHEN $3::text IS NULL THEN $2::timestamptz END, CASE WHEN $3 IS NULL THEN 0 ELSE 1 END, $3)
    ON CONFLICT ON CONSTRAINT timed_jobs_pkey DO UPDATE SET
        last_run_at = excluded.last_run_at,
        last_done_at = coalesce(excluded.last_done_at, timed_jobs.last_done_at),
        failures = CASE WHEN excluded.failures = 0 THEN 0 ELSE timed_jobs.failures + 1 END,
        failure = excluded.failure
"""


async def upsert_timed_run(connection: Connection, *, name: str, failure: str | None, now: datetime) -> None:
    await connection.execute(UPSERT_TIMED_RUN, name, now, failure)


#: Times that a clock which was set back has left in the future: a schedule that would come later than its own next time
#: ($2 from now), or is held by a worker that has shown itself at a time that has not come.
BRING_SCHEDULES_BACK: LiteralString = """
    UPDATE pgqueuer_schedules AS schedule
    SET next_run = least(next_run, now()), heartbeat = least(heartbeat, now())
    FROM unnest($1::text[], $2::interval[]) AS due (name, after)
    WHERE schedule.entrypoint = due.name
      AND (schedule.next_run > now() + due.after + interval '5 seconds' OR heartbeat > now() + interval '5 seconds')
"""


async def bring_schedules_back(connection: Connection, *, due: Mapping[str, timedelta]) -> None:
    await connection.execute(BRING_SCHEDULES_BACK, list(due), list(due.values()))


#: The same for queued jobs: those tried before and waiting longer than $1, and those whose worker has shown itself at
#: a time that has not come.
BRING_JOBS_BACK: LiteralString = """
    UPDATE pgqueuer SET execute_after = least(execute_after, now()), heartbeat = least(heartbeat, now())
    WHERE (status = 'queued' AND attempts > 0 AND execute_after > now() + $1::interval)
       OR (status = 'picked' AND heartbeat > now() + interval '5 seconds')
"""


async def bring_jobs_back(connection: Connection, *, longest_pause: timedelta) -> None:
    await connection.execute(BRING_JOBS_BACK, longest_pause)


#: What is in the queue, failed jobs first and then those that run; at most $1 of them. Tries are counted as above.
SELECT_QUEUED: LiteralString = """
    SELECT job.id, job.entrypoint, job.status::text AS status, tried.tries, tried.failure, events.slug,
        CASE WHEN job.status = 'queued' THEN job.execute_after ELSE job.updated END AS at
    FROM (
        SELECT * FROM pgqueuer WHERE status IN ('queued', 'picked', 'failed')
        ORDER BY array_position(ARRAY['failed', 'picked', 'queued'], status::text), id
        LIMIT $1
    ) AS job
    LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE status = 'picked')
             - count(*) FILTER (WHERE status = 'queued' AND traceback ->> 'exception_message' = $2) AS tries,
            (array_agg(traceback ->> 'exception_message' ORDER BY id DESC)
                FILTER (WHERE traceback ->> 'exception_message' <> $2))[1] AS failure
        FROM pgqueuer_log AS log WHERE job_id = job.id AND NOT EXISTS (
            SELECT FROM pgqueuer_log AS later
            WHERE later.job_id = job.id AND later.status = 'queued' AND later.traceback IS NULL AND later.id > log.id
        )
    ) AS tried ON true
    LEFT JOIN events ON events.id = (convert_from(job.payload, 'UTF8')::jsonb ->> 'event')::uuid
    ORDER BY array_position(ARRAY['failed', 'picked', 'queued'], job.status::text), job.id
"""

_STATES = {"failed": JobState.FAILED, "picked": JobState.RUNNING, "queued": JobState.WAITING}


async def select_queued(connection: Connection, *, at_most: int, left: str) -> list[QueuedJob]:
    return [
        QueuedJob(
            id=row["id"],
            name=row["entrypoint"],
            state=_STATES[row["status"]],
            tries=row["tries"],
            at=row["at"],
            failure=row["failure"],
            event=row["slug"],
        )
        for row in await connection.fetch(SELECT_QUEUED, at_most, left)
    ]


#: How many jobs are in the queue in each state.
COUNT_QUEUED: LiteralString = """
    SELECT status::text AS status, count(*) AS count FROM pgqueuer WHERE status IN ('queued', 'picked', 'failed')
    GROUP BY status
"""


async def count_queued(connection: Connection) -> dict[JobState, int]:
    found = {_STATES[row["status"]]: row["count"] for row in await connection.fetch(COUNT_QUEUED)}
    return {state: found.get(state, 0) for state in JobState}


#: How the clock's jobs went, and when each comes next.
SELECT_TIMED: LiteralString = """
    SELECT timed.name, timed.last_run_at, timed.last_done_at, timed.failures, timed.failure,
        (SELECT min(next_run) FROM pgqueuer_schedules WHERE entrypoint = timed.name) AS next_at
    FROM timed_jobs AS timed ORDER BY timed.name
"""


async def select_timed(connection: Connection) -> list[TimedRun]:
    return [TimedRun(**row) for row in await connection.fetch(SELECT_TIMED)]


#: What was done in the last seven days, by name.
SELECT_DONE: LiteralString = """
    SELECT entrypoint AS name, count(*) AS count, max(created) AS last_at
    FROM pgqueuer_log WHERE status = 'successful' AND created > now() - interval '7 days'
    GROUP BY entrypoint ORDER BY entrypoint
"""


async def select_done(connection: Connection) -> list[Done]:
    return [Done(**row) for row in await connection.fetch(SELECT_DONE)]


#: Put these failed jobs back into the queue, as the library does it, and tell which there were.
REQUEUE_FAILED: LiteralString = """
    WITH requeued AS (
        UPDATE pgqueuer SET status = 'queued', execute_after = now(), updated = now(), attempts = 0,
            queue_manager_id = NULL
        WHERE id = ANY ($1::bigint[]) AND status = 'failed'
        RETURNING id, entrypoint, priority
    ), logged AS (
        INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority)
        SELECT id, 'queued', entrypoint, priority FROM requeued
    )
    SELECT id FROM requeued
"""


async def requeue_failed(connection: Connection, *, job_ids: Sequence[int]) -> list[int]:
    return [row["id"] for row in await connection.fetch(REQUEUE_FAILED, list(job_ids))]
