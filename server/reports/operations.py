"""Reports to an event's organizers. They read whom and what happened; never a card, a contact or who met whom.

Door helpers read none, and nobody reads one about themselves.
"""

from datetime import datetime
from uuid import UUID, uuid5

from server.blocks.models import Meeting
from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.events.models import ORGANIZERS
from server.events.operations import require_role
from server.ids import new_id
from server.reports import queries
from server.reports.models import NewReport, Report
from server.texts import clean_optional_text

LONGEST_REPORT = 2000
#: At one event, by one person: more than anybody needs, and too few to bury the organizers.
MOST_REPORTS = 10
LARGEST_PAGE = 100


async def file_report(connection: Connection, *, meeting: Meeting, report: NewReport, now: datetime) -> None:
    """Keep it for the organizers of the event where they met; nothing where nothing is written in it.

    The same `key` again, or without one the same words about the same meeting, is one report. Raises `InputNotValid`
    for words that cannot be kept, and beyond `MOST_REPORTS`.
    """
    words = clean_optional_text(report.text, field="report", longest=LONGEST_REPORT)
    if words is None:
        return
    key = report.key or uuid5(meeting.swap_id, words)
    filed = await queries.count_filed(
        connection, event_id=meeting.event_id, reporter_id=meeting.registration_id, but_for=key
    )
    if filed >= MOST_REPORTS:
        raise InputNotValid(
            "report",
            f"They are blocked. You have sent {MOST_REPORTS} reports from this event already, so this one was not "
            "sent: speak to the organizers.",
        )
    await queries.insert_report(
        connection,
        event_id=meeting.event_id,
        report_id=new_id(),
        key=key,
        reporter_id=meeting.registration_id,
        reported_id=meeting.other_id,
        text=words,
        names_reporter=report.names_reporter,
        now=now,
    )


async def list_reports(
    connection: Connection, *, event_id: UUID, person_id: UUID, settled: bool, first: int
) -> list[Report]:
    """The event's open or settled reports, the newest first, for one of its organizers.

    Raises `NotAllowed`, `NotFound` for strangers to the event, and `InputNotValid` for a page over `LARGEST_PAGE`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    if not 1 <= first <= LARGEST_PAGE:
        raise InputNotValid("first", f"Ask for between 1 and {LARGEST_PAGE} at once.")
    return await queries.select_reports(
        connection, event_id=event_id, reader_id=person_id, settled=settled, limit=first
    )


async def find_report(connection: Connection, *, event_id: UUID, report_id: UUID, person_id: UUID) -> Report:
    """One report, for an organizer of its event. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    found = await queries.select_reports(
        connection, event_id=event_id, reader_id=person_id, settled=None, limit=1, only=report_id
    )
    if not found:
        raise NotFound
    return found[0]


async def settle_report(
    connection: Connection, *, event_id: UUID, report_id: UUID, person_id: UUID, settled: bool, now: datetime
) -> Report:
    """Say that a report has been dealt with, or that it has not. Whoever said so first stays named.

    Raises `NotAllowed` and `NotFound`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    if not await queries.settle_report(
        connection, event_id=event_id, report_id=report_id, person_id=person_id, at=now if settled else None
    ):
        raise NotFound
    return await find_report(connection, event_id=event_id, report_id=report_id, person_id=person_id)
