"""What each column of a list is used for: as it was recognised, as somebody chose, and as an event remembers it.

Every column has one use. Knows neither files nor tables.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeAlias

from server.imports.formats import Columns
from server.imports.headings import plain


class ColumnUse(StrEnum):
    """What a column holds, as far as the product takes it."""

    NAME = "NAME"
    GIVEN_NAME = "GIVEN_NAME"
    FAMILY_NAME = "FAMILY_NAME"
    #: Counts where the ticket has no name of its own; several are put together.
    BUYER_NAME = "BUYER_NAME"
    EMAIL = "EMAIL"
    TICKET_ID = "TICKET_ID"
    TICKET_CODE = "TICKET_CODE"
    TICKET_TYPE = "TICKET_TYPE"
    PRONOUNS = "PRONOUNS"
    STATUS = "STATUS"
    #: Filled where the row is an add-on to another ticket, and nobody of its own.
    ADD_ON = "ADD_ON"
    QUANTITY = "QUANTITY"
    LEFT_OUT = "LEFT_OUT"


#: Given the headings and what was recognised, what to use instead; None to leave it as recognised.
Choose: TypeAlias = Callable[[Sequence[str], Sequence[ColumnUse]], Sequence[ColumnUse] | None]

_FIELDS = {
    ColumnUse.NAME: "name",
    ColumnUse.GIVEN_NAME: "given_name",
    ColumnUse.FAMILY_NAME: "family_name",
    ColumnUse.EMAIL: "email",
    ColumnUse.TICKET_ID: "external_id",
    ColumnUse.TICKET_CODE: "ticket_code",
    ColumnUse.TICKET_TYPE: "ticket_type",
    ColumnUse.PRONOUNS: "pronouns",
    ColumnUse.STATUS: "status",
    ColumnUse.ADD_ON: "belongs_to_another",
    ColumnUse.QUANTITY: "quantity",
}
_NAMES = {ColumnUse.NAME, ColumnUse.GIVEN_NAME, ColumnUse.FAMILY_NAME, ColumnUse.BUYER_NAME}


def as_recognised(_header: Sequence[str], _uses: Sequence[ColumnUse]) -> None:
    """Chooses nothing."""


def uses_of(columns: Columns, width: int) -> tuple[ColumnUse, ...]:
    """The use of each of `width` columns."""
    use_at = {place: use for use, field in _FIELDS.items() for place in getattr(columns, field)}
    use_at |= dict.fromkeys(columns.name_instead + columns.name_instead_parts, ColumnUse.BUYER_NAME)
    return tuple(use_at.get(place, ColumnUse.LEFT_OUT) for place in range(width))


def with_uses(columns: Columns, uses: Sequence[ColumnUse]) -> Columns:
    """`columns` with these uses. Where the columns of a use are the same as before, so is their order of preference;
    else they count in the order of the file.
    """
    places = {use: tuple(place for place, each in enumerate(uses) if each is use) for use in ColumnUse}
    kept = {use: getattr(columns, field) for use, field in _FIELDS.items()}
    changed = {field: places[use] for use, field in _FIELDS.items() if set(places[use]) != set(kept[use])}
    made = replace(columns, **changed)
    buyer = places[ColumnUse.BUYER_NAME]
    if set(buyer) == set(columns.name_instead + columns.name_instead_parts):
        return made
    return (
        replace(made, name_instead=buyer[:1], name_instead_parts=())
        if len(buyer) == 1
        else replace(made, name_instead=(), name_instead_parts=buyer)
    )


def names_somebody(uses: Sequence[ColumnUse]) -> bool:
    """Whether any column holds a name."""
    return any(use in _NAMES for use in uses)


def shape_of(header: Sequence[str]) -> bytes:
    """The same for two files with the same columns in the same order, whatever their case and punctuation."""
    return hashlib.sha256("\0".join(map(plain, header)).encode("utf-8", "surrogatepass")).digest()


def chosen(uses: Sequence[ColumnUse]) -> Choose:
    """Exactly these uses, where the list has that many columns."""
    return lambda header, _: uses if len(uses) == len(header) else None


def remembered(by_shape: Mapping[bytes, Sequence[ColumnUse]]) -> Choose:
    """What was chosen before for a list of the same columns."""
    return lambda header, _: by_shape.get(shape_of(header))
