"""An invitation: one mail to one address, with a link that signs in and the tickets that came to the address."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Uninvited:
    """An address of an event, with its places that no mail has told of yet. `is_refused`: the mail server does not take
    it, so that a mail for it would not leave.
    """

    email: str = field(repr=False)
    email_key: str = field(repr=False)
    registration_ids: tuple[UUID, ...]
    is_refused: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """One to be sent."""

    id: UUID
    email: str = field(repr=False)
    email_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class InvitedPlace:
    """A place that the mail tells of."""

    registration_id: UUID
    name: str = field(repr=False)
    ticket_type: str | None


class Delivery(StrEnum):
    """What became of one invitation in this run."""

    SENT = "SENT"
    #: Another run is sending it at this moment, or has.
    ELSEWHERE = "ELSEWHERE"
    #: Its places were cancelled or moved to another address since: nothing is left to tell.
    POINTLESS = "POINTLESS"
    #: The mail server refused the address for good: it is not tried again before somebody asks for it.
    REFUSED = "REFUSED"
    #: The mail server was not reached or refused; the next run tries again.
    NOT_DELIVERED = "NOT_DELIVERED"


@dataclass(frozen=True, slots=True)
class Forecast:
    """Mails, counted: `new` and `unsent` ones would leave now, `sent` ones have. `without_address` counts places, and
    `refused` those whose address the mail server refused for good.

    `is_under_way` says that a worker is asked to send what is unsent, and has not ended.
    """

    new: int
    unsent: int
    sent: int
    without_address: int
    is_under_way: bool
    refused: int = 0
