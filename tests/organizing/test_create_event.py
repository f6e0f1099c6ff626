"""Creating an event: a title and a date are enough, and the host says who may."""

import asyncio
from typing import Any

import pytest

from tests.front_door import FrontDoor
from tests.organizing.documents import CREATE, DOORS
from tests.world import Somebody, World

PLAIN = {"title": "Spring Fair", "startsAt": "2027-05-22T08:00:00Z", "timezone": "Europe/Lisbon"}


@pytest.fixture
async def host(world: World) -> Somebody:
    """Somebody who may create events."""
    person = await world.person()
    await world.pool.execute("UPDATE people SET may_create_events = true WHERE id = $1", person.id)
    return person


async def create(door: FrontDoor, world: World, *, key: str | None = None, **changes: Any) -> dict[str, Any]:
    answer = await door.ask(CREATE, input=PLAIN | changes, key=key or world.new_key())
    found: dict[str, Any] = answer["createEvent"]
    return found


async def test_a_title_and_a_date_are_enough(front_door: FrontDoor, world: World, host: Somebody) -> None:
    door = front_door.as_(host.token)

    made = await create(door, world)

    event = made.pop("id")
    assert made == {
        "__typename": "Event", "slug": "spring-fair", "title": "Spring Fair", "venue": None,
        "startsAt": "2027-05-22T08:00:00Z", "endsAt": "2027-05-22T16:00:00Z", "timezone": "Europe/Lisbon",
        "usesCheckIn": True, "checksInWith": "TICKET", "scansPeopleOut": False,
        "cardQuestions": ["UP_TO", "SEEKING", "OFFERING", "ASK_ME_ABOUT", "GOOD_INTRODUCTION"],
        "languages": ["en", "de", "pt"],
        "settings": {"capacity": None, "eveningAt": "19:00", "retentionDays": 90, "continues": None},
    }  # fmt: skip
    assert (await door.ask(DOORS, event=event))["doors"] == [{"name": "Entrance"}]


async def test_whoever_the_host_did_not_name_creates_nothing(front_door: FrontDoor, world: World) -> None:
    organizer = await world.team(await world.event())

    refused = await create(front_door.as_(organizer.token), world)

    assert refused["__typename"] == "MayNotCreateEvents"
    assert await world.pool.fetchval("SELECT count(*) FROM events") == 1


@pytest.mark.parametrize("chosen", [{}, {"slug": "fair"}])
async def test_the_same_key_makes_one_event_also_at_the_same_moment(
    front_door: FrontDoor, world: World, host: Somebody, chosen: dict[str, str]
) -> None:
    door, key = front_door.as_(host.token), world.new_key()

    made = await asyncio.gather(*(create(door, world, key=key, **chosen) for _ in range(4)))
    other = await create(door, world, key=key, title="Autumn Fair")

    assert len({each.get("id") for each in made}) == 1
    assert other["__typename"] == "KeyReused"
    assert await world.pool.fetchval("SELECT count(*) FROM doors") == 1


async def test_a_title_that_is_taken_gets_a_number_in_its_address(
    front_door: FrontDoor, world: World, host: Somebody
) -> None:
    door = front_door.as_(host.token)

    made = await asyncio.gather(*(create(door, world, title="Frühlingsfest & Straße") for _ in range(3)))
    nameless = await create(door, world, title="春の市")
    chosen = await create(door, world, slug="fruhlingsfest-strasse")

    assert sorted(each["slug"] for each in made) == [
        "fruhlingsfest-strasse", "fruhlingsfest-strasse-2", "fruhlingsfest-strasse-3",
    ]  # fmt: skip
    assert nameless["slug"] == "event"
    assert chosen["__typename"] == "SlugTaken"


async def test_everything_can_be_said_at_once(front_door: FrontDoor, world: World, host: Somebody) -> None:
    settings: dict[str, Any] = {
        "venue": "The old school", "endsAt": "2027-05-23T16:00:00Z", "capacity": 80, "eveningAt": "20:30",
        "checksInWith": "BOTH", "scansPeopleOut": True, "cardQuestions": ["SEEKING", "UP_TO"],
        "languages": ["de", "en"], "retentionDays": 30,
    }  # fmt: skip

    made = await create(front_door.as_(host.token), world, **settings)

    assert made["settings"] == {"capacity": 80, "eveningAt": "20:30", "retentionDays": 30, "continues": None}
    assert made["cardQuestions"] == ["UP_TO", "SEEKING"]
    assert made["languages"] == ["de", "en"]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": "  "}),
        ("title", {"title": "a" * 121}),
        ("endsAt", {"endsAt": "2027-05-22T08:00:00Z"}),
        ("endsAt", {"endsAt": "2027-09-22T08:00:00Z"}),
        ("startsAt", {"startsAt": "9999-12-31T23:00:00Z"}),
        ("timezone", {"timezone": "Moon/Base"}),
        ("timezone", {"timezone": "localtime"}),
        ("timezone", {"timezone": "posix/Europe/Lisbon"}),
        ("capacity", {"capacity": 0}),
        ("eveningAt", {"eveningAt": "seven"}),
        ("eveningAt", {"eveningAt": "19:00+02:00"}),
        ("languages", {"languages": ["tlh"]}),
        ("retentionDays", {"retentionDays": 731}),
        ("slug", {"slug": "Straße 1"}),
        ("key", {"key": "1"}),
    ],
)
async def test_what_cannot_be_taken_is_said_and_nothing_is_made(
    front_door: FrontDoor, world: World, host: Somebody, field: str, changes: dict[str, Any]
) -> None:
    refused = await create(front_door.as_(host.token), world, **changes)

    assert (refused["__typename"], refused["field"]) == ("InputNotValid", field)
    assert await world.pool.fetchval("SELECT count(*) FROM events") == 0
