"""Saying which of several tickets is mine."""

import asyncio
from typing import Any

from schema.ids import Kind, global_id
from server.db import Pool
from server.events.models import Event
from tests.front_door import FrontDoor
from tests.sessions.steps import ME
from tests.world import Somebody, World

CLAIM = """
    mutation ($registration: ID!) {
        claimRegistration(registration: $registration) {
            __typename ... on Registration { id card { name } ticket { code } } ... on Problem { message } } }
"""


async def ticket(world: World, event: Event, **more: Any) -> str:
    registration_id, _ = await world.registration(event, **more)
    return global_id(Kind.REGISTRATION, registration_id, event.id)


async def claim(door: FrontDoor, registration: str) -> dict[str, Any]:
    answer: dict[str, Any] = (await door.ask(CLAIM, registration=registration))["claimRegistration"]
    return answer


async def buyer(world: World) -> Somebody:
    return await world.person(email="ana@example.org")


async def test_one_of_mine_becomes_mine_and_the_others_are_no_longer_asked_about(
    front_door: FrontDoor, world: World, pool: Pool
) -> None:
    event, ana = await world.event(), await buyer(world)
    door = front_door.as_(ana.token)
    mine = await ticket(world, event, name="Ana Duarte", email=ana.email)
    await ticket(world, event, name="Ben Okafor", email=ana.email)

    answer = await claim(door, mine)

    assert answer["card"]["name"] == "Ana Duarte"
    me = (await door.ask(ME))["me"]
    assert me["claimable"] == []
    assert me["name"] == "Ana Duarte"
    assert await pool.fetchval("SELECT claimed_at FROM registrations WHERE person_id IS NOT NULL") == world.clock()


async def test_claiming_it_again_answers_the_same(front_door: FrontDoor, world: World) -> None:
    event, ana = await world.event(), await buyer(world)
    mine = await ticket(world, event, email=ana.email)

    first = await claim(front_door.as_(ana.token), mine)
    world.clock.advance(hours=1)

    assert await claim(front_door.as_(ana.token), mine) == first


async def test_a_second_place_at_the_same_event_is_refused(front_door: FrontDoor, world: World, pool: Pool) -> None:
    event, ana = await world.event(), await buyer(world)
    first, second = [await ticket(world, event, email=ana.email) for _ in range(2)]
    await claim(front_door.as_(ana.token), first)

    answer = await claim(front_door.as_(ana.token), second)

    assert answer["__typename"] == "AlreadyRegistered"
    assert await pool.fetchval("SELECT count(*) FROM registrations WHERE person_id IS NOT NULL") == 1


async def test_two_tickets_claimed_at_once_by_two_devices_leave_one(
    front_door: FrontDoor, world: World, pool: Pool
) -> None:
    event, ana = await world.event(), await buyer(world)
    tickets = [await ticket(world, event, email=ana.email) for _ in range(4)]

    answers = await asyncio.gather(*(claim(front_door.as_(ana.token), each) for each in tickets))

    assert sorted(answer["__typename"] for answer in answers) == ["AlreadyRegistered"] * 3 + ["Registration"]
    assert await pool.fetchval("SELECT count(*) FROM registrations WHERE person_id IS NOT NULL") == 1


async def test_anothers_ticket_is_not_found_whether_it_exists_or_not(
    front_door: FrontDoor, world: World, pool: Pool
) -> None:
    event, ana = await world.event(), await buyer(world)
    ben = await world.attendee(event)
    refused = [
        await ticket(world, event, email="ben@example.org"),
        await ticket(world, event, email=None),
        await ticket(world, event, email=ana.email, cancelled_at=world.clock()),
        ben.gid,
        global_id(Kind.REGISTRATION, event.id, event.id),
        "nonsense",
    ]

    answers = [await claim(front_door.as_(ana.token), each) for each in refused]

    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["__typename"] == "NotFound"
    assert await pool.fetchval("SELECT count(*) FROM registrations WHERE person_id = $1", ana.id) == 0


async def test_an_organizer_cannot_claim_for_themselves_what_came_to_another(
    front_door: FrontDoor, world: World
) -> None:
    event = await world.event()
    desk = await world.team(event)

    answer = await claim(front_door.as_(desk.token), await ticket(world, event, email="ben@example.org"))

    assert answer["__typename"] == "NotFound"


async def test_nobody_claims_without_signing_in(front_door: FrontDoor, world: World) -> None:
    assert await front_door.refusal(CLAIM, registration=await ticket(world, await world.event())) == "UNAUTHENTICATED"
