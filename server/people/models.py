"""A person: one account, found by its mail address."""

from dataclasses import dataclass
from datetime import time
from enum import IntEnum, StrEnum
from uuid import UUID

#: Whatever somebody chooses, an evening is short.
LONGEST_EVENING = 5


class ContactField(StrEnum):
    """A contact detail that crosses only when its owner offers it and the other side agrees."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    LINKS = "LINKS"


class Weekday(IntEnum):
    """A day of the week, numbered as ISO 8601 does."""

    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6
    SUNDAY = 7


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact details. Shown to nobody but their owner unless shared."""

    email: str | None = None
    phone: str | None = None
    links: tuple[str, ...] = ()

    def only(self, fields: frozenset[ContactField]) -> "Contact":
        """The part of it that `fields` opens."""
        return Contact(
            email=self.email if ContactField.EMAIL in fields else None,
            phone=self.phone if ContactField.PHONE in fields else None,
            links=self.links if ContactField.LINKS in fields else (),
        )


@dataclass(frozen=True, slots=True)
class Sharing:
    """The standing choice: whether scanning me back is enough for my contact, and which fields it opens."""

    always: bool
    fields: frozenset[ContactField]


@dataclass(frozen=True, slots=True)
class Person:
    """An account, for its own eyes.

    `review_weekday` is None where the person wants no weekly review; `review_at` is by the clocks of `timezone`.
    `is_quiet` says that they asked that nobody is reminded of them. `evening_limit` is how many suggestions one of
    their evenings holds at most.
    """

    id: UUID
    email: str
    name: str
    locale: str
    timezone: str
    contact: Contact
    sharing: Sharing
    may_create_events: bool
    may_be_asked: bool
    review_weekday: Weekday | None
    review_at: time
    is_quiet: bool
    evening_limit: int
