"""Which introductions could stand on an evening list: those that `server.introductions` suggests, of people met.

It matches nobody itself and says nothing in words of its own.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from server.evening.met.models import PersonMet, SwapAt
from server.evening.models import FollowUpKind
from server.evening.possible import Possible
from server.introductions.suggesting.models import NeedSource, Suggestion


def introductions_among(people: Iterable[PersonMet], suggestions: Iterable[Suggestion]) -> list[Possible]:
    """Those of which both may be brought up tonight; whoever asked for quiet or is let rest is not among `people`."""
    by_id: Mapping[UUID, PersonMet] = {person.person_id: person for person in people}
    return [
        _possible(each, by_id[each.match.first.person_id], by_id[each.match.second.person_id])
        for each in suggestions
        if each.match.pair <= by_id.keys()
    ]


def _possible(suggestion: Suggestion, first: PersonMet, second: PersonMet) -> Possible:
    """A pair and what it is about is one thing, whoever of the two is named first."""
    match = suggestion.match
    lower, upper = sorted(match.pair)
    return Possible(
        kind=FollowUpKind.INTRODUCE,
        person=first,
        at=SwapAt(match.first.event_id, match.first.swap_id),
        subject_id=uuid5(lower, f"{upper} {match.topic}"),
        ground=None,
        told_on=max(first.met_on, second.met_on),
        their_words=match.need.text if match.need.source is NeedSource.SEEKING else None,
        other=second,
        other_words=match.second.offering,
        said=(suggestion.reason, suggestion.words),
        leans=match.first.leans or match.second.leans,
        worth=match.worth,
    )
