"""What a scan that counts leads to: the swap of a pair, made or found, with its sides, conversation and agendas, and
the relationship that begins where both share.
"""

from datetime import datetime
from uuid import UUID

from server.agenda.operations import make_agendas
from server.blocks import operations as blocks
from server.db import Connection
from server.encounters.meeting import queries
from server.encounters.models import Scan, Scanned, Scanner
from server.events.models import Event
from server.ids import new_id
from server.relationships import operations as relationships


async def meet(
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

    Call it in the transaction that keeps the scan. None when the other side has withdrawn from the scanner, or a block
    has come between them this very moment.
    """
    happened_at = scan.happened_at(now)
    await blocks.hold_pair(connection, person_id=scanner.person_id, other=scanned.person_id or scanned.registration_id)
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
    is_mutual = await queries.upsert_sides(
        connection,
        event_id=event.id,
        swap_id=swap_id,
        scanner=scanner,
        scanned=scanned,
        happened_at=happened_at,
        makes_offers=not held_back,
        now=now,
    )
    if is_mutual:
        await relationships.begin(connection, event_id=event.id, swap_id=swap_id, touched_at=happened_at, now=now)
    day = event.day_of(happened_at)
    await queries.begin_conversation(connection, event_id=event.id, swap_id=swap_id, day=day)
    await make_agendas(
        connection,
        event=event,
        swap_id=swap_id,
        day=day,
        shown={scanner.registration_id: scan.shown_prompts},
        now=now,
    )
    return swap_id
