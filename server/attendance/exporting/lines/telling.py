"""What stands in an export, in words: its headings, and its lines one after the other. No mail address, no code."""

from collections.abc import AsyncGenerator
from datetime import datetime

from server.attendance.exporting.lines import queries
from server.attendance.exporting.lines.queries import PersonOnDay, ScanAtDoor
from server.attendance.exporting.models import ExportContents, ExportRequest, Layout, Line
from server.attendance.models import Attendance
from server.db import Connection
from server.doors.models import CheckInVerdict
from server.events.models import Event
from server.registrations.models import RegistrationState

_DIRECTIONS = {"IN": "In", "OUT": "Out", "UNDO": "Undo"}
_VERDICTS = {
    CheckInVerdict.ADMITTED: "Admitted",
    CheckInVerdict.ALREADY_IN: "Already in",
    CheckInVerdict.CANCELLED: "Cancelled",
    CheckInVerdict.NOT_RECOGNISED: "Not recognised",
    CheckInVerdict.NOT_A_TICKET: "Not a ticket",
    CheckInVerdict.WRONG_EVENT: "Ticket of another event",
    CheckInVerdict.CHECKED_OUT: "Checked out",
    CheckInVerdict.UNDONE: "Undone",
}


def layout_of(request: ExportRequest, event: Event) -> Layout:
    """The headings; instants are by the event's own clocks, and each heading says so."""
    at = f"({event.timezone})"
    if request.contents is ExportContents.SCANS:
        headings: tuple[str, ...] = (
            f"Scanned {at}", f"Received {at}", "Door", "Helper", "Direction", "Verdict", "Name", "Ticket type",
            "Offline",
        )  # fmt: skip
        return Layout(request.format, "Scans", headings, (0, 1), event.timezone)
    headings = (
        "Day", "Name", "Ticket number", "Ticket type", "Attendance", f"First in {at}", f"Last scan {at}", "Door",
        "Walk-in",
    )  # fmt: skip
    return Layout(request.format, "People", headings, (5, 6), event.timezone)


async def count_lines(connection: Connection, *, request: ExportRequest, attendance: Attendance) -> int:
    """How many lines there will be, as far as it can be known before."""
    event_id = attendance.event.id
    if request.contents is ExportContents.SCANS:
        return await queries.select_scan_count(connection, event_id=event_id, day=request.day)
    days = 1 if request.day else len(attendance.days)
    return days * await queries.select_registration_count(connection, event_id=event_id)


async def tell_lines(
    connection: Connection, *, request: ExportRequest, attendance: Attendance, now: datetime
) -> AsyncGenerator[Line, None]:
    """The lines in their order. Needs a transaction: they are read in portions."""
    event = attendance.event
    if request.contents is ExportContents.SCANS:
        async for scan in queries.select_scans(connection, event_id=event.id, day=request.day):
            yield _of_scan(scan)
        return
    days = [request.day] if request.day else attendance.days
    async for person in queries.select_people_on_days(connection, event_id=event.id, days=days):
        yield _of_person(person, event, is_over=event.day_of(now) > person.day)


def _of_scan(scan: ScanAtDoor) -> Line:
    return (
        scan.happened_at, scan.received_at, scan.door, scan.helper, _DIRECTIONS[scan.direction],
        _VERDICTS[scan.verdict], scan.name, scan.ticket_type, "Yes" if scan.is_offline else "No",
    )  # fmt: skip


def _of_person(person: PersonOnDay, event: Event, *, is_over: bool) -> Line:
    return (
        person.day.isoformat(), person.name, person.ticket, person.ticket_type,
        _attendance(person, event, is_over=is_over), person.first_in_at, person.last_seen_at, person.door,
        "Yes" if person.is_walk_in else "No",
    )  # fmt: skip


def _attendance(person: PersonOnDay, event: Event, *, is_over: bool) -> str:
    """Where somebody was that day. Who is here is said only where people are scanned out, and while the day goes on."""
    if person.state is RegistrationState.CANCELLED:
        return "Cancelled" if person.first_in_at is None else "Cancelled, and came"
    if person.state is RegistrationState.REGISTERED:
        return "Did not come" if is_over else "Not yet"
    if not event.scans_people_out:
        return "Came"
    if person.state is RegistrationState.CHECKED_OUT:
        return "Left"
    return "Came, not scanned out" if is_over else "Here"
