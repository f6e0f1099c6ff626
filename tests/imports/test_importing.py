"""Bringing lists into an event: nothing twice, nothing lost, nothing of the attendee's own overwritten."""

# ruff: noqa: RUF001 - names as their owners write them

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from server.badges.tokens import badge_secret, read_ticket, ticket_code, ticket_hash, token_hash
from server.db import Connection, Pool
from server.errors import NotFound
from server.events.models import Event
from server.ids import new_id
from server.imports.errors import RowsNotReadable
from server.imports.models import ImportReport, ReadFile
from server.imports.operations import ROWS_AT_ONCE, import_attendees
from server.live import CHANNEL
from tests.clock import Clock
from tests.imports.lists import example, read
from tests.world import World


class Desk:
    """Imports into one event as the organizer does, and looks at what came of it."""

    def __init__(self, world: World, pool: Pool, event: Event, clock: Clock) -> None:
        self.world = world
        self.pool = pool
        self.event = event
        self.clock = clock

    async def take(self, file: ReadFile, **options: Any) -> ImportReport:
        async with self.pool.acquire() as connection:
            return await import_attendees(
                connection,
                event_id=self.event.id,
                file=file,
                secrets=self.world.secrets,
                now=self.clock(),
                **({"skip_bad": False} | options),
            )

    async def take_rows(self, *rows: Sequence[str], **options: Any) -> ImportReport:
        return await self.take(read(*rows), **options)

    async def all(self, columns: str) -> list[tuple[Any, ...]]:
        rows = await self.pool.fetch(
            f"SELECT {columns} FROM registrations r"  # noqa: S608 - columns of this test
            " JOIN cards c ON c.event_id = r.event_id AND c.registration_id = r.id"
            " WHERE r.event_id = $1 ORDER BY r.name_key, r.created_at, r.external_id",
            self.event.id,
        )
        return [tuple(row) for row in rows]

    async def admitted_by(self, code: str) -> str | None:
        """Whose registration the door finds for what it reads."""
        name: str | None = await self.pool.fetchval(
            "SELECT r.name FROM ticket_codes t JOIN registrations r"
            " ON r.event_id = t.event_id AND r.id = t.registration_id WHERE t.event_id = $1 AND t.code_hash = $2",
            self.event.id,
            ticket_hash(self.event.id, read_ticket(code)),
        )
        return name

    async def versions(self) -> list[tuple[Any, ...]]:
        """The physical version of every row an import can write."""
        rows = []
        for table in ("registrations", "cards", "badges", "ticket_codes"):
            rows += await self.pool.fetch(f"SELECT '{table}', ctid::text, xmin::text FROM {table}")  # noqa: S608 - our own tables
        return sorted(tuple(row) for row in rows)


@pytest.fixture
async def desk(world: World, pool: Pool, clock: Clock) -> Desk:
    return Desk(world, pool, await world.event(), clock)


async def test_a_first_import_makes_closed_cards_badges_and_tickets(desk: Desk) -> None:
    report = await desk.take(example("pretix-positions-en.csv"))

    assert report == ImportReport(added=7, updated=0, unchanged=0, skipped=2, bad=0)
    assert (await desk.all("r.external_id, r.name, c.name, c.open_to_event, r.person_id, r.cancelled_at"))[:2] == [
        ("V2KRS-1", "@Kit O’Brien", "@Kit O’Brien", False, None, None),
        ("R8TQK-1", "Ana Ferreira", "Ana Ferreira", False, None, None),
    ]
    assert [row for row in await desk.all("r.name, r.cancelled_at") if row[1]] == [
        ("Li Wei", desk.clock()),
        ("Sam Okoro", desk.clock()),
    ]


async def test_badge_and_tickets_are_those_derived_from_the_servers_keys(desk: Desk) -> None:
    await desk.take_rows(("Name", "Ticket code"), ("Ana Ferreira", "their-own-QR/42"))

    (registration_id,) = (await desk.all("r.id"))[0]
    badge = await desk.pool.fetchrow(
        "SELECT id, token_hash, key_id FROM badges WHERE registration_id = $1", registration_id
    )
    assert badge is not None
    assert badge["token_hash"] == token_hash(badge_secret(desk.world.secrets, badge["id"], badge["key_id"]).token)
    assert await desk.admitted_by(ticket_code(desk.world.secrets, registration_id)) == "Ana Ferreira"
    assert await desk.admitted_by("their-own-QR/42") == "Ana Ferreira"


