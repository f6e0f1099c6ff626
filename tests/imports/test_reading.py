"""Real exports, read as they come; every row not taken is told of."""

# ruff: noqa: RUF001 - names of many scripts are what is tested

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.errors import (
    FileNotReadable,
    HeaderMissing,
    HeaderNotRecognised,
    OrdersNotAttendees,
    QuotesDoNotPair,
)
from server.imports.models import AttendeeRow, BadRow, Note, ReadFile
from server.imports.reading import read_file
from tests.imports.lists import FILES, csv_text, example, read


def people(file: ReadFile) -> list[tuple[int, str | None, str, str | None, bool]]:
    return [(row.line, row.external_id, row.name, row.email, row.is_cancelled) for row in file.rows]


def told(file: ReadFile) -> list[tuple[int | None, str]]:
    return [(note.line, note.sentence.split(".")[0]) for note in file.notes]


def test_pretix_order_positions_in_english() -> None:
    file = example("pretix-positions-en.csv")

    assert (file.source, file.encoding, file.bad_rows) == ("pretix", "UTF-8", ())
    assert people(file) == [
        (2, "R8TQK-1", "Ana Ferreira", "ana.ferreira@example.org", False),
        (4, "R8TQK-2", "João Conceição", "joao.conceicao@example.org", False),
        (6, "M4JZA-1", "Li Wei", "li.wei@example.com", True),
        (8, "C3WHE-1", "Sam Okoro", "sam.okoro@example.org", True),
        (9, "H9LPD-1", "Jördis Übel", "buero@example.com", False),
        (10, "V2KRS-1", "@Kit O’Brien", "kit@example.org", False),
        (11, "V2KRT-1", "نور حداد", "nour.haddad@example.org", False),
    ]
    assert file.rows[0].ticket_type == "Day ticket \N{EN DASH} Supporter"
    assert file.rows[0].ticket_code == "k3x9mfy2b7tq4hzp8wjr5vdc6nsu1gae"
    assert told(file) == [
        (5, "This row is an add-on to another ticket, not a person"),
        (7, "Not paid or not confirmed yet"),
        (9, "The ticket has no name of its own; the buyer's name was taken"),
    ]
    assert file.skipped == 2


def test_pretix_order_positions_in_german_with_semicolons() -> None:
    file = example("pretix-positions-de.csv")

    assert people(file) == [
        (2, "A7KRT-1", "Jana Groß", "jana.groß@example.org", False),
        (3, "A7KRT-2", "Cem Yıldız", "cem@example.com", False),
        (4, "B9XWE-1", "Ole Brandt", "ole@example.com", True),
    ]
    assert told(file) == [(5, "Not paid or not confirmed yet")]


def test_pretix_exports_of_older_releases() -> None:
    assert people(example("pretix-positions-2021.csv")) == [(2, "X1Y2Z-1", "Eva Horák", "eva@example.org", False)]


def test_a_pretix_check_in_list_counts_unpaid_people_whom_its_maker_put_on_it() -> None:
    file = example("pretix-checkin-en.csv")

    assert [(row.name, row.external_id, row.is_cancelled) for row in file.rows] == [
        ("Ana Ferreira", None, False),
        ("João Conceição", None, False),
        ("Mira Novák", None, False),
    ]
    assert file.rows[1].ticket_code == "p2w8zqk5r9xj4mtv7hbd3nys6fuc1gae"


def test_a_pretix_check_in_list_in_german_without_secrets() -> None:
    file = example("pretix-checkin-de.csv")

    assert people(file) == [(2, None, "Jana Groß", "jana.groß@example.org", False)]
    assert told(file) == [(4, "The same name and address stand on line 2")]


def test_eventbrite_attendee_report_of_an_american_account() -> None:
    file = example("eventbrite-us.csv")

    assert file.source == "eventbrite"
    assert people(file) == [
        (2, "18441583423", "Dolores Haze-Quill", "dolores@example.com", False),
        (3, "18441583424", "Theo Quill", "dolores@example.com", False),
        (4, "18441700883", "Priya Raman", "priya.raman@example.org", True),
        (5, "18441700999", "Marcus Webb", "marcus@example.org", False),
    ]
    assert told(file) == [
        (5, "This row stands for 3 tickets; it makes one registration"),
        (6, "Not paid or not confirmed yet"),
    ]


def test_eventbrite_attendee_report_of_a_british_account() -> None:
    assert people(example("eventbrite-uk.csv")) == [
        (2, "7771112221", "Siân Pritchard", "sian@example.org", False),
        (3, "7771112222", "Fergus Mac an t-Saoir", "fergus@example.org", True),
    ]


def test_two_eventbrite_barcodes_are_two_tickets_although_the_buyer_named_only_one() -> None:
    file = example("eventbrite-barcodes.csv")

    assert [(row.name, row.ticket_code, row.is_cancelled) for row in file.rows] == [
        ("Inés Ugarte", "900118441583001", False),
        ("Inés Ugarte", "900118441583002", False),
        ("Olu Adeyemi", "900218441583003", True),
    ]
    assert told(file) == [(3, "The ticket has no name of its own; the buyer's name was taken")]


def test_indico_registrations() -> None:
    file = example("indico-en.csv")

    assert file.source == "indico"
    assert people(file) == [
        (2, "1", "Zoë Lindqvist", "zoe@example.org", False),
        (3, "2", "Paweł Żak", "pawel@example.org", True),
        (5, "7", "Ngọc Trần", "ngoc@example.org", True),
    ]
    assert told(file) == [(4, "Not paid or not confirmed yet")]


