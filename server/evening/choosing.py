"""Chooses the suggestions of an evening: a pure function from the people met to a few things to do.

Promises come first and are never dropped for variety; nobody is thanked without something to thank for;
a day without anything gives nothing. Introductions, sharing, speaking up and asks have their place in
the order and are not suggested here.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from server.drafts.reading import Drafts
from server.evening.drafts import DRAFTS, Ground
from server.evening.grounds import THANKED_FOR, Possible, possible_about
from server.evening.models import FollowUpKind, PersonMet, Suggestion
from server.registrations.models import Card

#: The order of an evening: what was promised, then people, then kindness, and an ask last of all.
ORDER = (
    FollowUpKind.KEEP_PROMISE,
    FollowUpKind.INTRODUCE,
    FollowUpKind.MEET,
    FollowUpKind.SHARE,
    FollowUpKind.SPEAK_UP,
    FollowUpKind.THANK,
    FollowUpKind.ASK,
)


def choose(
    people: Sequence[PersonMet],
    *,
    day: date,
    left_out: Collection[tuple[FollowUpKind, UUID]] = frozenset(),
    at_most: int = 3,
    already: int = 0,
    seed: bytes = b"",
    language: str = "en",
) -> list[Suggestion]:
    """At most `at_most` suggestions for the evening of `day`, in the order in which they are shown.

    `left_out` are suggestions made before that do not come again, `already` how many tonight's list holds.
    `seed` belongs to the reader: it varies the drafts and nothing else.
    """
    drafts = DRAFTS.in_language(language)
    possible = [
        each
        for person in people
        for each in possible_about(person, day=day)
        if (each.kind, each.subject_id) not in left_out
    ]
    taken = _taken(possible, at_most=at_most, spoken_of=_spoken_of(people, left_out))
    return [
        _suggestion(each, taken, drafts=drafts, seed=seed + day.isoformat().encode(), place=already + place)
        for place, each in enumerate(taken)
    ]


def _taken(possible: Sequence[Possible], *, at_most: int, spoken_of: set[UUID]) -> list[Possible]:
    """Every promise that has room, then one thing for each person, then a second one if room is left."""
    ranked = sorted(possible, key=_rank)
    taken = [each for each in ranked if each.kind is FollowUpKind.KEEP_PROMISE][:at_most]
    served = spoken_of | {each.person.swap_id for each in taken}
    for is_second_round in (False, True):
        for each in ranked:
            if len(taken) < at_most and each not in taken and (is_second_round or each.person.swap_id not in served):
                taken.append(each)
                served.add(each.person.swap_id)
    return sorted(taken, key=_rank)


def _rank(possible: Possible) -> tuple[int, date, int, int]:
    """By kind; promises by the day they are due, the oldest first; the rest by what it grew from, the latest first."""
    told = possible.told_on.toordinal()
    return (
        ORDER.index(possible.kind),
        possible.due_on or date.max,
        THANKED_FOR.index(possible.ground) if possible.ground in THANKED_FOR else 0,
        told if possible.kind is FollowUpKind.KEEP_PROMISE else -told,
    )


def _spoken_of(people: Sequence[PersonMet], left_out: Collection[tuple[FollowUpKind, UUID]]) -> set[UUID]:
    """People about whom something was suggested before: the others have their turn first."""
    subjects = {subject for _, subject in left_out}
    return {person.swap_id for person in people if subjects & _subjects_of(person)}


def _subjects_of(person: PersonMet) -> set[UUID]:
    return {person.swap_id, *(each.id for each in person.promises), *(each.id for each in person.memories)}


def _suggestion(
    possible: Possible, taken: Sequence[Possible], *, drafts: Drafts, seed: bytes, place: int
) -> Suggestion:
    name = Card(possible.person.name).first_name
    ground = _without_saying_it_twice(possible, taken)
    return Suggestion(
        kind=possible.kind,
        swap_id=possible.person.swap_id,
        subject_id=possible.subject_id,
        reason=drafts.reason(ground, name=name, quote=possible.quote),
        draft=drafts.draft(ground, name=name, quote=possible.quote, seed=seed, place=place),
    )


def _without_saying_it_twice(possible: Possible, taken: Sequence[Possible]) -> Ground:
    """Where the same evening also thanks them, the line that was learned stands in the thanks alone."""
    is_thanked_too = any(each.kind is FollowUpKind.THANK and each.person is possible.person for each in taken)
    if possible.ground is Ground.BOTH_AGAIN_AFTER_INSIGHT and is_thanked_too:
        return Ground.BOTH_AGAIN
    return possible.ground
