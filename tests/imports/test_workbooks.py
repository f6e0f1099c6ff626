"""Spreadsheets are read as people see them, and opened only when they cannot do harm."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from server.imports import opening
from server.imports.errors import (
    EmptyFile,
    FileTooLarge,
    SheetNotFound,
    TooManyRows,
    WorkbookNotReadable,
    WorkbookTooLarge,
)
from server.imports.opener import text_of
from server.imports.reading import read_file
from tests.imports.lists import people
from tests.imports.workbooks import workbook

HEADER = ("Ticket number", "Name", "Email", "Since", "Barcode")


def test_numbers_and_days_are_read_as_people_see_them() -> None:
    file = read_file(workbook(HEADER, (123, "Ana Ferreira", "ana@example.org", date(2027, 4, 22), 90071992547409)))

    assert people(file) == [(2, "123", "Ana Ferreira", "ana@example.org", False)]
    assert file.rows[0].ticket_code == "90071992547409"
    assert (file.sheet, file.sheets, file.system) == ("Guests", ("Guests",), "a plain list")
    assert [(column.heading, column.examples) for column in file.columns][3] == ("Since", ("2027-04-22",))


@pytest.mark.parametrize(
    ("cell", "seen"), [(1.5, "1.5"), (-2.0, "-2"), (True, "TRUE"), (0.1 + 0.2, "0.3"), (1e20, "1e+20"), ("", "")]
)
def test_each_kind_of_cell_has_its_text(cell: object, seen: str) -> None:
    assert text_of(cell) == seen


def test_rows_have_the_numbers_that_the_spreadsheet_shows() -> None:
    file = read_file(workbook((), ("Name", "Email"), ("Ana",), (), ("Li", "nobody"), ("Sam", "sam@example.org")))

    assert people(file) == [(3, None, "Ana", None, False), (6, None, "Sam", "sam@example.org", False)]
    assert [(bad.line, bad.column) for bad in file.bad_rows] == [(5, "Email")]


def test_the_first_sheet_is_read_or_the_named_one() -> None:
    data = workbook(("Name",), ("Ana",), name="Day one", Speakers=[("Name",), ("Li",)])

    assert [row.name for row in read_file(data).rows] == ["Ana"]
    assert [row.name for row in read_file(data, sheet="Speakers").rows] == ["Li"]
    with pytest.raises(SheetNotFound, match="Day one, Speakers"):
        read_file(data, sheet="Crew")


def test_what_libreoffice_saves_is_read_alike() -> None:
    file = read_file(Path(__file__).with_name("files").joinpath("list-guests.ods").read_bytes())

    assert people(file) == [
        (2, "123", "Ana Ferreira", "ana@example.org", False), (4, "007", "Zoë Müller", "zoe@example.org", False),
    ]  # fmt: skip
    assert (file.rows[0].ticket_code, file.sheets) == ("90071992547409", ("Guests", "Crew"))
    assert file.columns[3].examples[0] == "2027-04-22"


def test_a_sheet_without_anything_is_empty() -> None:
    with pytest.raises(EmptyFile):
        read_file(workbook())


def test_a_packed_bomb_is_refused_before_it_is_opened() -> None:
    file = io.BytesIO(workbook(("Name",), ("Ana",)))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/more.xml", "w") as part:
        for _ in range(400):
            part.write(bytes(1024 * 1024))

    with pytest.raises(WorkbookTooLarge, match="not opened"):
        read_file(file.getvalue())


def test_a_bomb_that_lies_about_its_size_is_refused_all_the_same() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/more.xml", "w") as part:
        for _ in range(400):
            part.write(bytes(1024 * 1024))
    told = (400 * 1024 * 1024).to_bytes(4, "little")

    with pytest.raises(WorkbookTooLarge):
        read_file(file.getvalue().replace(told, (17).to_bytes(4, "little")))


def test_two_cells_far_apart_end_the_opener_and_not_the_server() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Name")
        sheet.write(1_048_575, 16_383, "Ana")

    with pytest.raises(WorkbookTooLarge):
        read_file(file.getvalue())


@pytest.mark.parametrize("data", [b"PK\x03\x04rest of a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"])
def test_what_only_begins_like_a_spreadsheet_is_refused_with_the_way_out(data: bytes) -> None:
    with pytest.raises(WorkbookNotReadable, match="as CSV"):
        read_file(data)


def test_more_rows_than_may_be_read_are_refused() -> None:
    data = workbook(("Name",), *[(f"Ana the {number}th",) for number in range(6)])

    assert len(read_file(data, most_rows=6).rows) == 6
    for too_many in (data, b"Name\nAna\nLi\nSam\nKit\nMira\nOle\n"):
        with pytest.raises(TooManyRows, match="more than 5 rows"):
            read_file(too_many, most_rows=5)


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 8)

    with pytest.raises(FileTooLarge):
        read_file(b"name\nAna Ferreira\n")
