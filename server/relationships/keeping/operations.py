"""What somebody does with a relationship of theirs: saying what it is to them, letting it rest, and noting that the two
were in touch, with what was given and received. The other is never told of any of it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.ids import new_id
from server.people.names import words_key
from server.people.operations import find_person
from server.relationships.keeping import queries
from server.relationships.models import GiftDirection, GiftKind, RelationshipKind
from server.relationships.operations import forget_gift
from server.relationships.reading.models import Relationship
from server.relationships.reading.operations import find_relationship
from server.texts import clean_optional_text

LONGEST_GIFT = 280
LONGEST_REST = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class NewGift:
    """What somebody says was given or received: words, a kind, or both. Nothing where both are left out."""

    direction: GiftDirection
    text: str | None = field(repr=False)
    kind: GiftKind | None


async def set_kind(
    connection: Connection, *, person_id: UUID, relationship_id: UUID, kind: RelationshipKind | None
) -> Relationship:
    """Keep what the relationship is to the person; None for nothing said. Raises `NotFound`."""
    async with connection.transaction():
        await _hold(connection, person_id=person_id, relationship_id=relationship_id)
        await queries.update_kind(connection, person_id=person_id, relationship_id=relationship_id, kind=kind)
        return await find_relationship(connection, person_id=person_id, relationship_id=relationship_id)


async def let_rest(
    connection: Connection, *, person_id: UUID, relationship_id: UUID, until: date | None, now: datetime
) -> Relationship:
    """Do not remind the person of it before that day, in their own time zone; None ends the rest.

    Raises `NotFound`, and `InputNotValid` for any but a day after today and within three years.
    """
    if until is not None:
        person = await find_person(connection, person_id=person_id)
        today = now.astimezone(ZoneInfo(person.timezone)).date()
        if not today < until <= today + LONGEST_REST:
            raise InputNotValid("until", "Choose a day after today and within three years.")
    async with connection.transaction():
        await _hold(connection, person_id=person_id, relationship_id=relationship_id)
        await queries.update_resting(connection, person_id=person_id, relationship_id=relationship_id, until=until)
        return await find_relationship(connection, person_id=person_id, relationship_id=relationship_id)


async def log_touch(
    connection: Connection,
    *,
    person_id: UUID,
    relationship_id: UUID,
    gifts: tuple[NewGift, NewGift],
    key: UUID | None,
    at: datetime | None,
    now: datetime,
) -> Relationship:
    """Note that the two were in touch, with what was given and what was received.

    `at` is when, never later than `now`. The same `key` again changes nothing. Raises `NotFound`, `InputNotValid`.
    """
    words = [clean_optional_text(gift.text, field=_field(gift), longest=LONGEST_GIFT) for gift in gifts]
    key, at = key or new_id(), min(at or now, now)
    async with connection.transaction():
        before = await _hold(connection, person_id=person_id, relationship_id=relationship_id)
        of = {"person_id": person_id, "relationship_id": relationship_id}
        if await queries.insert_touch(connection, **of, key=key, at=at, before=before):
            await queries.move_touch(connection, **of, at=at)
            for gift, text in zip(gifts, words, strict=True):
                if text or gift.kind:
                    await queries.insert_gift(
                        connection, **of, gift_id=new_id(), key=_key(key, gift.direction), direction=gift.direction,
                        kind=gift.kind or GiftKind.OTHER, text=text or "", search_key=words_key(text), at=at,
                    )  # fmt: skip
        return await find_relationship(connection, person_id=person_id, relationship_id=relationship_id)


async def take_back_touch(connection: Connection, *, person_id: UUID, relationship_id: UUID, key: UUID) -> Relationship:
    """Take back a touch by the key it was logged with, and what was given and received with it.

    Nothing changes where there is none under that key. Raises `NotFound` for the relationship.
    """
    async with connection.transaction():
        await _hold(connection, person_id=person_id, relationship_id=relationship_id)
        await queries.take_back_touch(connection, person_id=person_id, relationship_id=relationship_id, key=key)
        for direction in GiftDirection:
            await forget_gift(connection, person_id=person_id, key=_key(key, direction))
        return await find_relationship(connection, person_id=person_id, relationship_id=relationship_id)


async def drop_gift(connection: Connection, *, person_id: UUID, gift_id: UUID) -> Relationship:
    """Forget one of the person's own gifts. Raises `NotFound`."""
    async with connection.transaction():
        relationship_id = await queries.delete_gift(connection, person_id=person_id, gift_id=gift_id)
        if relationship_id is None:
            raise NotFound
        return await find_relationship(connection, person_id=person_id, relationship_id=relationship_id)


async def _hold(connection: Connection, *, person_id: UUID, relationship_id: UUID) -> datetime:
    """The last touch, with the row held. Raises `NotFound`."""
    last_touch_at = await queries.lock_relationship(connection, person_id=person_id, relationship_id=relationship_id)
    if last_touch_at is None:
        raise NotFound
    return last_touch_at


def _key(key: UUID, direction: GiftDirection) -> UUID:
    """The key of a gift that was logged with a touch."""
    return uuid5(key, direction)


def _field(gift: NewGift) -> str:
    return "gave" if gift.direction is GiftDirection.GAVE else "received"
