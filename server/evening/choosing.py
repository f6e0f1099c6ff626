"""Chooses the suggestions of an evening: a pure function from the people met to a few things to do.

The rules: promises come first and are never dropped for variety; then by kind; within a kind people known longer and
people met today take turns, so that neither stands behind the other; each person has one thing before anybody has
two; no line is quoted twice; nobody is asked for anything who was given nothing, and having been given something sets
no ask back. A day without anything gives nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from server.drafts.reading import Drafts
from server.evening.drafts import DRAFTS, Ground
from server.evening.giving import asks_of, to_give
from server.evening.grounds import THANKED_FOR, from_the_talk
from server.evening.met.models import PersonMet, Reader, SwapAt
from server.evening.models import FollowUpKind, Suggestion
from server.evening.possible import Possible

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

#: By their kind and by what or whom they are about, suggestions that are not made again.
LeftOut = Collection[tuple[FollowUpKind, UUID]]


def choose(
    people: Sequence[PersonMet],
    *,
    reader: Reader,
    day: date,
    introductions: Sequence[Possible] = (),
    left_out: LeftOut = frozenset(),
    at_most: int = 3,
    already: int = 0,
) -> list[Suggestion]:
    """At most `at_most` suggestions for the evening of `day`, in the order in which they are shown.

    `left_out` are suggestions made before that do not come again, by their subject or their person; `already` is how
    many tonight's list holds. `introductions` come with their words; other drafts are in the reader's language, and
    vary by reader and day.
    """
    drafts = DRAFTS.in_language(reader.language)
    possible = [
        each
        for each in (*introductions, *_all_possible(people, reader=reader, day=day))
        if not _is_left_out(each, left_out) and (each.kind is not FollowUpKind.ASK or each.person.has_my_gift)
    ]
    taken = _taken(_ranked(possible), at_most=at_most, spoken_of=_spoken_of(people, left_out))
    seed = reader.registration_id.bytes + day.isoformat().encode()
    return [
        _suggestion(each, taken, drafts=drafts, seed=seed, place=already + place) for place, each in enumerate(taken)
    ]


def ask_held_back(people: Sequence[PersonMet], *, reader: Reader, left_out: LeftOut = frozenset()) -> SwapAt | None:
    """Somebody the reader could ask for something once they have given them something; None where there is nobody."""
    waiting = [
        each
        for person in people
        if not person.has_my_gift
        for each in asks_of(reader, person)
        if not _is_left_out(each, left_out)
    ]
    return max(waiting, key=lambda each: each.worth).at if waiting else None


def _all_possible(people: Sequence[PersonMet], *, reader: Reader, day: date) -> Iterator[Possible]:
    for person in people:
        yield from from_the_talk(person, day=day)
        yield from to_give(reader, person, others=people)
        yield from asks_of(reader, person)


def _is_left_out(possible: Possible, left_out: LeftOut) -> bool:
    kind = possible.kind
    return (kind, possible.subject_id) in left_out or (kind, possible.person.person_id) in left_out


def _taken(ranked: Sequence[Possible], *, at_most: int, spoken_of: set[UUID]) -> list[Possible]:
    """Every promise that has room, then one thing for each person, then a second one if room is left.

    Who was spoken of before stands behind the others, but for an ask: it is what was given to them that opened it.
    """
    taken = [each for each in ranked if each.kind is FollowUpKind.KEEP_PROMISE][:at_most]
    served = {who for each in taken for who in _people_in(each)}
    for is_second_round in (False, True):
        for each in ranked:
            behind = served if each.kind is FollowUpKind.ASK else served | spoken_of
            has_turn = is_second_round or behind.isdisjoint(_people_in(each))
            if len(taken) < at_most and each not in taken and has_turn and not _says_it_again(each, taken):
                taken.append(each)
                served |= _people_in(each)
    return [each for each in ranked if each in taken]


def _says_it_again(possible: Possible, taken: Iterable[Possible]) -> bool:
    """Whether its one line stands in the evening already. Another talk can do without it, so it never counts."""
    if possible.memory_id is None or possible.kind is FollowUpKind.MEET:
        return False
    return any(each.memory_id == possible.memory_id and each.kind is not FollowUpKind.MEET for each in taken)


def _ranked(possible: Sequence[Possible]) -> list[Possible]:
    """By kind; within most kinds people known longer and people new take turns, each group with its best first."""
    ranked: list[Possible] = []
    for kind in ORDER:
        best_first = sorted((each for each in possible if each.kind is kind), key=_merit)
        if kind is FollowUpKind.KEEP_PROMISE:
            ranked += best_first
        else:
            ranked += _in_turns(best_first)
    return ranked


def _in_turns(best_first: Sequence[Possible]) -> list[Possible]:
    turns: list[tuple[int, bool, Possible]] = []
    for is_known_longer in (False, True):
        group = [each for each in best_first if each.person.is_known_longer is is_known_longer]
        turns += [(turn, is_known_longer, each) for turn, each in enumerate(group)]
    return [each for _, _, each in sorted(turns, key=lambda turn: turn[:2])]


def _merit(possible: Possible) -> tuple[date, bool, float, int, int]:
    """Promises by the day they are due, the oldest first; the rest by whom it leans to, by how well need and offer
    meet, by what is thanked for, and then the latest first.
    """
    told = possible.told_on.toordinal()
    return (
        possible.due_on or date.max,
        not possible.leans,
        -possible.worth,
        THANKED_FOR.index(possible.ground) if possible.ground in THANKED_FOR else 0,
        told if possible.kind is FollowUpKind.KEEP_PROMISE else -told,
    )


def _people_in(possible: Possible) -> set[UUID]:
    both = [possible.person, *([possible.other] if possible.other is not None else [])]
    return {person.person_id for person in both}


def _spoken_of(people: Sequence[PersonMet], left_out: LeftOut) -> set[UUID]:
    """People about whom something was suggested before: the others have their turn first."""
    subjects = {subject for _, subject in left_out}
    return {person.person_id for person in people if subjects & _subjects_of(person)}


def _subjects_of(person: PersonMet) -> set[UUID]:
    written = {*(each.id for each in person.promises), *(each.id for each in person.memories)}
    return {person.person_id, person.at.swap_id} | written


def _suggestion(
    possible: Possible, taken: Sequence[Possible], *, drafts: Drafts, seed: bytes, place: int
) -> Suggestion:
    reason, draft = possible.said or _in_words(possible, taken, drafts=drafts, seed=seed, place=place)
    return Suggestion(
        kind=possible.kind,
        at=possible.at,
        person_id=possible.person.person_id,
        subject_id=possible.subject_id,
        reason=reason,
        draft=draft,
        other=None if possible.other is None else possible.other.at,
        their_words=possible.their_words,
        gift=possible.gift,
        other_words=possible.other_words,
    )


def _in_words(
    possible: Possible, taken: Sequence[Possible], *, drafts: Drafts, seed: bytes, place: int
) -> tuple[str, str]:
    """Reason and draft, in the words of its ground."""
    ground = _without_saying_it_twice(possible, taken)
    if ground is None:
        raise LookupError(possible.kind)
    words = {"name": possible.person.card.first_name, **possible.words}
    return (
        drafts.reason(possible.told_as or ground, **words),
        drafts.draft(ground, seed=seed, place=place, **words),
    )


def _without_saying_it_twice(possible: Possible, taken: Sequence[Possible]) -> Ground | None:
    """Where another suggestion of the evening quotes the line that was learned, it stands there alone."""
    stands_elsewhere = any(
        each.memory_id == possible.memory_id for each in taken if each is not possible and each.memory_id is not None
    )
    if possible.ground is Ground.BOTH_AGAIN_AFTER_INSIGHT and stands_elsewhere:
        return Ground.BOTH_AGAIN
    return possible.ground
