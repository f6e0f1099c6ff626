"""Whoever was met and whatever was written down, an evening stays short, true and in order."""

import re
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from server.evening.choosing import ORDER, choose
from server.evening.models import FollowUpKind, Memory, MemoryKind, PersonMet, PromiseMade
from server.promises.models import PromiseKind
from tests.evening.people_met import DAY, kinds_of, shape_of

WORDS = (
    "the article on soil sensors",
    "send him the address of the net mender",
    "He uses hay to insulate the hives, and it costs nothing",
    "Ben told me where to find old bearings",
    "他告诉我怎么修旧收音机",
    "أرسل لها المقال عن التربة",
    "\U0001f331",
    "{name} {quote}",
    "ok",
    "she is annoying",
    "a very long promise, " * 12,
)

memories = st.lists(
    st.builds(
        Memory,
        id=st.uuids(),
        kind=st.sampled_from(MemoryKind),
        text=st.sampled_from(WORDS),
        written_on=st.sampled_from((DAY, DAY - timedelta(days=1))),
    ),
    max_size=4,
).map(tuple)
promises = st.lists(
    st.builds(
        PromiseMade,
        id=st.uuids(),
        kind=st.sampled_from(PromiseKind),
        text=st.sampled_from(WORDS),
        made_on=st.just(DAY),
        due_on=st.sampled_from((None, DAY, DAY + timedelta(days=3))),
        kept_on=st.sampled_from((None, None, DAY)),
    ),
    max_size=3,
).map(tuple)
people = st.lists(
    st.builds(
        PersonMet,
        swap_id=st.uuids(),
        name=st.sampled_from(("Ben Okafor", "Zoë Müller-Ngũgĩ", "李文", "ليلى حداد", "Olu {quote}")),
        met_on=st.just(DAY),
        is_mutual=st.booleans(),
        both_would_talk_again=st.booleans(),
        promises=promises,
        memories=memories,
    ),
    max_size=6,
    unique_by=lambda person: person.swap_id,
)


@given(people=people, at_most=st.integers(min_value=0, max_value=5), seed=st.binary(max_size=16))
def test_an_evening_is_short_and_in_order(people: list[PersonMet], at_most: int, seed: bytes) -> None:
    suggestions = choose(people, day=DAY, at_most=at_most, seed=seed)

    assert len(suggestions) <= at_most
    assert kinds_of(suggestions) == sorted(kinds_of(suggestions), key=ORDER.index)
    assert set(kinds_of(suggestions)) <= {FollowUpKind.KEEP_PROMISE, FollowUpKind.MEET, FollowUpKind.THANK}
    assert len({(each.kind, each.subject_id) for each in suggestions}) == len(suggestions)


@given(people=people, at_most=st.integers(min_value=0, max_value=5))
def test_an_open_promise_is_never_dropped_for_variety(people: list[PersonMet], at_most: int) -> None:
    suggestions = choose(people, day=DAY, at_most=at_most)

    are_open = [each for person in people for each in person.promises if each.kept_on is None]
    assert kinds_of(suggestions).count(FollowUpKind.KEEP_PROMISE) == min(len(are_open), at_most)


@given(people=people)
def test_nobody_is_thanked_without_something_to_thank_for(people: list[PersonMet]) -> None:
    suggestions = choose(people, day=DAY, at_most=5)

    for suggestion in suggestions:
        if suggestion.kind is FollowUpKind.THANK:
            (person,) = [each for each in people if each.swap_id == suggestion.swap_id]
            texts = {memory.id: memory.text for memory in person.memories}
            texts |= {promise.id: promise.text for promise in person.promises}
            quote = re.search(r"“(.+)”", suggestion.draft)
            assert person.is_mutual
            assert quote is not None
            assert quote[1] in texts[suggestion.subject_id]


@given(people=people, seed=st.binary(max_size=16))
def test_no_two_drafts_of_an_evening_look_alike(people: list[PersonMet], seed: bytes) -> None:
    used = [shape_of(suggestion) for suggestion in choose(people, day=DAY, at_most=5, seed=seed)]

    assert len(set(used)) == len(used)


@given(people=people, seed=st.binary(max_size=16))
def test_the_same_day_gives_the_same_evening(people: list[PersonMet], seed: bytes) -> None:
    assert choose(people, day=DAY, seed=seed) == choose(people, day=DAY, seed=seed)
