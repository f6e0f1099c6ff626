"""Whoever was met and whatever was written down, an evening stays short, true and in order."""

import re
from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from server.evening.choosing import ORDER, ask_held_back
from server.evening.met.models import Memory, MemoryKind, PersonMet, PromiseMade, Reader
from server.evening.models import FollowUpKind, Suggestion
from server.promises.models import PromiseKind
from server.registrations.models import Card
from server.swaps.models import Feeling
from tests.evening.people_met import DAY, ME, at, choose, kinds_of, reader, shape_of

WORDS = (
    "the article on soil sensors",
    "send him the address of the net mender",
    "He uses hay to insulate the hives, and it costs nothing",
    "Ben told me where to find old bearings",
    "他告诉我怎么修旧收音机",
    "أرسل لها المقال عن التربة",
    "\U0001f331",
    "{name} {quote} {mine}",
    "ok",
    "she is annoying",
    "a very long promise, " * 12,
)
#: What stands on cards: needs and offers that meet one another, and some that meet nothing.
LINES = (
    None,
    "beekeeping",
    "somebody who knows beekeeping",
    "grant writing",
    "help with grant writing",
    "{mine} {name}",
)

memories = st.lists(
    st.builds(
        Memory,
        id=st.uuids(),
        kind=st.sampled_from(MemoryKind),
        text=st.sampled_from((*WORDS, "bees winter well under hay", "beekeeping lessons in town")),
        written_on=st.sampled_from((DAY, DAY - timedelta(days=1))),
        at=st.just(at("anybody")),
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
        at=st.just(at("anybody")),
    ),
    max_size=3,
).map(tuple)
cards = st.builds(
    Card,
    name=st.sampled_from(("Ben Okafor", "Zoë Müller-Ngũgĩ", "李文", "ليلى حداد", "Olu {quote}")),
    up_to=st.sampled_from((None, "starting a seed library", "Our shop is closed. I am still clearing up")),
    seeking=st.sampled_from(LINES),
    offering=st.sampled_from(LINES),
    new_here=st.booleans(),
    between_things=st.booleans(),
)
people = st.lists(
    st.builds(
        PersonMet,
        person_id=st.uuids(),
        at=st.uuids().map(lambda swap: at(str(swap))),
        card=cards,
        met_on=st.just(DAY),
        is_mutual=st.booleans(),
        both_would_talk_again=st.booleans(),
        is_known_longer=st.booleans(),
        has_my_gift=st.booleans(),
        feelings=st.frozensets(st.sampled_from(Feeling)),
        promises=promises,
        memories=memories,
    ),
    max_size=6,
    unique_by=lambda person: person.person_id,
)
readers = st.builds(reader, st.uuids().map(str), seeking=st.sampled_from(LINES), offering=st.sampled_from(LINES))
FEW = settings(max_examples=60)


def about(suggestion: Suggestion, met: list[PersonMet]) -> PersonMet:
    (person,) = [each for each in met if each.person_id == suggestion.person_id]
    return person


@FEW
@given(people=people, me=readers, at_most=st.integers(min_value=0, max_value=5))
def test_an_evening_is_short_and_in_order(people: list[PersonMet], me: Reader, at_most: int) -> None:
    suggestions = choose(people, reader=me, at_most=at_most)

    assert len(suggestions) <= at_most
    assert kinds_of(suggestions) == sorted(kinds_of(suggestions), key=ORDER.index)
    assert len({(each.kind, each.subject_id) for each in suggestions}) == len(suggestions)


@FEW
@given(people=people, me=readers)
def test_nothing_but_a_promise_is_suggested_without_contacts_shared_both_ways(
    people: list[PersonMet], me: Reader
) -> None:
    for suggestion in choose(people, reader=me, at_most=5):
        assert about(suggestion, people).is_mutual or suggestion.kind is FollowUpKind.KEEP_PROMISE


@FEW
@given(people=people, me=readers)
def test_nobody_is_asked_for_anything_before_something_was_given(people: list[PersonMet], me: Reader) -> None:
    for suggestion in choose(people, reader=me, at_most=5):
        assert suggestion.kind is not FollowUpKind.ASK or about(suggestion, people).has_my_gift
    waiting = ask_held_back(people, reader=me)
    assert waiting not in {person.at for person in people if person.has_my_gift}


@FEW
@given(people=people, me=readers)
def test_what_was_suggested_before_is_left_out(people: list[PersonMet], me: Reader) -> None:
    first = choose(people, reader=me, at_most=5)
    left_out = {(each.kind, each.subject_id) for each in first}

    assert left_out.isdisjoint(
        (each.kind, each.subject_id) for each in choose(people, reader=me, at_most=5, left_out=left_out)
    )
    left_out = {(each.kind, each.person_id) for each in first}
    assert left_out.isdisjoint(
        (each.kind, each.person_id) for each in choose(people, reader=me, at_most=5, left_out=left_out)
    )


@FEW
@given(people=people, at_most=st.integers(min_value=0, max_value=5))
def test_an_open_promise_is_never_dropped_for_variety(people: list[PersonMet], at_most: int) -> None:
    suggestions = choose(people, at_most=at_most)

    are_open = [each for person in people for each in person.promises if each.kept_on is None]
    assert kinds_of(suggestions).count(FollowUpKind.KEEP_PROMISE) == min(len(are_open), at_most)


@FEW
@given(people=people)
def test_nobody_is_thanked_without_something_to_thank_for(people: list[PersonMet]) -> None:
    for suggestion in choose(people, at_most=5):
        if suggestion.kind is FollowUpKind.THANK:
            person = about(suggestion, people)
            texts = {memory.id: memory.text for memory in person.memories}
            texts |= {promise.id: promise.text for promise in person.promises}
            quote = re.search(r"“(.+)”", suggestion.draft)
            assert quote is not None
            assert quote[1] in texts[suggestion.subject_id]


@FEW
@given(people=people, me=readers)
def test_what_is_quoted_of_a_card_stands_on_it(people: list[PersonMet], me: Reader) -> None:
    for suggestion in choose(people, reader=me, at_most=5):
        if suggestion.their_words is not None:
            card = about(suggestion, people).card
            assert any(suggestion.their_words in (line or "") for line in (card.up_to, card.seeking, card.offering))
            assert suggestion.their_words in suggestion.draft


@FEW
@given(people=people, me=readers)
def test_no_two_drafts_of_an_evening_look_alike(people: list[PersonMet], me: Reader) -> None:
    used = Counter(shape_of(suggestion) for suggestion in choose(people, reader=me, at_most=5))

    assert set(used.values()) <= {1}


@FEW
@given(people=people)
def test_the_same_day_gives_the_same_evening(people: list[PersonMet]) -> None:
    assert choose(people) == choose(people, reader=ME)
