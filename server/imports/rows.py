"""From the cells of one row to a person: the rules for each value.

Says why a row is refused or left out, and never repeats what stands in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from server.imports.formats import Columns, Format, Standing
from server.imports.models import AttendeeRow
from server.imports.tables import Row
from server.people.addresses import is_address
from server.people.names import NameNotValid, clean_name
from server.texts import deceives

#: No ticket system makes longer ids, codes or ticket types; such a value is a sign of shifted columns.
LONGEST_CODE = 300
LONGEST_PRONOUNS = 40


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of a file before its first row."""

    kind: Format
    columns: Columns
    header: Sequence[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A row as read: a person, or None when it is left out on purpose; `remarks` tell of both."""

    attendee: AttendeeRow | None
    remarks: tuple[str, ...] = ()


class RowNotUsable(Exception):
    """The row cannot be taken as it is. `column` is the file's own heading, empty for the row as a whole."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def read_row(row: Row, layout: Layout) -> Reading:
    """The person of this row. Raises `RowNotUsable`."""
    columns = layout.columns
    cells, remarks = _squared(row, layout)
    if _first(cells, columns.belongs_to_another):
        return Reading(None, ("This row is an add-on to another ticket, not a person.",))
    standing = _standing(cells, layout)
    if standing is Standing.WAITING:
        return Reading(None, ("Not paid or not confirmed yet. Import the list again once it is.",))
    name, name_remarks = _name(cells, layout)
    return Reading(
        AttendeeRow(
            line=row.line,
            external_id=_external_id(cells, layout),
            name=name,
            email=_email(cells, layout),
            ticket_type=_ticket_type(cells, layout),
            ticket_code=_code(cells, columns.ticket_code, layout),
            pronouns=_pronouns(cells, columns.pronouns),
            is_cancelled=standing is Standing.CANCELLED,
        ),
        (*remarks, *name_remarks, *_on_quantity(cells, columns.quantity)),
    )


def _squared(row: Row, layout: Layout) -> tuple[list[str], tuple[str, ...]]:
    """The cells, as many as there are headings."""
    width = len(layout.header)
    if not row.is_whole:
        raise RowNotUsable("", "The quotation marks in this row do not pair up.")
    is_short = len(row.cells) < width
    if any(cell.strip() for cell in row.cells[width:]) or (is_short and not layout.kind.may_end_rows_early):
        raise RowNotUsable("", f"This row has {len(row.cells)} values, but the header names {width} columns.")
    cells = [layout.kind.cell(cell.strip()) for cell in row.cells[:width]] + [""] * (width - len(row.cells))
    return cells, ("This row ends early; its missing values were taken as empty.",) if is_short else ()


def _standing(cells: Sequence[str], layout: Layout) -> Standing:
    """Of several status columns the one that speaks against coming counts."""
    for place in layout.columns.status:
        standing = layout.kind.statuses.standing(cells[place])
        if standing is None:
            raise RowNotUsable(
                layout.header[place],
                f"We do not know this status of {layout.kind.system}, so we cannot tell who is coming.",
            )
        if standing is not Standing.COMING:
            return standing
    return Standing.COMING


def _name(cells: Sequence[str], layout: Layout) -> tuple[str, tuple[str, ...]]:
    columns = layout.columns
    own = _first(cells, columns.name) or _joined(cells, columns.name_parts)
    written = own or _first(cells, columns.name_instead) or _joined(cells, columns.name_instead_parts)
    place = (*columns.name, *columns.name_parts, *columns.name_instead, *columns.name_instead_parts)[0]
    try:
        name = clean_name(written)
    except NameNotValid as error:
        raise RowNotUsable(layout.header[place], error.sentence) from error
    if not any(sign.isalnum() for sign in name):
        raise RowNotUsable(layout.header[place], "There is no name in this row.")
    remarks = []
    if any(deceives(sign) for sign in written):
        remarks.append("Invisible signs were taken out of this name.")
    if not own:
        remarks.append("The ticket has no name of its own; the buyer's name was taken.")
    return name, tuple(remarks)


def _joined(cells: Sequence[str], places: Sequence[int]) -> str:
    parts = [cells[place] for place in places if cells[place]]
    # Some lists repeat the given name in the column that should hold the family name alone.
    return parts[1] if len(parts) == 2 and parts[1].startswith(f"{parts[0]} ") else " ".join(parts)


def _email(cells: Sequence[str], layout: Layout) -> str | None:
    place = _first_filled(cells, layout.columns.email)
    if place is None:
        return None
    # Copied from a page, an address often brings a zero-width space along; nobody's mail would arrive with it.
    address = "".join(sign for sign in cells[place] if not deceives(sign)).strip().removeprefix("mailto:")
    if not is_address(address):
        raise RowNotUsable(layout.header[place], "This does not look like a mail address.")
    return address


def _external_id(cells: Sequence[str], layout: Layout) -> str | None:
    places = layout.columns.external_id
    parts = [code for place in places if (code := _code(cells, (place,), layout))]
    return "-".join(parts) if parts and len(parts) == len(places) else None


def _ticket_type(cells: Sequence[str], layout: Layout) -> str | None:
    parts = [part for place in layout.columns.ticket_type if (part := _code(cells, (place,), layout))]
    return " \N{EN DASH} ".join(parts) or None


def _code(cells: Sequence[str], places: Sequence[int], layout: Layout) -> str | None:
    place = _first_filled(cells, places)
    if place is None:
        return None
    code = " ".join(cells[place].split())
    if len(code) > LONGEST_CODE or not code.isprintable():
        raise RowNotUsable(
            layout.header[place],
            f"This value holds a control character, or is longer than {LONGEST_CODE} characters.",
        )
    return code


def _pronouns(cells: Sequence[str], places: Sequence[int]) -> str | None:
    """Taken only where they are a short word or two: the question is the organizer's, its answers free text."""
    pronouns = " ".join(_first(cells, places).split())
    return pronouns if 0 < len(pronouns) <= LONGEST_PRONOUNS and pronouns.isprintable() else None


def _on_quantity(cells: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    quantity = _first(cells, places)
    if quantity.isdecimal() and int(quantity) > 1:
        return (f"This row stands for {int(quantity)} tickets; it makes one registration.",)
    return ()


def _first(cells: Sequence[str], places: Sequence[int]) -> str:
    place = _first_filled(cells, places)
    return "" if place is None else cells[place]


def _first_filled(cells: Sequence[str], places: Sequence[int]) -> int | None:
    return next((place for place in places if cells[place]), None)
