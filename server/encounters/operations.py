"""The meeting of two people: a scan becomes a swap with an agenda for each side. Ending one is in `ending`.

Stands on top of the features, because a scan touches badges, swaps, conversations and agendas in one transaction.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.encounters import queries
from server.encounters.errors import BadgeNotRecognised, EventClosed, OwnBadge
from server.encounters.keeping import keep
from server.encounters.models import KeptScan, Scan, Scanning, ScanOutcome
from server.errors import DomainError, InputNotValid, KeyReused, NotFound
from server.limiter import Limiter
from server.live import wake
from server.swaps.models import Swap
from server.swaps.operations import find_swaps, topic_of

LONGEST_BADGE_TEXT = 4096
MOST_SHOWN_PROMPTS = 16

_REFUSALS: dict[ScanOutcome, type[DomainError]] = {
    ScanOutcome.NOT_RECOGNISED: BadgeNotRecognised,
    ScanOutcome.OWN_BADGE: OwnBadge,
    ScanOutcome.EVENT_CLOSED: EventClosed,
}


async def swap_badges(
    connection: Connection, *, person_id: UUID, event_id: UUID, scan: Scan, limiter: Limiter, now: datetime
) -> Swap:
    """The swap that this scan makes or made: one per pair, whoever scanned, however often, in any order.

    The same key again answers as it did the first time. Raises `NotFound` when the person has no place at the
    event, and `BadgeNotRecognised`, `OwnBadge`, `EventClosed`, `NotCheckedIn`, `KeyReused`, `TooManyScans` (codes
    are being guessed) and `InputNotValid`.
    """
    (answer,) = await replay_scans(
        connection, person_id=person_id, event_id=event_id, scans=[scan], limiter=limiter, now=now
    )
    if isinstance(answer, DomainError):
        raise answer
    return answer


async def replay_scans(
    connection: Connection,
    *,
    person_id: UUID,
    event_id: UUID,
    scans: Sequence[Scan | DomainError],
    limiter: Limiter,
    now: datetime,
) -> list[Swap | DomainError]:
    """One answer for each scan of a phone's queue, in the order given; a refusal among them stops none of the others.

    Each scan has a transaction of its own: what was answered stays, whatever happens to the next. What could not
    even be read comes in as its refusal and goes out as it came.
    """
    keys = [scan.key for scan in scans if isinstance(scan, Scan)]
    scanning = await queries.select_scanning(connection, event_id=event_id, person_id=person_id, keys=keys)
    if scanning is None:
        return [scan if isinstance(scan, DomainError) else NotFound() for scan in scans]
    # One scan is waited for on the disk. Of a queue all are, once and together, before any is answered.
    is_queue = len(scans) > 1
    kept = [
        await _keep_or_refuse(connection, scanning=scanning, scan=scan, limiter=limiter, is_queue=is_queue, now=now)
        for scan in scans
    ]
    if is_queue:
        await queries.flush(connection)
    made = [
        (each.swap_id, scan.key not in scanning.kept)
        for scan, each in zip(scans, kept, strict=True)
        if isinstance(scan, Scan) and isinstance(each, KeptScan) and each.swap_id is not None
    ]
    swaps = await _find(connection, event_id=event_id, swap_ids={swap_id for swap_id, _ in made}, person_id=person_id)
    await _tell(connection, [swaps[swap_id] for swap_id, is_new in made if is_new and swap_id in swaps])
    return [each if isinstance(each, DomainError) else _answer(each, swaps) for each in kept]


async def _find(
    connection: Connection, *, event_id: UUID, swap_ids: Collection[UUID], person_id: UUID
) -> dict[UUID, Swap]:
    if not swap_ids:
        return {}
    found = await find_swaps(connection, event_id=event_id, swap_ids=swap_ids, person_id=person_id)
    return {swap.id: swap for swap in found}


async def _tell(connection: Connection, changed: Sequence[Swap]) -> None:
    """Wake the phones of both sides of each swap.

    Apart from the transaction that made it: whoever wakes somebody waits for all others who do, and must not hold
    them up while the disk is written.
    """
    topics = {topic_of(each) for swap in changed for each in (swap.side.registration_id, swap.other_id)}
    if topics:
        await wake(connection, *topics)


async def _keep_or_refuse(
    connection: Connection,
    *,
    scanning: Scanning,
    scan: Scan | DomainError,
    limiter: Limiter,
    is_queue: bool,
    now: datetime,
) -> KeptScan | DomainError:
    """The scan as it stands in the log, now or since long ago; or why it does not."""
    if isinstance(scan, DomainError):
        return scan
    try:
        _check(scan)
        kept = scanning.kept.get(scan.key) or await keep(
            connection, scanning=scanning, scan=scan, limiter=limiter, is_queue=is_queue, now=now
        )
    except DomainError as refusal:
        return refusal
    return kept if kept.content_hash == scan.content_hash else KeyReused()


def _answer(kept: KeptScan, swaps: Mapping[UUID, Swap]) -> Swap | DomainError:
    """What a scan of the log is answered. A swap that has ended since is as one that may not be known."""
    if kept.swap_id is None:
        return _REFUSALS[kept.outcome]()
    return swaps.get(kept.swap_id) or BadgeNotRecognised()


def _check(scan: Scan) -> None:
    if not scan.badge.strip():
        raise InputNotValid("scan.badge", "Scan a badge, or type the code below its QR code.")
    if len(scan.badge) > LONGEST_BADGE_TEXT:
        raise InputNotValid("scan.badge", "That is no badge of this event.")
    if len(scan.shown_prompts) > MOST_SHOWN_PROMPTS:
        raise InputNotValid("scan.shownPrompts", f"At most {MOST_SHOWN_PROMPTS} prompts can have been shown.")
