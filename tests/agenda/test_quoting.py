"""A quotation is a literal, telling piece of a card, in any script."""
# ruff: noqa: RUF001 (letters of several scripts on purpose)

import re
import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from server.agenda.quoting import AT_MOST, telling_clause
from tests.agenda.cards import WRITTEN, field_text


@given(words=field_text)
def test_a_quote_is_a_literal_piece_of_the_field_without_spaces_at_its_edges(words: str | None) -> None:
    quote = telling_clause(words)

    if quote is not None:
        assert words is not None
        assert quote in words
        assert quote == quote.strip() != ""
        assert len(quote) <= AT_MOST
        assert "\n" not in quote


@given(words=st.one_of(field_text, st.text(alphabet="ae\u0301\u0308\u200d\U0001f468\U0001f1f5 ,.", max_size=300)))
def test_a_quote_never_begins_or_ends_inside_a_character(words: str | None) -> None:
    quote = telling_clause(words)

    if quote is not None:
        assert words is not None
        borders = {0, *(character.end() for character in regex.finditer(r"\X", words))}
        places = [place.start() for place in re.finditer(f"(?={re.escape(quote)})", words)]
        assert any(place in borders and place + len(quote) in borders for place in places)


@given(words=st.text(alphabet="\U0001f331\U0001f41d\u2764\ufe0f\u200d \n!?.", max_size=200))
def test_emoji_and_marks_alone_are_not_quoted(words: str) -> None:
    assert telling_clause(words) is None


@pytest.mark.parametrize(
    "words",
    [
        None,
        "",
        "  ",
        "-",
        "?",
        "ok",
        "n/a",
        "TBD",
        "None.",
        "nothing yet",
        "nichts",
        "нет",
        "なし",
        "https://example.org/me",
        "me@example.org",
    ],
)
def test_nothing_is_quoted_where_nothing_is_said(words: str | None) -> None:
    assert telling_clause(words) is None


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("turning a closed school into a tool library", "turning a closed school into a tool library"),
        ("bees, bread, bicycles", "bees, bread, bicycles"),
        ("Bees! Bread! Bikes!", "Bees! Bread! Bikes!"),
        ("Hello everyone! I mend radios with teenagers.", "I mend radios with teenagers"),
        ("My name is Mei, I mend radios.", "I mend radios"),
        ("What makes a town kind? I ask that a lot.", "What makes a town kind?"),
        ("- seeds\n- soil and what lives in it", "soil and what lives in it"),
        (
            "I work with Dr. Meyer on 3.5 kW kilns, e.g. the blue one.",
            "I work with Dr. Meyer on 3.5 kW kilns, e.g. the blue one",
        ),
        (
            "We repair what people bring (toasters, mostly, and once a harp that nobody could tune), every Tuesday",
            "We repair what people bring",
        ),
        (
            "我们在旧学校里办了一个工具图书馆。欢迎来看看，带上坏了的东西！",
            "我们在旧学校里办了一个工具图书馆",
        ),
        (
            "أحوّل مدرسة مغلقة إلى مكتبة أدوات، ونجتمع كل ثلاثاء. هل تأتي؟",
            "أحوّل مدرسة مغلقة إلى مكتبة أدوات، ونجتمع كل ثلاثاء",
        ),
        ("हम एक नया पुस्तकालय खोल रहे हैं। आप आइए।", "हम एक नया पुस्तकालय खोल रहे हैं"),
    ],
)
def test_the_telling_clause_is_found(words: str, quote: str) -> None:
    assert telling_clause(words) == quote


def test_a_long_sentence_ends_at_a_clause() -> None:
    words = "organising open workshops in villages, where the bus comes twice a day, and the hall is free on Sundays"

    assert telling_clause(words) == "organising open workshops in villages, where the bus comes twice a day"


def test_a_sentence_without_clauses_ends_between_words_and_not_on_a_small_one() -> None:
    words = "a very long sentence that goes on without any comma and then somehow turns to the care of old clocks"

    assert telling_clause(words) == "a very long sentence that goes on without any comma and then somehow turns"


def test_a_script_without_spaces_is_cut_between_characters() -> None:
    words = WRITTEN[12]

    quote = telling_clause(words)

    assert quote is not None
    assert words.startswith(quote)
    assert unicodedata.category(words[len(quote)]) != "Mn"


def test_a_flag_is_never_halved() -> None:
    words = "\U0001f1f5\U0001f1f9" * 60 + " and the letters after the flags"

    quote = telling_clause(words)

    assert quote is None or sum("\U0001f1e6" <= character <= "\U0001f1ff" for character in quote) % 2 == 0


def test_other_lengths_can_be_asked_for() -> None:
    words = "the school doors were the easy part, and the neighbours were the hard part, said the caretaker, twice"

    assert telling_clause(words, at_most=120) == words
    assert telling_clause(words, at_most=40) == "the school doors were the easy part"
