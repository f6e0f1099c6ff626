"""Rows and the lines they begin on."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.errors import EmptyFile, QuotesDoNotPair
from server.imports.tables import DELIMITERS, read_table


def lines_of(text: str) -> list[tuple[int, list[str]]]:
    return [(row.line, row.cells) for row in read_table(text).rows]


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_told_from_the_header_and_first_rows(delimiter: str) -> None:
    table = read_table(f'name{delimiter}email\n"Ferreira, Ana; the first\t"{delimiter}a@example.org\n')

    assert (table.header, table.delimiter) == (["name", "email"], delimiter)


def test_commas_inside_headings_do_not_mislead() -> None:
    table = read_table("Name;Which days, and why, please?;E-Mail\nAna;Monday, because;a@example.org\n")

    assert table.header == ["Name", "Which days, and why, please?", "E-Mail"]


def test_a_single_column_is_a_table() -> None:
    assert read_table("name\nAna\n").header == ["name"]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_excels_own_first_line_names_the_delimiter_and_counts_as_a_line(first: str) -> None:
    table = read_table(f"{first}\r\nname;email\r\nAna, B;a@example.org\r\n")

    assert table.header == ["name", "email"]
    assert [(row.line, row.cells) for row in table.rows] == [(3, ["Ana, B", "a@example.org"])]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_row_has_the_line_on_which_it_begins(newline: str) -> None:
    text = newline.join(["", "a,b", '1,"x', 'y"', "", "2,z", " , ", "3,z", "", ""])

    assert lines_of(text) == [(3, ["1", f"x{newline}y"]), (6, ["2", "z"]), (8, ["3", "z"])]


def test_a_quotation_mark_inside_a_value_spoils_its_own_row_alone() -> None:
    rows = list(read_table('name,email\n"Ana" F,a@example.org\nLi,l@example.org\n').rows)

    assert [(row.line, row.is_whole) for row in rows] == [(2, False), (3, True)]


def test_a_quotation_mark_that_swallows_lines_stops_the_reading() -> None:
    table = read_table('name,email\nLi,l@example.org\n"Ana,a@example.org\n' + "Bo,b@example.org\n" * 50)

    with pytest.raises(QuotesDoNotPair, match="line 3"):
        list(table.rows)


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_a_table_without_a_header_is_empty(text: str) -> None:
    with pytest.raises(EmptyFile):
        read_table(text)


CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=12),
    delimiter=st.sampled_from(DELIMITERS),
    quotes_all=st.booleans(),
)
def test_whatever_a_csv_writer_wrote_is_read_back_with_its_lines(
    rows: list[list[str]], delimiter: str, quotes_all: bool
) -> None:
    text = io.StringIO(newline="")
    writer = (
        csv.writer(text, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
        if quotes_all
        else csv.writer(text, delimiter=delimiter)
    )
    writer.writerow(["name", "email", "note"])
    expected = []
    for cells in rows:
        line = len(io.StringIO(text.getvalue(), newline="").readlines()) + 1
        writer.writerow(cells)
        if any(cell.strip() for cell in cells):
            expected.append((line, cells))

    table = read_table(f"sep={delimiter}\r\n{text.getvalue()}")

    assert table.header == ["name", "email", "note"]
    assert [(row.line - 1, row.cells) for row in table.rows] == expected
