"""From the JSON of another program to rows of a list, judged by the rules of every list."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from server.imports.formats import Columns, Format
from server.imports.hi_events import HI_EVENTS
from server.imports.incoming.errors import BodyNotValid
from server.imports.incoming.models import ImportSender
from server.imports.incoming.signatures import WINDOW
from server.imports.layouts import FORMATS
from server.imports.lists import LIST
from server.imports.models import ReadFile
from server.imports.reading import read_rows
from server.imports.rows import Layout
from server.imports.tables import Row

MOST_ATTENDEES = 1_000

#: What an attendee may have, in the order of the columns below.
_FIELDS = ("id", "name", "email", "ticket_type", "code", "pronouns", "status")
_COLUMNS = Columns(
    external_id=(0,), name=(1,), email=(2,), ticket_type=(3,), ticket_code=(4,), pronouns=(5,), status=(6,)
)
_SYSTEMS = {kind.source: kind for kind in FORMATS}


def read_body(body: bytes) -> dict[str, Any]:
    """The JSON object in these bytes. Raises `BodyNotValid`."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BodyNotValid("The body is not JSON in UTF-8.") from error
    if not isinstance(told, dict):
        raise BodyNotValid("The body must be one JSON object.")
    return told


def read_attendees(told: Mapping[str, Any]) -> ReadFile:
    """The list of the interface: `attendees`, and perhaps the `system` that their ids come from. Raises
    `BodyNotValid`.
    """
    kind = _SYSTEMS.get(told.get("system", LIST.source)) if isinstance(told.get("system", ""), str) else None
    if kind is None:
        raise BodyNotValid(f"`system` is one of: {', '.join(_SYSTEMS)}.")
    listed = told.get("attendees")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise BodyNotValid("`attendees` must be a list of objects.")
    if len(listed) > MOST_ATTENDEES:
        raise BodyNotValid(f"Send {MOST_ATTENDEES} attendees at most, and the others after them.")
    return _read(kind, (_cells(each) for each in listed))


def read_order(sender: ImportSender, told: Mapping[str, Any]) -> ReadFile:
    """The people of a delivery; nobody where it tells of something else. Raises `BodyNotValid`."""
    if sender is ImportSender.STANDARD:
        data = told.get("data")
        return read_attendees(data if isinstance(data, dict) else told)
    payload, kind = told.get("payload"), told.get("event_type")
    people: Sequence[Any] = ()
    if isinstance(payload, dict) and isinstance(kind, str):
        people = [payload] if kind.startswith("attendee.") else payload.get("attendees") or ()
    listed = [each for each in people if isinstance(each, dict)]
    if len(listed) > MOST_ATTENDEES:
        raise BodyNotValid(f"An order has {MOST_ATTENDEES} attendees at most.")
    return _read(HI_EVENTS, (_of_hi_events(each) for each in listed))


def told_at(sender: ImportSender, told: Mapping[str, Any], *, now: datetime) -> datetime | None:
    """When the sender says that it happened; None where it does not say, or names a time still to come."""
    said = told.get("timestamp" if sender is ImportSender.STANDARD else "event_sent_at")
    try:
        instant = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    is_known = instant is not None and instant.tzinfo is not None and instant <= now + WINDOW
    return instant if is_known else None


def _of_hi_events(attendee: Mapping[str, Any]) -> list[str]:
    product = attendee.get("product")
    name = " ".join(filter(None, (_text(attendee.get(part)) for part in ("first_name", "last_name"))))
    title = product.get("title") if isinstance(product, dict) else None
    return [
        _text(attendee.get("id")), name, _text(attendee.get("email")), _text(title), _text(attendee.get("public_id")),
        "", _text(attendee.get("status")),
    ]  # fmt: skip


def _cells(attendee: Mapping[str, Any]) -> list[str]:
    """Raises `BodyNotValid` for a field that is not asked for: a misspelt one must not be lost in silence."""
    unknown = attendee.keys() - set(_FIELDS)
    if unknown:
        raise BodyNotValid(f"An attendee has these fields: {', '.join(_FIELDS)}. Nothing was stored.")
    return [_text(attendee.get(field)) for field in _FIELDS]


def _text(value: object) -> str:
    """A number is an id as it is written; anything that is neither is refused."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BodyNotValid("Each value is a text or a whole number.")
    return str(value)


def _read(kind: Format, cells: Iterable[list[str]]) -> ReadFile:
    layout = Layout(kind, _COLUMNS, _FIELDS)
    return read_rows([Row(number, each) for number, each in enumerate(cells, 1)], layout)
