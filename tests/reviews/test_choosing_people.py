"""Whom a week brings to mind: time alone decides, in the rhythm of each kind, and nobody is dropped."""

import itertools
from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from server.relationships.models import RelationshipKind
from server.reviews.choosing import MOST, Known, choose, is_due, waited
from server.reviews.rhythms import RHYTHMS
from tests.reviews.people_known import DAY, known, named

KINDS: tuple[RelationshipKind | None, ...] = (None, *RelationshipKind)

days = st.integers(min_value=0, max_value=900).map(lambda number: DAY - timedelta(days=number))
people = st.lists(
    st.builds(
        Known,
        relationship_id=st.uuids(),
        kind=st.sampled_from(KINDS),
        touched_on=days,
        suggested_on=st.none() | days,
        later_on=st.none() | st.integers(-40, 40).map(lambda number: DAY + timedelta(days=number)),
        resting_until=st.none() | st.integers(-40, 40).map(lambda number: DAY + timedelta(days=number)),
    ),
    max_size=12,
    unique_by=lambda each: each.relationship_id,
)


def test_whoever_waited_longest_in_their_own_rhythm_comes_first() -> None:
    everybody = [
        known("worked with", touched=200, kind=RelationshipKind.WORKED_WITH),
        known("get to know", touched=63, kind=RelationshipKind.GET_TO_KNOW),
        known("nothing said", touched=70),
        known("stay in touch", touched=182, kind=RelationshipKind.STAY_IN_TOUCH),
    ]

    assert choose(everybody, day=DAY) == named("get to know", "stay in touch", "nothing said")


def test_nobody_comes_up_before_their_rhythm_has_passed() -> None:
    for kind, rhythm in RHYTHMS.items():
        assert choose([known("ben", touched=rhythm - 1, kind=kind)], day=DAY) == []
        assert choose([known("ben", touched=rhythm, kind=kind)], day=DAY) == named("ben")


def test_being_named_counts_as_a_turn_also_where_nothing_came_of_it() -> None:
    everybody = [known("named", touched=300, suggested=55), known("waiting", touched=60)]

    assert choose(everybody, day=DAY) == named("waiting")


def test_somebody_met_two_years_ago_comes_up_as_readily_as_somebody_new() -> None:
    everybody = [known("old", touched=700, suggested=57), known("new", touched=58), known("newer", touched=56)]

    assert choose(everybody, day=DAY) == named("new", "old", "newer")


def test_whoever_was_put_off_to_now_comes_before_all_others() -> None:
    everybody = [
        known("long ago", touched=800),
        known("put off", touched=100, suggested=7, later_on=DAY - timedelta(days=1)),
        known("put off further", touched=100, suggested=7, later_on=DAY + timedelta(days=1)),
    ]

    assert choose(everybody, day=DAY) == named("put off", "long ago")


def test_a_talk_since_makes_a_postponement_idle() -> None:
    assert choose([known("ben", touched=3, suggested=7, later_on=DAY)], day=DAY) == []


def test_whoever_rests_is_left_alone_before_that_day() -> None:
    assert choose([known("ben", touched=400, resting_until=DAY + timedelta(days=1))], day=DAY) == []
    assert choose([known("ben", touched=400, resting_until=DAY)], day=DAY) == named("ben")


@given(people=people)
def test_a_week_names_three_at_most_and_only_those_who_are_due(people: list[Known]) -> None:
    chosen = choose(people, day=DAY)

    due = {each.relationship_id for each in people if is_due(each, day=DAY)}
    assert len(chosen) == min(MOST, len(due))
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) <= due


@given(people=people)
def test_nobody_due_waited_longer_than_those_who_are_named(people: list[Known]) -> None:
    chosen = set(choose(people, day=DAY))

    passed_over = [each for each in people if is_due(each, day=DAY) and each.relationship_id not in chosen]
    for each in people:
        if each.relationship_id in chosen and each.later_on is None:
            assert all(waited(each, day=DAY) >= waited(other, day=DAY) for other in passed_over)


@given(people=people)
def test_the_order_in_which_people_are_read_changes_nothing(people: list[Known]) -> None:
    assert choose(people, day=DAY) == choose(people[::-1], day=DAY)


@given(
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=15),
    touches=st.lists(st.tuples(st.integers(0, 51), st.integers(0, 14)), max_size=30),
)
def test_in_a_year_of_weeks_nobody_comes_twice_within_their_rhythm(
    kinds: list[RelationshipKind | None], touches: list[tuple[int, int]]
) -> None:
    touched = dict.fromkeys(range(len(kinds)), DAY - timedelta(days=30))
    suggested: dict[int, date] = {}
    named_on: defaultdict[int, list[date]] = defaultdict(list)
    for week in range(52):
        day = DAY + timedelta(weeks=week)
        for at, who in touches:
            if at == week and who in touched:
                touched[who] = day - timedelta(days=2)
        everybody = [Known(UUID(int=who), kinds[who], touched[who], suggested.get(who)) for who in touched]
        for each in choose(everybody, day=day):
            named_on[each.int].append(day)
            suggested[each.int] = day

    for who, on in named_on.items():
        assert all((then - before).days >= RHYTHMS[kinds[who]] for before, then in itertools.pairwise(on))
