"""A delivery as it is being sent, and what its cause has to say at that moment."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.notifications.letters import Line
from server.notifications.models import Channel, DeliveryState, Notice, Recipient


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery that this worker holds under its `claim`; whoever else claims it later has another one.

    `attempts` counts this one too.
    """

    id: UUID
    claim: UUID
    notice: Notice
    channel: Channel
    subscription_id: UUID | None
    origin: str | None
    attempts: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of it. WAITING means: again at `due_at`."""

    state: DeliveryState
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """What a cause still has to say: what a mail about it lists, for the eyes of its person alone."""

    lines: tuple[Line, ...] = field(default=(), repr=False)


#: Asked just before a notice of its kind leaves, with the time it is: None when there is nothing left to tell. What
#: somebody may see is judged in it by what consent is now, so nobody has to take a notice back.
Cause = Callable[[Connection, Notice, Recipient, datetime], Awaitable[Matter | None]]
