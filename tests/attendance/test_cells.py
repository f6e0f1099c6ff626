"""What somebody is called is never worked out by a spreadsheet."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import python_calamine

from server.attendance.exporting.models import ExportFormat, Layout
from server.attendance.exporting.writer import write_csv, write_xlsx
from server.cells import safe

FORMULAS = [
    "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20A1",
    " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", '=HYPERLINK("http://evil.example","x")', "=cmd|' /C calc'!A0",
    "\u2066=1", "\u3000\uff1d1", "\ufe63 1",
]  # fmt: skip
HARMLESS = ["Ana Duarte", "O'Neil", "a=b", "3 - 4", "", "Zoë (VIP)", "李", "1+1"]
LAYOUT = ("People", ("Day", "Name"), (0,), "Europe/Lisbon")
AT = datetime(2027, 4, 22, 9, 0, 5, tzinfo=UTC).isoformat()


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ana;=1+1;B", "Ana;'=1+1;B"), ("A; +1", "A;' +1"), ('A;"=1&"', "A;'\"=1&\""), ("=1;@A1", "'=1;'@A1"),
        ("Dinner; and a talk", "Dinner; and a talk"),
    ],
)  # fmt: skip
def test_what_a_semicolon_would_make_a_cell_of_its_own_is_no_formula_there(text: str, told: str) -> None:
    assert safe(text) == told


@pytest.mark.parametrize("text", HARMLESS)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_a_csv_file_opens_with_every_name_as_text_and_times_with_their_offset(tmp_path: Path) -> None:
    names = [*FORMULAS, *HARMLESS, 'say "hi", or\nnot']
    path = tmp_path / "file.csv"

    write_csv(Layout(ExportFormat.CSV, *LAYOUT), [[AT, name] for name in names], path)

    read = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert read[0] == ["Day", "Name"]
    assert [name for _, name in read[1:]] == [safe(name) for name in names]
    assert read[1][0] == "2027-04-22T10:00:05+01:00"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_an_xlsx_file_opens_with_every_name_as_it_is_and_no_formula_or_link(tmp_path: Path) -> None:
    names = [name for name in [*FORMULAS, *HARMLESS, "http://evil.example", "007"] if name and "\r" not in name]
    path = tmp_path / "file.xlsx"

    write_xlsx(Layout(ExportFormat.XLSX, *LAYOUT), [[AT, name] for name in names], path)

    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert [name for _, name in sheet[1:]] == names
    assert sheet[1][0] == datetime(2027, 4, 22, 10, 0, 5)  # noqa: DTZ001 - cells know no zone
    assert _parts_with(path, b"<f>") == []
    assert _parts_with(path, b"hyperlink") == []


@pytest.mark.parametrize(
    "name",
    ["<r>Ana & Ben</r>", "<r></r>", '<r></r></is></c><c r="C2"><f>1+1</f></c><c t="inlineStr"><is><r></r>'],
)
def test_a_name_that_looks_like_marked_up_text_is_a_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"

    write_xlsx(Layout(ExportFormat.XLSX, *LAYOUT), [[AT, name], [AT, "Zoë"]], path)

    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert [line[1:] for line in sheet[1:]] == [[name], ["Zoë"]]
    assert _parts_with(path, b"<f>") == []


def _parts_with(path: Path, words: bytes) -> list[str]:
    with zipfile.ZipFile(path) as parts:
        return [name for name in parts.namelist() if words in parts.read(name)]
