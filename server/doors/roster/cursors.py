"""Moments and places of a roster as text that a phone keeps and sends back. What it holds is not secret."""

import base64
import binascii
from datetime import date
from uuid import UUID

from server.doors.roster.models import Moment, RosterPlace
from server.errors import InputNotValid
from server.events.models import ChecksInWith

_LARGEST = 2**63 - 1


def write_moment(moment: Moment) -> str:
    """The moment in words that only this reads."""
    return _write(_moment_parts(moment))


def read_moment(text: str) -> Moment:
    """The moment in such a text. Raises `InputNotValid` for anything else."""
    return _moment(_read(text, 4, field="changedSince"), field="changedSince")


def write_place(place: RosterPlace) -> str:
    """Where the next page begins."""
    since = [] if place.since is None else _moment_parts(place.since)
    return _write([place.last.hex, *_moment_parts(place.moment), *since])


def read_place(text: str) -> RosterPlace:
    """Such a place. Raises `InputNotValid` for anything else."""
    parts = _read(text, 5, 9, field="after")
    try:
        last = UUID(hex=parts[0])
    except ValueError as error:
        raise _refusal("after") from error
    since = _moment(parts[5:], field="after") if len(parts) > 5 else None
    return RosterPlace(_moment(parts[1:5], field="after"), since, last)


def _moment_parts(moment: Moment) -> list[str]:
    return [moment.line, str(moment.oldest), moment.day.isoformat(), moment.checks_in_with]


def _moment(parts: list[str], *, field: str) -> Moment:
    line, oldest, day, checks_in_with = parts
    try:
        moment = Moment(line, int(oldest), date.fromisoformat(day), ChecksInWith(checks_in_with))
    except ValueError as error:
        raise _refusal(field) from error
    if not 0 <= moment.oldest <= _LARGEST:
        raise _refusal(field)
    return moment


def _write(parts: list[str]) -> str:
    return base64.urlsafe_b64encode(" ".join(parts).encode()).rstrip(b"=").decode()


def _read(text: str, *lengths: int, field: str) -> list[str]:
    try:
        parts = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode().split(" ")
    except (binascii.Error, ValueError) as error:
        raise _refusal(field) from error
    if len(parts) not in lengths:
        raise _refusal(field)
    return parts


def _refusal(field: str) -> InputNotValid:
    return InputNotValid(field, "That is none of this roster's own marks. Leave it out to read all of it.")
