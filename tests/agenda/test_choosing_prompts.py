"""The agenda of one side of one swap, for any two cards and any history."""

import subprocess
import sys
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from server.agenda.candidates import candidates
from server.agenda.choosing import choose_agenda
from server.agenda.circumstances import LEFT_OPEN, quotes_of
from server.agenda.drawing import MOST_MINUTES
from server.agenda.library import library_in
from server.agenda.models import (
    NEVER_MET,
    Agenda,
    CardField,
    Circumstance,
    PairHistory,
    PromptPhase,
    Side,
)
from server.registrations.models import Card
from tests.agenda.cards import cards

LIBRARY = library_in("en")
KEYS = [prompt.key for prompt in LIBRARY.prompts]
EMPTY = Card(name="Ben")
BEN = Card(
    name="Ben Okafor",
    up_to="turning a closed school into a tool library",
    seeking="someone who knows about old boilers",
    offering="a hall on Tuesdays",
    ask_me_about="getting neighbours to lend things",
    good_introduction="people who run libraries of things",
)
NEWCOMER = Card(name="Mei", new_here=True)

sides = st.sampled_from(Side)
seeds = st.binary(max_size=40)
histories = st.builds(
    PairHistory,
    conversations=st.integers(min_value=0, max_value=4),
    asked=st.lists(st.sampled_from(KEYS), max_size=25, unique=True).map(tuple),
    asked_by_other=st.lists(st.sampled_from(KEYS), max_size=25, unique=True).map(tuple),
)


def agenda_of(
    *,
    other: Card = BEN,
    reader: Card = EMPTY,
    history: PairHistory = NEVER_MET,
    shown: tuple[str, ...] = (),
    side: Side = Side.A,
    seed: bytes = b"a swap",
) -> Agenda:
    return choose_agenda(
        reader=reader, other=other, history=history, shown=shown, side=side, seed=seed, library=LIBRARY
    )


def phases_of(agenda: Agenda) -> list[PromptPhase]:
    return [prompt.phase for prompt in agenda.prompts]


def keys_of(agenda: Agenda) -> list[str]:
    return [prompt.key for prompt in agenda.prompts]


@given(reader=cards, other=cards, history=histories, side=sides, seed=seeds)
def test_an_agenda_follows_the_arc_within_twenty_minutes(
    reader: Card, other: Card, history: PairHistory, side: Side, seed: bytes
) -> None:
    agenda = agenda_of(reader=reader, other=other, history=history, side=side, seed=seed)

    phases = phases_of(agenda)
    arc = list(PromptPhase)
    assert phases == sorted(phases, key=arc.index)
    assert 5 <= len(phases) <= 7
    assert 2 <= phases.count(PromptPhase.LEARN) <= 3
    assert all(phases.count(phase) == 1 for phase in arc if phase is not PromptPhase.LEARN)
    assert agenda.minutes <= MOST_MINUTES
    assert len(set(keys_of(agenda))) == len(phases)


@given(reader=cards, other=cards, history=histories, side=sides, seed=seeds)
def test_a_quote_is_a_literal_piece_of_the_field_a_prompt_is_about(
    reader: Card, other: Card, history: PairHistory, side: Side, seed: bytes
) -> None:
    agenda = agenda_of(reader=reader, other=other, history=history, side=side, seed=seed)

    for prompt in agenda.prompts:
        assert (prompt.quote is None) == (prompt.about is None)
        if prompt.about is not None:
            assert prompt.quote is not None
            assert prompt.quote in (prompt.about.of(other) or "")


@given(reader=cards, other=cards, history=histories, side=sides, seed=seeds)
def test_nothing_is_asked_that_the_card_already_answers(
    reader: Card, other: Card, history: PairHistory, side: Side, seed: bytes
) -> None:
    agenda = agenda_of(reader=reader, other=other, history=history, side=side, seed=seed)

    filled = quotes_of(other)
    for prompt in agenda.prompts:
        asks_for = {LEFT_OPEN.get(circumstance) for circumstance in LIBRARY.by_key[prompt.key].when}
        assert not asks_for & filled.keys()


