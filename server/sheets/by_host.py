"""Printing by the host of the server, at the command line: made, logged and handed over in one go."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.secrets import Secrets
from server.sheets.document import make_pdf
from server.sheets.formats import FORMATS, FormatName
from server.sheets.models import BadgesWanted, SheetOrder, Sheets
from server.sheets.operations import gather_faces, log_print


def _unwatched(_: int) -> None:
    """Nobody looks at a bar."""


async def print_badges(
    connection: Connection,
    *,
    event_id: UUID,
    wanted: BadgesWanted,
    format_name: FormatName,
    order: SheetOrder,
    secrets: Secrets,
    public_url: str,
    now: datetime,
    begin: Callable[[int], None] = _unwatched,
    progress: Callable[[int], None] = _unwatched,
) -> Sheets:
    """Badges of one event as a PDF for the host, marked as printed and logged; a test sheet is neither.

    `begin` is told how many badges there are; then `progress`, from the thread that draws, how many more are done.
    Raises `NotFound`, `NothingToPrint`, and `BadgesChanged`.
    """
    faces = await gather_faces(
        connection,
        event_id=event_id,
        wanted=wanted,
        format_name=format_name,
        order=order,
        secrets=secrets,
        public_url=public_url,
    )
    begin(len(faces.by_badge))
    is_test = wanted is BadgesWanted.NOBODYS
    pdf, pages = await asyncio.to_thread(
        make_pdf,
        list(faces.by_badge.values()),
        heading=faces.heading,
        on=FORMATS[format_name],
        now=now,
        progress=progress,
        outlines=is_test,
    )
    if not is_test:
        await log_print(
            connection,
            event_id=event_id,
            person_id=None,
            badge_ids=list(faces.by_badge),
            format_name=format_name,
            now=now,
        )
    return Sheets(pdf, pages, len(faces.by_badge), faces.shortened, faces.left_out)
