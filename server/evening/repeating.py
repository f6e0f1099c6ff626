"""What an evening does not suggest again: one rule over everything that was ever suggested to a person. Pure.

Nothing comes back within thirty days, unless it was put off to a day that has come. What was done or let go never
comes back at all. What nobody saw may come again.
"""

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from server.evening.choosing import ORDER
from server.evening.models import FollowUpKind, FollowUpState, Listed

#: For so long nothing that was seen is suggested again.
REST = timedelta(days=30)
#: Kinds that rest with the person and not with the one thing they grew from: nobody is to be written to about the same
#: sort of thing again and again. Each promise and each lesson is a thing of its own.
OF_PERSONS = frozenset({FollowUpKind.MEET, FollowUpKind.SHARE, FollowUpKind.SPEAK_UP, FollowUpKind.ASK})


def not_again(listed: Sequence[Listed], *, registration_id: UUID, day: date) -> set[tuple[FollowUpKind, UUID]]:
    """Kinds with the subjects and the people that the evening of `day` leaves out.

    `listed` is everything suggested to the person at any event, oldest first; `registration_id` and `day` say which of
    it is tonight's.
    """
    unseen = _unseen(listed)
    by_subject = {(each.kind, each.subject_id): each for each in listed}  # the newest of each stays
    by_person = {(each.kind, each.person_id): each for each in listed if each.kind in OF_PERSONS}
    return {
        key
        for latest, is_settled_for_good in ((by_subject, True), (by_person, False))
        for key, each in latest.items()
        if (each.registration_id, each.day) == (registration_id, day)
        or _rests(each, day=day, was_seen=_key(each) not in unseen, is_settled_for_good=is_settled_for_good)
    }


def _rests(listed: Listed, *, day: date, was_seen: bool, is_settled_for_good: bool) -> bool:
    if listed.state is FollowUpState.LATER:
        return listed.due_on > day
    is_settled = listed.state in {FollowUpState.DONE, FollowUpState.DISMISSED}
    return was_seen and (listed.day > day - REST or (is_settled and is_settled_for_good))


def _unseen(listed: Sequence[Listed]) -> set[tuple[UUID, date, FollowUpKind, UUID]]:
    """What stood in a list that nobody opened, or behind what it showed."""
    evenings = itertools.groupby(listed, key=lambda each: (each.day, each.registration_id))
    return {
        _key(each)
        for _, evening in evenings
        for place, each in enumerate(sorted(evening, key=_order))
        if not each.is_opened or (place >= each.at_most and each.state is FollowUpState.OPEN)
    }


def _key(listed: Listed) -> tuple[UUID, date, FollowUpKind, UUID]:
    return (listed.registration_id, listed.day, listed.kind, listed.subject_id)


def _order(listed: Listed) -> tuple[int, int]:
    return ORDER.index(listed.kind), listed.place
