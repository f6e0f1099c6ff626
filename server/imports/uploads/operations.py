"""Lists that an event's organizers bring in with the app: taken, looked at, used otherwise, brought in, forgotten.

Reading and bringing in is done by jobs, so that no request's deadline cuts it; see `server.imports.bringing.making`.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from server.db import Connection
from server.errors import InputNotValid, KeyReused, NotFound
from server.events.models import ORGANIZERS, Event
from server.events.operations import find_event_by_slug, require_role
from server.imports.mapping import ColumnUse
from server.imports.uploads import queries
from server.imports.uploads.errors import ImportHasBadRows, ImportNotReady, TooManyUploads
from server.imports.uploads.findings import read
from server.imports.uploads.models import Findings, ImportState, ImportWay, PastImports, StoredImport
from server.imports.uploads.sealing import seal, unseal
from server.limiter import Limiter
from server.queue import enqueue
from server.secrets import Secrets
from server.texts import deceives

LISTS_READ = "lists read"
LISTS_BROUGHT_IN = "lists brought in"

#: What a list may be in the app.
MOST_MEGABYTES = 20
MOST_ROWS = 20_000
#: How long a list, and what was found in it, is kept.
KEPT_FOR = timedelta(days=1)
UPLOADS_PER_PERSON = "30/10 minutes"

LONGEST_FILE_NAME = 120
MOST_PAST = 50
FILE = "file"
FINDINGS = "findings"


async def expect_list(connection: Connection, *, slug: str, person_id: UUID, limiter: Limiter, now: datetime) -> Event:
    """The event for which this organizer is about to send a list: asked before a byte of it is read.

    Raises `NotFound`, `NotAllowed` and `TooManyUploads`.
    """
    event = await find_event_by_slug(connection, slug=slug)
    if event is None:
        raise NotFound
    await require_role(connection, event_id=event.id, person_id=person_id, allowed=ORGANIZERS)
    if not await limiter.allows(UPLOADS_PER_PERSON, "lists", str(person_id)):
        raise TooManyUploads(
            await limiter.seconds_to_wait(UPLOADS_PER_PERSON, "lists", str(person_id), now=now.timestamp())
        )
    return event


async def take_list(
    connection: Connection,
    *,
    event: Event,
    person_id: UUID,
    import_id: UUID,
    way: ImportWay,
    file_name: str | None,
    data: bytes,
    secrets: Secrets,
    now: datetime,
) -> StoredImport:
    """A list to be read, in place of any that this organizer has begun at the event. The same id again answers as it
    is. Nothing of it is in the event before `bring_in`.

    Raises `NotFound`, `NotAllowed` for who stopped being an organizer while it came, and `KeyReused` for an id of
    somebody else's.
    """
    await require_role(connection, event_id=event.id, person_id=person_id, allowed=ORGANIZERS)
    sealed = await asyncio.to_thread(seal, data, event_id=event.id, of=import_id, part=FILE, secrets=secrets)
    async with connection.transaction():
        is_new = await queries.insert_import(
            connection, event_id=event.id, import_id=import_id, person_id=person_id, way=way,
            file_name=shown_name(file_name), now=now,
        )  # fmt: skip
        if is_new:
            await queries.insert_file(
                connection, event_id=event.id, import_id=import_id, sealed=sealed, kept_until=now + KEPT_FOR
            )
            await queries.delete_begun(connection, event_id=event.id, person_id=person_id, but=import_id)
            await _have_read(connection, event_id=event.id, import_id=import_id, reading=0)
    taken = await queries.select_import(connection, event_id=event.id, import_id=import_id, now=now)
    if taken is None:
        raise NotFound
    if taken.person_id != person_id:
        raise KeyReused
    return taken


async def find_open(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> StoredImport | None:
    """The organizer's own newest import of which the rows are still known. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await queries.select_open(connection, event_id=event_id, person_id=person_id, now=now)


async def find_import(
    connection: Connection, *, event_id: UUID, import_id: UUID, person_id: UUID, now: datetime
) -> StoredImport:
    """An import: one's own, or one that was brought in. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    found = await queries.select_import(connection, event_id=event_id, import_id=import_id, now=now)
    if found is None or (found.person_id != person_id and found.state is not ImportState.DONE):
        raise NotFound
    return found


async def list_past(
    connection: Connection, *, event_id: UUID, person_id: UUID, first: int, after: UUID | None
) -> PastImports:
    """What was brought in by anybody, the newest first. Raises `NotAllowed`, `NotFound` and `InputNotValid`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    if not 1 <= first <= MOST_PAST:
        raise InputNotValid("past.first", f"Ask for 1 to {MOST_PAST} imports at once, and page through the rest.")
    found = await queries.select_past(connection, event_id=event_id, after=after, limit=first + 1)
    return PastImports(tuple(found[:first]), has_next=len(found) > first)


