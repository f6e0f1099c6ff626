"""Every row of a list is taken, or told of."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.errors import FileNotReadable, HeaderMissing, HeaderNotRecognised, QuotesDoNotPair
from server.imports.models import BadRow, Note
from server.imports.reading import read_file
from tests.imports.lists import FILES, csv_text, example, people, read, told


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


def test_two_codes_that_a_door_reads_alike_are_one() -> None:
    file = read(("Name", "Ticket code"), ("Ana", "ABCDE-FGHJK"), ("Li", "abcdefghjk"), ("Ana", "abcde fghjk"))

    assert [row.name for row in file.rows] == ["Ana"]
    assert file.bad_rows == (BadRow(3, "Ticket code", "The same ticket code stands on line 2."),)
    assert told(file) == [(4, "The same name and address stand on line 2")]


def test_an_address_is_taken_without_the_signs_that_nobody_sees() -> None:
    file = read(("Name", "Email"), ("Ana", "\u200bana@example.org\u200b"), ("Li", "li\x07@example.org"))

    assert people(file) == [(2, None, "Ana", "ana@example.org", False)]
    assert file.bad_rows == (BadRow(3, "Email", "This does not look like a mail address."),)


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


def test_the_later_row_of_one_external_id_counts() -> None:
    file = read(("Ticket ID", "Name"), ("7", "Ana"), ("8", "Li"), ("7", "Ana Ferreira"))

    assert people(file) == [(3, "8", "Li", None, False), (4, "7", "Ana Ferreira", None, False)]
    assert file.notes == (Note(2, "The same ticket stands again on line 4, which counts."),)
    assert file.skipped == 1


def test_an_unknown_status_of_a_known_system_is_never_taken_for_a_yes() -> None:
    file = read(("ID", "Name", "Registration state"), ("1", "Ana", "Completed"), ("2", "Li", "Ylöshaettu"))

    assert [row.name for row in file.rows] == ["Ana"]
    assert [(bad.line, bad.column) for bad in file.bad_rows] == [(3, "Registration state")]


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