@pytest.mark.parametrize(
    "name",
    ["pretix-positions-en.csv", "pretix-checkin-en.csv", "eventbrite-us.csv", "eventbrite-barcodes.csv",
     "indico-en.csv", "list-german-excel.csv", "list-plain.csv"],
)  # fmt: skip
async def test_the_same_list_a_second_time_changes_nothing_not_even_a_row_version(desk: Desk, name: str) -> None:
    file = example(name)
    await desk.take(file)
    before = await desk.versions()
    desk.clock.advance(days=1)

    report = await desk.take(file)

    assert report == ImportReport(added=0, updated=0, unchanged=len(file.rows), skipped=file.skipped, bad=0)
    assert await desk.versions() == before


async def test_a_changed_row_updates_what_the_organizer_owns(desk: Desk) -> None:
    header = ("ID", "Name", "Email", "Ticket type")
    await desk.take_rows(header, ("1", "Ana Fereira", "ana@example.org", "Day"), ("2", "Li Wei", "", "Day"))

    report = await desk.take_rows(
        header, ("1", "Ana Ferreira", "ana.f@example.org", "Speaker"), ("2", "Li Wei", "", "Day")
    )

    assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
    assert await desk.all("r.name, r.name_key, r.email, r.email_key, r.ticket_type, c.name") == [
        ("Ana Ferreira", "ana ferreira", "ana.f@example.org", "ana.f@example.org", "Speaker", "Ana Ferreira"),
        ("Li Wei", "li wei", None, None, "Day", "Li Wei"),
    ]


async def test_a_blank_cell_takes_nothing_away(desk: Desk) -> None:
    header = ("ID", "Name", "Email", "Ticket type", "Pronouns")
    await desk.take_rows(header, ("1", "Ana", "ana@example.org", "Day", "she/her"))

    report = await desk.take_rows(header, ("1", "Ana", "", "", ""))

    assert report.unchanged == 1
    assert await desk.all("r.email, r.ticket_type, c.pronouns") == [("ana@example.org", "Day", "she/her")]


async def test_a_card_that_somebody_has_taken_stays_theirs(desk: Desk, world: World) -> None:
    ana = await world.person(email="ana@example.org")
    await world.registration(
        desk.event,
        name="Ana",
        person=ana,
        source="list",
        external_id="1",
        card={"name": "Ana of the bees", "pronouns": "they"},
    )

    report = await desk.take_rows(("ID", "Name", "Pronouns"), ("1", "Ana Ferreira", "she/her"))

    assert report.updated == 1
    assert await desk.all("r.name, c.name, c.pronouns, c.open_to_event, r.person_id") == [
        ("Ana Ferreira", "Ana of the bees", "they", True, ana.id)
    ]


async def test_a_cancelled_row_cancels_and_a_row_that_comes_back_comes_back(desk: Desk) -> None:
    header = ("ID", "Name", "Status")
    await desk.take_rows(header, ("1", "Ana", "paid"))

    cancelled = await desk.take_rows(header, ("1", "Ana", "cancelled"))
    cancelled_at = desk.clock()
    desk.clock.advance(hours=1)
    again = await desk.take_rows(header, ("1", "Ana", "cancelled"))

    assert (cancelled.updated, again.unchanged) == (1, 1)
    assert await desk.all("r.cancelled_at") == [(cancelled_at,)]

    back = await desk.take_rows(header, ("1", "Ana", "paid"))

    assert back.updated == 1
    assert await desk.all("r.cancelled_at") == [(None,)]


async def test_whoever_is_missing_from_a_list_stays(desk: Desk) -> None:
    await desk.take_rows(("ID", "Name"), ("1", "Ana"), ("2", "Li"))

    report = await desk.take_rows(("ID", "Name"), ("2", "Li"))

    assert report == ImportReport(added=0, updated=0, unchanged=1, skipped=0, bad=0)
    assert await desk.all("r.name, r.cancelled_at") == [("Ana", None), ("Li", None)]


async def test_five_tickets_of_one_buyer_stay_five(desk: Desk) -> None:
    rows = [("ID", "Name", "Email"), *((str(number), "Ana Ferreira", "ana@example.org") for number in range(5))]

    first = await desk.take_rows(*rows)
    second = await desk.take_rows(*rows)

    assert (first.added, second.unchanged) == (5, 5)


