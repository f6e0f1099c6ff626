"""Reading one's relationships: a page of them, found by words where asked, or one. Counts nobody."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.people.names import words_key
from server.relationships.models import Gift, RelationshipKind, StoredRelationship
from server.relationships.reading import queries
from server.relationships.reading.models import Insight, Meeting, Place, Relationship, RelationshipPage
from server.swaps.models import Side, Swap
from server.swaps.operations import find_swaps

LARGEST_PAGE = 100
LONGEST_SEARCH = 80
MOST_WORDS = 5


async def list_relationships(
    connection: Connection,
    *,
    person_id: UUID,
    first: int,
    after: Place | None = None,
    search: str | None = None,
    kind: RelationshipKind | None = None,
) -> RelationshipPage:
    """The person's relationships, the latest touch first.

    `search` finds those in whose words all of it is found, in any script and without accents, case or width: in the
    other's name and card as far as they are open now, and in what the person wrote. Raises `InputNotValid`.
    """
    if not 1 <= first <= LARGEST_PAGE:
        raise InputNotValid("first", f"Ask for between 1 and {LARGEST_PAGE} at once.")
    if patterns := _patterns(search):
        found = await queries.search_relationships(
            connection, person_id=person_id, patterns=patterns, limit=first + 1, kind=kind, after=after
        )
    else:
        found = await queries.select_relationships(
            connection, person_id=person_id, limit=first + 1, kind=kind, after=after
        )
    page = await _whole(connection, person_id=person_id, stored=found[:first])
    return RelationshipPage(page, has_more=len(found) > first)


async def find_relationship(connection: Connection, *, person_id: UUID, relationship_id: UUID) -> Relationship:
    """One of the person's own. Raises `NotFound`."""
    found = await queries.select_relationships(connection, person_id=person_id, limit=1, only=[relationship_id])
    if not found:
        raise NotFound
    (whole,) = await _whole(connection, person_id=person_id, stored=found)
    return whole


async def read_gifts(
    connection: Connection, *, person_id: UUID, relationship_ids: Collection[UUID]
) -> dict[UUID, list[Gift]]:
    """What the person gave and received in each of their relationships, the latest first."""
    return await queries.select_gifts(connection, person_id=person_id, relationship_ids=relationship_ids)


async def read_insights(connection: Connection, *, sides: Collection[Side]) -> dict[Side, list[Insight]]:
    """What each side learned in its swap, live or not, oldest first. `sides` come from operations that proved them."""
    return await queries.select_insights(connection, sides=sides)


async def find_gift(connection: Connection, *, person_id: UUID, gift_id: UUID) -> Gift:
    """One of the person's own gifts. Raises `NotFound`."""
    gift = await queries.select_gift(connection, person_id=person_id, gift_id=gift_id)
    if gift is None:
        raise NotFound
    return gift


async def _whole(
    connection: Connection, *, person_id: UUID, stored: Sequence[StoredRelationship]
) -> list[Relationship]:
    """The relationships with where the two met, and the other as far as they are open now."""
    others = [each.other_id for each in stored if each.other_id is not None]
    meetings = defaultdict[UUID, list[Meeting]](list)
    for meeting in await queries.select_meetings(connection, person_id=person_id, other_ids=others):
        meetings[meeting.other_id].append(meeting)
    swaps = await _swaps(connection, person_id=person_id, meetings=[one for some in meetings.values() for one in some])
    return [_relationship(each, meetings[each.other_id] if each.other_id else [], swaps) for each in stored]


def _relationship(stored: StoredRelationship, meetings: Sequence[Meeting], swaps: Mapping[UUID, Swap]) -> Relationship:
    live = [swaps[one.side.swap_id] for one in meetings if one.side.swap_id in swaps]
    return Relationship(stored=stored, meetings=meetings, swaps=live)


async def _swaps(connection: Connection, *, person_id: UUID, meetings: Sequence[Meeting]) -> dict[UUID, Swap]:
    """The live ones among them, by id: one statement for each event, in which consent is judged. Of an event that was
    aged they show the copies of cards that were kept.
    """
    by_event = defaultdict[UUID, list[UUID]](list)
    for meeting in meetings:
        if meeting.is_live:
            by_event[meeting.side.event_id].append(meeting.side.swap_id)
    found: dict[UUID, Swap] = {}
    for event_id, swap_ids in by_event.items():
        some = await find_swaps(connection, event_id=event_id, swap_ids=swap_ids, person_id=person_id)
        found |= {swap.id: swap for swap in some}
    kept = await queries.select_kept_cards(connection, person_id=person_id, swap_ids=found)
    return found | {swap_id: replace(found[swap_id], card=card) for swap_id, card in kept.items()}


def _patterns(search: str | None) -> list[str]:
    """A LIKE pattern for each word of a search; none where nothing is searched for. Raises `InputNotValid`."""
    words = words_key(search).split()
    if len(search or "") > LONGEST_SEARCH or len(words) > MOST_WORDS:
        raise InputNotValid("search", f"Search for up to {MOST_WORDS} words at once.")
    return [f"%{_literal(word)}%" for word in words]


def _literal(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)
