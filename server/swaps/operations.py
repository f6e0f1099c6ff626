"""Reading one's swaps, and what one side shares and feels. Making and ending a swap is `server.encounters`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.live import wake
from server.people.models import ContactField
from server.people.operations import find_person, remember_fields
from server.swaps import queries
from server.swaps.models import Feeling, GoneSwap, Place, Side, Swap, SwapPage

LARGEST_PAGE = 100
#: The swaps that ended at one event; nobody ends so many.
MOST_GONE = 500


@dataclass(frozen=True, slots=True)
class SwapReference:
    """How a client names a swap: by its id, or by the key of the scan that made it."""

    event_id: UUID | None = None
    swap_id: UUID | None = None
    scan_key: UUID | None = None


async def locate(connection: Connection, *, person_id: UUID, swap: SwapReference) -> Side:
    """The person's own end of a live swap. Raises `NotFound`, also when it is somebody else's or withdrawn."""
    side = None
    if swap.scan_key is not None:
        side = await queries.select_side_by_scan(connection, person_id=person_id, key=swap.scan_key)
    elif swap.event_id is not None and swap.swap_id is not None:
        side = await queries.select_side(connection, event_id=swap.event_id, person_id=person_id, swap_id=swap.swap_id)
    if side is None:
        raise NotFound
    return side


async def find_swap(connection: Connection, *, event_id: UUID, swap_id: UUID, person_id: UUID) -> Swap:
    """One swap from the person's side. Raises `NotFound`."""
    found = await find_swaps(connection, event_id=event_id, swap_ids=[swap_id], person_id=person_id)
    if not found:
        raise NotFound
    return found[0]


async def find_swaps(
    connection: Connection, *, event_id: UUID, swap_ids: Collection[UUID], person_id: UUID
) -> list[Swap]:
    """Those of the named swaps that are live and the person's own; the others are left out."""
    return await queries.select_swaps(
        connection, event_id=event_id, person_id=person_id, only=swap_ids, limit=len(swap_ids)
    )


async def list_swaps(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    first: int,
    after: Place | None = None,
    changed_since: datetime | None = None,
) -> SwapPage:
    """The person's swaps at one event, the latest first. Raises `InputNotValid` for a page over `LARGEST_PAGE`."""
    if not 1 <= first <= LARGEST_PAGE:
        raise InputNotValid("first", f"Ask for between 1 and {LARGEST_PAGE} at once.")
    found = await queries.select_swaps(
        connection, event_id=event_id, person_id=person_id, limit=first + 1, after=after, changed_since=changed_since
    )
    return SwapPage(found[:first], has_more=len(found) > first)


async def list_gone(
    connection: Connection, *, event_id: UUID, person_id: UUID, changed_since: datetime | None = None
) -> list[GoneSwap]:
    """The person's swaps at one event that were withdrawn by either side, the latest first: for a phone to forget."""
    return await queries.select_gone(
        connection, event_id=event_id, person_id=person_id, since=changed_since, limit=MOST_GONE
    )


async def share_back(
    connection: Connection,
    *,
    person_id: UUID,
    swap: SwapReference,
    fields: frozenset[ContactField] | None,
    now: datetime,
) -> Swap:
    """Offer contact fields in this swap; without `fields` the ones the person chose last. What begins where both share
    by that is left to `server.encounters.sharing`, through which people come here.

    What is chosen here is what the next choice begins with. The other's standing choice, if they made one, answers
    the offer at once.

    Raises `NotFound`, and `InputNotValid` when there is nothing to offer.
    """
    chosen = fields
    if chosen is None:
        person = await find_person(connection, person_id=person_id)
        chosen = person.sharing.fields or frozenset({ContactField.EMAIL})
    if not chosen:
        raise InputNotValid("fields", "Choose at least one detail to share, or choose not to share.")
    async with connection.transaction():
        side = await _hold(connection, person_id=person_id, swap=swap, now=now)
        await queries.offer_contact(connection, side=side, fields=chosen, now=now)
        await queries.return_offer(connection, side=side, now=now)
        if fields is not None:
            await remember_fields(connection, person_id=person_id, fields=fields)
    return await find_swap(connection, event_id=side.event_id, swap_id=side.swap_id, person_id=person_id)


async def decline_share(connection: Connection, *, person_id: UUID, swap: SwapReference, now: datetime) -> Swap:
    """Let the other's offer pass, silently. Raises `NotFound`."""
    async with connection.transaction():
        side = await _hold(connection, person_id=person_id, swap=swap, now=now)
        await queries.decline_contact(connection, side=side, now=now)
    return await find_swap(connection, event_id=side.event_id, swap_id=side.swap_id, person_id=person_id)


async def feel(
    connection: Connection, *, person_id: UUID, swap: SwapReference, feeling: Feeling, felt: bool, now: datetime
) -> Swap:
    """Note a feeling, or take it back. Nobody else is told. Raises `NotFound`."""
    side = await locate(connection, person_id=person_id, swap=swap)
    if felt:
        await queries.insert_feeling(connection, side=side, feeling=feeling, now=now)
    else:
        await queries.delete_feeling(connection, side=side, feeling=feeling)
    return await find_swap(connection, event_id=side.event_id, swap_id=side.swap_id, person_id=person_id)


async def _hold(connection: Connection, *, person_id: UUID, swap: SwapReference, now: datetime) -> Side:
    """The person's side, with the swap's row held until the transaction ends, and both phones woken by it."""
    side = await locate(connection, person_id=person_id, swap=swap)
    await hold(connection, side=side, now=now)
    return side


async def hold(connection: Connection, *, side: Side, now: datetime) -> None:
    """Hold the swap's row until the transaction ends, and wake both phones by it. Raises `NotFound` once withdrawn."""
    pair = await queries.lock_swap(connection, side=side, now=now)
    if pair is None:
        raise NotFound
    await wake(connection, *map(topic_of, pair))


def topic_of(registration_id: UUID) -> str:
    """The live topic on which one side hears of its swaps."""
    return f"swaps:{registration_id}"