@given(reader=cards, other=cards, history=histories, side=sides, seed=seeds)
def test_what_either_of_the_pair_already_asked_is_not_asked_again(
    reader: Card, other: Card, history: PairHistory, side: Side, seed: bytes
) -> None:
    few = PairHistory(history.conversations, history.asked[:4], history.asked_by_other[:4])

    agenda = agenda_of(reader=reader, other=other, history=few, side=side, seed=seed)

    had_openings = [key for key in few.asked + few.asked_by_other if LIBRARY.by_key[key].phase is PromptPhase.OPEN]
    repeated = set(keys_of(agenda)) & set(few.asked + few.asked_by_other)
    assert repeated <= set(had_openings)
    assert not repeated or len(had_openings) >= 3


@given(one=cards, two=cards, history=histories, seed=seeds)
def test_the_two_sides_always_open_differently(one: Card, two: Card, history: PairHistory, seed: bytes) -> None:
    for first, second in ((one, two), (one, one), (EMPTY, EMPTY)):
        a = agenda_of(reader=first, other=second, history=history, side=Side.A, seed=seed)
        b = agenda_of(reader=second, other=first, history=history, side=Side.B, seed=seed)

        assert a.prompts[0].key != b.prompts[0].key
        assert a.prompts[0].text != b.prompts[0].text


@given(one=cards, two=cards, seed=seeds)
def test_two_people_share_no_question_when_the_second_agenda_knows_of_the_first(
    one: Card, two: Card, seed: bytes
) -> None:
    a = agenda_of(reader=one, other=two, side=Side.A, seed=seed)
    known = PairHistory(asked_by_other=tuple(keys_of(a)))

    b = agenda_of(reader=two, other=one, side=Side.B, seed=seed, history=known)

    assert not set(keys_of(a)) & set(keys_of(b))


@given(
    other=cards,
    history=histories,
    side=sides,
    seed=seeds,
    shown=st.lists(st.sampled_from([*KEYS, "a-key-of-an-older-library"]), max_size=9).map(tuple),
)
def test_what_the_phone_already_showed_stays_first_and_in_order(
    other: Card, history: PairHistory, side: Side, seed: bytes, shown: tuple[str, ...]
) -> None:
    agenda = agenda_of(other=other, history=history, side=side, seed=seed, shown=shown)

    known = [key for key in dict.fromkeys(shown) if key in LIBRARY.by_key]
    kept = [key for key in keys_of(agenda) if key in known]
    assert keys_of(agenda)[: len(kept)] == kept == [key for key in known if key in kept]
    assert kept[:4] == known[:4]
    assert {PromptPhase.HELP, PromptPhase.WHO_ELSE} <= set(phases_of(agenda))
    assert 5 <= len(agenda.prompts) <= 7
    assert agenda.minutes <= MOST_MINUTES


@given(reader=cards, other=cards, history=histories, side=sides, seed=seeds)
def test_the_same_facts_give_the_same_agenda(
    reader: Card, other: Card, history: PairHistory, side: Side, seed: bytes
) -> None:
    once = agenda_of(reader=reader, other=other, history=history, side=side, seed=seed)

    assert agenda_of(reader=reader, other=other, history=history, side=side, seed=seed) == once


def test_the_agenda_does_not_depend_on_the_order_of_sets() -> None:
    """Python shuffles its hashes at every start; two servers must still agree."""
    program = (
        "from tests.agenda.test_choosing_prompts import BEN, NEWCOMER, agenda_of, keys_of\n"
        "print(keys_of(agenda_of()), keys_of(agenda_of(other=NEWCOMER, reader=BEN)))"
    )

    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2", "3")
    }

    assert len(said) == 1


def test_another_seed_gives_other_prompts() -> None:
    openings = {agenda_of(seed=sha256(b"%d" % number).digest()).prompts[0].key for number in range(60)}

    assert len(openings) >= 5


