"""A mail before it is sent, and what is told to one person: a notice, on its way by push and mail."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Letter:
    """A plain-text mail to one address. The same `message_id` twice is one mail for its reader."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    message_id: str


class NoticeKind(StrEnum):
    """What somebody is told. What each is worth, by which channels and how often, stands in `kinds`."""

    EVENING_READY = "EVENING_READY"
    REVIEW_READY = "REVIEW_READY"
    PROMISE_DUE = "PROMISE_DUE"
    SWAP = "SWAP"
    INTRODUCTION_ASKED = "INTRODUCTION_ASKED"
    INTRODUCTION_MADE = "INTRODUCTION_MADE"
    MEETING_PROPOSED = "MEETING_PROPOSED"
    MEETING_CHANGED = "MEETING_CHANGED"
    TEST = "TEST"


@dataclass(frozen=True, slots=True)
class NewNotice:
    """Something to be told to one person, once by its kind and `key`.

    `path` is the address of the app that it opens. `zone` is the IANA time zone that the person is in as the cause
    knows it, such as an event's; without one it is their own.
    """

    person_id: UUID
    kind: NoticeKind
    key: str
    path: str
    zone: str | None = None
