"""Why an attendee list cannot be read or imported.

Each refusal is one sentence with the way out, and none repeats a name, an address or a code from the file:
the organizer finds them by the line number.
"""

from server.errors import DomainError
from server.imports.models import BadRow, ListColumn


class FileNotReadable(DomainError):
    """The file as a whole cannot be read as an attendee list. Nothing was stored."""


class EmptyFile(FileNotReadable):
    """No bytes, or only blank lines."""

    @property
    def message(self) -> str:
        return "The file is empty. Please export the list again."


class FileTooLarge(FileNotReadable):
    """More bytes than any attendee list needs; most likely another file was picked."""

    def __init__(self, megabytes: int, most: int) -> None:
        super().__init__()
        self.megabytes = megabytes
        self.most = most

    @property
    def message(self) -> str:
        return (
            f"The file has {self.megabytes} MB; attendee lists of up to {self.most} MB are read. "
            "Please check that it is the right file, or split it."
        )


class NotPlainText(FileNotReadable):
    """NUL bytes: a picture, a database, or UTF-16 that lost the mark at its beginning."""

    @property
    def message(self) -> str:
        return "This is not a plain text file (it holds NUL bytes). Please save the list as CSV, in UTF-8."


class WorkbookNotReadable(FileNotReadable):
    """It begins as a spreadsheet does, and is none, or a damaged one."""

    @property
    def message(self) -> str:
        return "This file looks like a spreadsheet and cannot be opened as one. Save it again as XLSX, or as CSV."


class WorkbookProtected(FileNotReadable):
    """A spreadsheet that opens with a password only."""

    @property
    def message(self) -> str:
        return "This spreadsheet is protected by a password. Save a copy without one, and import that."


class WorkbookTooLarge(FileNotReadable):
    """It would unpack to more than any list of attendees takes. It was not opened."""

    @property
    def message(self) -> str:
        return (
            "This spreadsheet unpacks to far more than a list of attendees does, so it was not opened. Copy the list "
            "alone into a new one, or save it as CSV."
        )


class SheetNotFound(FileNotReadable):
    """The spreadsheet has no sheet of the name that was asked for."""

    def __init__(self, sheets: tuple[str, ...]) -> None:
        super().__init__()
        self.sheets = sheets

    @property
    def message(self) -> str:
        return f"There is no sheet of that name. This spreadsheet has: {', '.join(self.sheets)}."


class TooManyRows(FileNotReadable):
    """More rows than are read at once."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    @property
    def message(self) -> str:
        return f"The list has more than {self.most:,} rows. Please split it, and import the parts one after the other."


class EncodingNotRecognised(FileNotReadable):
    """Neither UTF-8 nor any older encoding that we know gives readable text."""

    @property
    def message(self) -> str:
        return "We could not tell how the letters in this file are written. Please save it as CSV in UTF-8."


class QuotesDoNotPair(FileNotReadable):
    """A quotation mark swallowed several lines, so that the rows after it cannot be told apart."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line

    @property
    def message(self) -> str:
        return (
            f"The quotation marks in the row that begins on line {self.line} do not pair up, so the rows "
            "after it cannot be told apart. Please correct that row, or export the list again."
        )


class HeaderNotRecognised(FileNotReadable):
    """The first row names no column that holds a person's name. `columns` is what it names."""

    def __init__(self, columns: tuple[ListColumn, ...] = ()) -> None:
        super().__init__()
        self.columns = columns

    @property
    def message(self) -> str:
        return (
            "We found no column with a name. The first row must name the columns, for example: name,email. Or say "
            "which column holds the names."
        )


class HeaderMissing(FileNotReadable):
    """The first row is already a person."""

    @property
    def message(self) -> str:
        return "The first row looks like a person, not like column names. Please put a row such as name,email above it."


class OrdersNotAttendees(FileNotReadable):
    """A recognised export of orders: one row per buyer, so the people coming are not in it."""

    def __init__(self, system: str, instead: str) -> None:
        super().__init__()
        self.system = system
        self.instead = instead

    @property
    def message(self) -> str:
        return (
            f"This is a list of orders from {self.system}, with one row for each buyer. Please export {self.instead}."
        )


class RowsNotReadable(DomainError):
    """Some rows are bad and leaving them out was not asked for: all or nothing, so nothing was stored."""

    def __init__(self, bad_rows: tuple[BadRow, ...]) -> None:
        super().__init__()
        self.bad_rows = bad_rows

    @property
    def message(self) -> str:
        count = len(self.bad_rows)
        rows = "1 row cannot be imported" if count == 1 else f"{count} rows cannot be imported"
        return f"{rows}, so nothing was imported. Correct them, or choose to leave them out."
