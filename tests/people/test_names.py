"""Names of all scripts pass; what deceives or cannot be seen does not."""

# ruff: noqa: RUF001 - names of many scripts are what is tested

import pytest

from server.people.names import LONGEST_NAME, NameNotValid, clean_name, name_key


@pytest.mark.parametrize(
    "name",
    [
        "Ana Ferreira",
        "Søren Kierkegård",
        "李小龍",
        "نور حداد",
        "Ngọc Trần",
        "עומר כהן",
        "Ἑλένη",
        "Kit 🐝",
        "کیان‌پور",
        "O’Brien",
    ],
)
def test_names_of_every_script_stay_as_they_are(name: str) -> None:
    assert clean_name(name) == name


def test_spaces_and_line_breaks_become_single_spaces() -> None:
    assert clean_name("  Ana\r\n  Maria\tFerreira ") == "Ana Maria Ferreira"


def test_names_are_composed() -> None:
    assert clean_name("Zoe\u0308") == "Zoë"


def test_signs_that_turn_a_name_around_are_taken_out() -> None:
    assert clean_name("\u202eOrganizer\u202c \u2066Ana\u2069\ufeff") == "Organizer Ana"


@pytest.mark.parametrize("name", ["Ana\x07", "Ana\x1b[31m", "Ana\ue000", "Ana\ufffd"])
def test_control_characters_and_damaged_letters_are_refused(name: str) -> None:
    with pytest.raises(NameNotValid) as refusal:
        clean_name(name)

    assert "Ana" not in refusal.value.sentence


def test_length_counts_what_a_reader_sees() -> None:
    family = "👩‍👩‍👧‍👦"
    assert clean_name(family * LONGEST_NAME) == family * LONGEST_NAME

    with pytest.raises(NameNotValid):
        clean_name("a" * (LONGEST_NAME + 1))


def test_names_compare_without_case_accents_and_width() -> None:
    assert name_key("ZOË  Müller") == name_key("Zoe Muller") == name_key("\uff3aoe muller") == "zoe muller"
    assert name_key("Straße") == name_key("STRASSE")
