"""A key of another program works while whoever answers for it organizes the event, and rests from then on: nothing
comes in by it, nothing is lost, and an organizer who stays decides.
"""

import json
from typing import Any

import pytest

from server.events.models import Role
from server.imports.incoming import operations
from tests.front_door import FrontDoor
from tests.imports.desk import Desk
from tests.imports.screen import Screen, id_of
from tests.imports.test_incoming import ANA, REVOKE, deliver, made, post, standard
from tests.teams.steps import CHANGE, REMOVE, member
from tests.world import Somebody, World

TAKE_OVER = """
    mutation ($event: ID!, $key: ID!) { takeOverImportKey(event: $event, key: $key) {
        __typename ... on ImportKey { resting answeredBy } } }
"""
KEYS = """
    query ($event: ID!) { eventImports(event: $event) {
        keys { key name answeredBy person resting held taken revokedAt } } }
"""
BODY = {"attendees": [ANA]}


@pytest.fixture
async def owner(world: World, screen: Screen) -> Somebody:
    return await world.team(screen.event, Role.OWNER)


@pytest.fixture
def stays(front_door: FrontDoor, owner: Somebody) -> FrontDoor:
    """The owner, who stays."""
    return front_door.as_(owner.token)


async def the_key(door: FrontDoor, screen: Screen) -> dict[str, Any]:
    [key] = (await door.ask(KEYS, event=id_of(screen.event)))["eventImports"]["keys"]
    found: dict[str, Any] = key
    return found


async def sent(screen: Screen, secret: str, desk: Desk, delivery: str) -> int:
    """An order that the shop signed; what was taken is brought in as far as it may be."""
    body = json.dumps({"attendees": [{"id": delivery, "name": f"From {delivery}"}]}).encode()
    return await deliver(screen, "standard", body, standard(secret, body, desk.clock(), delivery))


@pytest.mark.parametrize("document", [REMOVE, CHANGE])
async def test_a_token_is_worth_nothing_once_its_organizer_is_removed_or_lowered(
    screen: Screen, stays: FrontDoor, desk: Desk, document: str
) -> None:
    token = (await made(screen))["secret"]
    unknown = await post(screen, "hsi_wrong", BODY)
    lowered = {"role": "DOOR_HELPER"} if document == CHANGE else {}

    await stays.ask(document, event=id_of(screen.event), person=member(screen.somebody), **lowered)
    refused = await post(screen, token, BODY)

    assert (refused.status_code, refused.text) == (401, unknown.text)
    assert await desk.all("r.name") == []
    key = await the_key(stays, screen)
    assert (key["resting"], key["taken"], key["person"]) == (True, 0, member(screen.somebody))


async def test_who_leaves_takes_no_key_along(screen: Screen, desk: Desk) -> None:
    token = (await made(screen))["secret"]

    await screen.door.ask(REMOVE, event=id_of(screen.event), person=member(screen.somebody))

    assert (await post(screen, token, BODY)).status_code == 401
    assert await desk.all("r.name") == []


async def test_what_a_shop_sends_to_a_key_at_rest_waits_until_somebody_answers_for_it(
    screen: Screen, stays: FrontDoor, desk: Desk
) -> None:
    key = await made(screen, "STANDARD")
    of = {"event": id_of(screen.event), "key": key["importKey"]["key"]}
    await stays.ask(REMOVE, event=id_of(screen.event), person=member(screen.somebody))

    told = [await sent(screen, key["secret"], desk, each) for each in ("one", "one", "two")]
    resting = await the_key(stays, screen)
    before = await desk.all("r.name")
    taken = (await stays.ask(TAKE_OVER, **of))["takeOverImportKey"]
    third = await sent(screen, key["secret"], desk, "three")

    assert (told, before) == ([202, 202, 202], [])
    assert (resting["resting"], resting["held"]) == (True, 2)
    assert taken == {"__typename": "ImportKey", "resting": False, "answeredBy": ""}
    assert third == 202
    assert await desk.all("r.name") == [("From one",), ("From three",), ("From two",)]
    assert (await the_key(stays, screen))["held"] == 0


async def test_revoking_a_key_at_rest_lets_go_of_what_waits(screen: Screen, stays: FrontDoor, desk: Desk) -> None:
    key = await made(screen, "STANDARD")
    of = {"event": id_of(screen.event), "key": key["importKey"]["key"]}
    await stays.ask(REMOVE, event=id_of(screen.event), person=member(screen.somebody))
    await sent(screen, key["secret"], desk, "one")

    await stays.ask(REVOKE, **of)

    assert (await stays.ask(TAKE_OVER, **of))["takeOverImportKey"]["__typename"] == "NotFound"
    assert await screen.pool.fetchval("SELECT count(*) FROM import_deliveries") == 0
    assert await sent(screen, key["secret"], desk, "two") == 401
    assert await desk.all("r.name") == []


async def test_a_key_at_rest_holds_no_more_than_it_may(
    screen: Screen, stays: FrontDoor, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "MOST_HELD", 1)
    secret = (await made(screen, "STANDARD"))["secret"]
    await stays.ask(REMOVE, event=id_of(screen.event), person=member(screen.somebody))

    assert [await sent(screen, secret, desk, each) for each in ("one", "two")] == [202, 401]


async def test_a_key_of_an_erased_account_rests_too(screen: Screen, stays: FrontDoor, desk: Desk) -> None:
    token = (await made(screen))["secret"]

    await screen.pool.execute("DELETE FROM people WHERE id = $1", screen.somebody.id)

    assert (await post(screen, token, BODY)).status_code == 401
    key = await the_key(stays, screen)
    assert (key["resting"], key["answeredBy"], key["person"]) == (True, None, None)


async def test_nobody_but_an_organizer_answers_for_a_key(
    screen: Screen, stays: FrontDoor, world: World, front_door: FrontDoor
) -> None:
    key = await made(screen)
    of = {"event": id_of(screen.event), "key": key["importKey"]["key"]}
    await stays.ask(CHANGE, event=id_of(screen.event), person=member(screen.somebody), role="DOOR_HELPER")

    assert await screen.door.refusal(TAKE_OVER, **of) == "FORBIDDEN"
    elsewhere = front_door.as_((await world.team(await world.event())).token)
    assert (await elsewhere.ask(TAKE_OVER, **of))["takeOverImportKey"]["__typename"] == "NotFound"
    assert (await the_key(stays, screen))["resting"] is True
