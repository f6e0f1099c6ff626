"""From the bytes of a list to its people: the one way in for the command line and the app.

Every row that is not taken is told of with its line; nothing is stored here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from server.badges.tokens import read_ticket
from server.imports.errors import HeaderNotRecognised, TooManyRows
from server.imports.layouts import layout_of
from server.imports.mapping import Choose, as_recognised, names_somebody
from server.imports.models import AttendeeRow, BadRow, ListColumn, Note, ReadFile
from server.imports.opening import open_list
from server.imports.rows import Layout, RowNotUsable, read_row
from server.imports.tables import Row
from server.people.addresses import address_key
from server.people.names import name_key

#: More people than any event here has; a file with more is another file.
MOST_ROWS = 100_000

#: Rows in which values are looked for to show what a column holds, how many, and how much of each.
_LOOKED_AT = 50
_EXAMPLES = 2
_LONGEST_EXAMPLE = 60


def read_file(
    data: bytes, *, sheet: str | None = None, choose: Choose = as_recognised, most_rows: int = MOST_ROWS
) -> ReadFile:
    """The people in a list, each ticket once. `choose` may use its columns otherwise than they were recognised.

    Raises a `FileNotReadable` when the file as a whole is not an attendee list. Blocks for a second or two with a
    large one.
    """
    opened = open_list(data, sheet=sheet, most_rows=most_rows)
    layout, columns = layout_of(opened.header, choose)
    rows = _Watched(opened.rows, len(columns), most_rows)
    if not names_somebody([each.use for each in columns]):
        raise HeaderNotRecognised(rows.with_examples(columns))
    file = read_rows(rows, layout)
    return replace(
        file,
        encoding=opened.encoding,
        notes=(*_on_encoding(opened.guessed), *file.notes),
        columns=rows.with_examples(columns),
        sheet=opened.sheet,
        sheets=opened.sheets,
    )


def read_rows(rows: Iterable[Row], layout: Layout) -> ReadFile:
    """The people in these rows, by the rules of every list, wherever the rows come from."""
    people = _People(layout)
    people.take(rows)
    return ReadFile(
        source=layout.kind.source,
        system=layout.kind.system,
        encoding="UTF-8",
        rows=tuple(people.with_distinct_codes()),
        bad_rows=tuple(sorted(people.bad_rows, key=lambda bad: bad.line)),
        notes=tuple(sorted(people.notes, key=lambda note: note.line or 0)),
        skipped=people.skipped,
    )


def _on_encoding(guessed: str | None) -> Iterator[Note]:
    if guessed is not None:
        yield Note(None, f"The file is not in UTF-8; it was read as {guessed}. Please look at a name with an accent.")


class _Watched:
    """Rows as they pass: refuses too many of them, and keeps the first values of each column."""

    def __init__(self, rows: Iterator[Row], width: int, most_rows: int) -> None:
        self._rows = rows
        self._most_rows = most_rows
        self._first_values: list[list[str]] = [[] for _ in range(width)]

    def __iter__(self) -> Iterator[Row]:
        for number, row in enumerate(self._rows):
            if number >= self._most_rows:
                raise TooManyRows(self._most_rows)
            if number < _LOOKED_AT:
                self._look_at(row)
            yield row

    def with_examples(self, columns: Sequence[ListColumn]) -> tuple[ListColumn, ...]:
        """The columns, with what was seen in them; where nobody has read on, the first rows are looked at now."""
        for row in islice(self._rows, _LOOKED_AT):
            self._look_at(row)
        return tuple(
            replace(column, examples=tuple(values)) for column, values in zip(columns, self._first_values, strict=True)
        )

    def _look_at(self, row: Row) -> None:
        for values, cell in zip(self._first_values, row.cells, strict=False):
            value = " ".join(cell.split())[:_LONGEST_EXAMPLE]
            if value and len(values) < _EXAMPLES and value not in values:
                values.append(value)


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
        code = None if attendee.ticket_code is None else read_ticket(attendee.ticket_code)
        key = (name_key(attendee.name), address_key(attendee.email or ""), code)
        earlier = self._rows.setdefault(key, attendee)
        if earlier is not attendee:
            self._leave_out(attendee.line, f"The same name and address stand on line {earlier.line}.")

    def with_distinct_codes(self) -> Iterator[AttendeeRow]:
        """The people in the order of the file.

        A ticket code that opens two tickets makes the later row a bad one; two are the same when a door reads them so.
        """
        line_of_code: dict[str, int] = {}
        for row in sorted(self._rows.values(), key=lambda row: row.line):
            if row.ticket_code is not None:
                earlier = line_of_code.setdefault(read_ticket(row.ticket_code), row.line)
                if earlier != row.line:
                    place = self._layout.columns.ticket_code[0]
                    reason = f"The same ticket code stands on line {earlier}."
                    self.bad_rows.append(BadRow(row.line, self._layout.header[place], reason))
                    continue
            yield row

    def _leave_out(self, line: int, sentence: str) -> None:
        self.skipped += 1
        self.notes.append(Note(line, sentence))