def test_indico_writes_its_states_in_the_language_of_whoever_exports() -> None:
    assert people(example("indico-fr.csv")) == [
        (2, "1", "Léa Bérard", "lea@example.org", False),
        (3, "2", "Hugo Noël", "hugo@example.org", True),
    ]


@pytest.mark.parametrize("name", ["pretix-orders-en.csv", "eventbrite-orders.csv"])
def test_a_list_of_orders_is_refused_with_what_to_export_instead(name: str) -> None:
    with pytest.raises(OrdersNotAttendees, match="one row for each buyer"):
        example(name)


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


def test_quoted_line_breaks_and_blank_lines_keep_the_line_numbers_right() -> None:
    assert [(row.line, row.name) for row in example("list-quoted-lines.csv").rows] == [
        (2, "Ana Ferreira"),
        (8, "Li Wei"),
        (10, "O'Brien, Kit"),
    ]


def test_every_bad_row_has_its_line_its_column_and_a_reason() -> None:
    file = example("list-bad-rows.csv")

    assert [row.line for row in file.rows] == [2, 8]
    assert file.bad_rows == (
        BadRow(3, "Name", "There is no name in this row."),
        BadRow(4, "Email", "This does not look like a mail address."),
        BadRow(5, "Ticket code", "The same ticket code stands on line 2."),
        BadRow(6, "Name", "The name holds a control character, or a sign that no font shows."),
        BadRow(7, "Name", "There is no name in this row."),
        BadRow(9, "", "The quotation marks in this row do not pair up."),
        BadRow(10, "", "This row has 5 values, but the header names 3 columns."),
        BadRow(11, "Name", "The name holds the sign for a damaged letter (�)."),
    )


def sentences(data: bytes) -> list[str]:
    """All that is said of a file."""
    try:
        file = read_file(data)
    except FileNotReadable as refusal:
        return [refusal.message]
    return [bad.reason for bad in file.bad_rows] + [note.sentence for note in file.notes]


def test_nothing_told_about_a_row_repeats_what_stands_in_it() -> None:
    personal = ("Ana", "Li Wei", "example", "T-1", "Okoro", "Brien", "Rosa", "Quill", "Jana")

    told_of_all = [sentence for path in FILES.iterdir() for sentence in sentences(path.read_bytes())]

    assert told_of_all
    assert not [sentence for sentence in told_of_all if any(word in sentence for word in personal)]


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


def test_the_later_row_of_one_external_id_counts() -> None:
    file = read(("Ticket ID", "Name"), ("7", "Ana"), ("8", "Li"), ("7", "Ana Ferreira"))

    assert people(file) == [(3, "8", "Li", None, False), (4, "7", "Ana Ferreira", None, False)]
    assert file.notes == (Note(2, "The same ticket stands again on line 4, which counts."),)
    assert file.skipped == 1


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


def test_an_unknown_status_of_a_known_system_is_never_taken_for_a_yes() -> None:
    file = read(("ID", "Name", "Registration state"), ("1", "Ana", "Completed"), ("2", "Li", "Ylöshaettu"))

    assert [row.name for row in file.rows] == ["Ana"]
    assert [(bad.line, bad.column) for bad in file.bad_rows] == [(3, "Registration state")]


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


def test_an_export_that_ends_a_row_early_is_damaged() -> None:
    file = read(("ID", "Name", "Registration state"), ("1", "Ana"))

    assert [bad.reason for bad in file.bad_rows] == ["This row has 2 values, but the header names 3 columns."]


def test_signs_that_turn_a_name_around_are_taken_out_and_told() -> None:
    file = read(("Name",), ("\u202eAna Ferreira",))

    assert [row.name for row in file.rows] == ["Ana Ferreira"]
    assert told(file) == [(2, "Invisible signs were taken out of this name")]


def test_values_longer_than_any_system_makes_are_a_sign_of_shifted_columns() -> None:
    file = read(("Name", "Ticket ID"), ("Ana", "x" * 301), ("Li", "7"))

    assert [(bad.line, bad.column) for bad in file.bad_rows] == [(2, "Ticket ID")]


def test_answers_too_long_to_be_pronouns_are_passed_over() -> None:
    file = read(("Name", "Pronouns"), ("Ana", "she/her"), ("Li", "I would rather not say in a form like this one"))

    assert [row.pronouns for row in file.rows] == ["she/her", None]


def test_a_first_row_that_is_a_person_is_told_from_a_header() -> None:
    with pytest.raises(HeaderMissing):
        read(("Ana Ferreira", "ana@example.org"), ("Li Wei", "li@example.org"))


def test_a_header_without_a_name_is_refused() -> None:
    with pytest.raises(HeaderNotRecognised):
        read(("Company", "Email"), ("Oficina", "info@example.org"))


def test_a_quotation_mark_that_is_never_closed_refuses_the_file() -> None:
    with pytest.raises(QuotesDoNotPair):
        read_file(b'name,email\nAna,a@example.org\n"Li,l@example.org\nSam,s@example.org\n')


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    with contextlib.suppress(FileNotReadable):
        read_file(data)


@given(
    header=st.lists(st.sampled_from(["Name", "Email", "ID", "Status", "Ticket code", "Note"]), min_size=1, max_size=6),
    rows=st.lists(st.lists(st.text(max_size=20), max_size=7), max_size=6),
)
def test_every_row_is_a_person_bad_or_left_out(header: list[str], rows: list[list[str]]) -> None:
    data = csv_text([["Full name", *header], *rows]).encode("utf-8", "surrogatepass")
    with contextlib.suppress(FileNotReadable):
        file = read_file(data)

        filled = [row for row in rows if any(cell.strip() for cell in row)]
        assert len(file.rows) + len(file.bad_rows) + file.skipped == len(filled)
