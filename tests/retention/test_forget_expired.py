"""What belongs to no event and is over goes by itself."""

from datetime import timedelta

from server.db import Connection
from server.retention.expired.operations import forget_expired
from tests.clock import Clock
from tests.world import World


async def count(connection: Connection, table: str) -> int:
    found: int = await connection.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of ours
    return found


async def test_codes_and_sessions_go_when_they_are_over(connection: Connection, world: World, clock: Clock) -> None:
    await world.person()
    await connection.execute(
        "INSERT INTO sign_in_attempts (id, email, email_key, code_hash, created_at, expires_at, tries)"
        " VALUES ($1, 'a@b.example', 'a@b.example', 'x', $2, $2, 0)",
        world.new_key(), clock(),
    )  # fmt: skip
    await forget_expired(connection, now=clock())
    assert (await count(connection, "sign_in_attempts"), await count(connection, "sessions")) == (1, 1)

    await connection.execute("UPDATE sessions SET ended_at = $1", clock())
    await forget_expired(connection, now=clock() + timedelta(days=8))
    assert (await count(connection, "sign_in_attempts"), await count(connection, "sessions")) == (0, 0)


async def test_the_log_of_deliveries_goes_after_ninety_days_but_for_what_is_still_to_leave(
    connection: Connection, world: World, clock: Clock
) -> None:
    person = await world.person()
    for number, state in enumerate(("SENT", "WAITING")):
        notice = world.new_key()
        await connection.execute(
            "INSERT INTO notices (person_id, id, kind, key, path, told_at) VALUES ($1, $2, 'TEST', $3, '/', $4)",
            person.id, notice, str(number), clock(),
        )  # fmt: skip
        await connection.execute(
            "INSERT INTO deliveries (person_id, id, notice_id, channel, state, due_at, expires_at, settled_at)"
            " VALUES ($1, $2, $2, 'MAIL', $3, $4, $4, CASE WHEN $3 = 'SENT' THEN $4::timestamptz END)",
            person.id, notice, state, clock(),
        )  # fmt: skip

    await forget_expired(connection, now=clock() + timedelta(days=89))
    assert await count(connection, "deliveries") == 2
    await forget_expired(connection, now=clock() + timedelta(days=91))
    assert await connection.fetchval("SELECT array_agg(state) FROM deliveries") == ["WAITING"]


async def test_the_queues_log_goes_but_for_jobs_that_are_still_there(
    connection: Connection, world: World, clock: Clock
) -> None:
    await connection.execute(
        "INSERT INTO pgqueuer (id, priority, entrypoint, status) VALUES (7, 0, 'evening lists', 'failed')"
    )
    await connection.execute(
        "INSERT INTO pgqueuer_log (job_id, status, priority, entrypoint, created)"
        " SELECT job, 'picked', 0, 'evening lists', $1 FROM unnest(ARRAY[7, 8]) AS job",
        clock(),
    )

    await forget_expired(connection, now=clock() + timedelta(days=31))

    assert await connection.fetchval("SELECT array_agg(job_id) FROM pgqueuer_log") == [7]
