"""The phone's queue: any order, any repetition, both sides, days late, clocks a day off; always the same end."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clock import Clock
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World

REPLAY = """
    mutation ($event: ID!, $scans: [ScanInput!]!) { replayScans(event: $event, scans: $scans) {
        key result { __typename ... on Swap { id conversations swappedAt } ... on Problem { message } } } }
"""


async def replay(front_door: FrontDoor, who: Attendee, scans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    data = await front_door.as_(who.token).ask(REPLAY, event=id_of(who.event), scans=scans)
    answers: list[dict[str, Any]] = data["replayScans"]
    return answers


async def test_each_scan_is_answered_in_the_order_given(front_door: FrontDoor, world: World, clock: Clock) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    good = scan_of(ben.badge.token, at=clock())
    unknown = scan_of("0" * 26, at=clock())
    own = scan_of(ana.badge.token, at=clock())
    unreadable = scan_of(ben.badge.token, at=clock(), key="not-a-key")

    answers = await replay(front_door, ana, [unknown, good, own, unreadable, good])

    assert [answer["key"] for answer in answers] == [
        each["key"] for each in (unknown, good, own, unreadable, good)
    ]  # fmt: skip
    kinds = [answer["result"]["__typename"] for answer in answers]
    assert kinds == ["BadgeNotRecognised", "Swap", "OwnBadge", "InputNotValid", "Swap"]
    assert answers[1]["result"] == answers[4]["result"]


async def test_a_key_means_the_same_scan_in_the_queue_and_outside_it(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    scan = scan_of(ben.badge.token, at=clock())
    direct = await front_door.as_(ana.token).ask(SWAP_BADGES, event=id_of(event), scan=scan)

    (answer,) = await replay(front_door, ana, [scan])

    assert answer["result"]["id"] == direct["swapBadges"]["id"]
    assert await world.pool.fetchval("SELECT count(*) FROM scans") == 1


async def test_more_than_five_hundred_at_once_are_refused_and_nothing_is_kept(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    ana = await world.attendee(event)
    scans = [scan_of("0" * 26, at=clock()) for _ in range(501)]

    await front_door.as_(ana.token).refusal(REPLAY, event=id_of(event), scans=scans)

    assert await world.pool.fetchval("SELECT count(*) FROM scans") == 0


async def test_both_queues_at_once_with_a_phone_a_day_off_end_in_one_swap(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    met_at = clock()
    clock.advance(days=2)
    wrong = timedelta(days=1)
    hers = scan_of(ben.badge.token, at=met_at, sentAt=clock().isoformat())
    his = scan_of(ana.badge.token, at=met_at + timedelta(seconds=20) - wrong, sentAt=(clock() - wrong).isoformat())

    await asyncio.gather(
        *(replay(front_door, ana, [hers, hers]) for _ in range(3)), *(replay(front_door, ben, [his]) for _ in range(3))
    )

    assert await world.pool.fetchval("SELECT count(*) FROM swaps") == 1
    assert await world.pool.fetchval("SELECT swapped_at FROM swaps") == met_at
    assert await world.pool.fetchval("SELECT count(*) FROM conversations") == 1


async def test_days_after_the_end_a_phone_a_day_off_still_counts_what_was_in_time_and_refuses_the_rest(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    ana, ben, cyd = [await world.attendee(event) for _ in range(3)]
    met_at, wrong = clock(), timedelta(days=1)
    clock.now = event.ends_at + timedelta(days=6)
    sent = {"sentAt": (clock() - wrong).isoformat()}
    in_time = scan_of(ben.badge.token, at=met_at - wrong, **sent)
    too_late = scan_of(cyd.badge.token, at=event.ends_at + timedelta(hours=13) - wrong, **sent)
    unknown = scan_of("0" * 26, at=met_at - wrong, **sent)
    own = scan_of(ana.badge.token, at=met_at - wrong, **sent)
    other_content = scan_of(cyd.badge.token, at=met_at - wrong, key=in_time["key"], **sent)
    scans = [own, too_late, in_time, unknown, other_content]

    first = await replay(front_door, ana, scans)
    again = await replay(front_door, ana, scans[::-1])

    kinds = [answer["result"]["__typename"] for answer in first]
    assert kinds == ["OwnBadge", "EventClosed", "Swap", "BadgeNotRecognised", "KeyReused"]
    assert again[::-1][:4] == first[:4]
    assert await world.pool.fetchval("SELECT swapped_at FROM swaps") == met_at
    assert await world.pool.fetchval("SELECT count(*) FROM scans") == 4


async def test_a_scan_before_the_door_is_told_as_one_to_send_again_and_counts_then_at_its_own_time(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event(uses_check_in=True)
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.admit(ben)
    scan, met_at = scan_of(ben.badge.token, at=clock()), clock()
    late = """mutation ($event: ID!, $scans: [ScanInput!]!) { replayScans(event: $event, scans: $scans) {
        result { __typename ... on EventClosed { mayCountLater } } } }"""

    refused = await front_door.as_(ana.token).ask(late, event=id_of(event), scans=[scan])
    clock.advance(hours=2)
    await world.admit(ana)
    (counted,) = await replay(front_door, ana, [scan | {"sentAt": clock().isoformat()}])
    clock.now = event.ends_at + timedelta(hours=13)
    closed = await front_door.as_(ana.token).ask(late, event=id_of(event), scans=[scan_of(ben.badge.token, at=clock())])

    assert refused["replayScans"] == [{"result": {"__typename": "EventClosed", "mayCountLater": True}}]
    assert counted["result"]["swappedAt"] == met_at.isoformat().replace("+00:00", "Z")
    assert closed["replayScans"] == [{"result": {"__typename": "EventClosed", "mayCountLater": False}}]


@pytest.mark.timeout(120)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_whatever_the_order_the_end_is_the_same(
    data: st.DataObject, front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event(ends_at=clock() + timedelta(days=2))
    people = [await world.attendee(event) for _ in range(3)]
    now = clock()
    sent_at = (now + timedelta(days=3)).isoformat()
    scans = [
        (scanner, scan_of(other.badge.token, at=now + timedelta(minutes=minute), sentAt=sent_at))
        for minute, (scanner, other) in enumerate(
            (scanner, other) for scanner in people for other in people if scanner is not other
        )
    ]  # fmt: skip
    sent = data.draw(st.permutations(scans + scans[: data.draw(st.integers(0, len(scans)))]))
    clock.now = now + timedelta(days=3)

    for scanner, scan in sent:
        (answer,) = await replay(front_door, scanner, [scan])
        assert answer["result"]["__typename"] == "Swap"

    swaps = await world.pool.fetch("SELECT swapped_at FROM swaps WHERE event_id = $1 ORDER BY swapped_at", event.id)
    assert [row["swapped_at"] for row in swaps] == [now + timedelta(minutes=minute) for minute in (0, 1, 3)]
    sides = await world.pool.fetchval(
        "SELECT count(*) FROM swap_sides WHERE scanned_at IS NOT NULL AND event_id = $1", event.id
    )
    assert sides == 6
    clock.now = now
