"""Introductions as the three people of one see them, answer them, end them and give thanks. Beginning one is `asking`.

Every step holds the swaps and cards that it rests on, so that a yes and a withdrawal have an order. Nobody is told of
a no, nor of an end.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from server.blocks import operations as blocks
from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.introductions import queries
from server.introductions.announcing import tell_asked, tell_made
from server.introductions.models import ASKED, Introduction, IntroductionPart, SeenIntroduction
from server.introductions.seeing import answered, seen_by, thanked, withdrawn
from server.introductions.showing import shown_to
from server.people.models import ContactField
from server.people.operations import find_person
from server.relationships.models import GiftDirection, GiftKind
from server.relationships.operations import record_gift

#: What was closed stays on its list for so long after it began; what was made stays.
LISTED_FOR = timedelta(days=60)

#: Turns what is kept into what is to be kept.
_Change = Callable[[Introduction, IntroductionPart], Introduction]


async def list_introductions(connection: Connection, *, person_id: UUID, now: datetime) -> list[SeenIntroduction]:
    """What the person began, is asked and was introduced by, the latest first, as they may see it now."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        found = await queries.select_introductions(connection, person_id=person_id, since=now - LISTED_FOR)
        return await shown_to(connection, person_id=person_id, introductions=found, now=now)


async def find_introduction(
    connection: Connection, *, introduction_id: UUID, person_id: UUID, now: datetime
) -> SeenIntroduction:
    """One introduction as the person may see it now. Raises `NotFound`, also where consent ended."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        found = await queries.select_introductions(
            connection, person_id=person_id, since=now - LISTED_FOR, only=introduction_id
        )
        shown = await shown_to(connection, person_id=person_id, introductions=found, now=now)
    if not shown:
        raise NotFound
    return shown[0]


async def answer(
    connection: Connection,
    *,
    person_id: UUID,
    introduction_id: UUID,
    yes: bool,
    fields: frozenset[ContactField] | None,
    now: datetime,
) -> SeenIntroduction:
    """Say yes or no to being introduced. A yes opens `fields` (without them the usual ones) to the other once both
    agreed; a no is final, and nobody is told.

    Raises `NotFound` when the person is not asked, or no longer, and `InputNotValid` for a yes that opens nothing.
    """
    if fields is not None and not fields and yes:
        raise InputNotValid("fields", "Choose at least one detail to share, or say no: nobody is told of a no.")
    offers = fields or (await find_person(connection, person_id=person_id)).sharing.fields
    offers = offers or frozenset({ContactField.EMAIL})

    def change(introduction: Introduction, part: IntroductionPart) -> Introduction:
        if part not in ASKED:
            raise NotFound
        return answered(introduction, part=part, yes=yes, offers=offers, now=now)

    return await _change(connection, person_id=person_id, introduction_id=introduction_id, change=change, now=now)


async def withdraw(connection: Connection, *, person_id: UUID, introduction_id: UUID, now: datetime) -> None:
    """End it for the person's part: the introducer takes back what is not made; for the two it is a no before, and
    afterwards neither has the other's contact any more. Doing it twice is doing it once. Raises `NotFound`.
    """
    async with connection.transaction():
        before = await _hold(connection, person_id=person_id, introduction_id=introduction_id, now=now)
        after = withdrawn(before, part=before.part_of(person_id), now=now)
        if after is not before:
            await queries.update_introduction(connection, introduction=after)


async def mark_thanked(
    connection: Connection,
    *,
    person_id: UUID,
    introduction_id: UUID,
    whom: IntroductionPart | None,
    is_thanked: bool,
    now: datetime,
) -> SeenIntroduction:
    """Note that one of the two thanked the introducer, or take the note back. The introducer says which (`whom`); the
    two only ever speak for themselves. Raises `NotFound`, and `InputNotValid` where `whom` is missing or not oneself.
    """

    def change(introduction: Introduction, part: IntroductionPart) -> Introduction:
        named = whom or part
        if named not in ASKED or part not in (IntroductionPart.INTRODUCER, named):
            raise InputNotValid("part", "Say which of the two thanked you: FIRST or SECOND.")
        if introduction.made_at is None:
            raise NotFound
        return thanked(introduction, whom=named, at=now if is_thanked else None)

    return await _change(connection, person_id=person_id, introduction_id=introduction_id, change=change, now=now)


async def end_by_swaps(connection: Connection, *, swaps: Sequence[tuple[UUID, UUID]], now: datetime) -> None:
    """These swaps (event, swap) were withdrawn: what rests on them and is not made ends for good, silently."""
    if swaps:
        await queries.end_by_swaps(connection, swaps=swaps, now=now)


async def end_between(connection: Connection, *, one_id: UUID, other_id: UUID, now: datetime) -> None:
    """One of these two blocked the other: whatever introduced them ends for good, silently, also what was made."""
    await queries.end_between(connection, one_id=one_id, other_id=other_id, now=now)


async def _change(
    connection: Connection, *, person_id: UUID, introduction_id: UUID, change: _Change, now: datetime
) -> SeenIntroduction:
    async with connection.transaction():
        before = await _hold(connection, person_id=person_id, introduction_id=introduction_id, now=now)
        after = change(before, before.part_of(person_id))
        if after is not before:
            await queries.update_introduction(connection, introduction=after)
            await _follow(connection, before=before, after=after, now=now)
    return await find_introduction(connection, introduction_id=introduction_id, person_id=person_id, now=now)


async def _hold(connection: Connection, *, person_id: UUID, introduction_id: UUID, now: datetime) -> Introduction:
    """The introduction, with all it rests on held until the transaction ends. Raises `NotFound`, also for one that
    this person may not know of now.
    """
    people = await queries.select_people(connection, introduction_id=introduction_id, person_id=person_id)
    if people is None:
        raise NotFound
    introducer_id, first_id, second_id = people
    pairs = ((introducer_id, first_id), (introducer_id, second_id), (first_id, second_id))
    for one, other in sorted(sorted(pair) for pair in pairs):
        await blocks.hold_pair(connection, person_id=one, other=other)
    await queries.hold(connection, introduction_id=introduction_id)
    found = await queries.select_introductions(
        connection, person_id=person_id, since=now - LISTED_FOR, only=introduction_id
    )
    if not found or seen_by(found[0], person_id=person_id, now=now) is None:
        raise NotFound
    return found[0]


async def _follow(connection: Connection, *, before: Introduction, after: Introduction, now: datetime) -> None:
    """The second is asked after the first's yes; once made, all three hear of it and the gift is remembered."""
    if after.first.says_yes and not before.first.says_yes:
        await tell_asked(connection, person_id=after.second.person_id, cause_id=after.id, now=now)
    if after.made_at is not None and before.made_at is None:
        await tell_made(connection, introduction=after, now=now)
        for part in ASKED:
            await record_gift(
                connection,
                person_id=after.introducer_id,
                other_id=after.asked(part).person_id,
                direction=GiftDirection.GAVE,
                kind=GiftKind.INTRODUCTION,
                text=after.reason,
                key=uuid5(after.id, part),
                now=now,
            )
