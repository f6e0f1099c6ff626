"""One scan, from the badge to the log: judged, followed by a swap where it makes one, and kept with its outcome, all
in one transaction. Answering it is `operations`.
"""

from datetime import datetime
from uuid import UUID

from prometheus_client import Counter

from server.badges.tokens import code_hash, read_badge, token_hash
from server.db import Connection
from server.encounters import queries
from server.encounters.announcing.operations import tell_of_scan
from server.encounters.errors import NotCheckedIn, TooManyScans
from server.encounters.meeting.operations import meet
from server.encounters.models import KeptScan, Scan, Scanned, Scanner, Scanning, ScanOutcome
from server.events.models import Event
from server.ids import new_id
from server.limiter import Limiter

#: Past either, the swap is still made and prompts still shown; only contact offers and the other's push are held back.
ONE_SIDED_IN_AN_HOUR = 60
ONE_SIDED_UNANSWERED = 20

#: Typed codes have 39 bits; thirty tries in ten minutes guess none of them.
UNKNOWN_BADGES = "30/10 minutes"

SCANS = Counter("handsel_scans", "Scans of badges, each counted once, by outcome.", ["outcome"])


async def keep(
    connection: Connection, *, scanning: Scanning, scan: Scan, limiter: Limiter, is_queue: bool, now: datetime
) -> KeptScan:
    """Judge the scan, do what follows from it, and log it.

    When the same key comes in twice at once, the log's constraint lets one through; the other undoes what it did
    and answers what the first one answered. Raises `NotCheckedIn` and `TooManyScans`, which are not logged.
    """
    event, scanner = scanning.event, scanning.scanner
    await _refuse_guessing(limiter, scanner.person_id, now)
    try:
        async with connection.transaction():
            if is_queue:
                await queries.commit_later(connection)
            kept = await _judge_and_log(connection, event=event, scanner=scanner, scan=scan, now=now)
    except _KeyTaken:
        return await _kept_meanwhile(connection, event=event, scanner=scanner, scan=scan)
    SCANS.labels(kept.outcome).inc()
    if kept.outcome is ScanOutcome.NOT_RECOGNISED:
        await limiter.allows(UNKNOWN_BADGES, "unknown badge", str(scanner.person_id))
    return kept


class _KeyTaken(Exception):
    """The same key was logged by another request in the meantime."""


async def _kept_meanwhile(connection: Connection, *, event: Event, scanner: Scanner, scan: Scan) -> KeptScan:
    found = await queries.select_scanning(connection, event_id=event.id, person_id=scanner.person_id, keys=[scan.key])
    if found is None or scan.key not in found.kept:
        raise LookupError("the log refused a key that it does not hold")
    return found.kept[scan.key]


async def _judge_and_log(
    connection: Connection, *, event: Event, scanner: Scanner, scan: Scan, now: datetime
) -> KeptScan:
    happened_at = scan.happened_at(now)
    scanned = await _find_badge(
        connection, event_id=event.id, scanner=scanner, text=scan.badge, happened_at=happened_at
    )
    outcome = _judge(event, scanner, scanned, happened_at=happened_at)
    swap_id = None
    is_held_back = False
    if outcome is ScanOutcome.SWAPPED and scanned is not None:
        is_held_back = _is_over_the_cap(scanned)
        swap_id = await meet(
            connection, event=event, scanner=scanner, scanned=scanned, scan=scan, held_back=is_held_back, now=now
        )
        if swap_id is None:  # blocked or withdrawn this very moment: logged as what nobody knows
            outcome, scanned, is_held_back = ScanOutcome.NOT_RECOGNISED, None, False
        elif not is_held_back:
            await tell_of_scan(
                connection, event=event, scanned=scanned, swap_id=swap_id, happened_at=happened_at, now=now
            )
    is_first = await queries.insert_scan(
        connection,
        event_id=event.id,
        scan_id=new_id(),
        registration_id=scanner.registration_id,
        scan=scan,
        outcome=outcome,
        badge_id=scanned.badge_id if scanned else None,
        swap_id=swap_id,
        is_held_back=is_held_back,
        now=now,
    )
    if not is_first:
        raise _KeyTaken
    return KeptScan(outcome, scan.content_hash, swap_id)


async def _refuse_guessing(limiter: Limiter, person_id: UUID, now: datetime) -> None:
    key = ("unknown badge", str(person_id))
    if not await limiter.would_allow(UNKNOWN_BADGES, *key):
        raise TooManyScans(await limiter.seconds_to_wait(UNKNOWN_BADGES, *key, now=now.timestamp()))


async def _find_badge(
    connection: Connection, *, event_id: UUID, scanner: Scanner, text: str, happened_at: datetime
) -> Scanned | None:
    """Whose badge it is, if the scanner may know. Text that is no badge is asked for as well: it costs the same."""
    token = read_badge(text) or ""
    return await queries.select_scanned(
        connection,
        event_id=event_id,
        token_hash=token_hash(token),
        code_hash=code_hash(event_id, token),
        scanner_id=scanner.registration_id,
        happened_at=happened_at,
    )


def _judge(event: Event, scanner: Scanner, scanned: Scanned | None, *, happened_at: datetime) -> ScanOutcome:
    """What the scan comes to. Where the event checks people in, only those who came can be met."""
    if scanned is not None and scanned.registration_id == scanner.registration_id:
        return ScanOutcome.OWN_BADGE
    if not event.takes_scans_at(happened_at):
        return ScanOutcome.EVENT_CLOSED
    if event.uses_check_in and not scanner.has_come:
        raise NotCheckedIn
    if scanned is None or (event.uses_check_in and not scanned.has_come):
        return ScanOutcome.NOT_RECOGNISED
    return ScanOutcome.SWAPPED


def _is_over_the_cap(scanned: Scanned) -> bool:
    return scanned.one_sided_in_the_hour >= ONE_SIDED_IN_AN_HOUR or scanned.one_sided_unanswered >= ONE_SIDED_UNANSWERED
