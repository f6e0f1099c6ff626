"""A block holds for a person, also where nobody knows yet that a place is theirs."""

import asyncio

import pytest

from tests.encounters.asking import People
from tests.encounters.documents import CLAIM
from tests.world import Attendee, World


async def test_a_block_waits_at_a_place_for_whoever_takes_it(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    """Ben has met Ana elsewhere under his account; here nobody knows yet that the blocked badge is his."""
    [ana_there] = await people.at_another_event(ana)
    known = (await people.scan(ana, ben))["id"]
    waiting = await people.place(ana_there.event, None, name="Ben Okafor", email=ben.person.email)
    await people.block(ana_there, (await people.scan(ana_there, waiting))["id"])
    assert (await people.scan(ana_there, waiting))["__typename"] == "BadgeNotRecognised"
    assert await people.met(ben) == [known]

    await people.ask(ben, CLAIM, of=waiting.gid)

    assert await people.met(ana) == await people.met(ben) == []
    ben_there = people.place_of(waiting, ben.person)
    assert (await people.scan(ben_there, ana_there))["__typename"] == "BadgeNotRecognised"


async def test_a_swap_with_an_unclaimed_place_ends_when_a_blocked_person_takes_it(
    people: People, ana: Attendee, ben: Attendee
) -> None:
    await people.block(ana, (await people.scan(ana, ben))["id"])
    [ana_there] = await people.at_another_event(ana)
    waiting = await people.place(ana_there.event, None, name="Ben Okafor", email=ben.person.email)
    assert (await people.scan(ana_there, waiting))["__typename"] == "Swap"

    await people.ask(ben, CLAIM, of=waiting.gid)

    assert await people.met(ana_there) == []
    assert await people.met(people.place_of(waiting, ben.person)) == []


@pytest.mark.timeout(120)
async def test_a_place_taken_at_the_very_moment_it_is_scanned_or_blocked_leaves_no_live_swap(
    people: People, ana: Attendee, ben: Attendee
) -> None:
    """Ana scans a badge that nobody knows to be Ben's, while he takes it: she has blocked him, or blocks that badge."""
    await people.block(ana, (await people.scan(ana, ben))["id"])
    for _ in range(6):
        [ana_there] = await people.at_another_event(ana)
        waiting = await people.place(ana_there.event, None, name="Ben Okafor", email=ben.person.email)

        await asyncio.gather(people.scan(ana_there, waiting), people.ask(ben, CLAIM, of=waiting.gid))

        assert await people.met(ana_there) == await people.met(people.place_of(waiting, ben.person)) == []

    for _ in range(6):
        dee = await people.world.attendee(ana.event)
        known = (await people.scan(ana, dee))["id"]
        [ana_there] = await people.at_another_event(ana)
        waiting = await people.place(ana_there.event, None, email=dee.person.email)
        swap = (await people.scan(ana_there, waiting))["id"]

        await asyncio.gather(people.block(ana_there, swap), people.ask(dee, CLAIM, of=waiting.gid))

        assert known not in await people.met(ana)
        assert await people.met(dee) == await people.met(people.place_of(waiting, dee.person)) == []
