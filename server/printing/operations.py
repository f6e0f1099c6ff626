"""Organizers' sheets: asked for, waited for, handed over, gone. Nobody else asks, and nobody fetches another's.

A print is logged when its file is handed over for the first time; what is never fetched was never printed.
"""

from datetime import datetime, timedelta
from uuid import UUID

from server.db import Connection
from server.desk.finding import anywhere
from server.errors import InputNotValid, NotFound
from server.events.models import ORGANIZERS
from server.events.operations import find_event, find_event_by_slug, require_role
from server.limiter import Limiter
from server.people.names import name_key
from server.printing import queries
from server.printing.errors import SheetsNotReady, TooManySheets
from server.printing.models import AskedSheets, BadgeCounts, HolderPage, HolderPlace, SheetsRequest
from server.queue import enqueue
from server.sealing import unseal
from server.secrets import Secrets
from server.sheets.errors import BadgesChanged, NothingToPrint
from server.sheets.formats import FORMATS
from server.sheets.models import BadgesWanted
from server.sheets.operations import log_print, require_in_use

BADGE_SHEETS = "badge sheets"
#: Each costs some seconds of drawing, one after the other.
SHEETS_PER_PERSON = "30/10 minutes"
#: What was asked for and never made is given up; what was made is kept for as long as a lost connection may last.
WAITING_FOR = timedelta(hours=1)
KEPT_FOR = timedelta(minutes=15)

MOST_HOLDERS = 100
LONGEST_SEARCH = 120
#: Before everybody.
_START = HolderPlace("", UUID(int=0))


async def ask_for_sheets(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    key: UUID,
    request: SheetsRequest,
    limiter: Limiter,
    now: datetime,
) -> AskedSheets:
    """Sheets to be made, in place of any this organizer has at the event; the same key again answers them as they are.

    Raises `NotAllowed`, `NotFound` for the event and the one place, `NothingToPrint`, and `TooManySheets`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    known = await queries.select_sheets(connection, event_id=event_id, person_id=person_id, now=now)
    if known is not None and known.key == key:
        return known
    badges = await _count(connection, event_id=event_id, request=request)
    if not await limiter.allows(SHEETS_PER_PERSON, "badge sheets", str(person_id)):
        raise TooManySheets(
            await limiter.seconds_to_wait(SHEETS_PER_PERSON, "badge sheets", str(person_id), now=now.timestamp())
        )
    async with connection.transaction():
        is_new = await queries.upsert_sheets(
            connection, event_id=event_id, person_id=person_id, key=key, request=request, badges=badges, now=now,
            kept_until=now + WAITING_FOR,
        )  # fmt: skip
        if is_new:
            ids = {"event": event_id, "person": person_id, "sheets": key}
            await enqueue(connection, BADGE_SHEETS, key=f"{BADGE_SHEETS}/{event_id}/{person_id}/{key}", **ids)
    asked = await queries.select_sheets(connection, event_id=event_id, person_id=person_id, now=now)
    if asked is None:
        raise NotFound
    return asked


async def find_sheets(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> AskedSheets | None:
    """The organizer's own sheets. Raises `NotAllowed` and `NotFound` for whoever does not organize the event."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await queries.select_sheets(connection, event_id=event_id, person_id=person_id, now=now)


async def discard_sheets(connection: Connection, *, event_id: UUID, person_id: UUID) -> None:
    """The organizer's own sheets are gone, made or not. Raises as `find_sheets` does."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    await queries.delete_sheets(connection, event_id=event_id, person_id=person_id)


async def hand_over(
    connection: Connection, *, slug: str, person_id: UUID, key: UUID, secrets: Secrets, now: datetime
) -> bytes:
    """The finished file for the organizer who asked for it. The first time is logged as their print.

    Raises `NotAllowed`, `NotFound`, `SheetsNotReady`, and `BadgesChanged` when a badge in it is no longer in use:
    the file is gone then.
    """
    event = await find_event_by_slug(connection, slug=slug)
    if event is None:
        raise NotFound
    event_id = event.id
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    try:
        async with connection.transaction():
            made = await queries.lock_sealed(connection, event_id=event_id, person_id=person_id, key=key, now=now)
            if made is None:
                known = await queries.select_sheets(connection, event_id=event_id, person_id=person_id, now=now)
                raise NotFound if known is None or known.key != key else SheetsNotReady
            if made.request.wanted is not BadgesWanted.NOBODYS:
                if made.is_logged:
                    await require_in_use(connection, event_id=event_id, badge_ids=made.badge_ids)
                else:
                    await log_print(
                        connection, event_id=event_id, person_id=person_id, badge_ids=made.badge_ids,
                        format_name=made.request.format, now=now,
                    )  # fmt: skip
                    await queries.update_handed_over(connection, event_id=event_id, person_id=person_id, now=now)
    except BadgesChanged:
        await queries.delete_sheets(connection, event_id=event_id, person_id=person_id)
        raise
    return unseal(made.sealed, purpose=BADGE_SHEETS, event_id=event_id, key=key, secrets=secrets)


async def count_badges(connection: Connection, *, event_id: UUID, person_id: UUID) -> BadgeCounts:
    """How many badges there are to print. Raises `NotAllowed` and `NotFound` for who does not organize the event."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await queries.count_badges(connection, event_id=event_id)


async def list_holders(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    search: str | None,
    only_new: bool,
    first: int,
    after: HolderPlace | None,
) -> HolderPage:
    """At most `first` holders of badges by name, with every word of `search` in it, accents and case apart.

    Raises `NotAllowed`, `NotFound`, and `InputNotValid`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    if not 1 <= first <= MOST_HOLDERS:
        raise InputNotValid("holders.first", f"Ask for 1 to {MOST_HOLDERS} rows at once, and page through the rest.")
    words = [anywhere(word) for word in name_key((search or "")[:LONGEST_SEARCH]).split()]
    holders = await queries.select_holders(
        connection, event_id=event_id, after=after or _START, words=words, only_new=only_new, limit=first + 1
    )
    return HolderPage(tuple(holders[:first]), has_next=len(holders) > first)


async def names_left_out(connection: Connection, *, asked: AskedSheets) -> list[str]:
    """The names that are on none of these sheets, since no font here can write them."""
    if not asked.left_out:
        return []
    return await queries.select_names(connection, event_id=asked.event_id, badge_ids=asked.left_out)


async def _count(connection: Connection, *, event_id: UUID, request: SheetsRequest) -> int:
    """How many badges were asked for. Raises `NothingToPrint` where there is none, `NotFound` for no such place."""
    await find_event(connection, event_id=event_id)
    if request.wanted is BadgesWanted.NOBODYS:
        return FORMATS[request.format].per_page
    if request.wanted is BadgesWanted.ONE:
        if request.registration_id is None:
            raise InputNotValid("registration", "Say whose badge is to be printed.")
        number = int(
            await queries.select_has_badge(connection, event_id=event_id, registration_id=request.registration_id)
        )
    else:
        counts = await queries.count_badges(connection, event_id=event_id)
        number = {
            BadgesWanted.ALL: counts.all,
            BadgesWanted.NEW: counts.new,
            BadgesWanted.NEW_WALK_INS: counts.new_walk_ins,
        }[request.wanted]
    if number == 0:
        raise NothingToPrint(request.wanted)
    return number
