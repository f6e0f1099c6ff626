"""Registering somebody on the spot."""

from uuid import uuid4

import pytest

from server.badges.tokens import badge_secret, token_hash
from server.events.models import Event, Role
from tests.desk.documents import REGISTER, id_of, register
from tests.doors.phone import DoorPhone, figures
from tests.front_door import FrontDoor
from tests.world import World


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def phone(front_door: FrontDoor, world: World, event: Event) -> DoorPhone:
    return await DoorPhone.at(front_door, world, event)


async def test_a_walk_in_gets_a_ticket_that_admits_them_once(
    phone: DoorPhone, front_door: FrontDoor, world: World, event: Event
) -> None:
    walk_in = await register(phone.front_door, event, "  Zoë   Brandt ", email="Zoe@Example.org")
    assert (walk_in["name"], walk_in["ticket"]["type"]) == ("Zoë Brandt", None)
    assert (await figures(front_door, world, event))["walkIns"] == 0

    told = await phone.scan(walk_in["ticket"]["code"])

    assert (told["verdict"], told["name"]) == ("ADMITTED", "Zoë Brandt")
    seen = await figures(front_door, world, event)
    assert (seen["expected"], seen["came"], seen["walkIns"], seen["noShows"]) == (0, 1, 1, 0)


async def test_a_walk_in_is_checked_in_by_their_registration_too(phone: DoorPhone, event: Event) -> None:
    walk_in = await register(phone.front_door, event, "Zoë Brandt")

    assert (await phone.scan("", registration=walk_in["registration"]))["verdict"] == "ADMITTED"


async def test_a_walk_in_has_a_closed_card_and_a_badge_of_their_own(
    phone: DoorPhone, world: World, event: Event
) -> None:
    await register(phone.front_door, event, "Zoë Brandt", email="zoe@example.org")

    row = await world.pool.fetchrow(
        "SELECT cards.name, open_to_event, badges.id, token_hash, email_key, name_key FROM registrations"
        " JOIN cards ON cards.registration_id = registrations.id"
        " JOIN badges ON badges.registration_id = registrations.id"
    )
    assert row is not None
    assert (row["name"], row["open_to_event"]) == ("Zoë Brandt", False)
    assert (row["email_key"], row["name_key"]) == ("zoe@example.org", "zoe brandt")
    assert row["token_hash"] == token_hash(badge_secret(world.secrets, row["id"]).token)


async def test_the_same_key_answers_the_same_place(phone: DoorPhone, world: World, event: Event) -> None:
    key = str(uuid4())
    first = await register(phone.front_door, event, "Zoë Brandt", email="zoe@example.org", key=key)

    assert await register(phone.front_door, event, "zoe brandt ", email="ZOE@example.org", key=key) == first
    assert await world.pool.fetchval("SELECT count(*) FROM registrations") == 1


async def test_a_key_with_another_name_or_address_is_refused(phone: DoorPhone, event: Event) -> None:
    key = str(uuid4())
    await register(phone.front_door, event, "Zoë Brandt", email="zoe@example.org", key=key)

    assert (await register(phone.front_door, event, "Max Brandt", email="zoe@example.org", key=key))[
        "__typename"
    ] == "KeyReused"
    assert (await register(phone.front_door, event, "Zoë Brandt", key=key))["__typename"] == "KeyReused"


async def test_the_same_name_and_address_have_one_place(phone: DoorPhone, world: World, event: Event) -> None:
    await world.registration(event, name="ana duarte", email="ana@example.org")
    first = await register(phone.front_door, event, "Zoë Brandt", email="zoe@example.org")

    for name, email in (("Ana Duarte", "ANA@example.org"), ("ZOE BRANDT", "zoe@example.org")):
        assert (await register(phone.front_door, event, name, email=email))["__typename"] == "AlreadyRegistered"
    assert first["__typename"] == "WalkIn"


async def test_two_of_one_name_without_an_address_are_two_people(phone: DoorPhone, event: Event) -> None:
    one, other = [await register(phone.front_door, event, "Sam Lee") for _ in range(2)]

    assert one["registration"] != other["registration"]


async def test_a_cancelled_place_does_not_stand_in_the_way(phone: DoorPhone, world: World, event: Event) -> None:
    await world.registration(event, name="ana duarte", email="ana@example.org", cancelled_at=world.clock())

    assert (await register(phone.front_door, event, "Ana Duarte", email="ana@example.org"))["__typename"] == "WalkIn"


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "  "), ("name", "x" * 121), ("name", "bell\a"), ("email", "zoe"), ("key", "one")],
)
async def test_what_cannot_be_kept_is_refused(phone: DoorPhone, event: Event, field: str, value: str) -> None:
    told = {"name": "Zoë Brandt"} | {field: value}

    assert (await register(phone.front_door, event, **told))["field"] == field


async def test_only_the_door_team_registers_walk_ins(front_door: FrontDoor, world: World, event: Event) -> None:
    ana, stranger = await world.attendee(event), await world.person()
    arguments = {"event": id_of(event), "name": "Zoë Brandt"}

    for role in Role:
        member = await world.team(event, role)
        answer = await front_door.as_(member.token).ask(REGISTER, **arguments)
        assert answer["registerWalkIn"]["__typename"] == "WalkIn"
    assert await front_door.refusal(REGISTER, **arguments) == "UNAUTHENTICATED"
    assert await front_door.as_(ana.token).refusal(REGISTER, **arguments) == "FORBIDDEN"
    answer = await front_door.as_(stranger.token).ask(REGISTER, **arguments)
    assert answer["registerWalkIn"]["__typename"] == "NotFound"