async def test_a_plain_list_finds_the_people_of_a_ticket_system_by_name_and_address(desk: Desk) -> None:
    await desk.take(example("pretix-positions-en.csv"))

    report = await desk.take_rows(
        ("Name", "Email"), ("ANA FERREIRA", "Ana.Ferreira@example.org"), ("Ana Ferreira", "other@example.org")
    )

    assert (report.added, report.updated) == (1, 1)
    assert [row for row in await desk.all("r.name, r.source, r.external_id") if "ana" in row[0].lower()] == [
        ("ANA FERREIRA", "pretix", "R8TQK-1"),
        ("Ana Ferreira", "list", None),
    ]


async def test_a_ticket_systems_list_takes_over_people_from_a_plain_one(desk: Desk) -> None:
    await desk.take_rows(("Name", "Email"), ("Ana Ferreira", "ana.ferreira@example.org"))

    report = await desk.take(example("pretix-positions-en.csv"))

    assert (report.added, report.updated) == (6, 1)
    assert ("Ana Ferreira", "pretix", "R8TQK-1") in await desk.all("r.name, r.source, r.external_id")


async def test_a_check_in_list_and_the_order_positions_of_pretix_meet_at_the_ticket_code(desk: Desk) -> None:
    await desk.take(example("pretix-checkin-en.csv"))

    report = await desk.take(example("pretix-positions-en.csv"))

    # Ana and João are known by their codes; Mira's order is not paid, and the five others are new.
    assert (report.added, report.updated) == (5, 2)
    assert ("João Conceição", "R8TQK-2") in await desk.all("r.name, r.external_id")


async def test_a_walk_in_who_is_on_the_list_after_all_stays_a_walk_in(desk: Desk, pool: Pool) -> None:
    registration_id, _ = await desk.world.registration(
        desk.event, name="Ana", email="ana@example.org", source="walk-in"
    )
    await pool.execute(
        "UPDATE registrations SET walk_in_key = $2, external_id = NULL WHERE id = $1", registration_id, new_id()
    )
    rows = [("ID", "Name", "Email", "Ticket type"), ("1", "Ana", "ana@example.org", "Day")]

    first = await desk.take_rows(*rows)
    second = await desk.take_rows(*rows)

    assert (first.added, first.updated, second.unchanged) == (0, 1, 1)
    assert await desk.all("r.source, r.external_id, r.ticket_type") == [("walk-in", None, "Day")]


async def test_a_code_that_the_ticket_system_replaced_no_longer_admits(desk: Desk) -> None:
    header = ("ID", "Name", "Ticket code")
    await desk.take_rows(header, ("1", "Ana", "old-code"), ("2", "Li", "moving-code"))

    await desk.take_rows(header, ("1", "Ana", "moving-code"), ("2", "Li", "new-code"))

    assert await desk.admitted_by("old-code") is None
    assert await desk.admitted_by("moving-code") == "Ana"
    assert await desk.admitted_by("new-code") == "Li"


async def test_our_own_ticket_codes_in_a_list_are_recognised_as_ours(desk: Desk) -> None:
    await desk.take_rows(("Name",), ("Ana Ferreira",))
    (registration_id,) = (await desk.all("r.id"))[0]
    own = ticket_code(desk.world.secrets, registration_id)

    report = await desk.take_rows(("Name", "Ticket code"), ("Ana Maria Ferreira", own))

    assert (report.added, report.updated) == (0, 1)
    assert await desk.admitted_by(own) == "Ana Maria Ferreira"
    assert await desk.pool.fetchval("SELECT count(*) FROM ticket_codes WHERE is_external") == 0


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

    assert report.added == 3
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

    assert sorted(report.added for report in reports) == [0, 4]
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


async def test_the_same_list_at_another_event_is_another_matter(
    desk: Desk, world: World, pool: Pool, clock: Clock
) -> None:
    file = example("eventbrite-barcodes.csv")
    await desk.take(file)

    report = await Desk(world, pool, await world.event(), clock).take(file)

    assert report.added == 3


async def test_an_event_that_is_not_there_is_not_found(connection: Connection, world: World) -> None:
    unknown: UUID = new_id()
    now: datetime = world.clock()

    with pytest.raises(NotFound):
        await import_attendees(
            connection, event_id=unknown, file=example("list-plain.csv"), skip_bad=False, secrets=world.secrets, now=now
        )
