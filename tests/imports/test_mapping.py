"""A column is used as it was recognised, unless somebody says otherwise."""

from collections.abc import Sequence

import pytest

from server.imports.errors import HeaderNotRecognised
from server.imports.mapping import Choose, ColumnUse, chosen, remembered, shape_of
from server.imports.models import ReadFile
from server.imports.reading import read_file
from tests.imports.lists import csv_text, example, people

LEFT_OUT, NAME, EMAIL, TICKET_ID = ColumnUse.LEFT_OUT, ColumnUse.NAME, ColumnUse.EMAIL, ColumnUse.TICKET_ID


def read(choose: Choose, *rows: Sequence[str]) -> ReadFile:
    return read_file(csv_text(rows).encode(), choose=choose)


def test_every_column_of_a_known_export_has_one_use() -> None:
    columns = {column.heading: column.use for column in example("eventbrite-us.csv").columns}

    assert columns["First Name"] is ColumnUse.GIVEN_NAME
    assert columns["Email"] is EMAIL
    assert columns["Attendee Status"] is ColumnUse.STATUS
    assert LEFT_OUT in columns.values()


def test_a_list_whose_names_nobody_would_recognise_is_read_once_somebody_says_so() -> None:
    rows = (("Wer", "Kontakt", "Firma"), ("Ana Ferreira", "ana@example.org", "Oficina"))
    with pytest.raises(HeaderNotRecognised) as refusal:
        read(lambda *_: None, *rows)

    assert [(column.heading, column.use, column.examples) for column in refusal.value.columns] == [
        ("Wer", LEFT_OUT, ("Ana Ferreira",)),
        ("Kontakt", LEFT_OUT, ("ana@example.org",)),
        ("Firma", LEFT_OUT, ("Oficina",)),
    ]
    assert people(read(chosen((NAME, EMAIL, LEFT_OUT)), *rows)) == [(2, None, "Ana Ferreira", "ana@example.org", False)]


def test_what_is_remembered_counts_for_the_next_file_of_that_shape_alone() -> None:
    shape = shape_of(("Wer", "Kontakt"))
    choose = remembered({shape: (NAME, EMAIL)})

    assert people(read(choose, ("wer ", "KONTAKT"), ("Li Wei", ""))) == [(2, None, "Li Wei", None, False)]
    with pytest.raises(HeaderNotRecognised):
        read(choose, ("Kontakt", "Wer"), ("", "Li Wei"))


def test_another_column_takes_the_place_of_the_recognised_one() -> None:
    file = read(chosen((NAME, LEFT_OUT, TICKET_ID)), ("Name", "ID", "Order"), ("Ana", "1", "X7"))

    assert [(row.name, row.external_id) for row in file.rows] == [("Ana", "X7")]
    assert [(column.use, column.recognised_as) for column in file.columns][1] == (LEFT_OUT, TICKET_ID)


def test_the_words_of_a_chosen_status_column_are_the_organizers_own() -> None:
    header = ("ID", "Name", "Registration state", "Coming")
    uses = (TICKET_ID, NAME, LEFT_OUT, ColumnUse.STATUS)

    file = read(chosen(uses), header, ("1", "Ana", "x", "member"), ("2", "Li", "x", "cancelled"))

    assert [(row.name, row.is_cancelled) for row in file.rows] == [("Ana", False), ("Li", True)]


def test_a_choice_for_another_number_of_columns_is_none() -> None:
    assert [row.name for row in read(chosen((LEFT_OUT,)), ("Name", "ID"), ("Ana", "1")).rows] == ["Ana"]


def test_a_buyers_name_in_two_columns_is_put_together() -> None:
    uses = (NAME, ColumnUse.BUYER_NAME, ColumnUse.BUYER_NAME)

    file = read(chosen(uses), ("Name", "Payer", "Payer 2"), ("", "Ana", "Ferreira"))

    assert [row.name for row in file.rows] == ["Ana Ferreira"]
