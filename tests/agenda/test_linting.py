"""What is said of a prompt file that could be better: each fault in words, with what to do about it."""

import tomllib

import pytest

from server.agenda.library import PROMPTS, parse_library
from server.agenda.linting import complaints, complaints_about, shortages
from server.agenda.models import Prompt, PromptPhase, Side

ONE = """
language = "en"
[lint]
open_words = ["what"]
never = ["customer", "sell*"]
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


def said_of(content: str) -> str:
    return "\n".join(complaints(content, source="one.toml"))


def words_found(language: str, text: str) -> str:
    """What is said of this question under the rules of the committed file of that language."""
    rules = tomllib.loads((PROMPTS / f"{language}.toml").read_text(encoding="utf-8"))["lint"]
    prompt = Prompt("one", PromptPhase.HELP, Side.A, text, "It is easy to answer.", 2)
    return "\n".join(complaints_about([prompt], rules=rules))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Do you like it here?", "can be answered with yes or no; ask with one of: what"),
        ("Tell me what you like about this place.", "the text is no question; end it with a question mark"),
        ("What would you say to a customer?", "it says 'customer', which no prompt should"),
        ("What are you selling to which customer?", "it says 'customer' and 'selling', which no prompt should"),
        (
            "What is the very longest question that anybody has ever put to you at such a place?",
            "has 17 words and 83 letters; cut it to 12 words",
        ),
        ("What do you see? What do you hear?", "it asks two things at once; keep the better question"),
        ("What about “this”?", "it holds a quotation"),
        ("What about {quote}?", "a placeholder"),
    ],
)
def test_a_prompt_that_is_not_worth_asking_is_told_so(text: str, said: str) -> None:
    assert said in said_of(ONE.replace("What has surprised you most so far?", text))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('["again"]', '["empty_up_to"]', "it quotes up_to and wants it empty, so it can never be chosen; take away"),
        ('["again"]', '["first_meeting", "again"]', "first_meeting and again are never so at once"),
        ('["again"]', '["second_meeting", "third_meeting"]', "second_meeting and third_meeting are never so at once"),
        ('["again"]', '["they_offer"]', 'they_offer speaks of offering; say about = "offering"'),
        ("Nobody has a rehearsed answer.", "Nobody has an answer. " * 6 + "So.", "the why has 135 letters; cut it to"),
    ],
)
def test_what_can_never_be_or_makes_no_sense_is_told(before: str, after: str, said: str) -> None:
    assert said in said_of(ONE.replace(before, after))


def test_two_questions_of_nearly_the_same_words_are_told() -> None:
    entry = ONE[ONE.index("[[prompts]]") :]
    other = entry.replace("open-one", "open-two").replace("most so far", "the most so far")

    said = said_of(ONE + other)

    assert "prompts open-one and open-two say nearly the same; keep the better one" in said


def test_a_file_that_is_not_whole_is_complained_of_in_the_same_words() -> None:
    assert complaints("language = 3", source="one.toml")[0].startswith("it does not say its language")


def test_a_small_library_is_told_what_it_lacks_and_what_to_write() -> None:
    lacks = shortages(parse_library(ONE, source="one.toml"))

    assert "OPEN has 0 prompts for side A that suit anybody; write 3 more, without about and when" in lacks
    assert '0 prompts for side B quote seeking; write 3 more, with about = "seeking"' in lacks
    assert 'no prompt for side A asks what seeking would have told; write one with when = ["empty_seeking"]' in lacks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Was verkaufst du am liebsten?", "verkaufst"),
        ("Welche Kundinnen fehlen dir?", "Kundinnen"),
        ("Was sagen deine Familien dazu?", "Familien"),
        ("Wie gesunde Tage sähen aus?", "gesunde"),
        ("Was macht dein Chefarzt?", "Chefarzt"),
        ("Welchen Parteien traust du?", "Parteien"),
        ("Was hat deine Kindheit geprägt?", "Kindheit"),
        ("Wie alt warst du da?", "Wie alt"),
        ("Welche Jobs magst du?", "Jobs"),
        ("Was kostet mehr, als es einbringt an Umsätzen?", "Umsätzen"),
        ("Was glaubten Gläubige früher?", "Gläubige"),
        ("Welche Bewerbungen laufen?", "Bewerbungen"),
    ],
)
def test_german_words_are_found_in_every_form(text: str, found: str) -> None:
    assert f"it says {found!r}" in words_found("de", text)


@pytest.mark.parametrize(
    "text",
    [
        "Was lohnt sich an einem alten Haus?",
        "Was hast du versprochen und gehalten?",
        "Was würdest du an meiner Stelle tun?",
        "Wann reicht dir ein einziger Satz?",
        "Was verdient mehr Zeit, ehe der Tag um ist?",
        "Wie stellst du dir das vor?",
        "Was liest du zum Abschluss eines Tages?",
        "Was hat dir ein alter Plan gebracht?",
        "Wem wolltest du das wichtigste Wort überlassen?",
        "Was gehört auf den Tisch, kurz gefragt?",
    ],
)
def test_german_words_that_only_look_alike_are_left_alone(text: str) -> None:
    assert words_found("de", text) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What are you selling this year?", "selling"),
        ("Who are your customers?", "customers"),
        ("What do your parents say?", "parents"),
        ("How healthy does that feel?", "healthy"),
        ("What do you do on Mondays?", "What do you do"),
        ("Which jobs would you like?", "jobs"),
    ],
)
def test_english_words_are_found_in_every_form(text: str, found: str) -> None:
    assert f"it says {found!r}" in words_found("en", text)


@pytest.mark.parametrize(
    "text",
    [
        "What has become familiar to you?",
        "Where has this led you?",
        "What would you see with a good deal of time?",
        "Which single thing would you keep?",
        "What keeps you company on a long walk?",
        "What would be a page worth reading aloud?",
    ],
)
def test_english_words_that_only_look_alike_are_left_alone(text: str) -> None:
    assert words_found("en", text) == ""
