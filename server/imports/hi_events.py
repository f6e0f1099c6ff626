"""Hi.Events' export of attendees, an XLSX file as it is downloaded, or saved as CSV from it.

Headings from Hi.Events (github.com/HiEventsDev/Hi.Events): backend/app/Exports/AttendeesExport.php, of 2024
("Is Checked In") and of 2025 ("Check Ins"), those of orders from OrdersExport.php beside it; the status words from
backend/app/DomainObjects/Status/AttendeeStatus.php; the guarding apostrophe from
backend/app/Services/Infrastructure/Export/SpreadsheetFormulaEscaper.php. The headings are translated to the language of
whoever exports; only the English ones are known here, and in others the list is read as a plain one. That the QR code
of its tickets holds the public id was learned from that code too, not tried at a door.
"""

from collections.abc import Sequence

from server.imports.errors import OrdersNotAttendees
from server.imports.formats import Columns, Format, statuses
from server.imports.headings import found, positions

_PRODUCT = ("Product Name", "Ticket Name")
_PUBLIC_ID = ("Public ID",)
#: Only in the list of orders.
_ORDER_TOTAL = ("Total Gross",)

_STATUSES = statuses(coming="ACTIVE", cancelled="CANCELLED", waiting="AWAITING_PAYMENT", is_closed=True)

#: First of a cell that is guarded with an apostrophe.
_GUARDED = tuple("=+-@\t\r")


def _columns(header: Sequence[str]) -> Columns | None:
    places = positions(header)
    public_id, first, last = (found(places, each) for each in (_PUBLIC_ID, ("First Name",), ("Last Name",)))
    if not (public_id and first and last and found(places, ("ID",))):
        return None
    if found(places, _ORDER_TOTAL):
        raise OrdersNotAttendees("Hi.Events", "the attendees")
    product = found(places, _PRODUCT)
    if not product or not found(places, ("Short ID",)):
        return None
    return Columns(
        name=(),
        given_name=first,
        family_name=last,
        email=found(places, ("Email",)),
        external_id=found(places, ("ID",)),
        ticket_type=product[:1],
        ticket_code=public_id,
        pronouns=found(places, ("Pronouns", "Preferred pronouns")),
        status=found(places, ("Status",)),
    )


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_GUARDED) else cell


HI_EVENTS = Format("hi.events", "Hi.Events", _columns, _STATUSES, cell=_unguarded)
