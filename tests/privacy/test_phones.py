"""Phones without an account, at the entrance and at a room: whatever they ask, they hear of nobody."""

import pytest

from schema.ids import read_any
from server.doors.phones.models import PhoneKind
from tests.doors.paired import paired
from tests.doors.phone import CHECK_IN
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.privacy.everything import nodes, roots, words_of
from tests.privacy.town import Town
from tests.world import World

ROSTER = """
    query ($event: ID!) { doorRoster(event: $event, first: 1000) {
        entries { registration name ticketType state firstInAt door badgePrintedAt codes } gone } }
"""


@pytest.mark.parametrize("kind", [PhoneKind.KIOSK, PhoneKind.ROOM])
async def test_a_phone_that_asks_for_everything_hears_of_nobody(
    front_door: FrontDoor, world: World, kind: PhoneKind
) -> None:
    town = await Town.build(front_door, world)
    [door, session] = [next(each for each in town.things if read_any(each).kind.name == name)
                       for name in ("DOOR", "ROOM_SESSION")]  # fmt: skip
    phone = front_door.as_phone(
        (await paired(world, town.here, door if kind is PhoneKind.KIOSK else session, kind=kind, helper="Lea")).token
    )

    asked = [*roots(town), *nodes(list(dict.fromkeys(town.things)))]
    answers = [await phone.answer(document, **variables) for document, variables in asked]

    assert town.leaks(words_of(answers), set()) == []
    if kind is not PhoneKind.KIOSK:
        return
    world.clock.advance(hours=10)  # another day, on which nobody has come yet
    await world.pool.execute("UPDATE events SET ends_at = ends_at + interval '1 day'")
    told = []
    for each in town.residents.values():
        scan = {
            "code": each.attendee.ticket,
            "door": door,
            "key": world.new_key(),
            "scannedAt": world.clock().isoformat(),
        }
        told += [await phone.answer(CHECK_IN, event=id_of(town.here), scan=scan | {"key": key})
                 for key in (world.new_key(), world.new_key())]  # fmt: skip
    assert town.leaks(words_of(told), set()) == []
    roster = await phone.ask(ROSTER, event=id_of(town.here))
    assert len(roster["doorRoster"]["entries"]) == len(town.residents)
    assert town.leaks(words_of([roster]), set()) == []
    names = [answer["data"]["checkIn"]["name"] for answer in told]
    assert names == [name for resident in town.residents for name in (resident, None)]
