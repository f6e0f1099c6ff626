"""Pages of a list: where one lies in the whole, and cursors from which to go on by name.

Strawberry's own connections name and describe their types themselves; the contract has names and sentences of its own.
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Protocol, Self
from uuid import UUID

import strawberry

from server.errors import InputNotValid


class _Edge(Protocol):
    cursor: str


@strawberry.type(description="Where a page of a list lies in the whole.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follow after `endCursor`.")
    has_previous_page: bool = strawberry.field(description="Whether some lie before `startCursor`.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first edge; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last edge; null on an empty page.")

    @classmethod
    def of(cls, edges: Sequence[_Edge], *, has_next: bool, after: str | None) -> Self:
        """The page of these edges, that was asked for with the cursor `after`."""
        return cls(
            has_next_page=has_next,
            has_previous_page=after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        )


def cursor_by_name(name_key: str, registration_id: UUID) -> str:
    """Where somebody stands in a list by name."""
    return base64.urlsafe_b64encode(registration_id.bytes + name_key.encode()).decode()


def read_cursor_by_name(cursor: str, *, field: str) -> tuple[str, UUID]:
    """The name's key and the registration; raises `InputNotValid` for `field` where it is no such cursor."""
    try:
        raw = base64.b64decode(cursor, altchars=b"-_", validate=True)
        name_key, registration_id = raw[16:].decode(), UUID(bytes=raw[:16])
    except (binascii.Error, ValueError) as error:
        raise InputNotValid(field, "That is not the cursor of a row.") from error
    if "\0" in name_key:
        raise InputNotValid(field, "That is not the cursor of a row.")
    return name_key, registration_id
