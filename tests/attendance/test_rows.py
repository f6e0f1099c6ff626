"""One row for each registration."""

from datetime import timedelta

import pytest

from server.events.models import Event
from server.people.names import name_key
from tests.attendance.documents import ROWS, id_of, names, rows
from tests.clock import Clock
from tests.desk.documents import register
from tests.doors.phone import DoorPhone
from tests.front_door import FrontDoor
from tests.world import World


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(scans_people_out=True)


@pytest.fixture
async def organizer(front_door: FrontDoor, world: World, event: Event) -> FrontDoor:
    return front_door.as_((await world.team(event)).token)


async def named(world: World, event: Event, name: str) -> str:
    """The ticket of somebody new, with the name in the form it is compared in."""
    registration_id, _ = await world.registration(event, name=name)
    await world.pool.execute("UPDATE registrations SET name_key = $2 WHERE id = $1", registration_id, name_key(name))
    return world.ticket_of(registration_id)


async def test_a_row_tells_who_came_when_and_by_which_door(
    front_door: FrontDoor, organizer: FrontDoor, world: World, event: Event, clock: Clock
) -> None:
    phone = await DoorPhone.at(front_door, world, event)
    garden = await DoorPhone.at(front_door, world, event, "Garden")
    ana = await world.attendee(event, "Ana Duarte")
    await phone.scan(ana.ticket)
    clock.advance(hours=1)
    await garden.scan(ana.ticket, direction="OUT")

    [edge] = (await rows(organizer, event))["edges"]

    row_id = edge["node"].pop("id")
    assert edge["node"] == {
        "registration": ana.gid, "name": "Ana Duarte", "ticketType": "Day ticket", "state": "CHECKED_OUT",
        "firstInAt": "2027-04-22T09:00:00Z", "lastSeenAt": "2027-04-22T10:00:00Z", "walkIn": False,
        "door": {"name": "Main door", "checkIns": 1},
    }  # fmt: skip
    [other_day] = (await rows(organizer, event, on="2027-04-23"))["edges"]
    assert other_day["node"]["state"] == "REGISTERED"
    assert other_day["node"]["id"] != row_id


async def test_rows_are_paged_by_name_without_gap_or_repeat(organizer: FrontDoor, world: World, event: Event) -> None:
    same = [f"Sam {number % 3}" for number in range(9)]
    for name in [*same, "Émile", "Zoë", "ana"]:
        await named(world, event, name)
    seen, after = [], None
    while True:
        page = await rows(organizer, event, first=5, after=after)
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        assert page["totalCount"] == 12
        seen += page["edges"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert [edge["node"]["name"] for edge in seen] == ["ana", "Émile", *sorted(same), "Zoë"]
    assert len({edge["node"]["id"] for edge in seen}) == 12
    assert (await rows(organizer, event, after=after))["edges"] == []


async def test_rows_are_filtered_by_where_people_are(
    front_door: FrontDoor, organizer: FrontDoor, world: World, event: Event
) -> None:
    phone = await DoorPhone.at(front_door, world, event)
    here, left = await named(world, event, "Here"), await named(world, event, "Left")
    await named(world, event, "Not yet")
    await world.registration(event, name="Cancelled", cancelled_at=world.clock())
    await register(phone.front_door, event, "Walked in")
    for ticket in (here, left):
        await phone.scan(ticket)
    await phone.scan(left, direction="OUT")

    shown = {show: await names(organizer, event, show=show) for show in (
        None, "HERE", "LEFT", "NOT_YET", "CAME", "CANCELLED",
    )}  # fmt: skip

    assert shown == {
        None: ["Cancelled", "Here", "Left", "Not yet", "Walked in"], "HERE": ["Here"], "LEFT": ["Left"],
        "NOT_YET": ["Not yet", "Walked in"], "CAME": ["Here", "Left"], "CANCELLED": ["Cancelled"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("garcia", ["José García Ruiz"]),
        ("RUIZ jose", ["José García Ruiz"]),
        ("GARCÍA", ["José García Ruiz"]),
        ("a", ["Ana 100%", "José García Ruiz"]),
        ("100%", ["Ana 100%"]),
        ("_", []),
        ("\\", []),
        ("  ", ["Ana 100%", "José García Ruiz", "Øyvind"]),
    ],
)
async def test_rows_are_searched_by_words_of_a_name(
    organizer: FrontDoor, world: World, event: Event, search: str, found: list[str]
) -> None:
    for name in ("José García Ruiz", "Ana 100%", "Øyvind"):
        await named(world, event, name)

    assert sorted(await names(organizer, event, search=search)) == found


async def test_search_filter_and_pages_go_together(
    front_door: FrontDoor, organizer: FrontDoor, world: World, event: Event
) -> None:
    phone = await DoorPhone.at(front_door, world, event)
    for number in range(6):
        ticket = await named(world, event, f"Sam {number}")
        if number % 2 == 0:
            await phone.scan(ticket)

    page = await rows(organizer, event, search="sam", show="CAME", first=2)
    rest = await rows(organizer, event, search="sam", show="CAME", first=2, after=page["pageInfo"]["endCursor"])

    assert [edge["node"]["name"] for edge in page["edges"] + rest["edges"]] == ["Sam 0", "Sam 2", "Sam 4"]
    assert (page["totalCount"], rest["pageInfo"]["hasNextPage"]) == (3, False)


@pytest.mark.parametrize(
    "asked",
    [{"first": 0}, {"first": 101}, {"after": "x"}, {"after": ""}, {"after": "AAAA"}, {"after": "A" * 24}],
)
async def test_what_cannot_be_a_page_is_refused(organizer: FrontDoor, event: Event, asked: dict[str, object]) -> None:
    assert await organizer.refusal(ROWS, event=id_of(event), **asked) == "REFUSED"


async def test_walk_ins_are_marked(front_door: FrontDoor, organizer: FrontDoor, world: World, event: Event) -> None:
    phone = await DoorPhone.at(front_door, world, event)
    await register(phone.front_door, event, "Walked in")
    await world.registration(event, name="Zed", cancelled_at=world.clock() - timedelta(days=1))

    page = await rows(organizer, event)

    assert [edge["node"]["walkIn"] for edge in page["edges"]] == [True, False]
