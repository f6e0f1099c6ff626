"""Every statement about reports."""

from collections.abc import Collection
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection
from server.reports.models import Organizer, Report, Reporter, Untold

#: How many other reports somebody filed at this event; sending one again counts none.
COUNT_FILED: LiteralString = """
    SELECT count(*) FROM reports WHERE event_id = $1 AND reporter_id = $2 AND key <> $3
"""


async def count_filed(connection: Connection, *, event_id: UUID, reporter_id: UUID, but_for: UUID) -> int:
    found: int = await connection.fetchval(COUNT_FILED, event_id, reporter_id, but_for)
    return found


#: A report under its key; a key seen before changes nothing.
INSERT_REPORT: LiteralString = """
    INSERT INTO reports (event_id, id, key, reporter_id, reported_id, text, names_reporter, reported_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT ON CONSTRAINT reports_one_per_key DO NOTHING
"""


async def insert_report(
    connection: Connection,
    *,
    event_id: UUID,
    report_id: UUID,
    key: UUID,
    reporter_id: UUID,
    reported_id: UUID,
    text: str,
    names_reporter: bool,
    now: datetime,
) -> None:
    await connection.execute(
        INSERT_REPORT,
        event_id,
        report_id,
        key,
        reporter_id,
        reported_id,
        text,
        names_reporter,
        now,
    )


#: Reports of an event as one of its organizers reads them, open or settled ones, the newest first; $5 names a single
#: one. Reports about that very organizer are left out. Who wrote one is null in the database's answer already, unless
#: they said that it may be known.
SELECT_REPORTS: LiteralString = """
    SELECT reports.event_id, reports.id, reported.name, reported.ticket_type, reports.text, reports.reported_at,
           CASE WHEN reports.names_reporter THEN reporter.name END AS reporter_name,
           CASE WHEN reports.names_reporter THEN COALESCE(writer.contact_email, writer.email) END AS reporter_email,
           reports.settled_at, settler.name AS settled_by
    FROM reports
    JOIN registrations AS reported ON reported.event_id = reports.event_id AND reported.id = reports.reported_id
    JOIN registrations AS reporter ON reporter.event_id = reports.event_id AND reporter.id = reports.reporter_id
    LEFT JOIN people AS writer ON writer.id = reporter.person_id
    LEFT JOIN people AS settler ON settler.id = reports.settled_by
    WHERE reports.event_id = $1 AND reported.person_id IS DISTINCT FROM $2
      AND ($3::boolean IS NULL OR (reports.settled_at IS NOT NULL) = $3)
      AND ($5::uuid IS NULL OR reports.id = $5)
    ORDER BY COALESCE(reports.settled_at, reports.reported_at) DESC, reports.id DESC
    LIMIT $4
"""


async def select_reports(
    connection: Connection,
    *,
    event_id: UUID,
    reader_id: UUID,
    settled: bool | None,
    limit: int,
    only: UUID | None = None,
) -> list[Report]:
    rows = await connection.fetch(SELECT_REPORTS, event_id, reader_id, settled, limit, only)
    return [_report(row) for row in rows]


#: A report settled, or open again with $4 null. The first who settled it stays named. Not for the one it is about.
SETTLE_REPORT: LiteralString = """
    UPDATE reports
    SET settled_at = CASE WHEN $4::timestamptz IS NULL THEN NULL ELSE COALESCE(reports.settled_at, $4) END,
        settled_by = CASE WHEN $4::timestamptz IS NULL THEN NULL
                          WHEN reports.settled_at IS NULL THEN $3 ELSE reports.settled_by END
    FROM registrations
    WHERE reports.event_id = $1 AND reports.id = $2
      AND registrations.event_id = reports.event_id AND registrations.id = reports.reported_id
      AND registrations.person_id IS DISTINCT FROM $3
    RETURNING true
"""


async def settle_report(
    connection: Connection, *, event_id: UUID, report_id: UUID, person_id: UUID, at: datetime | None
) -> bool:
    return bool(await connection.fetchval(SETTLE_REPORT, event_id, report_id, person_id, at))


#: Events with reports of which nobody was told yet.
SELECT_EVENTS_TO_TELL: LiteralString = """
    SELECT DISTINCT event_id FROM reports WHERE told_at IS NULL ORDER BY event_id
"""


async def select_events_to_tell(connection: Connection) -> list[UUID]:
    return [row["event_id"] for row in await connection.fetch(SELECT_EVENTS_TO_TELL)]


#: Holds an event's untold reports until the transaction ends; what another worker holds is passed by.
LOCK_UNTOLD: LiteralString = """
    SELECT reports.id, registrations.person_id
    FROM reports
    JOIN registrations ON registrations.event_id = reports.event_id AND registrations.id = reports.reported_id
    WHERE reports.event_id = $1 AND reports.told_at IS NULL
    ORDER BY reports.id
    FOR UPDATE OF reports SKIP LOCKED
"""


async def lock_untold(connection: Connection, *, event_id: UUID) -> list[Untold]:
    return [Untold(row["id"], row["person_id"]) for row in await connection.fetch(LOCK_UNTOLD, event_id)]


#: Who organizes an event.
SELECT_ORGANIZERS: LiteralString = """
    SELECT people.id, people.email
    FROM event_roles
    JOIN people ON people.id = event_roles.person_id
    WHERE event_roles.event_id = $1 AND event_roles.role IN ('OWNER', 'ORGANIZER')
    ORDER BY people.id
"""


async def select_organizers(connection: Connection, *, event_id: UUID) -> list[Organizer]:
    return [Organizer(row["id"], row["email"]) for row in await connection.fetch(SELECT_ORGANIZERS, event_id)]


#: Their mails have left.
MARK_TOLD: LiteralString = """
    UPDATE reports SET told_at = $3 WHERE event_id = $1 AND id = ANY ($2::uuid[])
"""


async def mark_told(connection: Connection, *, event_id: UUID, report_ids: Collection[UUID], now: datetime) -> None:
    await connection.execute(MARK_TOLD, event_id, list(report_ids), now)


def _report(row: Record) -> Report:
    named = row["reporter_name"] is not None and row["reporter_email"] is not None
    return Report(
        event_id=row["event_id"],
        id=row["id"],
        name=row["name"],
        ticket_type=row["ticket_type"],
        text=row["text"],
        reported_at=row["reported_at"],
        reporter=Reporter(row["reporter_name"], row["reporter_email"]) if named else None,
        settled_at=row["settled_at"],
        settled_by=row["settled_by"],
    )
