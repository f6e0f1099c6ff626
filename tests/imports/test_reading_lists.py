"""Lists made by hand, in the words, encodings and separators of many places."""

# ruff: noqa: RUF001 - names of many scripts are what is tested

import pytest

from server.imports.models import AttendeeRow
from tests.imports.lists import example, people, read, told


def test_a_plain_list_needs_only_names() -> None:
    assert people(example("list-plain.csv")) == [
        (2, None, "Ana Ferreira", "ana@example.org", False),
        (3, None, "Li Wei", None, False),
        (4, None, "Sam Okoro", "Sam.Okoro@Example.org", False),
    ]


def test_a_german_spreadsheet_in_windows_1252() -> None:
    file = example("list-german-excel.csv")

    assert people(file) == [
        (2, None, "Jörg Müller", "jörg.müller@example.org", False),
        (3, None, "Aylin Öztürk", "aylin@example.org", True),
        (4, None, "Žofie Straßer", "zofie@example.org", False),
    ]
    assert told(file) == [(None, "The file is not in UTF-8; it was read as Windows-1252")]


def test_a_french_list_in_utf_16_with_tabs() -> None:
    assert [row.name for row in example("list-unicode-text.txt").rows] == ["Zoé L’Hôte", "Anaïs Œuvrard"]


def test_a_cyrillic_list_in_windows_1251() -> None:
    assert [row.name for row in example("list-cyrillic.csv").rows] == [
        "Иван Петров",
        "Мария Соколова",
        "Ольга Кузнецова",
    ]


def test_excels_separator_line_with_a_mark_before_it() -> None:
    assert example("list-sep-line.csv").rows == (
        AttendeeRow(3, None, "Kim Lee", "kim@example.org", None, None, "sie/ihr", is_cancelled=False),
    )


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        (("Name", "Vorname"), ("Groß", "Jana"), "Jana Groß"),
        (("Nombre", "Correo"), ("Inés Ugarte", "i@example.org"), "Inés Ugarte"),
        (("Nombre", "Apellidos"), ("Inés", "Ugarte"), "Inés Ugarte"),
        (("Nom", "Prénom"), ("Roy", "Inès"), "Inès Roy"),
        (("FIRST_NAME", "last-name"), ("Kit", "O'Brien"), "Kit O'Brien"),
        (("First name", "Name"), ("Kit", "Kit O'Brien"), "Kit O'Brien"),
        (("Imię i nazwisko", "E-mail"), ("Paweł Żak", "p@example.org"), "Paweł Żak"),
        (("Surname", "Email"), ("Teller", "t@example.org"), "Teller"),
    ],
)
def test_names_in_one_column_or_two_in_several_languages(
    header: tuple[str, ...], row: tuple[str, ...], name: str
) -> None:
    assert [person.name for person in read(header, row).rows] == [name]


def test_without_ids_the_same_name_and_address_count_once() -> None:
    file = read(
        ("Name", "Email"),
        ("Zoë Lindqvist", "zoe@example.org"),
        ("ZOE  LINDQVIST", "Zoe@Example.org"),
        ("Zoë Lindqvist", "other@example.org"),
        ("Buyer Two", "zoe@example.org"),
    )

    assert [row.line for row in file.rows] == [2, 4, 5]
    assert told(file) == [(3, "The same name and address stand on line 2")]


def test_an_unknown_status_of_a_list_made_by_hand_says_nothing() -> None:
    file = read(
        ("Name", "Status"), ("Ana", "speaker"), ("Li", "Cancelled"), ("Sam", "on the waiting list"), ("Bo", "waitlist")
    )

    assert [(row.name, row.is_cancelled) for row in file.rows] == [("Ana", False), ("Li", True), ("Sam", False)]


def test_a_list_made_by_hand_may_end_rows_early() -> None:
    file = read(("Name", "Email", "Ticket"), ("Ana",), ("Li", "li@example.org", "Day", "", ""))

    assert [(row.name, row.email, row.ticket_type) for row in file.rows] == [
        ("Ana", None, None),
        ("Li", "li@example.org", "Day"),
    ]
    assert told(file) == [(2, "This row ends early; its missing values were taken as empty")]


@pytest.mark.parametrize("heading", ["Ticket type", "Kind of ticket", "Ticketart", "Type de billet"])
def test_the_kind_of_ticket_goes_by_several_names(heading: str) -> None:
    assert [row.ticket_type for row in read(("Name", heading), ("Ana", "Day")).rows] == ["Day"]
