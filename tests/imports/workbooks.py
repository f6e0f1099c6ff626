"""Spreadsheets made on the spot."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter

Cell = str | int | float | bool | date | datetime | None


def workbook(*rows: Sequence[Cell], name: str = "Guests", **more_sheets: Sequence[Sequence[Cell]]) -> bytes:
    """An XLSX file with a sheet of these rows, and further sheets by name."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        for title, filled in {name: rows, **more_sheets}.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(filled):
                sheet.write_row(number, 0, [cell for cell in row if cell is not None])
    return file.getvalue()
