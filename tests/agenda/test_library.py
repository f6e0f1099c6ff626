"""The prompt files: read whole or refused in words, and worth asking."""

from pathlib import Path

import pytest

from server.agenda.library import PROMPTS, LibraryNotValid, languages, library_in, parse_library
from server.agenda.linting import complaints

ONE = """
language = "en"
[[prompts]]
key = "open-one"
phase = "OPEN"
side = "A"
about = "up_to"
when = ["again"]
text = "What has surprised you most so far?"
why = "Nobody has a rehearsed answer."
minutes = 3
"""


@pytest.mark.parametrize("path", sorted(PROMPTS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_committed_library_has_nothing_to_complain_of(path: Path) -> None:
    assert complaints(path.read_text(encoding="utf-8"), source=path.name) == ()


@pytest.mark.parametrize("language", sorted(languages()))
def test_a_committed_library_is_long_enough_and_short_to_read(language: str) -> None:
    prompts = library_in(language).prompts

    assert len(prompts) >= 60
    assert sum(len(prompt.text.split()) for prompt in prompts) / len(prompts) <= 10


def test_no_two_reasons_are_the_same() -> None:
    whys = [prompt.why for prompt in library_in("en").prompts]

    assert len(set(whys)) == len(whys)


def test_a_language_falls_back_to_its_main_language_and_then_to_english() -> None:
    assert library_in("en-GB") is library_in("en")
    assert library_in("tlh").language == "en"


def test_a_whole_entry_becomes_a_prompt() -> None:
    (prompt,) = parse_library(ONE, source="one.toml").prompts

    assert (prompt.key, prompt.phase, prompt.side, prompt.about) == ("open-one", "OPEN", "A", "up_to")
    assert prompt.when == ("again",)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('language = "en"', "", "does not say its language"),
        ('key = "open-one"', 'key = "Open one"', "a key is made of small letters"),
        ('key = "open-one"', "", "prompt 1: key is missing"),
        ('"OPEN"', '"OPENING"', "phase = 'OPENING' is not one of OPEN, LEARN, HELP, WHO_ELSE, CLOSE"),
        ('"A"', '"C"', "side = 'C' is not one of A, B"),
        ('"up_to"', '"hobby"', "about = 'hobby' is not one of up_to"),
        ('["again"]', '["rainy"]', "when = 'rainy' is not one of first_meeting"),
        ('["again"]', '"again"', "when must be a list"),
        ("minutes = 3", "minutes = 9", "minutes must be a whole number from 1 to 3"),
        ("minutes = 3", "minutes = true", "minutes must be a whole number from 1 to 3"),
        ("minutes = 3", "minuets = 3", "minuets is not a word this file knows"),
        ('"What has surprised you most so far?"', '""', "text is empty"),
        ('"What has surprised', '"What  has surprised', "spaces or line breaks to spare"),
        ("[[prompts]]", "[[prompts", "it is not TOML"),
        ("[[prompts]]", "[[questions]]", "it holds no prompts"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_in_words(before: str, after: str, said: str) -> None:
    with pytest.raises(LibraryNotValid) as refused:
        parse_library(ONE.replace(before, after), source="one.toml")

    assert said in str(refused.value)
    assert "one.toml cannot be used" in str(refused.value)


def test_every_fault_of_a_file_is_said_at_once() -> None:
    broken = ONE.replace('"OPEN"', '"OPENING"').replace("minutes = 3", "minutes = 0")

    with pytest.raises(LibraryNotValid) as refused:
        parse_library(broken, source="one.toml")

    assert len(refused.value.faults) == 2


def test_a_repeated_key_or_text_is_refused() -> None:
    twice = ONE + ONE.replace('language = "en"', "")

    with pytest.raises(LibraryNotValid) as refused:
        parse_library(twice, source="one.toml")

    assert len(refused.value.faults) == 2
