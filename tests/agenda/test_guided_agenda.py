"""The agenda of a 1-2-1: written for it where it can be, about twenty minutes and never more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.agenda.choosing import choose_agenda, choose_guided_agenda
from server.agenda.library import library_in
from server.agenda.models import NEVER_MET, Agenda, Circumstance, PairHistory, PromptPhase, Side
from server.registrations.models import Card
from tests.agenda.cards import cards

EMPTY = Card("Ben")
sides, seeds = st.sampled_from(Side), st.binary(max_size=20)
histories = st.integers(min_value=0, max_value=3).map(PairHistory)


def guided(
    *,
    other: Card = EMPTY,
    reader: Card = EMPTY,
    history: PairHistory = NEVER_MET,
    side: Side = Side.A,
    seed: bytes = b"",
    language: str = "en",
) -> Agenda:
    return choose_guided_agenda(
        reader=reader, other=other, history=history, side=side, seed=seed, library=library_in(language)
    )


@pytest.mark.parametrize("language", ["en", "de", "pt"])
@given(reader=cards, other=cards, history=histories, side=sides, seed=seeds)
def test_it_fills_about_twenty_minutes_along_the_arc_and_never_more(
    language: str, reader: Card, other: Card, history: PairHistory, side: Side, seed: bytes
) -> None:
    agenda = guided(reader=reader, other=other, history=history, side=side, seed=seed, language=language)

    phases = [prompt.phase for prompt in agenda.prompts]
    assert phases == sorted(phases, key=list(PromptPhase).index)
    assert set(phases) == set(PromptPhase)
    assert 15 <= agenda.minutes <= 20
    assert 6 <= len({prompt.key for prompt in agenda.prompts}) == len(phases) <= 8


@given(reader=cards, other=cards, seed=seeds)
def test_the_two_open_differently(reader: Card, other: Card, seed: bytes) -> None:
    one = guided(reader=reader, other=other, seed=seed, side=Side.A)
    two = guided(reader=other, other=reader, seed=seed, side=Side.B)

    assert one.prompts[0].text != two.prompts[0].text


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("side", list(Side))
def test_what_was_written_for_a_one_to_one_comes_first_and_only_there(language: str, side: Side) -> None:
    library = library_in(language)
    written_for_it = {prompt.key for prompt in library.prompts if Circumstance.ONE_TO_ONE in prompt.when}

    agenda = guided(language=language, side=side)
    after_a_scan = choose_agenda(
        reader=EMPTY, other=EMPTY, history=PairHistory(), shown=(), side=side, seed=b"", library=library
    )

    assert sum(prompt.key in written_for_it for prompt in agenda.prompts) >= 4
    assert not written_for_it & {prompt.key for prompt in after_a_scan.prompts}


def test_nothing_is_asked_again_that_the_two_have_had() -> None:
    first = guided()
    had = PairHistory(conversations=1, asked=tuple(prompt.key for prompt in first.prompts))

    again = guided(history=had)

    assert not {prompt.key for prompt in first.prompts} & {prompt.key for prompt in again.prompts}