async def find_findings(
    connection: Connection, *, stored: StoredImport, person_id: UUID, secrets: Secrets, now: datetime
) -> Findings | None:
    """What was found in one's own list; None once it is forgotten, and for a colleague's."""
    if stored.person_id != person_id:
        return None
    await require_role(connection, event_id=stored.event_id, person_id=person_id, allowed=ORGANIZERS)
    sealed = await queries.select_findings(connection, event_id=stored.event_id, import_id=stored.id, now=now)
    if sealed is None:
        return None
    bound = {"event_id": stored.event_id, "of": stored.id}
    return await asyncio.to_thread(lambda: read(unseal(sealed, **bound, part=FINDINGS, secrets=secrets)))


async def use_columns(
    connection: Connection,
    *,
    event_id: UUID,
    import_id: UUID,
    person_id: UUID,
    uses: Sequence[ColumnUse] | None,
    sheet: str | None,
    now: datetime,
) -> StoredImport:
    """Read the list anew with these uses of its columns, one for each in their order; None recognises them anew.

    Raises `NotAllowed`, `NotFound`, and `ImportNotReady` while it is read or once it was brought in.
    """
    await _own(connection, event_id=event_id, import_id=import_id, person_id=person_id, now=now)
    async with connection.transaction():
        reading = await queries.update_uses(connection, event_id=event_id, import_id=import_id, uses=uses, sheet=sheet)
        if reading is None:
            raise ImportNotReady
        await _have_read(connection, event_id=event_id, import_id=import_id, reading=reading)
    return await _own(connection, event_id=event_id, import_id=import_id, person_id=person_id, now=now)


async def bring_in(
    connection: Connection, *, event_id: UUID, import_id: UUID, person_id: UUID, skip_bad: bool, now: datetime
) -> StoredImport:
    """Have the list brought in, once, however often this is asked. Raises `NotAllowed`, `NotFound`,
    `ImportHasBadRows` when rows are bad and not to be left out, and `ImportNotReady`.
    """
    stored = await _own(connection, event_id=event_id, import_id=import_id, person_id=person_id, now=now)
    async with connection.transaction():
        if await queries.update_waiting(connection, event_id=event_id, import_id=import_id, skip_bad=skip_bad):
            key = f"{LISTS_BROUGHT_IN}/{event_id}/{import_id}"
            await enqueue(connection, LISTS_BROUGHT_IN, key=key, event=event_id, of=import_id)
    asked = await _own(connection, event_id=event_id, import_id=import_id, person_id=person_id, now=now)
    if asked.state is ImportState.READ:
        raise ImportHasBadRows(stored.sums.bad)
    if asked.state not in {ImportState.WAITING, ImportState.IMPORTING, ImportState.DONE}:
        raise ImportNotReady
    return asked


async def forget(connection: Connection, *, event_id: UUID, import_id: UUID, person_id: UUID, now: datetime) -> None:
    """Delete a list that was not brought in; of one that was, what is known of its rows. Raises `NotAllowed`,
    `NotFound`, and `ImportNotReady` while it is being brought in.
    """
    stored = await _own(connection, event_id=event_id, import_id=import_id, person_id=person_id, now=now)
    if stored.state in {ImportState.WAITING, ImportState.IMPORTING}:
        raise ImportNotReady
    await queries.delete_import(connection, event_id=event_id, import_id=import_id)
    await queries.delete_file(connection, event_id=event_id, import_id=import_id)


async def _own(
    connection: Connection, *, event_id: UUID, import_id: UUID, person_id: UUID, now: datetime
) -> StoredImport:
    found = await find_import(connection, event_id=event_id, import_id=import_id, person_id=person_id, now=now)
    if found.person_id != person_id:
        raise NotFound
    return found


async def _have_read(connection: Connection, *, event_id: UUID, import_id: UUID, reading: int) -> None:
    key = f"{LISTS_READ}/{event_id}/{import_id}/{reading}"
    await enqueue(connection, LISTS_READ, key=key, event=event_id, of=import_id, reading=reading)


def shown_name(file_name: str | None) -> str | None:
    """The last part of a name, as it can be shown."""
    last = (file_name or "").replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if sign.isprintable() and not deceives(sign)).strip()
    return shown[:LONGEST_FILE_NAME] or None
