"""Somebody of the door team whose own phone is, or was, paired with a door: their own screens stay theirs."""

import pytest

from schema.context import PERSON_HEADER
from schema.ids import Kind, global_id
from server.doors.phones.models import PhoneKind
from server.events.models import Event
from tests.clock import Clock
from tests.doors.paired import paired
from tests.doors.phone import CHECK_IN, DoorPhone
from tests.doors.test_door_conflicts import CONFLICTS
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.rooms.phone import SESSIONS, add_session
from tests.world import World

DOORS = "query ($event: ID!) { doors(event: $event) { name } }"
REVOKE = "UPDATE door_phones SET revoked_at = $1"


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.mark.parametrize("kind", [PhoneKind.DOOR, PhoneKind.KIOSK])
@pytest.mark.parametrize("is_revoked", [False, True])
async def test_organizers_see_all_doors_conflicts_and_sessions_on_a_phone_that_is_or_was_a_door(
    front_door: FrontDoor, world: World, event: Event, clock: Clock, kind: PhoneKind, is_revoked: bool
) -> None:
    main = await world.door(event, "Main")
    await world.door(event, "Garden")
    await add_session(front_door, world, event)
    phone = await paired(world, event, main, helper="" if kind is PhoneKind.KIOSK else "Kim", kind=kind)
    if is_revoked:
        await world.pool.execute(REVOKE, clock())
    organizer = front_door.as_((await world.team(event)).token).with_phone(phone.token)

    assert (await organizer.ask(DOORS, event=id_of(event)))["doors"] == [{"name": "Garden"}, {"name": "Main"}]
    assert (await organizer.ask(CONFLICTS, event=id_of(event)))["doorConflicts"] == []
    assert len((await organizer.ask(SESSIONS, event=id_of(event)))["roomSessions"]) == 1


async def test_whoever_scans_in_their_own_name_stands_at_any_door_whatever_their_phone_was_paired_with(
    front_door: FrontDoor, world: World, event: Event, clock: Clock
) -> None:
    main, garden = await world.door(event, "Main"), await world.door(event, "Garden")
    kept = await paired(world, event, main, helper="Kim")
    helper = await world.team(event)
    door = front_door.as_(helper.token).with_phone(kept.token)
    scan = DoorPhone(door, event, garden, clock).made((await world.attendee(event, "Ana")).ticket)

    response = await door.client.post(
        "/graphql",
        json={"query": CHECK_IN, "variables": {"event": id_of(event), "scan": scan}},
        headers=door.headers() | {PERSON_HEADER: global_id(Kind.PERSON, helper.id)},
    )

    assert response.json()["data"]["checkIn"]["verdict"] == "ADMITTED"
    assert await world.pool.fetchval("SELECT helper_id FROM check_ins") == helper.id


async def test_a_scan_of_somebody_who_is_no_longer_signed_in_is_not_taken_for_the_phones(
    front_door: FrontDoor, world: World, event: Event, clock: Clock
) -> None:
    main = await world.door(event, "Main")
    phone = front_door.as_phone((await paired(world, event, main, helper="Kim")).token)
    gone = await world.team(event)
    scan = DoorPhone(phone, event, main, clock).made((await world.attendee(event)).ticket)

    response = await phone.client.post(
        "/graphql",
        json={"query": CHECK_IN, "variables": {"event": id_of(event), "scan": scan}},
        headers=phone.headers() | {PERSON_HEADER: global_id(Kind.PERSON, gone.id)},
    )

    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
