"""Which two contacts could be introduced, and for what: needs against offers, by the one matcher of topics. Pure.

It weighs needs and never people. Whether the two have met is not asked: the introducer does not know it either.
"""

from collections.abc import Iterator
from uuid import UUID

from server.introductions.suggesting.models import Circle, ContactKnown, Match, NeedSource
from server.topics.matching import meets

#: A need that the introducer heard themselves is a better reason than a line on a card.
_WORTH_OF_SOURCE = {NeedSource.HEARD: 1.0, NeedSource.SEEKING: 0.9}


def suggest(circle: Circle, *, at_most: int, of: UUID | None = None, at_event: UUID | None = None) -> list[Match]:
    """The best matches, each pair once and each need once, so that not one person fills the list.

    With `of` only those in which that contact is one of the two, with `at_event` only those of which one was met
    there.
    """
    taken: list[Match] = []
    for match in rank(circle):
        if len(taken) == at_most:
            break
        is_about = of is None or of in match.pair
        is_there = at_event is None or at_event in (match.first.event_id, match.second.event_id)
        if is_about and is_there and not any(_says_it_again(match, earlier) for earlier in taken):
            taken.append(match)
    return taken


def rank(circle: Circle) -> list[Match]:
    """Every match, the most worthwhile first."""
    return sorted(_matches(circle), key=_rank)


def match_of(first: ContactKnown, second: ContactKnown) -> Match | None:
    """The best need of the first that an offer of the second answers."""
    found = [
        Match(first, second, need, ground.topic, ground.other, ground.worth * _WORTH_OF_SOURCE[need.source])
        for need in first.needs
        if (ground := meets(need.topics, second.offered)) is not None
    ]
    return min(found, key=_rank, default=None)


def _matches(circle: Circle) -> Iterator[Match]:
    needing = [each for each in circle.contacts if any(need.topics for need in each.needs)]
    offering = [each for each in circle.contacts if each.offered]
    for first in needing:
        for second in offering:
            if first is second or frozenset({first.person_id, second.person_id}) in circle.done | circle.apart:
                continue
            match = match_of(first, second)
            if match is not None:
                yield match


def _says_it_again(match: Match, earlier: Match) -> bool:
    is_same_need = match.first is earlier.first and match.need is earlier.need
    return match.pair == earlier.pair or is_same_need


def _rank(match: Match) -> tuple[float, bool, float, str, str]:
    """The most worthwhile first, then those who are new or between things, then the latest met."""
    latest = max(match.first.swapped_at, match.second.swapped_at).timestamp()
    return (-match.worth, not match.first.leans, -latest, str(match.first.swap_id), str(match.second.swap_id))
