"""CSV exports of pretix, in English and German: "Order data" (the order positions) and "Check-in list".

Headings from pretix (github.com/pretix/pretix, releases 3.18 and 2026.8):
src/pretix/base/exporters/orderlist.py (`iterate_positions`, `iterate_orders`),
src/pretix/plugins/checkinlists/exporters.py (`CSVCheckinList`), the status words from
src/pretix/base/models/orders.py (`STATUS_CHOICE`, `get_extended_status_display`), the German ones from
src/pretix/locale/de/LC_MESSAGES/django.po, the guarding apostrophe from the library defusedcsv that its
exporter writes with.
"""

from collections.abc import Sequence

from server.imports.errors import OrdersNotAttendees
from server.imports.formats import Columns, Format, statuses
from server.imports.headings import found, positions

_ORDER = ("Order code", "Bestellnummer")
_POSITION = ("Position ID", "Position")
_NAME = ("Attendee name", "Name Teilnehmer*in", "Name des Teilnehmenden")
_PRODUCT = ("Product", "Produkt")
#: Only in a check-in list; tells it from other files with an order code and a name.
_CHECKED_IN = ("Checked in", "Eingecheckt")
#: Only in the sheet of orders.
_ORDER_TOTAL = ("Order total", "Gesamtbetrag", "Bestellsumme")

#: Unpaid orders are left out until they are paid, as pretix leaves them out of its own check-in lists;
#: whoever includes them there means them to be let in, so a check-in list has no status to look at.
_STATUSES = statuses(
    coming="paid | bezahlt | pending (confirmed) | ausstehend (bestätigt)",
    cancelled=(
        "canceled | storniert | abgebrochen | expired | abgelaufen | canceled (paid fee) | storniert (bezahlte Gebühr)"
    ),
    waiting="pending | ausstehend | approval pending | Freigabe ausstehend",
    is_closed=True,
)

#: First of a cell that defusedcsv guards with an apostrophe.
_GUARDED = tuple("@+-=|%")


def _columns(header: Sequence[str]) -> Columns | None:
    places = positions(header)
    order, name, product = found(places, _ORDER), found(places, _NAME), found(places, _PRODUCT)
    if order and found(places, _ORDER_TOTAL) and not name:
        raise OrdersNotAttendees("pretix", "“Order data” as order positions, or a check-in list")
    if not (order and name and product):
        return None
    position = found(places, _POSITION)
    if not position and not found(places, _CHECKED_IN):
        return None
    return Columns(
        name=name,
        name_instead=found(places, ("Invoice address name", "Rechnungsadresse: Name")),
        email=found(places, ("Attendee email", "E-Mail Teilnehmer*in", "E-Mail des Teilnehmenden", "Email", "E-Mail")),
        external_id=order + position if position else (),
        ticket_type=product + found(places, ("Variation", "Variante")),
        ticket_code=found(places, ("Ticket secret", "Ticket-Code", "Secret")),
        pronouns=found(places, ("Pronouns", "Pronomen")),
        status=found(places, ("Status",)) if position else (),
        belongs_to_another=found(places, ("Add-on to position ID", "Zusatzprodukt zu Position")),
    )


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_GUARDED) else cell


PRETIX = Format("pretix", "pretix", _columns, _STATUSES, cell=_unguarded)
