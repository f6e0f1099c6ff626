"""Eventbrite's attendee reports as CSV, with the headings of its American and British English.

Headings from files that public tools read: rherardi/eb2ez README (Attendee Report of 2024), raspibo/eventman
eventman_server.py (`EbCSVImportPersonsHandler`, with "Barcode #" and the buyer's columns), and lists of
headings of British accounts ("Order no.", "Surname", "Attendee no."). Status words from Eventbrite's help
page "Glossary of order and attendee statuses in event reports" and the attendee `status` of its API.
"""

from collections.abc import Sequence

from server.imports.errors import OrdersNotAttendees
from server.imports.formats import Columns, Format, statuses
from server.imports.headings import found, positions

_ORDER = ("Order #", "Order no.", "Order ID")
_ATTENDEE = ("Attendee #", "Attendee no.", "Attendee ID")
_STATUS = ("Attendee Status",)
_FIRST = ("First Name", "Attendee first name")
_LAST = ("Last Name", "Surname", "Attendee last name", "Attendee Surname")
_BUYER = ("Buyer email", "Buyer first name", "Buyer last name", "Buyer Surname")

_STATUSES = statuses(
    coming="Attending | Checked In | Completed | Manual | Offline",
    cancelled=(
        "Not Attending | Deleted | Refunded | Canceled | Cancelled | Refunded/Canceled | Refunded/Cancelled"
        " | Transferred"
    ),
    waiting="Unpaid | Pending | Abandoned",
    is_closed=True,
)


def _columns(header: Sequence[str]) -> Columns | None:
    places = positions(header)
    if not found(places, _ORDER):
        return None
    attendee, status = found(places, _ATTENDEE), found(places, _STATUS)
    first, last = found(places, _FIRST), found(places, _LAST)
    if not (attendee or status):
        if found(places, _BUYER) and not first:
            raise OrdersNotAttendees("Eventbrite", "the attendee report")
        return None
    if not (first or last):
        return None
    return Columns(
        name=(),
        given_name=first[:1],
        family_name=last[:1],
        name_instead_parts=found(places, ("Buyer first name",)) + found(places, ("Buyer last name", "Buyer Surname")),
        email=found(places, ("Email", "Attendee email", "Email Address", "Buyer email")),
        external_id=attendee[:1],
        ticket_type=found(places, ("Ticket Type",)),
        ticket_code=found(places, ("Barcode #", "Barcode no.", "Barcode number", "Barcode")),
        pronouns=found(places, ("Pronouns", "Preferred Pronouns")),
        status=status,
        quantity=found(places, ("Quantity", "Ticket Quantity", "QTY")),
    )


EVENTBRITE = Format("eventbrite", "Eventbrite", _columns, _STATUSES)
