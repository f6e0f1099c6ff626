"""A relationship begins for both when a swap becomes mutual, whichever way that happens, and once."""

import asyncio
import itertools
from typing import Any

from server.events.models import Event
from tests.clock import Clock
from tests.encounters.asking import People
from tests.encounters.documents import DECLINE, SET_SHARING, SHARE_BACK, WITHDRAW, id_of, scan_of
from tests.world import Attendee, World

REPLAY = """
    mutation ($event: ID!, $scans: [ScanInput!]!) { replayScans(event: $event, scans: $scans) {
        result { __typename ... on Swap { id } } } }
"""


async def _rows(world: World) -> list[Any]:
    return await world.pool.fetch("SELECT * FROM relationships ORDER BY began_at, id")


async def _standing(people: People, *who: Attendee) -> None:
    for each in who:
        await people.ask(each, SET_SHARING, fields=["EMAIL"])


async def test_a_scan_alone_begins_nothing(people: People, world: World, ana: Attendee, ben: Attendee) -> None:
    swap = await people.scan(ana, ben)
    await people.ask(ana, SHARE_BACK, swap=swap["id"], fields=["EMAIL"])

    assert await _rows(world) == []


async def test_sharing_back_begins_one_row_for_each_of_the_two(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap = await people.scan(ana, ben)
    for who in (ana, ben, ana):
        await people.ask(who, SHARE_BACK, swap=swap["id"], fields=["EMAIL"])

    rows = await _rows(world)
    assert {(row["person_id"], row["other_id"]) for row in rows} == {
        (ana.person.id, ben.person.id),
        (ben.person.id, ana.person.id),
    }
    assert {(row["met_event_title"], row["met_on"], row["kind"]) for row in rows} == {
        ("Repair Summit", world.clock().date(), None)
    }


async def test_scanning_back_with_standing_choices_begins_it(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    await _standing(people, ana, ben)
    await people.scan(ana, ben)
    await people.scan(ben, ana)

    assert len(await _rows(world)) == 2


async def test_a_standing_choice_that_answers_an_offer_begins_it(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    await _standing(people, ben)
    swap = await people.scan(ana, ben)
    assert await _rows(world) == []
    await people.ask(ana, SHARE_BACK, swap=swap["id"], fields=["EMAIL"])

    assert len(await _rows(world)) == 2


async def test_a_replayed_queue_begins_it_with_the_time_of_the_scan(
    people: People, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    await _standing(people, ana, ben)
    scanned_at = clock()
    queue = [scan_of(ben.badge.token, at=scanned_at) for _ in range(2)]
    clock.advance(hours=3)
    sent = [scan | {"sentAt": clock().isoformat()} for scan in queue]
    await people.ask(ana, REPLAY, event=id_of(ana.event), scans=sent)

    rows = await _rows(world)
    assert [row["last_touch_at"] for row in rows] == [scanned_at, scanned_at]
    assert [row["began_at"] for row in rows] == [clock(), clock()]


async def test_meeting_again_at_another_event_goes_on_with_the_same_two_rows(
    people: People, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    await _standing(people, ana, ben)
    await people.scan(ana, ben)
    begun = await _rows(world)
    clock.advance(minutes=30)
    ana_there, ben_there = await people.at_another_event(ana, ben)
    await people.scan(ben_there, ana_there)

    rows = await _rows(world)
    assert [row["id"] for row in rows] == [row["id"] for row in begun]
    assert {row["met_event_title"] for row in rows} == {"Repair Summit"}
    assert {row["last_touch_at"] for row in rows} == {clock()}


async def test_a_late_scan_never_moves_the_last_touch_back(
    people: People, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    await _standing(people, ana, ben)
    early = clock()
    clock.advance(hours=1)
    await people.scan(ana, ben)
    await people.scan(ben, ana, scannedAt=early.isoformat())

    assert {row["last_touch_at"] for row in await _rows(world)} == {clock()}


async def test_it_stays_when_the_swap_is_withdrawn_or_the_offer_taken_back(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    await _standing(people, ana, ben)
    swap = await people.scan(ana, ben)
    await people.ask(ben, DECLINE, swap=swap["id"])
    await people.ask(ana, WITHDRAW, swap=swap["id"])

    assert len(await _rows(world)) == 2


async def test_two_phones_that_make_it_mutual_at_once_begin_one_row_each(
    people: People, world: World, event: Event
) -> None:
    everybody = [await world.attendee(event) for _ in range(6)]
    pairs = list(itertools.combinations(everybody, 2))
    swaps = [(await people.scan(one, other))["id"] for one, other in pairs]

    await asyncio.gather(
        *(
            people.ask(who, SHARE_BACK, swap=swap, fields=["EMAIL"])
            for swap, pair in zip(swaps, pairs, strict=True)
            for who in pair
        )
    )

    rows = await _rows(world)
    assert len(rows) == len({(row["person_id"], row["other_id"]) for row in rows}) == 2 * len(pairs)


async def test_meeting_at_two_events_at_once_begins_one_row_each(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    await _standing(people, ana, ben)
    ana_there, ben_there = await people.at_another_event(ana, ben)
    for _ in range(3):
        await asyncio.gather(
            people.scan(ana, ben), people.scan(ben, ana), people.scan(ana_there, ben_there),
            people.scan(ben_there, ana_there),
        )  # fmt: skip

    assert len(await _rows(world)) == 2
