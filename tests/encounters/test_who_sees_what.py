"""The table of who sees what: each state of a swap, each side's view, in every output that side can ask for.

Everything either side has is a word found nowhere else. All that a side is answered must hold what it may see, and
nothing of the rest.
"""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from server.badges.tokens import badge_secret
from server.encounters.keeping import ONE_SIDED_UNANSWERED
from tests.clock import Clock
from tests.encounters.documents import BLOCK, DECLINE, SET_SHARING, SWAP, SWAP_BADGES, WITHDRAW, id_of, scan_of
from tests.encounters.pair import Pair, Side, make_side
from tests.front_door import FrontDoor
from tests.live_socket import live_socket
from tests.world import World

WATCH = f"subscription ($event: ID!) {{ swapChanged(event: $event) {{ __typename ... on Swap {{ {SWAP} }} }} }}"
CARD = {"lastName", "upTo", "seeking"}
NOTHING: set[str] = set()


@pytest.fixture
async def pair(front_door: FrontDoor, world: World, clock: Clock) -> Pair:
    """At the hour of the evening, so that every output can be asked for."""
    event = await world.event()
    clock.now = event.evening_starts_at(event.day_of(clock())) + timedelta(minutes=1)
    ana, ben = [await make_side(world, event, name) for name in ("Ana", "Ben")]
    return Pair(front_door, world, ana, ben)


Act = Callable[[Pair], Awaitable[None]]


async def never_met(_: Pair) -> None:
    """No scan."""


async def scanned(pair: Pair) -> None:
    await pair.scan(pair.ana, pair.ben)


async def scanned_and_closed_theirs(pair: Pair) -> None:
    await pair.close(pair.ben)
    await scanned(pair)


async def scanned_and_closed_mine(pair: Pair) -> None:
    await pair.close(pair.ana)
    await scanned(pair)


async def scanned_then_both_closed(pair: Pair) -> None:
    await scanned(pair)
    await pair.close(pair.ana)
    await pair.close(pair.ben)


async def scanned_both_ways(pair: Pair) -> None:
    await scanned(pair)
    await pair.scan(pair.ben, pair.ana)


async def offered_by_scanner(pair: Pair) -> None:
    await scanned(pair)
    await pair.share(pair.ana, "PHONE")


async def offered_by_scanned(pair: Pair) -> None:
    await scanned(pair)
    await pair.share(pair.ben, "LINKS")


async def shared_back(pair: Pair) -> None:
    await offered_by_scanner(pair)
    await pair.share(pair.ben, "EMAIL", "LINKS")


async def shared_back_with_closed_cards(pair: Pair) -> None:
    await shared_back(pair)
    await pair.close(pair.ana)
    await pair.close(pair.ben)


async def offered_once_more_with_less(pair: Pair) -> None:
    await shared_back(pair)
    await pair.share(pair.ben, "LINKS")


async def declined(pair: Pair) -> None:
    await offered_by_scanner(pair)
    await pair.ask(pair.ben, DECLINE, swap=pair.swap)


async def declined_with_a_closed_card(pair: Pair) -> None:
    await declined(pair)
    await pair.close(pair.ana)


async def withdrawn_by_scanner(pair: Pair) -> None:
    await shared_back(pair)
    await pair.ask(pair.ana, WITHDRAW, swap=pair.swap)


async def withdrawn_by_scanned(pair: Pair) -> None:
    await shared_back(pair)
    await pair.ask(pair.ben, WITHDRAW, swap=pair.swap)
    await pair.scan(pair.ana, pair.ben)


async def withdrawn_and_met_anew(pair: Pair) -> None:
    await withdrawn_by_scanner(pair)
    await pair.scan(pair.ana, pair.ben)


async def blocked_by_scanner(pair: Pair) -> None:
    await shared_back(pair)
    await pair.ask(pair.ana, BLOCK, swap=pair.swap)
    await pair.scan(pair.ana, pair.ben)
    await pair.scan(pair.ben, pair.ana)


async def blocked_by_scanned(pair: Pair) -> None:
    await shared_back(pair)
    await pair.ask(pair.ben, BLOCK, swap=pair.swap)
    await pair.scan(pair.ana, pair.ben)
    await pair.scan(pair.ben, pair.ana)


async def standing_choice_of_scanner(pair: Pair) -> None:
    await pair.ask(pair.ana, SET_SHARING, fields=["PHONE"])
    await scanned(pair)


async def standing_choice_of_scanned(pair: Pair) -> None:
    await pair.ask(pair.ben, SET_SHARING, fields=["PHONE"])
    await scanned(pair)


async def standing_choice_of_both(pair: Pair) -> None:
    await pair.ask(pair.ana, SET_SHARING, fields=["PHONE"])
    await standing_choice_of_scanned(pair)


async def past_the_cap(pair: Pair) -> None:
    """Somebody who scanned twenty people and was answered by none."""
    for _ in range(ONE_SIDED_UNANSWERED):
        await pair.world.swap(pair.ana.who, await pair.world.attendee(pair.ana.who.event), mutual=False)
    await standing_choice_of_both(pair)


async def past_the_cap_and_asked(pair: Pair) -> None:
    """What a person then offers by their own hand still crosses."""
    await past_the_cap(pair)
    await pair.share(pair.ana, "PHONE")


