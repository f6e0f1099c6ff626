"""Who has blocked somebody sees when and where, and can undo it."""

from tests.clock import Clock
from tests.encounters.asking import People
from tests.encounters.documents import BLOCKED_PEOPLE, UNBLOCK
from tests.world import Attendee, World


async def test_blocking_twice_is_blocking_once_and_so_is_unblocking(
    people: People, ana: Attendee, ben: Attendee
) -> None:
    swap = (await people.scan(ana, ben))["id"]

    assert [await people.block(ana, swap) for _ in range(2)] == ["Done", "Done"]
    assert len(await people.ask(ana, BLOCKED_PEOPLE)) == 1

    answers = [(await people.ask(ana, UNBLOCK, swap=swap))["__typename"] for _ in range(2)]
    assert answers == ["Done", "Done"]
    assert await people.ask(ana, BLOCKED_PEOPLE) == []


async def test_the_list_names_an_event_and_a_day_and_nobody(
    people: People, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    ana_there, ben_there = await people.at_another_event(ana, ben)
    swap_there = (await people.scan(ana_there, ben_there))["id"]
    swap = (await people.scan(ana, ben))["id"]
    await people.block(ana, swap)
    clock.advance(minutes=1)
    await people.block(ana, swap_there)

    [told] = await people.ask(ana, BLOCKED_PEOPLE)

    assert told == {
        "swap": swap, "eventTitle": "Repair Summit", "metOn": "2027-04-22", "blockedAt": "2027-04-22T09:00:00Z",
    }  # fmt: skip
    assert await people.ask(ben, BLOCKED_PEOPLE) == []


async def test_after_unblocking_the_swap_comes_back_by_a_new_scan_of_the_one_who_blocked(
    people: People, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    swap = (await people.scan(ana, ben))["id"]
    await people.block(ana, swap)
    clock.advance(minutes=5)

    await people.ask(ana, UNBLOCK, swap=swap)

    assert await people.met(ana) == await people.met(ben) == []
    assert (await people.scan(ben, ana))["__typename"] == "BadgeNotRecognised"
    assert (await people.scan(ana, ben))["id"] == swap
    assert await people.met(ben) == [swap]


async def test_one_of_two_who_blocked_each_other_cannot_undo_it_alone(
    people: People, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    swap = (await people.scan(ana, ben))["id"]
    await people.block(ana, swap)
    await people.block(ben, swap)
    clock.advance(minutes=1)

    await people.ask(ana, UNBLOCK, swap=swap)

    assert (await people.scan(ana, ben))["__typename"] == "BadgeNotRecognised"
    await people.ask(ben, UNBLOCK, swap=swap)
    assert (await people.scan(ana, ben))["__typename"] == "Swap"


async def test_somebody_else_can_neither_block_by_it_nor_unblock(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap = (await people.scan(ana, ben))["id"]
    cyd = await world.attendee(ana.event)

    assert await people.block(cyd, swap) == "NotFound"
    await people.block(ana, swap)
    assert (await people.ask(cyd, UNBLOCK, swap=swap))["__typename"] == "NotFound"
    await people.ask(ben, UNBLOCK, swap=swap)

    assert len(await people.ask(ana, BLOCKED_PEOPLE)) == 1
