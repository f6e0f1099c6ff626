"""Gathers what one of the three is shown of an introduction; it reads nothing that `seeing` does not allow."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.introductions import queries
from server.introductions.models import ASKED, Introduction, IntroductionPart, Seen, SeenIntroduction
from server.introductions.noting import note_for
from server.introductions.queries import OpenCard
from server.introductions.seeing import seen_by
from server.people.models import Person
from server.people.operations import find_person
from server.registrations.models import Card
from server.swaps.models import Swap
from server.swaps.operations import find_swaps

#: An event and a person at it.
_Place = tuple[UUID, UUID]
#: Instead of an introducer who is no contact any more.
NO_LONGER_A_CONTACT = Card("Someone you met")


async def shown_to(
    connection: Connection, *, person_id: UUID, introductions: Sequence[Introduction], now: datetime
) -> list[SeenIntroduction]:
    """Those of the person's introductions that they may know of, in order, with what they are shown of each.

    Call it in a transaction that reads everything as of one moment.
    """
    visible = [(each, seen) for each in introductions if (seen := seen_by(each, person_id=person_id, now=now))]
    if not visible:
        return []
    reader = await find_person(connection, person_id=person_id)
    cards = await queries.select_cards(connection, places={place for each in visible for place in _places(*each)})
    swaps = await _own_swaps(connection, person_id=person_id, introductions=[each for each, _ in visible])
    return [_shown(each, seen, reader=reader, cards=cards, swaps=swaps) for each, seen in visible]


def _places(introduction: Introduction, seen: Seen) -> Iterable[_Place]:
    """Whose cards this reader is shown."""
    if seen.part is IntroductionPart.INTRODUCER:
        event_id = introduction.first.event_id
        return [(event_id, introduction.introducer_id)]
    own = introduction.asked(seen.part)
    places = [(own.event_id, introduction.introducer_id)] if own.is_contact else []
    if seen.shows_other:
        places.append(_place_of_other(introduction, seen))
    return places


def _place_of_other(introduction: Introduction, seen: Seen) -> _Place:
    other = introduction.other_than(seen.part)
    return other.event_id, other.person_id


async def _own_swaps(
    connection: Connection, *, person_id: UUID, introductions: Iterable[Introduction]
) -> Mapping[UUID, Swap]:
    """The live swaps by which the introducer knows the two of their own introductions, by id."""
    wanted: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for introduction in introductions:
        if introduction.introducer_id == person_id:
            for asked in (introduction.first, introduction.second):
                wanted[asked.event_id].add(asked.swap_id)
    found = {}
    for event_id, swap_ids in wanted.items():
        for swap in await find_swaps(connection, event_id=event_id, swap_ids=swap_ids, person_id=person_id):
            found[swap.id] = swap
    return found


def _shown(
    introduction: Introduction,
    seen: Seen,
    *,
    reader: Person,
    cards: Mapping[_Place, OpenCard],
    swaps: Mapping[UUID, Swap],
) -> SeenIntroduction:
    is_asked = seen.part in ASKED
    event_id = introduction.asked(seen.part).event_id if is_asked else introduction.first.event_id
    introducer = cards.get((event_id, introduction.introducer_id))
    other = cards.get(_place_of_other(introduction, seen)) if seen.shows_other else None
    card = None if other is None else other.card if other.card.open_to_event else other.card.closed()
    offers = introduction.other_than(seen.part).offers if is_asked else frozenset()
    return SeenIntroduction(
        introduction=introduction,
        seen=seen,
        introducer=NO_LONGER_A_CONTACT if introducer is None else introducer.card,
        other=card,
        contact=other.contact.only(offers) if other is not None and seen.shows_contact else None,
        note=None
        if card is None or introducer is None or not seen.shows_contact
        else note_for(introduction, introducer=introducer.card, other=card, language=reader.locale),
        first=None if is_asked else swaps.get(introduction.first.swap_id),
        second=None if is_asked else swaps.get(introduction.second.swap_id),
        locale=reader.locale,
    )
