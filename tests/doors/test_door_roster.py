"""The roster on a door's phone: what it holds, and that asking for changes misses nobody."""

import asyncio
import base64
from typing import Any

import asyncpg
import pytest

from schema.ids import read_any
from server.badges.operations import reissue_badge
from server.badges.tokens import ticket_hash, token_hash
from server.events.models import ChecksInWith, Event, Role
from tests.clock import Clock
from tests.doors.paired import paired
from tests.doors.phone import DoorPhone
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.world import World

ROSTER = """
    query ($event: ID!, $first: Int! = 1000, $after: String, $changedSince: String, $waiting: Int) {
        doorRoster(event: $event, first: $first, after: $after, changedSince: $changedSince, waiting: $waiting) {
            entries { registration name ticketType state firstInAt door badgePrintedAt codes }
            gone next asOf whole } }
"""


def shown(*hashes: bytes) -> set[str]:
    return {base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in hashes}


class Roster:
    """A phone's roster, kept as the app keeps it."""

    def __init__(self, door: FrontDoor, event: Event) -> None:
        self.door, self.event = door, event
        self.entries: dict[str, dict[str, Any]] = {}
        self.as_of: str | None = None

    async def sync(self, first: int = 1000) -> dict[str, Any]:
        """All pages; the last one."""
        after, changed_since = None, self.as_of
        while True:
            asked = {"first": first, "after": after, "changedSince": changed_since}
            page: dict[str, Any] = (await self.door.ask(ROSTER, event=id_of(self.event), **asked))["doorRoster"]
            if page["whole"] and after is None:
                self.entries = {}
            self.entries |= {each["registration"]: each for each in page["entries"]}
            for each in page["gone"]:
                self.entries.pop(each, None)
            self.as_of, after = page["asOf"], page["next"]
            if after is None:
                return page

    @property
    def names(self) -> list[str]:
        return sorted(each["name"] for each in self.entries.values())


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(scans_people_out=True)


@pytest.fixture
async def phone(front_door: FrontDoor, world: World, event: Event) -> DoorPhone:
    door = await world.door(event)
    held = await paired(world, event, door, helper="Kim")
    return DoorPhone(front_door.as_phone(held.token), event, door, world.clock)


@pytest.fixture
def roster(phone: DoorPhone) -> Roster:
    return Roster(phone.front_door, phone.event)


async def test_it_holds_name_ticket_state_and_hashes_of_tickets(
    roster: Roster, phone: DoorPhone, world: World, event: Event
) -> None:
    ana = await world.attendee(event, "Ana")
    await world.external_ticket(event, ana.registration_id, "pX9 ab")
    await phone.scan(ana.ticket)

    page = await roster.sync()

    [entry] = page["entries"]
    assert set(entry.pop("codes")) == shown(ticket_hash(event.id, ana.ticket), ticket_hash(event.id, "pX9 ab"))
    assert entry == {
        "registration": ana.gid, "name": "Ana", "ticketType": "Day ticket", "state": "CHECKED_IN",
        "firstInAt": "2027-04-22T09:00:00Z", "door": "Main door", "badgePrintedAt": None,
    }  # fmt: skip
    assert (page["whole"], page["next"], page["gone"]) == (True, None, [])


async def test_where_badges_admit_it_holds_the_long_code_of_those_in_use(
    roster: Roster, world: World, event: Event
) -> None:
    ana = await world.attendee(event)
    badge = shown(token_hash(ana.badge.token))  # whoever has the list could guess the short one
    for checks_in_with, expected in (
        (ChecksInWith.BADGE, badge),
        (ChecksInWith.BOTH, badge | shown(ticket_hash(event.id, ana.ticket))),
    ):
        await world.pool.execute("UPDATE events SET checks_in_with = $1", checks_in_with)

        page = await roster.sync()

        assert page["whole"]
        assert set(page["entries"][0]["codes"]) == expected


async def test_everything_that_shows_is_told_once_it_has_changed_and_nothing_else(
    roster: Roster, phone: DoorPhone, front_door: FrontDoor, world: World, event: Event
) -> None:
    ana, ben, cem, dov, eli = [await world.attendee(event, name) for name in ("Ana", "Ben", "Cem", "Dov", "Eli")]
    told = await phone.scan(eli.ticket)
    await roster.sync()
    assert (await roster.sync())["entries"] == []

    await phone.scan(ana.ticket)
    await world.pool.execute("UPDATE registrations SET name = 'Benno' WHERE id = $1", ben.registration_id)
    async with world.pool.acquire() as connection:
        await reissue_badge(
            connection, event_id=event.id, registration_id=cem.registration_id, person_id=cem.person.id,
            secrets=world.secrets, now=world.clock(),
        )  # fmt: skip
    await world.pool.execute("DELETE FROM registrations WHERE id = $1", dov.registration_id)
    await phone.undo(told)
    registered = await world.registration(event, name="Fay")
    page = await roster.sync()

    assert sorted(each["name"] for each in page["entries"]) == ["Ana", "Benno", "Cem", "Eli", "Fay"]
    assert page["gone"] == [dov.gid]
    assert (page["whole"], registered[0]) == (False, read_any(page["entries"][-1]["registration"]).row)
    await world.pool.execute("UPDATE registrations SET goal = 2")
    assert (await roster.sync())["entries"] == []


