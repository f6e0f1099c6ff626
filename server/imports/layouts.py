"""Which of the known kinds a list is, and what each of its columns is used for."""

from collections.abc import Sequence
from dataclasses import replace

from server.imports.errors import HeaderMissing
from server.imports.eventbrite import EVENTBRITE
from server.imports.formats import Columns, Format
from server.imports.hi_events import HI_EVENTS
from server.imports.indico import INDICO
from server.imports.lists import LIST, any_columns
from server.imports.luma import LUMA
from server.imports.mapping import Choose, uses_of, with_uses
from server.imports.models import ListColumn
from server.imports.pretix import PRETIX
from server.imports.rows import Layout
from server.people.addresses import is_address

#: In the order in which they are tried: the plain list takes whatever names a person.
FORMATS = (PRETIX, EVENTBRITE, HI_EVENTS, LUMA, INDICO, LIST)


def recognise(header: Sequence[str]) -> tuple[Format, Columns]:
    """The kind of list and where it holds what; a plain list without a name where nothing is recognised.

    Raises `HeaderMissing` or `OrdersNotAttendees`.
    """
    for kind in FORMATS:
        columns = kind.columns(header)
        if columns is not None:
            return kind, columns
    if any(is_address(cell) for cell in header):
        raise HeaderMissing
    return LIST, any_columns(header)


def layout_of(header: Sequence[str], choose: Choose) -> tuple[Layout, tuple[ListColumn, ...]]:
    """How the list is read, and its columns one by one. Raises as `recognise` does."""
    kind, columns = recognise(header)
    recognised = uses_of(columns, len(header))
    uses = recognised
    wanted = choose(header, recognised)
    if wanted is not None and tuple(wanted) != recognised:
        uses = tuple(wanted)
        before, columns = columns, with_uses(columns, uses)
        if set(columns.status) != set(before.status):
            # Words of a column that the system did not fill are nobody's but the organizer's own.
            kind = replace(kind, statuses=LIST.statuses)
    listed = tuple(ListColumn(heading, use, was) for heading, use, was in zip(header, uses, recognised, strict=True))
    return Layout(kind, columns, header), listed
