"""Finding somebody by name in a queue of people."""

import pytest

from server.events.models import Event, Role
from server.people.names import name_key
from tests.desk.documents import FIND, find, id_of
from tests.doors.phone import DoorPhone
from tests.front_door import FrontDoor
from tests.world import World

PEOPLE = ["José García Ruiz", "Katharina Müller", "Kathryn Miller", "Li Wei", "Renée O'Neill", "Björn Åkesson (VIP)"]


@pytest.fixture
async def event(world: World) -> Event:
    event = await world.event()
    for name in PEOPLE:
        registration_id, _ = await world.registration(event, name=name, email="not@for.doors.example")
        await world.pool.execute(
            "UPDATE registrations SET name_key = $2 WHERE id = $1", registration_id, name_key(name)
        )
    return event


@pytest.fixture
async def helper(front_door: FrontDoor, world: World, event: Event) -> FrontDoor:
    return front_door.as_((await world.team(event, Role.DOOR_HELPER)).token)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("garcia", ["José García Ruiz"]),
        ("ruiz jos", ["José García Ruiz"]),
        ("kath", ["Katharina Müller", "Kathryn Miller"]),
        ("ller kat", ["Katharina Müller", "Kathryn Miller"]),
        ("mueller", ["Katharina Müller"]),  # one letter too much
        ("mulle", ["Katharina Müller"]),
        ("milker", ["Kathryn Miller"]),  # a wrong one
        ("kahtryn", ["Kathryn Miller"]),  # two swapped
        ("rene o'neil", ["Renée O'Neill"]),
        ("gacia", ["José García Ruiz"]),  # one missing
        ("li", ["Li Wei"]),
        ("akeson", ["Björn Åkesson (VIP)"]),
        ("(vip)", ["Björn Åkesson (VIP)"]),
        ("[a-z]+", []),
        ("%", []),
        ("k", []),
        ("", []),
        ("katharina miller x", []),
    ],
)
async def test_accents_order_and_slips_are_forgiven(
    helper: FrontDoor, event: Event, search: str, found: list[str]
) -> None:
    names = [each["name"] for each in await find(helper, event, search)]

    assert names[: len(found)] == found
    assert bool(names) == bool(found)


async def test_a_door_sees_name_ticket_and_state_only(
    front_door: FrontDoor, world: World, helper: FrontDoor, event: Event
) -> None:
    phone = await DoorPhone.at(front_door, world, event)
    ana = await world.attendee(event, "Ana Duarte")
    await phone.scan(ana.ticket)

    assert await find(helper, event, "ana duarte") == [
        {"registration": ana.gid, "name": "Ana Duarte", "ticketType": "Day ticket", "state": "CHECKED_IN"}
    ]


async def test_no_more_are_found_than_asked_for(helper: FrontDoor, event: Event) -> None:
    assert len(await find(helper, event, "kath", first=1)) == 1
    for first in (0, 21):
        assert await helper.refusal(FIND, event=id_of(event), search="kath", first=first) == "REFUSED"


async def test_people_of_another_event_are_not_found(helper: FrontDoor, world: World, event: Event) -> None:
    await world.registration(await world.event(), name="zacharias elsewhere")

    assert await find(helper, event, "zacharias") == []


async def test_only_the_door_team_finds_people(front_door: FrontDoor, world: World, event: Event) -> None:
    ana, stranger = await world.attendee(event), await world.person()
    arguments = {"event": id_of(event), "search": "kath"}

    assert await front_door.refusal(FIND, **arguments) == "UNAUTHENTICATED"
    assert await front_door.as_(ana.token).refusal(FIND, **arguments) == "FORBIDDEN"
    assert await front_door.as_(stranger.token).refusal(FIND, **arguments) == "NOT_FOUND"
