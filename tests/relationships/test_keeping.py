"""Saying what somebody is to me, noting that we were in touch, letting it rest, and taking each of it back."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from server.relationships import operations
from tests.encounters.asking import People
from tests.relationships.conftest import Keeping, gid_of_swap
from tests.relationships.documents import FORGET_GIFT, KEEP, LET_REST, LOG_TOUCH, REOPEN, SET_KIND, TAKE_BACK
from tests.world import Attendee, World

PROMISE = """
    mutation ($swap: ID!) { promise(swap: $swap, kind: SEND, text: "The article") { ... on Promise { id } } }
"""


@pytest.fixture
async def of(keeping: Keeping, ana: Attendee, ben: Attendee) -> str:
    """Ana's relationship with Ben."""
    await keeping.share(ana, ben)
    relationship: str = (await keeping.one(ana))["id"]
    return relationship


async def test_a_kind_is_mine_alone_and_can_be_taken_back(
    keeping: Keeping, people: People, ana: Attendee, ben: Attendee, of: str
) -> None:
    assert (await people.ask(ana, SET_KIND, of=of, kind="STAY_IN_TOUCH"))["kind"] == "STAY_IN_TOUCH"
    assert (await keeping.one(ben))["kind"] is None
    assert (await people.ask(ana, SET_KIND, of=of))["kind"] is None


async def test_a_touch_moves_the_clock_and_remembers_what_was_given_and_received(
    people: People, world: World, ana: Attendee, of: str
) -> None:
    world.clock.advance(days=9)
    touched = await people.ask(
        ana, LOG_TOUCH, of=of, gave="  A jar of honey ", gaveKind="SUPPORT", receivedKind="ADVICE", key=world.new_key()
    )

    assert touched["lastTouchAt"].startswith("2027-05-01T09:00")
    assert {(gift["direction"], gift["kind"], gift["text"]) for gift in touched["gifts"]} == {
        ("GAVE", "SUPPORT", "A jar of honey"),
        ("RECEIVED", "ADVICE", ""),
    }


async def test_words_without_a_kind_are_kept_and_nothing_is_kept_for_nothing(
    people: People, ana: Attendee, of: str
) -> None:
    touched = await people.ask(ana, LOG_TOUCH, of=of, gave="An hour on the roof", received=" ")

    assert [(gift["direction"], gift["kind"]) for gift in touched["gifts"]] == [("GAVE", "OTHER")]


async def test_a_touch_sent_twice_at_once_and_late_again_is_one(
    keeping: Keeping, people: People, world: World, ana: Attendee, of: str
) -> None:
    world.clock.advance(days=1)
    sent = {"of": of, "gave": "An idea", "key": world.new_key()}
    await asyncio.gather(*(people.ask(ana, LOG_TOUCH, **sent) for _ in range(4)))
    first = await keeping.one(ana)
    world.clock.advance(days=1)

    again = await people.ask(ana, LOG_TOUCH, **sent)
    assert {key: again[key] for key in first} == first
    assert len(again["gifts"]) == 1


async def test_a_touch_noted_offline_counts_from_when_it_was_and_never_from_the_future(
    people: People, world: World, ana: Attendee, of: str
) -> None:
    then = world.clock() + timedelta(days=1)
    world.clock.advance(days=3)
    touched = await people.ask(ana, LOG_TOUCH, of=of, at=then.isoformat(), key=world.new_key())
    assert touched["lastTouchAt"].startswith("2027-04-23")
    ahead = (world.clock() + timedelta(days=30)).isoformat()
    touched = await people.ask(ana, LOG_TOUCH, of=of, at=ahead, key=world.new_key())
    assert touched["lastTouchAt"].startswith("2027-04-25")


async def test_a_touch_taken_back_leaves_all_as_it_was(
    keeping: Keeping, people: People, world: World, ana: Attendee, of: str
) -> None:
    before = await keeping.one(ana)
    world.clock.advance(days=1)
    key = world.new_key()
    await people.ask(ana, LOG_TOUCH, of=of, gave="An idea", received="Another", key=key)
    for _ in range(2):
        assert {k: v for k, v in (await people.ask(ana, TAKE_BACK, of=of, key=key)).items() if k in before} == before


async def test_a_gift_is_forgotten_by_its_owner(people: People, ana: Attendee, ben: Attendee, of: str) -> None:
    (gift,) = (await people.ask(ana, LOG_TOUCH, of=of, gave="An idea"))["gifts"]

    assert (await people.ask(ben, FORGET_GIFT, gift=gift["id"]))["__typename"] == "NotFound"
    assert (await people.ask(ana, FORGET_GIFT, gift=gift["id"]))["gifts"] == []


async def test_words_too_long_are_refused_and_nothing_is_noted(
    keeping: Keeping, people: People, ana: Attendee, of: str
) -> None:
    before = await keeping.one(ana)
    refused = await people.ask(ana, LOG_TOUCH, of=of, gave="x" * 281)

    assert (refused["__typename"], refused["field"]) == ("InputNotValid", "gave")
    assert await keeping.one(ana) == before


async def test_it_rests_until_a_day_of_ones_own_and_can_be_woken(people: People, ana: Attendee, of: str) -> None:
    assert (await people.ask(ana, LET_REST, of=of, until="2027-07-01"))["restingUntil"] == "2027-07-01"
    assert (await people.ask(ana, LET_REST, of=of))["restingUntil"] is None
    for until in ("2027-04-22", "2031-01-01"):
        assert (await people.ask(ana, LET_REST, of=of, until=until))["field"] == "until"


async def test_a_kept_promise_was_given_and_one_open_again_was_not(
    keeping: Keeping, people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap_id = await keeping.share(ana, ben)
    promise = (await people.ask(ana, PROMISE, swap=gid_of_swap(ana.event, swap_id)))["id"]
    for _ in range(2):
        await people.ask(ana, KEEP, promise=promise)
    assert [(gift["kind"], gift["text"]) for gift in (await keeping.one(ana))["gifts"]] == [("PROMISE", "The article")]
    async with world.pool.acquire() as connection:
        given = partial(operations.has_given, connection, person_id=ana.person.id, other_ids=[ben.person.id])
        assert await given() == {ben.person.id}
        await people.ask(ana, REOPEN, promise=promise)
        assert await given() == set()
    assert (await keeping.one(ana))["promises"][0]["keptAt"] is None


async def test_the_third_conversation_is_marked_and_no_other(
    keeping: Keeping, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap_id = await keeping.share(ana, ben)
    marked = []
    for day in range(4):
        marked.append((await keeping.one(ana))["isThird"])
        world.clock.advance(days=1)
        await world.pool.execute(
            "INSERT INTO conversations (event_id, swap_id, day) VALUES ($1, $2, $3)",
            ana.event.id, swap_id, world.clock().date(),
        )  # fmt: skip
        assert day < 4

    assert marked == [False, False, True, False]
