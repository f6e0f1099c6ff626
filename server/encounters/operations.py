"""The meeting of two people: a scan becomes a swap with an agenda for each side. Ending one is in `ending`.

Stands on top of the features, because a scan touches badges, swaps, conversations and agendas in one transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from prometheus_client import Counter

from server.agenda.operations import make_agendas
from server.badges.tokens import code_hash, read_badge, token_hash
from server.blocks import operations as blocks
from server.db import Connection
from server.encounters import queries
from server.encounters.errors import (
    BadgeNotRecognised,
    EventClosed,
    NotCheckedIn,
    OwnBadge,
    TooManyScans,
)
from server.encounters.models import KeptScan, Scan, Scanned, Scanner, ScanOutcome
from server.errors import DomainError, InputNotValid, KeyReused, NotFound
from server.events.models import Event
from server.events.operations import find_event
from server.ids import new_id
from server.limiter import Limiter
from server.live import wake
from server.swaps.models import Swap
from server.swaps.operations import find_swap, topic_of

#: Past either, the swap is still made and prompts still shown; only contact offers and the other's push are held back.
ONE_SIDED_IN_AN_HOUR = 60
ONE_SIDED_UNANSWERED = 20

#: Typed codes have 39 bits; thirty tries in ten minutes guess none of them.
UNKNOWN_BADGES = "30/10 minutes"

LONGEST_BADGE_TEXT = 4096
MOST_SHOWN_PROMPTS = 16

SCANS = Counter("handsel_scans", "Scans of badges, each counted once, by outcome.", ["outcome"])

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
    _check(scan)
    event = await find_event(connection, event_id=event_id)
    scanner = await queries.select_scanner(connection, event_id=event_id, person_id=person_id)
    if scanner is None:
        raise NotFound
    kept = await queries.select_scan(
        connection, event_id=event_id, registration_id=scanner.registration_id, key=scan.key
    )
    if kept is None:
        await _refuse_guessing(limiter, person_id, now)
        kept = await _keep(connection, event=event, scanner=scanner, scan=scan, now=now)
        if kept.outcome is ScanOutcome.NOT_RECOGNISED:
            await limiter.allows(UNKNOWN_BADGES, "unknown badge", str(person_id))
    if kept.content_hash != scan.content_hash:
        raise KeyReused
    if kept.swap_id is None:
        raise _REFUSALS[kept.outcome]
    try:
        return await find_swap(connection, event_id=event_id, swap_id=kept.swap_id, person_id=person_id)
    except NotFound as gone:  # withdrawn since: the one answer for whatever may not be known
        raise BadgeNotRecognised from gone


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
    answers: list[Swap | DomainError] = []
    for scan in scans:
        if isinstance(scan, DomainError):
            answers.append(scan)
            continue
        try:
            answers.append(
                await swap_badges(
                    connection, person_id=person_id, event_id=event_id, scan=scan, limiter=limiter, now=now
                )
            )
        except DomainError as refusal:
            answers.append(refusal)
    return answers


async def _keep(connection: Connection, *, event: Event, scanner: Scanner, scan: Scan, now: datetime) -> KeptScan:
    """Judge the scan, do what follows from it, and log it, all in one transaction.

    When the same key comes in twice at once, the log's constraint lets one through; the other undoes what it did
    and answers what the first one answered.
    """
    try:
        async with connection.transaction():
            kept = await _judge_and_log(connection, event=event, scanner=scanner, scan=scan, now=now)
    except _KeyTaken:
        found = await queries.select_scan(
            connection, event_id=event.id, registration_id=scanner.registration_id, key=scan.key
        )
        if found is None:
            raise LookupError("the log refused a key that it does not hold") from None
        return found
    SCANS.labels(kept.outcome).inc()
    return kept


class _KeyTaken(Exception):
    """The same key was logged by another request in the meantime."""


async def _judge_and_log(
    connection: Connection, *, event: Event, scanner: Scanner, scan: Scan, now: datetime
) -> KeptScan:
    scanned = await _find_badge(
        connection, event_id=event.id, scanner=scanner, text=scan.badge, happened_at=scan.happened_at(now)
    )
    outcome = _judge(event, scanner, scanned, happened_at=scan.happened_at(now))
    swap_id = None
    is_held_back = False
    if outcome is ScanOutcome.SWAPPED and scanned is not None:
        is_held_back = await _is_over_the_cap(connection, event_id=event.id, scanner=scanner, scan=scan, now=now)
        swap_id = await _swap(
            connection, event=event, scanner=scanner, scanned=scanned, scan=scan, held_back=is_held_back, now=now
        )
        if swap_id is None:  # blocked or withdrawn this very moment: logged as what nobody knows
            outcome, scanned, is_held_back = ScanOutcome.NOT_RECOGNISED, None, False
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


async def _is_over_the_cap(
    connection: Connection, *, event_id: UUID, scanner: Scanner, scan: Scan, now: datetime
) -> bool:
    in_the_hour, unanswered = await queries.count_one_sided(
        connection, event_id=event_id, registration_id=scanner.registration_id, at=scan.happened_at(now)
    )
    return in_the_hour >= ONE_SIDED_IN_AN_HOUR or unanswered >= ONE_SIDED_UNANSWERED


async def _swap(
    connection: Connection,
    *,
    event: Event,
    scanner: Scanner,
    scanned: Scanned,
    scan: Scan,
    held_back: bool,
    now: datetime,
) -> UUID | None:
    """The swap with both its sides, the day's conversation, and an agenda for each side that has none yet.

    None when the other side has withdrawn from the scanner, or a block has come between them this very moment.
    """
    happened_at = scan.happened_at(now)
    await blocks.hold_pair(connection, person_id=scanner.person_id, other=scanned.person_id or scanned.registration_id)
    if await blocks.are_apart(
        connection,
        event_id=event.id,
        registration_id=scanner.registration_id,
        other_id=scanned.registration_id,
    ):
        return None
    swap_id = await queries.upsert_swap(
        connection,
        event_id=event.id,
        new_id=new_id(),
        scanner_id=scanner.registration_id,
        scanned_id=scanned.registration_id,
        happened_at=happened_at,
        now=now,
    )
    if swap_id is None:
        return None
    await queries.upsert_sides(
        connection,
        event_id=event.id,
        swap_id=swap_id,
        scanner=scanner,
        scanned=scanned,
        happened_at=happened_at,
        makes_offers=not held_back,
        now=now,
    )
    day = event.day_of(happened_at)
    conversations = await queries.insert_conversation(connection, event_id=event.id, swap_id=swap_id, day=day)
    lower, upper = await queries.select_participants(
        connection, event_id=event.id, registration_ids=[scanner.registration_id, scanned.registration_id]
    )
    await make_agendas(
        connection,
        event_id=event.id,
        swap_id=swap_id,
        lower=lower,
        upper=upper,
        conversations=conversations,
        day=day,
        shown={scanner.registration_id: scan.shown_prompts},
    )
    await wake(connection, topic_of(scanner.registration_id), topic_of(scanned.registration_id))
    return swap_id


def _check(scan: Scan) -> None:
    if not scan.badge.strip():
        raise InputNotValid("scan.badge", "Scan a badge, or type the code below its QR code.")
    if len(scan.badge) > LONGEST_BADGE_TEXT:
        raise InputNotValid("scan.badge", "That is no badge of this event.")
    if len(scan.shown_prompts) > MOST_SHOWN_PROMPTS:
        raise InputNotValid("scan.shownPrompts", f"At most {MOST_SHOWN_PROMPTS} prompts can have been shown.")
