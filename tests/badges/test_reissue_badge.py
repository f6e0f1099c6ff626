"""A lost or photographed badge: a new one, and the old print ends at once."""

import asyncio
from typing import Any

from schema.ids import Kind, global_id
from server.db import Pool
from server.events.models import Role
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import Attendee, World

REISSUE = """
    mutation ($registration: ID!) {
        reissueBadge(registration: $registration) {
            __typename ... on Badge { id url code issuedAt revokedAt } ... on Problem { message } } }
"""
SWAP = """
    mutation ($event: ID!, $badge: String!, $key: ID!, $at: DateTime!) {
        swapBadges(event: $event, scan: {badge: $badge, key: $key, scannedAt: $at}) { __typename } }
"""


async def reissue(door: FrontDoor, registration: str) -> dict[str, Any]:
    answer: dict[str, Any] = (await door.ask(REISSUE, registration=registration))["reissueBadge"]
    return answer


async def scan(front_door: FrontDoor, world: World, by: Attendee, badge: str) -> str:
    data = await front_door.as_(by.token).ask(
        SWAP,
        event=global_id(Kind.EVENT, by.event.id),
        badge=badge,
        key=world.new_key(),
        at=world.clock().isoformat(),
    )
    kind: str = data["swapBadges"]["__typename"]
    return kind


async def test_the_new_badge_works_and_the_old_one_is_nobodys(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)

    new = await reissue(front_door.as_(ana.token), ana.gid)

    assert new["code"] != ana.badge.code
    assert new["revokedAt"] is None
    assert await scan(front_door, world, ben, ana.badge.address("http://handsel.test")) == "BadgeNotRecognised"
    assert await scan(front_door, world, ben, ana.badge.code) == "BadgeNotRecognised"
    assert await scan(front_door, world, ben, new["url"]) == "Swap"


async def test_an_organizer_reissues_for_an_attendee(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    ana, desk = await world.attendee(event), await world.team(event)

    assert (await reissue(front_door.as_(desk.token), ana.gid))["__typename"] == "Badge"


async def test_a_place_without_a_badge_gets_one(front_door: FrontDoor, world: World, pool: Pool) -> None:
    ana = await world.attendee(await world.event())
    await pool.execute("DELETE FROM badges")

    assert (await reissue(front_door.as_(ana.token), ana.gid))["__typename"] == "Badge"


async def test_two_at_once_make_one_badge_and_both_are_told_of_it(
    front_door: FrontDoor, world: World, pool: Pool
) -> None:
    event = await world.event()
    ana, desk = await world.attendee(event), await world.team(event)

    answers = await asyncio.gather(
        *(reissue(front_door.as_(token), ana.gid) for token in (ana.token, desk.token, ana.token, desk.token))
    )

    live = await pool.fetch("SELECT id FROM badges WHERE revoked_at IS NULL")
    assert len(live) == 1
    assert global_id(Kind.BADGE, live[0]["id"], event.id) in {answer["id"] for answer in answers}
    assert {answer["__typename"] for answer in answers} == {"Badge"}


async def test_strangers_and_fellow_attendees_are_told_there_is_no_such_place(
    front_door: FrontDoor, world: World, pool: Pool
) -> None:
    event = await world.event()
    ana, ben, stranger = await world.attendee(event), await world.attendee(event), await world.person()
    elsewhere = await world.team(await world.event(), Role.OWNER)
    missing = global_id(Kind.REGISTRATION, event.id, event.id)

    answers = [
        await reissue(front_door.as_(token), registration)
        for token in (ben.token, stranger.token, elsewhere.token)
        for registration in (ana.gid, missing)
    ]

    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["__typename"] == "NotFound"
    assert await pool.fetchval("SELECT count(*) FROM badges WHERE revoked_at IS NOT NULL") == 0


async def test_a_door_helper_may_not(front_door: FrontDoor, world: World, pool: Pool) -> None:
    event = await world.event()
    ana, helper = await world.attendee(event), await world.team(event, Role.DOOR_HELPER)

    assert await front_door.as_(helper.token).refusal(REISSUE, registration=ana.gid) == "FORBIDDEN"
    assert await pool.fetchval("SELECT count(*) FROM badges WHERE revoked_at IS NOT NULL") == 0


async def test_nobody_reissues_without_signing_in(front_door: FrontDoor, world: World) -> None:
    ana = await world.attendee(await world.event())

    assert await front_door.refusal(REISSUE, registration=ana.gid) == "UNAUTHENTICATED"


async def test_after_the_event_badges_stay_as_they_are(front_door: FrontDoor, world: World, clock: Clock) -> None:
    ana = await world.attendee(await world.event())

    clock.advance(hours=8 + 12)
    assert (await reissue(front_door.as_(ana.token), ana.gid))["__typename"] == "Badge"
    clock.advance(minutes=1)

    assert (await reissue(front_door.as_(ana.token), ana.gid))["__typename"] == "EventClosed"


async def test_something_else_than_a_place_is_not_found(front_door: FrontDoor, world: World) -> None:
    ana = await world.attendee(await world.event())
    badge = global_id(Kind.BADGE, ana.badge_id, ana.event.id)

    for text in ("", "nonsense", badge, global_id(Kind.EVENT, ana.event.id)):
        assert (await reissue(front_door.as_(ana.token), text))["__typename"] == "NotFound"
