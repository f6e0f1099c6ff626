"""A prompt comes up only while all of its conditions are so, and then what it rests on is the reader's to know."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.agenda.candidates import candidates
from server.agenda.choosing import choose_agenda
from server.agenda.circumstances import OF_BOTH_CARDS, OF_THE_CARD, Shared, quotes_of
from server.agenda.drawing import MOST_MINUTES
from server.agenda.library import library_in
from server.agenda.models import (
    Agenda,
    CardField,
    Circumstance,
    Library,
    PairHistory,
    Prompt,
    PromptPhase,
    Remembered,
    Side,
)
from server.agenda.pairs.common_ground import words_shared
from server.agenda.pairs.models import Participant
from server.agenda.quoting import AT_MOST
from server.registrations.models import Card
from tests.agenda.cards import cards

LIBRARY = library_in("en")
KEYS = [prompt.key for prompt in LIBRARY.prompts]

some_keys = st.lists(st.sampled_from(KEYS), max_size=25, unique=True).map(tuple)
histories = st.builds(
    PairHistory,
    conversations=st.integers(min_value=0, max_value=4),
    asked=some_keys,
    asked_by_other=some_keys,
    remembered=st.builds(Remembered, st.booleans(), st.booleans(), st.booleans()),
    introduced=st.booleans(),
)
people = st.builds(
    lambda card, is_open: Participant(UUID(int=0), replace(card, open_to_event=is_open)), cards, st.booleans()
)
sides = st.sampled_from(Side)


def agenda_of(reader: Participant, other: Participant, history: PairHistory, side: Side = Side.A) -> Agenda:
    return choose_agenda(
        reader=reader.written,
        other=other.card,
        history=history,
        shared=words_shared(reader, other),
        with_others=KEYS[::3],
        shown=(),
        side=side,
        seed=b"a swap",
        library=LIBRARY,
    )


def so(reader: Card, other: Card, history: PairHistory, shared: Shared) -> set[Circumstance]:
    """What holds, said another way than the product does."""
    filled = quotes_of(other)
    facts = {
        Circumstance.FIRST_MEETING: not history.conversations,
        Circumstance.AGAIN: history.conversations >= 1,
        Circumstance.SECOND_MEETING: history.conversations == 1,
        Circumstance.THIRD_MEETING: history.conversations >= 2,
        Circumstance.NEWCOMER: other.new_here and not reader.new_here,
        Circumstance.READER_NEWCOMER: reader.new_here and not other.new_here,
        Circumstance.RETURNING: other.returning,
        Circumstance.BETWEEN_THINGS: other.between_things,
        Circumstance.READER_PROMISED: history.remembered.open_promise,
        Circumstance.READER_KEPT: history.remembered.kept_promise,
        Circumstance.NEED_NOTED: history.remembered.need,
        Circumstance.INTRODUCED: history.introduced,
        Circumstance.ONE_TO_ONE: False,
        **{Circumstance(f"empty_{field}"): field not in filled for field in CardField},
        **{circumstance: bool(shared[circumstance]) for circumstance in OF_BOTH_CARDS},
    }
    assert facts.keys() == set(Circumstance)
    return {circumstance for circumstance, holds in facts.items() if holds}


@given(reader=people, other=people, history=histories, side=sides)
def test_no_prompt_comes_up_while_one_of_its_conditions_is_not_so(
    reader: Participant, other: Participant, history: PairHistory, side: Side
) -> None:
    holds = so(reader.written, other.card, history, words_shared(reader, other))

    for prompt in agenda_of(reader, other, history, side).prompts:
        assert holds.issuperset(LIBRARY.by_key[prompt.key].when)


@given(reader=people, other=people, history=histories, side=sides)
def test_with_all_that_two_people_can_have_had_an_agenda_is_whole_and_within_its_bounds(
    reader: Participant, other: Participant, history: PairHistory, side: Side
) -> None:
    agenda = agenda_of(reader, other, history, side)

    assert 5 <= len({prompt.key for prompt in agenda.prompts}) == len(agenda.prompts) <= 7
    assert agenda.minutes <= MOST_MINUTES
    assert {prompt.phase for prompt in agenda.prompts} == set(PromptPhase)
    for prompt in agenda.prompts:
        assert (prompt.quote is None) == (prompt.about is None)
        if prompt.about is not None and prompt.quote is not None:
            assert len(prompt.quote) <= AT_MOST
            assert prompt.quote in (prompt.about.of(other.card) or "")


@settings(max_examples=40)
@given(reader=people, other=cards, history=histories)
def test_a_closed_card_gives_neutral_prompts_only(reader: Participant, other: Card, history: PairHistory) -> None:
    closed = Participant(UUID(int=1), replace(other, open_to_event=False))

    agenda = agenda_of(reader, closed, history)

    assert agenda == agenda_of(reader, Participant(UUID(int=1), Card(other.first_name)), history)
    assert all(prompt.quote is None for prompt in agenda.prompts)


@settings(max_examples=40)
@given(reader=people, other=people, history=histories)
def test_what_a_prompt_on_common_ground_quotes_speaks_of_it(
    reader: Participant, other: Participant, history: PairHistory
) -> None:
    shared = words_shared(reader, other)

    for prompt in agenda_of(reader, other, history).prompts:
        for circumstance in OF_BOTH_CARDS.intersection(LIBRARY.by_key[prompt.key].when):
            assert prompt.about is None or prompt.quote == shared[circumstance][prompt.about]


@given(card=cards)
def test_a_phone_has_ready_only_what_the_card_alone_decides(card: Card) -> None:
    for prompt in candidates(card, LIBRARY):
        assert OF_THE_CARD.issuperset(LIBRARY.by_key[prompt.key].when)


@pytest.mark.parametrize(
    "private", [Remembered(open_promise=True), Remembered(kept_promise=True), Remembered(need=True)]
)
def test_what_the_reader_wrote_down_is_never_shown_above_a_question(private: Remembered) -> None:
    ben = Participant(UUID(int=1), Card("Ben", open_to_event=True))

    agenda = agenda_of(ben, ben, PairHistory(conversations=1, remembered=private))

    assert all(prompt.quote is None for prompt in agenda.prompts)


def test_of_two_questions_that_suit_alike_the_one_that_is_not_asked_of_others_today_comes() -> None:
    ben = Participant(UUID(int=1), Card("Ben"))
    alone = choose_agenda(
        reader=ben.written, other=ben.card, history=PairHistory(), shown=(), side=Side.A, seed=b"", library=LIBRARY
    )

    after_another = choose_agenda(
        reader=ben.written, other=ben.card, history=PairHistory(), shown=(), side=Side.A, seed=b"", library=LIBRARY,
        with_others=[prompt.key for prompt in alone.prompts],
    )  # fmt: skip

    assert not {prompt.key for prompt in alone.prompts} & {prompt.key for prompt in after_another.prompts}


def test_an_offer_that_meets_what_the_reader_seeks_is_asked_about_under_the_words_that_met() -> None:
    asked = Prompt(
        "help-offer", PromptPhase.HELP, Side.A, "Where would you begin?", "", 2,
        about=CardField.OFFERING, when=(Circumstance.THEY_OFFER,),
    )  # fmt: skip
    offering = "A large quiet room in the old school, with a view. Advice on hiring, if you like."
    ana = Participant(UUID(int=0), Card("Ana", seeking="recruiting engineers", open_to_event=True))
    ben = Participant(UUID(int=1), Card("Ben", offering=offering, open_to_event=True))
    others = tuple(prompt for prompt in LIBRARY.prompts if not OF_BOTH_CARDS.intersection(prompt.when))
    library = Library("en", (*others, asked), {prompt.key: prompt for prompt in (*others, asked)})

    def quotes(shared: Shared) -> list[str | None]:
        agenda = choose_agenda(
            reader=ana.written, other=ben.card, history=PairHistory(), shared=shared, shown=(), side=Side.A,
            seed=b"", library=library,
        )  # fmt: skip
        return [prompt.quote for prompt in agenda.prompts if prompt.key == asked.key]

    assert quotes(words_shared(ana, ben)) == ["Advice on hiring, if you like"]
    assert quotes({}) == []