def test_a_full_card_is_asked_about_in_its_own_words_all_over() -> None:
    agenda = agenda_of(other=BEN)

    about = [prompt.about for prompt in agenda.prompts if prompt.about]
    assert len(about) == len(set(about)) >= 4
    assert CardField.SEEKING in about
    assert CardField.GOOD_INTRODUCTION in about
    assert phases_of(agenda).count(PromptPhase.LEARN) == 3


def test_an_empty_card_is_asked_for_what_it_left_open() -> None:
    agenda = agenda_of(other=EMPTY)

    assert all(prompt.quote is None for prompt in agenda.prompts)
    assert phases_of(agenda).count(PromptPhase.LEARN) == 2


def test_a_newcomer_gets_a_question_of_their_own() -> None:
    for number in range(40):
        agenda = agenda_of(other=NEWCOMER, seed=b"%d" % number)
        own = [key for key in keys_of(agenda) if Circumstance.NEWCOMER in LIBRARY.by_key[key].when]
        assert len(own) == 1


def test_two_newcomers_are_not_asked_to_show_each_other_around() -> None:
    for number in range(40):
        agenda = agenda_of(other=NEWCOMER, reader=NEWCOMER, seed=b"%d" % number)
        whens = {circumstance for key in keys_of(agenda) for circumstance in LIBRARY.by_key[key].when}
        assert not whens & {Circumstance.NEWCOMER, Circumstance.READER_NEWCOMER}


def test_somebody_new_is_helped_to_find_their_way_by_those_they_ask() -> None:
    agenda = agenda_of(other=BEN, reader=NEWCOMER)

    assert any(Circumstance.READER_NEWCOMER in LIBRARY.by_key[key].when for key in keys_of(agenda))


def test_people_who_have_met_before_open_with_what_happened_since() -> None:
    agenda = agenda_of(history=PairHistory(conversations=1))

    assert Circumstance.AGAIN in LIBRARY.by_key[agenda.prompts[0].key].when


def test_a_pair_meets_four_times_without_hearing_a_question_twice() -> None:
    for card in (BEN, EMPTY, NEWCOMER):
        had: list[str] = []
        for conversation in range(4):
            history = PairHistory(conversations=conversation, asked=tuple(had))
            had += keys_of(agenda_of(other=card, history=history, seed=b"%d" % conversation))
        assert len(had) == len(set(had))


def test_a_phase_that_is_used_up_goes_back_to_what_was_asked_longest_ago() -> None:
    closings = [prompt.key for prompt in LIBRARY.prompts if prompt.phase is PromptPhase.CLOSE]

    agenda = agenda_of(history=PairHistory(conversations=9, asked=tuple(closings)))

    suitable = [key for key in closings if Circumstance.NEWCOMER not in LIBRARY.by_key[key].when]
    assert keys_of(agenda)[-1] == suitable[0]


@given(card=cards)
def test_the_candidates_of_a_card_are_twelve_to_sixteen_and_serve_both_sides(card: Card) -> None:
    ready = candidates(card, LIBRARY)

    assert 12 <= len(ready) <= 16
    assert len({prompt.key for prompt in ready}) == len(ready)
    for side in Side:
        phases = [prompt.phase for prompt in ready if prompt.side is side]
        assert set(phases) == set(PromptPhase)
        assert phases.count(PromptPhase.LEARN) >= 2


@given(card=cards)
def test_the_candidates_hang_on_the_card_alone(card: Card) -> None:
    for prompt in candidates(card, LIBRARY):
        of_the_pair = {Circumstance.AGAIN, Circumstance.FIRST_MEETING, Circumstance.READER_NEWCOMER}
        assert not of_the_pair & set(LIBRARY.by_key[prompt.key].when)
        assert prompt.quote is None or (prompt.about and prompt.quote in (prompt.about.of(card) or ""))


def test_what_a_phone_showed_from_the_candidates_begins_the_agenda() -> None:
    shown = tuple(prompt.key for prompt in candidates(BEN, LIBRARY) if prompt.side is Side.B)[:2]

    agenda = agenda_of(side=Side.B, shown=shown)

    assert tuple(keys_of(agenda)[:2]) == shown
