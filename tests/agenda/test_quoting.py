"""A quotation is a literal, telling piece of a card, in any script."""
# ruff: noqa: RUF001 (letters of several scripts on purpose)

import json
import re
import unicodedata
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from server.agenda.quoting import AT_MOST, telling_clause
from tests.agenda.cards import WRITTEN, field_text

ROOT = Path(__file__).parents[2]


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
        ("What makes a town kind? I ask that a lot.", "What makes a town kind? I ask that a lot"),
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
            "我们在旧学校里办了一个工具图书馆。欢迎来看看，带上坏了的东西！",
        ),
        (
            "أحوّل مدرسة مغلقة إلى مكتبة أدوات، ونجتمع كل ثلاثاء. هل تأتي؟",
            "أحوّل مدرسة مغلقة إلى مكتبة أدوات، ونجتمع كل ثلاثاء",
        ),
        ("हम एक नया पुस्तकालय खोल रहे हैं। आप आइए।", "हम एक नया पुस्तकालय खोल रहे हैं। आप आइए"),
    ],
)
def test_the_telling_clause_is_found(words: str, quote: str) -> None:
    assert telling_clause(words) == quote


def test_a_long_sentence_ends_at_a_clause() -> None:
    words = "organising open workshops in villages, where the bus comes twice a day, and the hall is free on Sundays"

    assert telling_clause(words) == "organising open workshops in villages, where the bus comes twice a day"


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        (
            "a very long sentence that goes on without any comma and then somehow turns to the care of old clocks",
            "a very long sentence that goes on without any comma",
        ),
        (
            "Building a scalable event-driven microservice mesh leveraging cloud-native observability (OTel) for us.",
            "Building a scalable event-driven microservice mesh",
        ),
        (
            "seit Jahren suche ich nach einem Ort in der Nähe des Hafens und will dort endlich eine Werft einrichten",
            "seit Jahren suche ich nach einem Ort in der Nähe des Hafens",
        ),
        (
            "an open workshop near the harbour for everybody with a boat made of cardboard or something stranger still",
            "an open workshop near the harbour for everybody with a boat made of cardboard",
        ),
        (
            "the old orchard behind our school that I have been mending with my neighbours after the storm took half",
            "the old orchard behind our school",
        ),
        ("wordless " * 12, "wordless wordless wordless wordless wordless wordless wordless wordless wordless"),
    ],
)
def test_a_clause_that_is_too_long_is_cut_before_a_word_that_joins(words: str, quote: str) -> None:
    assert telling_clause(words) == quote


def test_a_piece_from_the_middle_does_not_begin_in_midair() -> None:
    words = (
        "Wirhabeneinsehrlangeswortgefundendasniemandlesenkannundauchniemandsagenwollteweilesnieendet, "
        "für die Nachbarn, Kuchen am offenen Feuer backen"
    )

    assert telling_clause(words) == "Kuchen am offenen Feuer backen"


def test_two_short_sentences_stay_together() -> None:
    words = "Nach zwölf Jahren ist unser Laden zu. Ich räume noch auf."

    assert telling_clause(words) == "Nach zwölf Jahren ist unser Laden zu. Ich räume noch auf"


def test_a_stop_after_a_short_form_ends_nothing() -> None:
    words = "Ich repariere z. B. Radios aus der Nr. 7 und ca. 30 Mixer"

    assert telling_clause(words) == words


def test_a_semicolon_parts_clauses_and_not_sentences() -> None:
    words = "I was a surveyor; now I draw maps of places that were never built"

    assert telling_clause(words) == words


def test_what_a_colon_announces_is_told_where_not_all_of_it_fits() -> None:
    words = (
        "Seit drei Jahren in Rente und seitdem keine Zeit mehr: Modelleisenbahn im Maßstab 1:87, Spur H0, mit Fahrplan."
    )

    assert telling_clause(words) == "Modelleisenbahn im Maßstab 1:87, Spur H0, mit Fahrplan"


def test_what_a_colon_announces_is_not_told_where_it_leans_on_what_stood_before() -> None:
    words = (
        "naming apples: by the smell, by the stalk, by the skin, and if need be by the core, which takes rather longer"
    )

    assert telling_clause(words) == "naming apples: by the smell, by the stalk, by the skin"


@pytest.mark.parametrize(
    "words",
    [
        "We are the leading platform for giving. We offer end-to-end solutions that help organizations grow.",
        "investors",
        "Wir bieten maßgeschneiderte Lösungen aus einer Hand",
        "a free consultation",
    ],
)
def test_nobody_is_quoted_with_a_pitch(words: str) -> None:
    assert telling_clause(words) is None


#: What the hint on the card is held to: texts that read like a pitch, and texts that only look like one.
SAMPLES = json.loads((ROOT / "pwa" / "src" / "card" / "pitch-samples.json").read_text(encoding="utf-8"))


def test_what_the_card_hints_at_is_not_quoted() -> None:
    quoted = [sample["text"] for sample in SAMPLES["pitches"] if telling_clause(sample["text"]) is not None]

    # Of this one only the plain beginning is.
    assert [words for words in quoted if "microservice mesh" not in words] == []


@pytest.mark.parametrize("words", [words for words in SAMPLES["humble"] if any(map(str.isalpha, words))])
def test_what_only_looks_like_a_pitch_is_quoted(words: str) -> None:
    assert telling_clause(words) is not None


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("We are a leading provider of tents. On Sundays I sew kites.", "On Sundays I sew kites"),
        ("leading walks through the marsh", "leading walks through the marsh"),
        ("Kundinnen brauche ich keine, eher Statiker", "Kundinnen brauche ich keine, eher Statiker"),
    ],
)
def test_a_pitch_is_passed_over_and_what_only_looks_like_one_is_not(words: str, quote: str) -> None:
    assert telling_clause(words) == quote


@pytest.mark.parametrize(
    "words", ["me", "it", "everything", "12 May 2024", "14.03.", "Montag, 18 Uhr", "ich", "this :)"]
)
def test_a_pronoun_or_a_date_alone_is_not_quoted(words: str) -> None:
    assert telling_clause(words) is None


@pytest.mark.parametrize("words", ["k8s", "AI", "3D printing", "the me I was before"])
def test_a_short_name_is_quoted(words: str) -> None:
    assert telling_clause(words) == words


def test_the_marks_around_a_whole_quotation_are_left_away() -> None:
    assert telling_clause("“good enough”") == "good enough"
    assert telling_clause("“good enough” as a method (we even made badges)") == (
        "“good enough” as a method (we even made badges)"
    )


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