async def unclaimed(pair: Pair) -> None:
    """Ben's place was imported and nobody has taken it: the card is closed, whoever scans it."""
    await pair.world.pool.execute(
        "UPDATE registrations SET person_id = NULL, claimed_at = NULL WHERE id = $1", pair.ben.who.registration_id
    )
    await scanned_and_closed_theirs(pair)


#: What Ana is told of Ben, and Ben of Ana. Quotes of a card are found by its words, so `CARD` speaks for them too.
TABLE: list[tuple[Act, set[str], set[str]]] = [
    (never_met, NOTHING, NOTHING),
    (scanned, CARD, CARD),
    (scanned_and_closed_theirs, NOTHING, CARD),
    (scanned_and_closed_mine, CARD, NOTHING),
    (scanned_then_both_closed, NOTHING, NOTHING),
    (scanned_both_ways, CARD, CARD),
    (offered_by_scanner, CARD, CARD | {"PHONE"}),
    (offered_by_scanned, CARD | {"LINKS"}, CARD),
    (shared_back, CARD | {"EMAIL", "LINKS"}, CARD | {"PHONE"}),
    (shared_back_with_closed_cards, CARD | {"EMAIL", "LINKS"}, CARD | {"PHONE"}),
    (offered_once_more_with_less, CARD | {"LINKS"}, CARD | {"PHONE"}),
    (declined, CARD, CARD),
    (declined_with_a_closed_card, CARD, NOTHING),
    (withdrawn_by_scanner, NOTHING, NOTHING),
    (withdrawn_by_scanned, NOTHING, NOTHING),
    (withdrawn_and_met_anew, CARD, CARD),
    (blocked_by_scanner, NOTHING, NOTHING),
    (blocked_by_scanned, NOTHING, NOTHING),
    (standing_choice_of_scanner, CARD, CARD | {"PHONE"}),
    (standing_choice_of_scanned, CARD, CARD),
    (standing_choice_of_both, CARD | {"PHONE"}, CARD | {"PHONE"}),
    (past_the_cap, CARD, CARD),
    (past_the_cap_and_asked, CARD | {"PHONE"}, CARD | {"PHONE"}),
    (unclaimed, NOTHING, NOTHING),
]


@pytest.mark.parametrize(("act", "of_ben", "of_ana"), TABLE, ids=lambda value: getattr(value, "__name__", ""))
async def test_each_side_is_told_what_the_table_says_in_every_output(
    app: Starlette, pair: Pair, act: Act, of_ben: set[str], of_ana: set[str]
) -> None:
    await act(pair)
    event = id_of(pair.ana.who.event)
    mine = pair.ana
    theirs = pair.ben if act is not unclaimed else None

    said = await pair.everything(mine)
    assert pair.ben.of(said) == of_ben
    if theirs is not None:
        assert pair.ana.of(await pair.everything(theirs)) == of_ana

    if act is never_met:
        return
    for side, other, seen in ((mine, pair.ben, of_ben), (theirs, pair.ana, of_ana)):
        if side is not None:
            async with live_socket(app, side.who.token) as socket:
                await socket.subscribe(WATCH, event=event)
                frame = await socket.frame()
            assert other.of(json.dumps(frame)) <= seen


async def raw(pair: Pair, side: Side, document: str, **variables: Any) -> bytes:
    """The very bytes of an answer."""
    headers = {"authorization": f"Bearer {side.who.token}"}
    body = {"query": document, "variables": variables}
    return (await pair.front_door.client.post("/graphql", json=body, headers=headers)).content


REPLAY = """
    mutation ($event: ID!, $scans: [ScanInput!]!) { replayScans(event: $event, scans: $scans) {
        key result { __typename ... on Problem { message } } } }
"""


async def test_whatever_may_not_be_known_is_answered_in_the_same_bytes(pair: Pair, clock: Clock) -> None:
    world, event = pair.world, pair.ana.who.event
    others = [await world.attendee(event) for _ in range(4)]
    await blocked_by_scanner(pair)
    await world.pool.execute("UPDATE badges SET revoked_at = $1 WHERE id = $2", clock(), others[0].badge_id)
    await world.pool.execute(
        "UPDATE registrations SET cancelled_at = $1 WHERE id = $2", clock(), others[1].registration_id
    )
    swap_id = await world.swap(pair.ana.who, others[2], withdrawn_at=clock())
    await world.pool.execute("UPDATE swaps SET withdrawn_by = $2 WHERE id = $1", swap_id, others[2].registration_id)
    elsewhere = await world.attendee(await world.event())
    never_issued = badge_secret(world.secrets, others[3].registration_id)
    badges = [
        never_issued.token, never_issued.code, "nonsense", pair.ben.who.badge.token, elsewhere.badge.token,
        others[0].badge.token, others[1].badge.token, others[2].badge.token, others[2].badge.code,
    ]  # fmt: skip
    scans = [scan_of(badge, at=clock()) for badge in badges]

    direct = {await raw(pair, pair.ana, SWAP_BADGES, event=id_of(event), scan=scan) for scan in scans}
    replayed = {
        (await raw(pair, pair.ana, REPLAY, event=id_of(event), scans=[scan])).replace(scan["key"].encode(), b"KEY")
        for scan in scans + [scan_of(badge, at=clock()) for badge in badges]
    }

    assert len(direct) == len(replayed) == 1
    assert b"BadgeNotRecognised" in direct.pop() + replayed.pop()
