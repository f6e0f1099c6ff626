"""A block keeps two people apart: at every event, both ways, at once, and without a word to the one who is blocked."""

import asyncio
from datetime import timedelta

import pytest

from schema.ids import Kind, global_id
from tests.clock import Clock
from tests.encounters.asking import People
from tests.encounters.documents import BLOCKED_PEOPLE, READ, UNBLOCK, WITHDRAW, id_of
from tests.world import Attendee, World

EVENING = "query ($event: ID!) { evening(event: $event, first: 5) { followUps { swap { id } } } }"


async def test_a_block_ends_the_swap_for_both_and_no_scan_brings_it_back(
    people: People, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    swap = (await people.scan(ana, ben))["id"]

    assert await people.block(ana, swap) == "Done"

    clock.advance(minutes=5)
    for who, whom in ((ana, ben), (ben, ana)):
        assert await people.ask(who, READ, id=swap) is None
        assert await people.met(who) == []
        assert (await people.scan(who, whom))["__typename"] == "BadgeNotRecognised"


async def test_it_holds_at_events_before_and_after_in_both_directions(
    people: People, ana: Attendee, ben: Attendee
) -> None:
    ana_there, ben_there = await people.at_another_event(ana, ben)
    swap_there = (await people.scan(ben_there, ana_there))["id"]
    swap = (await people.scan(ana, ben))["id"]

    await people.block(ana, swap)
    ana_later, ben_later = await people.at_another_event(ana, ben)

    assert await people.met(ana_there) == await people.met(ben_there) == []
    assert await people.ask(ben_there, READ, id=swap_there) is None
    assert (await people.scan(ana_later, ben_later))["__typename"] == "BadgeNotRecognised"
    assert (await people.scan(ben_later, ana_later))["__typename"] == "BadgeNotRecognised"


async def test_others_are_met_as_before(people: People, world: World, ana: Attendee, ben: Attendee) -> None:
    cyd = await world.attendee(ana.event)
    await people.block(ana, (await people.scan(ana, ben))["id"])

    assert (await people.scan(ana, cyd))["__typename"] == "Swap"
    assert (await people.scan(cyd, ben))["__typename"] == "Swap"


async def test_the_evening_forgets_them_both(
    people: People, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    swap_id = await world.swap(ana, ben)
    await world.promise(ana, swap_id)
    await world.promise(ben, swap_id)
    clock.now = ana.event.evening_starts_at(ana.event.day_of(clock()))
    for who in (ana, ben):
        assert len((await people.ask(who, EVENING, event=id_of(who.event)))["followUps"]) == 1

    await people.block(ana, global_id(Kind.SWAP, swap_id, ana.event.id))

    for who in (ana, ben):
        assert (await people.ask(who, EVENING, event=id_of(who.event)))["followUps"] == []


async def test_blocking_works_although_the_other_withdrew_first(people: People, ana: Attendee, ben: Attendee) -> None:
    swap = (await people.scan(ben, ana))["id"]
    await people.ask(ben, WITHDRAW, swap=swap)

    assert await people.block(ana, swap) == "Done"

    assert (await people.scan(ben, ana))["__typename"] == "BadgeNotRecognised"
    assert (await people.scan(ana, ben))["__typename"] == "BadgeNotRecognised"


async def test_a_phone_names_whom_by_the_key_of_its_scan(people: People, ana: Attendee, ben: Attendee) -> None:
    key = people.world.new_key()
    await people.scan(ana, ben, key=key)

    assert await people.block(ana, key) == "Done"
    assert (await people.scan(ben, ana))["__typename"] == "BadgeNotRecognised"
    assert (await people.ask(ana, UNBLOCK, swap=key))["__typename"] == "Done"


async def test_a_scan_from_before_that_comes_late_does_not_bring_it_back(
    people: People, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    before = clock()
    swap = (await people.scan(ben, ana))["id"]
    clock.advance(minutes=5)
    await people.ask(ana, WITHDRAW, swap=swap)

    late = await people.scan(ana, ben, scannedAt=(before + timedelta(minutes=1)).isoformat())

    assert late["__typename"] == "BadgeNotRecognised"
    assert await people.met(ben) == []


async def test_a_block_outlives_the_event_where_it_was_made(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    await people.block(ana, (await people.scan(ana, ben))["id"])
    ana_there, ben_there = await people.at_another_event(ana, ben)

    await world.pool.execute("DELETE FROM events WHERE id = $1", ana.event.id)

    assert (await people.scan(ben_there, ana_there))["__typename"] == "BadgeNotRecognised"
    [told] = await people.ask(ana_there, BLOCKED_PEOPLE)
    assert told["eventTitle"] == "Repair Summit"
    await people.ask(ana_there, UNBLOCK, swap=told["swap"])
    assert (await people.scan(ben_there, ana_there))["__typename"] == "Swap"


@pytest.mark.timeout(120)
async def test_a_scan_at_the_very_moment_of_a_block_never_leaves_a_live_swap(
    people: People, ana: Attendee, ben: Attendee
) -> None:
    """Here and at an event where they have not met yet: whoever comes first, the end is the same."""
    ana_there, ben_there = await people.at_another_event(ana, ben)
    swap = (await people.scan(ana, ben))["id"]
    for _ in range(12):
        await asyncio.gather(
            people.scan(ben, ana), people.scan(ben_there, ana_there), people.block(ana, swap),
            people.scan(ana, ben), people.scan(ana_there, ben_there),
        )  # fmt: skip

        for who in (ana, ben, ana_there, ben_there):
            assert await people.met(who) == []
        assert await people.world.pool.fetchval("SELECT count(*) FROM swaps WHERE withdrawn_at IS NULL") == 0
        await people.ask(ana, UNBLOCK, swap=swap)
        people.world.clock.advance(minutes=1)
        await people.scan(ana, ben)
