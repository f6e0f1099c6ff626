"""From the bytes of a list to its people: the one way in for the command line and the app.

Every row that is not taken is told of with its line; nothing is stored here.
"""

from collections.abc import Iterable, Iterator, Sequence

from server.imports.decoding import Text, decode
from server.imports.errors import HeaderMissing, HeaderNotRecognised
from server.imports.eventbrite import EVENTBRITE
from server.imports.formats import Columns, Format
from server.imports.indico import INDICO
from server.imports.lists import LIST
from server.imports.models import AttendeeRow, BadRow, Note, ReadFile
from server.imports.pretix import PRETIX
from server.imports.rows import Layout, RowNotUsable, read_row
from server.imports.tables import Row, read_table
from server.people.addresses import address_key, is_address
from server.people.names import name_key

#: In the order in which they are tried: the plain list takes whatever names a person.
FORMATS = (PRETIX, EVENTBRITE, INDICO, LIST)


def read_file(data: bytes) -> ReadFile:
    """The people in a list, each ticket once.

    Raises a `FileNotReadable` when the file as a whole is not an attendee list.
    """
    text = decode(data)
    table = read_table(text.characters)
    kind, columns = recognise(table.header)
    people = _People(Layout(kind, columns, table.header))
    people.take(table.rows)
    return ReadFile(
        source=kind.source,
        system=kind.system,
        encoding=text.encoding,
        rows=tuple(people.with_distinct_codes()),
        bad_rows=tuple(sorted(people.bad_rows, key=lambda bad: bad.line)),
        notes=(*_on_encoding(text), *sorted(people.notes, key=lambda note: note.line or 0)),
        skipped=people.skipped,
    )


def recognise(header: Sequence[str]) -> tuple[Format, Columns]:
    """The kind of list and where it holds what.

    Raises `HeaderMissing`, `HeaderNotRecognised` or `OrdersNotAttendees`.
    """
    for kind in FORMATS:
        columns = kind.columns(header)
        if columns is not None:
            return kind, columns
    if any(is_address(cell) for cell in header):
        raise HeaderMissing
    raise HeaderNotRecognised


def _on_encoding(text: Text) -> Iterator[Note]:
    if text.is_guess:
        yield Note(
            None,
            f"The file is not in UTF-8; it was read as {text.encoding}. Please look at a name with an accent.",
        )


class _People:
    """Takes rows one at a time and keeps the people, so that a wide file is never in memory as cells."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._rows: dict[object, AttendeeRow] = {}
        self.bad_rows: list[BadRow] = []
        self.notes: list[Note] = []
        self.skipped = 0

    def take(self, rows: Iterable[Row]) -> None:
        """Read each row into the people, the bad rows, or those left out."""
        for row in rows:
            try:
                reading = read_row(row, self._layout)
            except RowNotUsable as refusal:
                self.bad_rows.append(BadRow(row.line, refusal.column, refusal.reason))
                continue
            self.notes += [Note(row.line, remark) for remark in reading.remarks]
            if reading.attendee is None:
                self.skipped += 1
            else:
                self._keep(reading.attendee)

    def _keep(self, attendee: AttendeeRow) -> None:
        """Of rows with one external id the last counts; without id and code, the first of one name and address.

        Two codes are two tickets, also where a buyer gave both the same name.
        """
        if attendee.external_id is not None:
            earlier = self._rows.get(attendee.external_id)
            if earlier is not None:
                self._leave_out(earlier.line, f"The same ticket stands again on line {attendee.line}, which counts.")
            self._rows[attendee.external_id] = attendee
            return
        key = (name_key(attendee.name), address_key(attendee.email or ""), attendee.ticket_code)
        earlier = self._rows.setdefault(key, attendee)
        if earlier is not attendee:
            self._leave_out(attendee.line, f"The same name and address stand on line {earlier.line}.")

    def with_distinct_codes(self) -> Iterator[AttendeeRow]:
        """The people in the order of the file.

        A ticket code that opens two tickets makes the later row a bad one.
        """
        line_of_code: dict[str, int] = {}
        for row in sorted(self._rows.values(), key=lambda row: row.line):
            if row.ticket_code is not None:
                earlier = line_of_code.setdefault(row.ticket_code, row.line)
                if earlier != row.line:
                    place = self._layout.columns.ticket_code[0]
                    reason = f"The same ticket code stands on line {earlier}."
                    self.bad_rows.append(BadRow(row.line, self._layout.header[place], reason))
                    continue
            yield row

    def _leave_out(self, line: int, sentence: str) -> None:
        self.skipped += 1
        self.notes.append(Note(line, sentence))
