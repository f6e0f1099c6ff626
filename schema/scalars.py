"""The two scalars of time: an instant must name its offset, because a phone's zone is not the event's."""

from datetime import UTC, date, datetime

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition


class NotWrittenSo(GraphQLError):
    """A value that is not written as its scalar wants it. The message says how, and never quotes the value."""


def _read_instant(value: object) -> datetime:
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise NotWrittenSo("A DateTime is written like 2027-04-22T19:00:00+02:00.") from error
    if instant.tzinfo is None:
        raise NotWrittenSo("A DateTime needs its offset, such as Z or +02:00.")
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise NotWrittenSo("That DateTime is out of range.") from error


def _write_instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _read_date(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise NotWrittenSo("A Date is written like 2027-04-22.") from error


DateTime: ScalarDefinition = strawberry.scalar(
    name="DateTime",
    description="An instant, RFC 3339 with its offset; answered in UTC.",
    serialize=_write_instant,
    parse_value=_read_instant,
)
Date: ScalarDefinition = strawberry.scalar(
    name="Date",
    description="A calendar day, such as 2027-04-22, in the event's own time zone.",
    serialize=date.isoformat,
    parse_value=_read_date,
)