async def test_pages_hold_everybody_once_and_changes_come_in_pages_too(
    roster: Roster, world: World, event: Event
) -> None:
    people = [await world.attendee(event, f"Attendee {number:02}") for number in range(7)]

    await roster.sync(first=3)
    assert roster.names == [each.name for each in people]
    await world.pool.execute("UPDATE registrations SET ticket_type = 'Late'")
    await roster.sync(first=2)

    assert {each["ticketType"] for each in roster.entries.values()} == {"Late"}


async def test_what_commits_after_a_later_change_was_read_is_told_the_next_time(
    roster: Roster, world: World, event: Event, dsn: str
) -> None:
    ana, ben = await world.attendee(event, "Ana"), await world.attendee(event, "Ben")
    await roster.sync()
    slow = await asyncpg.connect(dsn)
    change = "UPDATE registrations SET name = $2 WHERE id = $1"
    try:
        async with slow.transaction():
            await slow.execute(change, ana.registration_id, "Anna")
            await world.pool.execute(change, ben.registration_id, "Benno")
            await roster.sync()
            assert roster.names == ["Ana", "Benno"]
    finally:
        await slow.close()

    await roster.sync()

    assert roster.names == ["Anna", "Benno"]


async def test_a_phone_that_syncs_while_many_change_ends_with_what_the_server_knows(
    roster: Roster, world: World, event: Event
) -> None:
    people = [await world.attendee(event) for _ in range(12)]
    await roster.sync()
    changing = True

    async def change(number: int) -> None:
        for turn in range(8):
            async with world.pool.acquire() as connection, connection.transaction():
                for each in people[number::4]:
                    await connection.execute(
                        "UPDATE registrations SET name = $2 WHERE id = $1", each.registration_id, f"{turn} {each.name}"
                    )

    async def follow() -> None:
        while changing:
            await roster.sync(first=2)

    following = asyncio.create_task(follow())
    await asyncio.gather(*(change(number) for number in range(4)))
    changing = False
    await following
    await roster.sync()

    assert roster.names == sorted(row["name"] for row in await world.pool.fetch("SELECT name FROM registrations"))


async def test_another_day_or_another_database_begins_anew(
    roster: Roster, phone: DoorPhone, world: World, event: Event, clock: Clock
) -> None:
    ana = await world.attendee(event)
    await phone.scan(ana.ticket)
    await roster.sync()
    kept = roster.as_of or ""
    line, rest = base64.b64decode(kept + "==", altchars=b"-_").decode().split(" ", 1)
    clock.advance(hours=20)

    next_day = await roster.sync()
    roster.as_of = base64.urlsafe_b64encode(f"1{line} {rest}".encode()).decode().rstrip("=")
    elsewhere = await roster.sync()

    assert (next_day["whole"], next_day["entries"][0]["state"]) == (True, "REGISTERED")
    assert elsewhere["whole"]


@pytest.mark.parametrize("mark", ["", "é", "bm90aGluZw", "MSAyIDMgNA", "x" * 500])
async def test_a_mark_of_nothing_is_refused_in_words(phone: DoorPhone, mark: str) -> None:
    for name in ("after", "changedSince"):
        assert await phone.front_door.refusal(ROSTER, event=phone.event_gid, **{name: mark}) == "REFUSED"


async def test_the_phone_says_how_much_waits_and_organizers_see_it(
    phone: DoorPhone, front_door: FrontDoor, world: World, event: Event
) -> None:
    await phone.front_door.ask(ROSTER, event=phone.event_gid, waiting=7)

    organizer = front_door.as_((await world.team(event)).token)
    document = "query ($event: ID!) { doorPhones(event: $event) { waiting helper { name } } }"
    assert (await organizer.ask(document, event=phone.event_gid))["doorPhones"] == [
        {"waiting": 7, "helper": {"name": "Kim"}}
    ]
    helper = front_door.as_((await world.team(event, Role.DOOR_HELPER)).token)
    assert await helper.refusal(document, event=phone.event_gid) == "FORBIDDEN"
