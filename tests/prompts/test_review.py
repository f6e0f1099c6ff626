"""The cards that the library is read against: each gives a good agenda, and the page shows it."""

from itertools import combinations
from pathlib import Path

from typer.testing import CliRunner

from server.agenda.drawing import MOST_MINUTES
from server.agenda.library import library_in
from server.agenda.linting import likeness
from server.agenda.models import CardField, PromptPhase
from server.agenda.reviewing import OCCASIONS, page, read_cards, talks
from server.cli.app import app

CARDS = Path(__file__).with_name("cards.toml")
#: Of the words of two questions, the part that both may have before a listener hears one twice.
HALF = 0.5
SAMPLES = read_cards(CARDS.read_text(encoding="utf-8"))


def test_there_are_eighty_cards_of_many_kinds_and_languages() -> None:
    assert len(SAMPLES) >= 80
    assert len({sample.kind for sample in SAMPLES}) >= 40
    assert {sample.reads for sample in SAMPLES} == {"en", "de", "pt"}
    assert any(not any(each.of(sample.card) for each in CardField) for sample in SAMPLES)


def test_each_card_gives_a_whole_agenda_with_quotations_that_stand_on_it() -> None:
    for talk in talks(SAMPLES):
        prompts = talk.agenda.prompts
        assert {prompt.phase for prompt in prompts} == set(PromptPhase)
        assert talk.agenda.minutes <= MOST_MINUTES
        assert talk.agenda.language == talk.other.reads
        for prompt in prompts:
            if prompt.quote is not None:
                assert prompt.about is not None
                assert prompt.quote in (prompt.about.of(talk.other.card) or "")
                assert prompt.quote.count("(") == prompt.quote.count(")")


def test_every_occasion_is_shown_in_english_and_german() -> None:
    shown = {(talk.occasion.name, talk.other.reads) for talk in talks(SAMPLES)}

    assert shown >= {(occasion.name, language) for occasion in OCCASIONS for language in ("en", "de")}


def test_what_two_cards_share_is_spoken_of() -> None:
    asked = {prompt.key for talk in talks(SAMPLES) for prompt in talk.agenda.prompts}
    shared = {"they_offer", "they_seek", "common_topic"}

    assert shared <= {each for key in asked for each in library_in("en").by_key[key].when}


def test_no_talk_asks_twice_in_nearly_the_same_words() -> None:
    alike = [
        (talk.other.card.name, one.text, two.text)
        for talk in talks(SAMPLES)
        for one, two in combinations(talk.agenda.prompts, 2)
        if likeness(one.text, two.text) >= HALF
    ]

    assert alike == []


def test_the_page_shows_every_card_and_every_question() -> None:
    told = CliRunner().invoke(app, ["prompts", "review", str(CARDS)])

    assert told.exit_code == 0
    assert told.output == page(SAMPLES)
    for talk in talks(SAMPLES):
        assert f"## {talk.other.card.name} (" in told.output
        assert all(prompt.text in told.output for prompt in talk.agenda.prompts)
