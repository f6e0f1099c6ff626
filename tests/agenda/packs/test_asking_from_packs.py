"""The theme of the day is spoken to once or twice in a talk, in the reader's language, at nothing else's cost."""

import re

import pytest

from server.agenda.candidates import candidates_of_packs
from server.agenda.choosing import OF_A_TALK, choose_agenda
from server.agenda.drawing import MOST_MINUTES
from server.agenda.library import library_in
from server.agenda.models import Agenda, PairHistory, PromptPhase, Side
from server.agenda.packs.libraries import EventLibrary, merged, prompts_in
from server.agenda.packs.models import Pack
from server.agenda.packs.reading import key_of, read_pack
from server.registrations.models import Card
from tests.agenda.packs.files import file_of, prompt_of, texts_of

PACK = read_pack(file_of())
GERMAN = read_pack(file_of(language="de", mark=" denn"))
CARDS = (
    Card("Noor"),
    Card("Ben", up_to="turning a closed school into a tool library"),
    Card(
        "Li", up_to="a kiln", seeking="a dry shed", offering="German lessons", ask_me_about="bees",
        good_introduction="somebody with a van", new_here=True, between_things=True,
    ),
)  # fmt: skip


def agenda_of(at_event: EventLibrary, other: Card, seed: int, history: PairHistory | None = None) -> Agenda:
    return choose_agenda(
        reader=Card("Ana"), other=other, history=history or PairHistory(), shown=(),
        side=Side.A if seed % 2 else Side.B, seed=seed.to_bytes(2), library=at_event.library,
    )  # fmt: skip


def of_packs(agenda: Agenda) -> list[str]:
    return [prompt.text for prompt in agenda.prompts if prompt.key.startswith("pack.")]


@pytest.mark.parametrize("other", CARDS, ids=lambda card: card.name)
def test_each_talk_is_asked_from_packs_once_or_twice_and_holds_all_that_it_must(other: Card) -> None:
    at_event = merged((PACK, read_pack(file_of(theme="second", mark=" now"))), "en")

    for seed in range(200):
        agenda = agenda_of(at_event, other, seed)
        phases = [prompt.phase for prompt in agenda.prompts]

        assert 1 <= len(of_packs(agenda)) <= 2
        assert {PromptPhase.HELP, PromptPhase.WHO_ELSE} <= set(phases)
        assert 5 <= len(phases) <= OF_A_TALK.most_prompts
        assert agenda.minutes <= MOST_MINUTES


def test_a_question_of_a_pack_never_takes_the_place_of_what_they_need_or_whom_they_look_for() -> None:
    at_event = merged((PACK,), "en")

    for seed in range(100):
        by_phase = {prompt.phase: prompt for prompt in agenda_of(at_event, CARDS[2], seed).prompts}

        assert not by_phase[PromptPhase.HELP].key.startswith("pack.")
        assert not by_phase[PromptPhase.WHO_ELSE].key.startswith("pack.")


def test_a_pair_that_has_used_up_the_library_is_not_asked_from_packs_all_the_time() -> None:
    at_event = merged((PACK,), "en")
    had = PairHistory(conversations=9, asked=tuple(library_in("en").by_key))

    for seed in range(100):
        assert len(of_packs(agenda_of(at_event, CARDS[1], seed, had))) <= 2


def test_every_question_of_a_pack_comes_up() -> None:
    at_event = merged((PACK,), "en")

    asked = {text for seed in range(200) for text in of_packs(agenda_of(at_event, CARDS[1], seed))}

    assert asked == texts_of()


def test_what_a_pair_was_asked_from_a_pack_is_not_asked_again() -> None:
    at_event = merged((PACK,), "en")
    had: tuple[str, ...] = ()
    for talk in range(4):
        agenda = agenda_of(at_event, CARDS[1], 1, PairHistory(talk, asked=had))
        keys = {prompt.key for prompt in agenda.prompts if prompt.key.startswith("pack.")}

        assert not keys & set(had)
        had += tuple(prompt.key for prompt in agenda.prompts)


def test_a_talk_never_mixes_languages() -> None:
    for language, packs in (("de", (PACK,)), ("en", (GERMAN,)), ("pt", (PACK, GERMAN))):
        for seed in range(50):
            assert of_packs(agenda_of(merged(packs, language), CARDS[1], seed)) == []
    for seed in range(50):
        assert set(of_packs(agenda_of(merged((PACK, GERMAN), "de"), CARDS[1], seed))) <= texts_of(" denn")


def test_a_question_asked_in_one_language_counts_as_asked_in_the_other() -> None:
    at_event = merged((PACK, GERMAN), "en")
    history = at_event.known(PairHistory(asked=tuple(each.prompt.key for each in GERMAN.prompts)))

    assert history.asked == tuple(each.prompt.key for each in PACK.prompts)
    for seed in range(20):
        assert of_packs(agenda_of(at_event, CARDS[1], seed, history)) == []


def test_a_key_comes_from_the_question_alone_and_is_none_of_the_librarys() -> None:
    other_event = read_pack(file_of(theme="elsewhere", title="Another day"))
    names = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

    assert [each.prompt.key for each in other_event.prompts] == [each.prompt.key for each in PACK.prompts]
    assert key_of("Who mends what you cannot?") == key_of(" who mends  what you cannot? ") != key_of("Who mends?")
    assert [
        each.prompt.key for each in PACK.prompts if names.fullmatch(each.prompt.key) or "/" in each.prompt.key
    ] == []
    assert len({each.prompt.key for each in PACK.prompts}) == len(PACK.prompts)


def test_a_question_that_the_library_came_to_ask_is_asked_once() -> None:
    known = library_in("en").prompts[0].text
    pack = Pack("T", "t", "en", read_pack(file_of() + prompt_of("known", "OPEN", "A", known)).prompts)

    library = merged((pack,), "en").library

    assert [prompt.text for prompt in library.prompts].count(known) == 1


@pytest.mark.parametrize("other", CARDS, ids=lambda card: card.name)
def test_at_most_two_for_each_side_are_ready_for_a_card(other: Card) -> None:
    ready = candidates_of_packs(other, prompts_in((PACK,), "en"))

    for side in Side:
        phases = [prompt.phase for prompt in ready if prompt.side is side]
        assert len(set(phases)) == len(phases) == 2


def test_of_a_closed_card_nothing_is_quoted() -> None:
    quoting = read_pack(file_of() + prompt_of("quoting", "LEARN", "A", "What of this do you mend?", 'about = "up_to"'))

    ready = candidates_of_packs(CARDS[2].closed(), prompts_in((quoting,), "en"))

    assert {prompt.quote for prompt in ready} == {None}
    assert "What of this do you mend?" not in {prompt.text for prompt in ready}
