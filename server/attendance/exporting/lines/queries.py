"""Every statement that reads what goes into an export. Registrations, doors and scans only: nothing about a swap."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.doors.models import CheckInVerdict, state_of
from server.registrations.models import RegistrationState

#: Rows fetched at once.
_PORTION = 500


@dataclass(frozen=True, slots=True)
class PersonOnDay:
    """One registration on one day. `ticket` is the number in the organizer's own ticketing."""

    day: date
    name: str = field(repr=False)
    ticket: str | None = field(repr=False)
    ticket_type: str | None
    state: RegistrationState
    first_in_at: datetime | None
    last_seen_at: datetime | None
    door: str | None
    is_walk_in: bool


@dataclass(frozen=True, slots=True)
class ScanAtDoor:
    """One line of the doors' log. `name` and `ticket_type` are None where the code was of nobody here."""

    happened_at: datetime
    received_at: datetime
    door: str
    helper: str | None = field(repr=False)
    direction: str
    verdict: CheckInVerdict
    name: str | None = field(repr=False)
    ticket_type: str | None
    is_offline: bool


#: How many registrations an event has.
SELECT_REGISTRATION_COUNT: LiteralString = """
    SELECT count(*) FROM registrations WHERE event_id = $1
"""


async def select_registration_count(connection: Connection, *, event_id: UUID) -> int:
    count: int = await connection.fetchval(SELECT_REGISTRATION_COUNT, event_id)
    return count


#: Every registration on each of these days, by day and name.
SELECT_PEOPLE_ON_DAYS: LiteralString = """
    SELECT days.day, registrations.name, registrations.external_id AS ticket, registrations.ticket_type,
           registrations.cancelled_at IS NOT NULL AS is_cancelled, admissions.is_in, admissions.first_in_at,
           admissions.last_seen_at, doors.name AS door, registrations.walk_in_key IS NOT NULL AS is_walk_in
    FROM unnest($2::date[]) AS days (day)
    JOIN registrations ON registrations.event_id = $1
    LEFT JOIN admissions ON admissions.event_id = registrations.event_id AND admissions.day = days.day
        AND admissions.registration_id = registrations.id
    LEFT JOIN doors ON doors.event_id = admissions.event_id AND doors.id = admissions.door_id
    WHERE registrations.event_id = $1
    ORDER BY days.day, registrations.name_key, registrations.id
"""


async def select_people_on_days(
    connection: Connection, *, event_id: UUID, days: Sequence[date]
) -> AsyncIterator[PersonOnDay]:
    """Needs a transaction: they are read in portions."""
    async for row in connection.cursor(SELECT_PEOPLE_ON_DAYS, event_id, days, prefetch=_PORTION):
        yield PersonOnDay(
            row["day"], row["name"], row["ticket"], row["ticket_type"],
            state_of(is_cancelled=row["is_cancelled"], is_in=row["is_in"]), row["first_in_at"], row["last_seen_at"],
            row["door"], row["is_walk_in"],
        )  # fmt: skip


#: How many lines the doors' log has, of one day or of all.
SELECT_SCAN_COUNT: LiteralString = """
    SELECT count(*) FROM check_ins WHERE event_id = $1 AND ($2::date IS NULL OR day = $2)
"""


async def select_scan_count(connection: Connection, *, event_id: UUID, day: date | None) -> int:
    count: int = await connection.fetchval(SELECT_SCAN_COUNT, event_id, day)
    return count


#: The doors' log of one day or of all, in the order in which it truly happened; refusals and undoings too.
SELECT_SCANS: LiteralString = """
    SELECT check_ins.happened_at, check_ins.received_at, doors.name AS door,
           COALESCE(door_helpers.name, people.name) AS helper, check_ins.direction, check_ins.verdict,
           registrations.name, registrations.ticket_type, check_ins.is_offline
    FROM check_ins
    JOIN doors ON doors.event_id = check_ins.event_id AND doors.id = check_ins.door_id
    LEFT JOIN door_helpers ON door_helpers.event_id = check_ins.event_id
        AND door_helpers.id = check_ins.door_helper_id
    LEFT JOIN people ON people.id = check_ins.helper_id
    LEFT JOIN registrations ON registrations.event_id = check_ins.event_id
        AND registrations.id = check_ins.registration_id
    WHERE check_ins.event_id = $1 AND ($2::date IS NULL OR check_ins.day = $2)
    ORDER BY check_ins.happened_at, check_ins.id
"""


async def select_scans(connection: Connection, *, event_id: UUID, day: date | None) -> AsyncIterator[ScanAtDoor]:
    """Needs a transaction: they are read in portions."""
    async for row in connection.cursor(SELECT_SCANS, event_id, day, prefetch=_PORTION):
        yield ScanAtDoor(
            row["happened_at"], row["received_at"], row["door"], row["helper"], row["direction"],
            CheckInVerdict(row["verdict"]), row["name"], row["ticket_type"], row["is_offline"],
        )  # fmt: skip
