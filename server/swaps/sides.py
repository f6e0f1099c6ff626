"""Asking about many sides of swaps in one statement, and telling the rows apart again. It reads nothing itself."""

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar
from uuid import UUID

from asyncpg import Record

from server.swaps.models import Side

_Found = TypeVar("_Found")


def columns_of(sides: Collection[Side]) -> tuple[list[UUID], list[UUID], list[UUID]]:
    """The sides as three arrays for `unnest`: events, swaps, registrations.

    Let each stand in a sub-select, `(SELECT $1::uuid[])`: not knowing how long the arrays are, PostgreSQL plans the
    statement once for all lengths, instead of anew each time.
    """
    return (
        [side.event_id for side in sides],
        [side.swap_id for side in sides],
        [side.registration_id for side in sides],
    )


def by_side(
    sides: Iterable[Side], rows: Iterable[Record], read: Callable[[Record], _Found]
) -> dict[Side, list[_Found]]:
    """What was found for each side, in the order of the rows; nothing for some. The rows name their side."""
    found: dict[Side, list[_Found]] = {side: [] for side in sides}
    for row in rows:
        found[Side(row["event_id"], row["swap_id"], row["registration_id"])].append(read(row))
    return found
