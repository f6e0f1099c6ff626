"""What the host is told of jobs: names, numbers, times. Never whose they are."""

import enum
from dataclasses import dataclass
from datetime import datetime


class JobState(enum.StrEnum):
    """Where a queued job stands. Done ones leave the queue and are only counted."""

    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A job in the queue. `at` is when it is tried next, when it began, or when it was given up; `failure` the kind of
    the last error. `event` is the word in the address of the event it works for.
    """

    id: int
    name: str
    state: JobState
    tries: int
    at: datetime
    failure: str | None
    event: str | None


@dataclass(frozen=True, slots=True)
class TimedRun:
    """How a job of the clock went: when it last ran, when it last went well, and how often in a row it failed since."""

    name: str
    last_run_at: datetime
    last_done_at: datetime | None
    failures: int
    failure: str | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Done:
    """How many jobs of a name were done in the last seven days, and when the last was."""

    name: str
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class JobsStatus:
    """All of it: what is in the queue (failed first, then running, then waiting), the clock's jobs by name, and what
    was done. `waiting` counts what is in the queue by state, since only the first of a long queue are listed.
    """

    queued: tuple[QueuedJob, ...]
    timed: tuple[TimedRun, ...]
    done: tuple[Done, ...]
    counts: dict[JobState, int]
