"""Every statement about what was promised and written down in swaps, as an evening sees it, for many sides at once."""

from collections.abc import Collection
from typing import LiteralString

from asyncpg import Record

from server.db import Connection
from server.evening.met.models import Memory, MemoryKind, PromiseMade, SwapAt
from server.promises.models import PromiseKind
from server.swaps.models import Side
from server.swaps.sides import by_side, columns_of

#: What those sides promised, oldest first. A day of an event runs from four to four.
SELECT_PROMISES_MADE: LiteralString = """
    SELECT promises.event_id, promises.swap_id, promises.registration_id, promises.id, promises.kind, promises.text,
           promises.due_on,
           ((promises.made_at AT TIME ZONE events.timezone) - interval '4 hours')::date AS made_on,
           ((promises.kept_at AT TIME ZONE events.timezone) - interval '4 hours')::date AS kept_on
    FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]))
        AS sides (event_id, swap_id, registration_id)
    JOIN promises ON promises.event_id = sides.event_id AND promises.swap_id = sides.swap_id
        AND promises.registration_id = sides.registration_id
    JOIN events ON events.id = sides.event_id
    ORDER BY promises.made_at, promises.id
"""


async def select_promises_made(connection: Connection, *, sides: Collection[Side]) -> dict[Side, list[PromiseMade]]:
    return by_side(sides, await connection.fetch(SELECT_PROMISES_MADE, *columns_of(sides)), _promise)


#: What those sides wrote down about the people they met, oldest first.
SELECT_MEMORIES: LiteralString = """
    SELECT sides.event_id, sides.swap_id, sides.registration_id, written.id, written.kind, written.text,
           ((written.at AT TIME ZONE events.timezone) - interval '4 hours')::date AS written_on
    FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]))
        AS sides (event_id, swap_id, registration_id)
    JOIN events ON events.id = sides.event_id
    CROSS JOIN LATERAL (
        SELECT agenda_prompts.id, 'INSIGHT' AS kind, agenda_prompts.insight AS text, agenda_prompts.marked_at AS at
        FROM agenda_prompts
        WHERE agenda_prompts.event_id = sides.event_id AND agenda_prompts.swap_id = sides.swap_id
          AND agenda_prompts.registration_id = sides.registration_id AND agenda_prompts.insight IS NOT NULL
        UNION ALL
        SELECT notes.id, notes.kind, notes.text, notes.written_at
        FROM notes
        WHERE notes.event_id = sides.event_id AND notes.swap_id = sides.swap_id
          AND notes.registration_id = sides.registration_id
    ) AS written
    ORDER BY written.at, written.id
"""


async def select_memories(connection: Connection, *, sides: Collection[Side]) -> dict[Side, list[Memory]]:
    return by_side(sides, await connection.fetch(SELECT_MEMORIES, *columns_of(sides)), _memory)


def _promise(row: Record) -> PromiseMade:
    return PromiseMade(
        id=row["id"],
        kind=PromiseKind(row["kind"]),
        text=row["text"],
        made_on=row["made_on"],
        due_on=row["due_on"],
        kept_on=row["kept_on"],
        at=SwapAt(row["event_id"], row["swap_id"]),
    )


def _memory(row: Record) -> Memory:
    return Memory(
        id=row["id"],
        kind=MemoryKind(row["kind"]),
        text=row["text"],
        written_on=row["written_on"],
        at=SwapAt(row["event_id"], row["swap_id"]),
    )
