"""A mail before it is sent, and what is told to one person: a notice, on its way by push and mail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one address. The same `message_id` twice is one mail for its reader.

    `html` says the same once more for those who read it so. `unsubscribe` is the address that ends mails of this kind
    (RFC 8058); mails that somebody asked for have none.
    """

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    message_id: str
    html: str | None = field(default=None, repr=False)
    unsubscribe: str | None = field(default=None, repr=False)


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


class Channel(StrEnum):
    """How a notice reaches somebody: mail is the certain way, push the quick one."""

    PUSH = "PUSH"
    MAIL = "MAIL"


class DeliveryState(StrEnum):
    """What became of one notice on one way. All but the first two are final."""

    WAITING = "WAITING"
    SENDING = "SENDING"
    SENT = "SENT"
    SWITCHED_OFF = "SWITCHED_OFF"
    QUIET = "QUIET"
    ENOUGH = "ENOUGH"
    WITHDRAWN = "WITHDRAWN"
    TOO_LATE = "TOO_LATE"
    DEVICE_GONE = "DEVICE_GONE"
    REFUSED = "REFUSED"
    UNREACHABLE = "UNREACHABLE"
    UNSURE = "UNSURE"


#: When nothing is sent to somebody who never chose: from ten in the evening until eight, by their own clock.
QUIET_FROM, QUIET_UNTIL = time(22), time(8)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of each day in which nothing is sent, by the clock where the person is; the same twice means none."""

    starts: time = QUIET_FROM
    ends: time = QUIET_UNTIL


#: What somebody changed, by kind and channel; everything else is as `kinds` has it.
Switches = Mapping[tuple[NoticeKind, Channel], bool]


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that takes pushes. `p256dh` and `auth` are its keys (RFC 8291), `origin` the push service's."""

    id: UUID
    name: str
    endpoint: str = field(repr=False)
    origin: str = field(repr=False)
    p256dh: bytes = field(repr=False)
    auth: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something told to one person, as it is kept."""

    person_id: UUID
    id: UUID
    kind: NoticeKind
    key: str
    path: str
    zone: str | None
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told, and how they want it. `pushed` are the kinds and times of the last week's pushes."""

    person_id: UUID
    email: str = field(repr=False)
    locale: str
    timezone: str
    quiet: QuietHours
    switches: Switches
    devices: tuple[Device, ...]
    pushed: tuple[tuple[NoticeKind, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """One notice on one way, about to be kept. A push that goes to no device at all says why in its state."""

    notice: Notice
    channel: Channel
    device: Device | None
    state: DeliveryState
    due_at: datetime
    expires_at: datetime
