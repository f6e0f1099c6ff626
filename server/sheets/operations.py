"""Printing badges: who may, what goes on paper, and that it is written down. Printing admits nobody: it is no check-in.

The sheets are made first and logged before they are handed over, so that nobody holds codes of which no log knows.
"""

import asyncio
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from server.badges.tokens import badge_secret
from server.db import Connection
from server.events import operations as events
from server.events.models import ORGANIZERS
from server.ids import new_id
from server.secrets import Secrets
from server.sheets import queries
from server.sheets.document import make_pdf
from server.sheets.errors import BadgesChanged, NothingToPrint
from server.sheets.formats import FORMATS, FormatName
from server.sheets.models import Face, LivePrint, NotPrintable, Print, SheetOrder, Sheets
from server.sheets.typefaces import unwritable, without_unwritable_symbols
from server.texts import NOT_TEXT, deceives


def _unwatched(_: int) -> None:
    """Nobody looks at a bar."""


async def print_badges(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID | None,
    format_name: FormatName,
    order: SheetOrder,
    only_new: bool,
    secrets: Secrets,
    public_url: str,
    now: datetime,
    begin: Callable[[int], None] = _unwatched,
    progress: Callable[[int], None] = _unwatched,
) -> Sheets:
    """The badges in use of one event as a PDF, marked as printed and logged. `person_id` is None for the host.

    `begin` is told how many badges there are; then `progress`, from the thread that draws, how many more are done.
    Raises `NotFound` and `NotAllowed` as `require_role` does, `NothingToPrint`, and `BadgesChanged`.
    """
    if person_id is not None:
        await events.require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    event = await events.find_event(connection, event_id=event_id)
    asked = await queries.select_badges_to_print(
        connection, event_id=event_id, only_new=only_new, by_ticket=order is SheetOrder.TICKET
    )
    faces, left_out, shortened = await asyncio.to_thread(_faces, asked, secrets, public_url)
    if not faces:
        raise NothingToPrint(only_new=only_new, left_out=left_out)
    begin(len(faces))
    title = _on_paper(event.title)
    pdf, pages = await asyncio.to_thread(
        make_pdf,
        list(faces.values()),
        event_title="" if unwritable(title) else title,
        on=FORMATS[format_name],
        now=now,
        progress=progress,
    )
    async with connection.transaction():
        marked = await queries.mark_printed(connection, event_id=event_id, badge_ids=list(faces), now=now)
        if marked != len(faces):
            raise BadgesChanged
        await queries.insert_print(
            connection,
            event_id=event_id,
            print_id=new_id(),
            entry=Print(person_id, person_id is None, now, len(faces), format_name),
        )
    return Sheets(pdf, pages, len(faces), shortened, tuple(left_out))


async def prints_of(connection: Connection, *, event_id: UUID) -> list[Print]:
    """Who printed badges of this event, when and how many, the newest first. Asks no leave: attendees may know."""
    return await queries.select_prints(connection, event_id=event_id)


def _faces(
    asked: Sequence[LivePrint], secrets: Secrets, public_url: str
) -> tuple[dict[UUID, Face], list[NotPrintable], int]:
    """What goes on each badge; the badges whose names cannot be written; how many lack some other sign or line."""
    faces: dict[UUID, Face] = {}
    left_out: list[NotPrintable] = []
    shortened = 0
    for badge in asked:
        whole = _on_paper(badge.name)
        name = without_unwritable_symbols(whole)
        missing = unwritable(name) if name else unwritable(whole)
        if missing or not name:
            left_out.append(NotPrintable(whole, missing))
            continue
        pronouns, ask_me_about = _writable(badge.pronouns), _writable(badge.ask_me_about)
        shortened += (name, pronouns, ask_me_about) != (
            whole, _one_line(badge.pronouns), _one_line(badge.ask_me_about)
        )  # fmt: skip
        secret = badge_secret(secrets, badge.badge_id, badge.key_id)
        faces[badge.badge_id] = Face(name, pronouns, ask_me_about, secret.address(public_url), secret.code)
    return faces, left_out, shortened


def _on_paper(text: str) -> str:
    """The text as one line, without signs that are not seen, whatever an older version of the product let in."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(sign for sign in line if not deceives(sign) and unicodedata.category(sign) not in NOT_TEXT).strip()


def _one_line(text: str | None) -> str | None:
    return _on_paper(text or "") or None


def _writable(text: str | None) -> str | None:
    """The text without symbols that no font has; None when letters of it are missing too."""
    line = without_unwritable_symbols(_on_paper(text or ""))
    return None if unwritable(line) else line or None
