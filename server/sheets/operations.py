"""Which badges go on paper, and that it is written down. Printing admits nobody: it is no check-in.

The sheets are made first and logged before they are handed over, so that nobody holds codes of which no log knows.
Who may print is asked by the callers: the host has the machine, organizers come by `server.printing`.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.errors import NotFound
from server.events import operations as events
from server.ids import new_id
from server.secrets import Secrets
from server.sheets import queries
from server.sheets.errors import BadgesChanged, NothingToPrint
from server.sheets.faces import faces_of, sample_faces
from server.sheets.formats import FORMATS, FormatName
from server.sheets.models import BadgesWanted, Faces, OwnPrint, Print, PrintedBy, SheetOrder


async def gather_faces(
    connection: Connection,
    *,
    event_id: UUID,
    wanted: BadgesWanted,
    format_name: FormatName,
    order: SheetOrder,
    secrets: Secrets,
    public_url: str,
    registration_id: UUID | None = None,
) -> Faces:
    """What goes on the badges that are wanted; for `NOBODYS` a page of made-up ones.

    Raises `NotFound` for the event, and `NothingToPrint`.
    """
    event = await events.find_event(connection, event_id=event_id)
    if wanted is BadgesWanted.NOBODYS:
        return await asyncio.to_thread(
            sample_faces, FORMATS[format_name].per_page, event_title=event.title, public_url=public_url
        )
    asked = await queries.select_badges_to_print(
        connection,
        event_id=event_id,
        wanted=wanted,
        registration_id=registration_id,
        by_ticket=order is SheetOrder.TICKET,
    )
    faces = await asyncio.to_thread(faces_of, asked, event_title=event.title, secrets=secrets, public_url=public_url)
    if not faces.by_badge:
        raise NothingToPrint(wanted, left_out=faces.left_out)
    return faces


async def log_print(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID | None,
    badge_ids: Sequence[UUID],
    format_name: FormatName,
    now: datetime,
) -> None:
    """Mark the badges as printed and log it, in one transaction. `person_id` is None for the host.

    Raises `BadgesChanged` when one of them is no longer in use; then nothing counts as printed.
    """
    by = PrintedBy.HOST if person_id is None else PrintedBy.ORGANIZER
    entry = Print(new_id(), by, person_id, now, len(badge_ids), format_name)
    async with connection.transaction():
        await queries.insert_print(connection, event_id=event_id, entry=entry)
        marked = await queries.mark_printed(
            connection, event_id=event_id, badge_ids=badge_ids, print_id=entry.id, now=now
        )
        if marked != len(badge_ids):
            raise BadgesChanged


async def require_in_use(connection: Connection, *, event_id: UUID, badge_ids: Sequence[UUID]) -> None:
    """Raises `BadgesChanged` when one of these badges is no longer in use."""
    if await queries.count_in_use(connection, event_id=event_id, badge_ids=badge_ids) != len(badge_ids):
        raise BadgesChanged


async def prints_of(connection: Connection, *, event_id: UUID) -> list[Print]:
    """Who printed badges of this event, when and how many, the newest first. Asks no leave: attendees may know."""
    return await queries.select_prints(connection, event_id=event_id)


async def own_prints(connection: Connection, *, event_id: UUID, person_id: UUID) -> list[OwnPrint]:
    """When badges of this person's own place were printed, and by whom, the newest first.

    Raises `NotFound` for an event where they have none.
    """
    found = await queries.select_own_prints(connection, event_id=event_id, person_id=person_id)
    if found is None:
        raise NotFound
    return found
