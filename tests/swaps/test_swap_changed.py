"""The phone that was scanned hears of it without asking."""

import pytest
from starlette.applications import Starlette

from server.events.models import Event
from tests.clock import Clock
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.live_socket import live_socket
from tests.world import Attendee, World

CHANGED = """
    subscription ($event: ID!) { swapChanged(event: $event) {
        __typename
        ... on Swap { id share card { name } agenda { prompts { libraryKey } } }
        ... on SwapGone { id } } }
"""
SHARE = "mutation ($swap: ID!) { shareBack(swap: $swap, fields: [EMAIL]) { __typename } }"
WITHDRAW = "mutation ($swap: ID!) { withdraw(swap: $swap) { __typename } }"
SIGN_OUT = "mutation { signOut { message } }"


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana Duarte")


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ben Okafor")


async def scan(front_door: FrontDoor, who: Attendee, whom: Attendee, clock: Clock) -> str:
    clock.advance(seconds=1)
    data = await front_door.as_(who.token).ask(
        SWAP_BADGES, event=id_of(who.event), scan=scan_of(whom.badge.token, at=clock())
    )
    swap: str = data["swapBadges"]["id"]
    return swap


async def test_the_one_scanned_sees_who_it_was_and_what_to_ask(
    app: Starlette, front_door: FrontDoor, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    async with live_socket(app, ben.token) as phone:
        await phone.subscribe(CHANGED, event=id_of(ben.event))
        swap = await scan(front_door, ana, ben, clock)

        frame = await phone.frame()

    assert frame["id"] == swap
    assert frame["card"] == {"name": "Ana Duarte"}
    assert len(frame["agenda"]["prompts"]) >= 5


async def test_an_offer_and_a_withdrawal_are_told(
    app: Starlette, front_door: FrontDoor, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    async with live_socket(app, ben.token) as phone:
        await phone.subscribe(CHANGED, event=id_of(ben.event))
        swap = await scan(front_door, ana, ben, clock)
        await phone.frame()
        clock.advance(seconds=10)
        await front_door.as_(ana.token).ask(SHARE, swap=swap)
        offered = await phone.frame()
        clock.advance(seconds=10)
        await front_door.as_(ana.token).ask(WITHDRAW, swap=swap)
        gone = await phone.frame()

    assert (offered["__typename"], offered["share"]) == ("Swap", "OFFERED_TO_ME")
    assert gone == {"__typename": "SwapGone", "id": swap}


async def test_nobody_hears_of_the_swaps_of_others(
    app: Starlette, front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    cyd = await world.attendee(ana.event, "Cyd")
    async with live_socket(app, cyd.token) as phone:
        await phone.subscribe(CHANGED, event=id_of(cyd.event))
        await scan(front_door, ana, ben, clock)
        mine = await scan(front_door, ana, cyd, clock)

        frame = await phone.frame()

    assert frame["id"] == mine


async def test_signing_out_ends_the_watching(
    app: Starlette, front_door: FrontDoor, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    async with live_socket(app, ben.token) as phone:
        await phone.subscribe(CHANGED, event=id_of(ben.event))
        swap = await scan(front_door, ana, ben, clock)
        await phone.frame()
        await front_door.as_(ben.token).ask(SIGN_OUT)
        await front_door.as_(ana.token).ask(SHARE, swap=swap)

        assert (await phone.message())["type"] == "complete"


async def test_a_stranger_and_nobody_are_refused(app: Starlette, world: World, event: Event) -> None:
    stranger = await world.person()
    async with live_socket(app, stranger.token) as phone:
        await phone.subscribe(CHANGED, event=id_of(event))
        assert await phone.refusal() == "NOT_FOUND"
    async with live_socket(app, None) as phone:
        await phone.subscribe(CHANGED, event=id_of(event))
        assert await phone.refusal() == "UNAUTHENTICATED"
