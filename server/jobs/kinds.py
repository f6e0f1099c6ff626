"""What a job is: something the clock asks for, or something that was put into the queue. A job decides nothing; it
calls one operation of a feature, whose own unique keys make the effect happen once.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from server.db import Pool
from server.notifications.mail import Mailer
from server.notifications.posting.office import PostOffice
from server.printing.making import Printer
from server.secrets import Secrets

#: Files of attendance that one process writes at the same time.
FILES_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Post:
    """How mail leaves, and the address that its links lead to."""

    mailer: Mailer
    public_url: str


@dataclass(frozen=True, slots=True)
class Tools:
    """What a job may use. Without `post` no organizer is written to, without an `office` no notice leaves; badge sheets
    wait for a `printer`.
    """

    pool: Pool
    clock: Callable[[], datetime]
    secrets: Secrets
    post: Post | None = None
    printer: Printer | None = None
    office: PostOffice | None = None
    #: Turns at writing a file of attendance. Each takes two connections of those that answer people, for as long as it
    #: takes; without turns many files would wait for each other's, and everybody for theirs.
    file_turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(FILES_AT_ONCE))


def _always(_: Tools) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Timed:
    """What the clock asks for. A run that fails or was cut off is made up for by the next, so what is to be done is
    read from the tables and never remembered.
    """

    name: str
    #: Minute, hour, day, month, weekday, in UTC. What is due by somebody's own clock runs each minute and looks.
    cron: str
    work: Callable[[Tools], Coroutine[Any, Any, object]]
    #: Whether it is also done when a worker begins, for what came due while nobody worked.
    at_start: bool = False
    #: Whether this process has what it takes.
    possible: Callable[[Tools], bool] = _always


@dataclass(frozen=True, slots=True)
class Queued:
    """What was put into the queue by `server.queue.enqueue` under this name, with ids."""

    name: str
    work: Callable[[Tools, Mapping[str, str]], Coroutine[Any, Any, None]]
    possible: Callable[[Tools], bool] = _always


Kind: TypeAlias = Timed | Queued


def read_ids(payload: bytes | None) -> Mapping[str, str]:
    """The ids that a job was queued with."""
    told: dict[str, str] = json.loads(payload or b"{}")
    return told
