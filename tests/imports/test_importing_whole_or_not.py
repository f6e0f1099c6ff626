"""An import is taken whole or leaves nothing, whatever stops it and whoever imports at the same time."""

import asyncio
from datetime import datetime
from uuid import UUID

import pytest

from server.db import Connection, Pool
from server.errors import NotFound
from server.ids import new_id
from server.imports.errors import RowsNotReadable
from server.imports.models import ImportReport
from server.imports.operations import ROWS_AT_ONCE, import_attendees
from server.live import CHANNEL
from tests.imports.desk import Desk
from tests.imports.lists import example, read
from tests.world import World


async def test_bad_rows_stop_the_whole_import(desk: Desk) -> None:
    file = example("list-bad-rows.csv")

    with pytest.raises(RowsNotReadable) as refusal:
        await desk.take(file)

    assert refusal.value.bad_rows == file.bad_rows
    assert await desk.all("r.name") == []


async def test_bad_rows_can_be_left_out(desk: Desk) -> None:
    report = await desk.take(example("list-bad-rows.csv"), skip_bad=True)

    assert report == ImportReport(added=2, updated=0, unchanged=0, skipped=0, bad=8)


async def test_a_dry_run_tells_and_leaves_nothing(desk: Desk) -> None:
    report = await desk.take(example("indico-en.csv"), dry_run=True)

    assert (report.added, report.cancelled) == (1, 2)
    assert await desk.all("r.name") == []


async def test_an_import_that_fails_half_way_leaves_nothing(desk: Desk) -> None:
    many = read(("ID", "Name"), *((str(number), f"Person {number}") for number in range(2 * ROWS_AT_ONCE)))

    def stop(_: int) -> None:
        if stops.pop():
            raise RuntimeError

    stops = [True, False, False]
    with pytest.raises(RuntimeError):
        await desk.take(many, progress=stop)

    assert await desk.all("r.name") == []


async def test_progress_reaches_the_number_of_rows(desk: Desk) -> None:
    rows = [("ID", "Name"), *((str(number), f"Person {number}") for number in range(ROWS_AT_ONCE + 5))]
    await desk.take_rows(*rows[:11])
    done: list[int] = []

    await desk.take_rows(*rows[:6], ("5", "Renamed"), *rows[7:], progress=done.append)

    assert sum(done) == ROWS_AT_ONCE + 5
    assert len(done) > 2


async def test_two_imports_at_once_make_each_person_once(desk: Desk) -> None:
    file = example("eventbrite-us.csv")

    reports = await asyncio.gather(desk.take(file), desk.take(file))

    assert sorted(report.added for report in reports) == [0, 3]
    assert sorted(report.unchanged for report in reports) == [0, 4]


async def test_those_who_watch_attendance_are_woken_by_a_change_alone(desk: Desk, pool: Pool) -> None:
    topics: list[object] = []
    async with pool.acquire() as listening:
        await listening.add_listener(CHANNEL, lambda *heard: topics.append(heard[-1]))

        await desk.take(example("indico-en.csv"), dry_run=True)
        await desk.take(example("indico-en.csv"))
        await desk.take(example("indico-en.csv"))
        await listening.execute("SELECT 1")

        assert topics == [f"attendance:{desk.event.id}"]
        await listening.reset()


async def test_an_event_that_is_not_there_is_not_found(connection: Connection, world: World) -> None:
    unknown: UUID = new_id()
    now: datetime = world.clock()

    with pytest.raises(NotFound):
        await import_attendees(
            connection, event_id=unknown, file=example("list-plain.csv"), skip_bad=False, secrets=world.secrets, now=now
        )
