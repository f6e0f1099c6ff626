"""What each kind of notice is worth: by which channels it goes, how long it is worth sending, how many there may be.

At most one push in an evening and one in a week; beyond those only what answers an action of somebody just met, and
of that no more than a pocket bears.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from server.notifications.models import Channel, NoticeKind, Switches


class Cap(StrEnum):
    """Pushes that are counted together."""

    EVENING = "EVENING"
    WEEK = "WEEK"
    ANSWER = "ANSWER"
    NONE = "NONE"


#: Pushes that answer somebody: more are held back, and the app shows them when it is opened.
ANSWERS_IN_AN_HOUR = 6
ANSWERS_IN_A_DAY = 20
#: One push a week, with room for somebody who moves their review to an earlier day.
A_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Policy:
    """How long after it was told a notice is still worth each channel; a channel that is not here is not used.

    `waits` are the channels that wait for the end of quiet hours; the others are let go then. `off` are those that are
    used only when somebody asks for them.
    """

    cap: Cap
    worth: Mapping[Channel, timedelta]
    waits: frozenset[Channel] = frozenset(Channel)
    off: frozenset[Channel] = frozenset()


_PUSH, _MAIL = Channel.PUSH, Channel.MAIL

POLICIES: Mapping[NoticeKind, Policy] = {
    # An evening's push is for the evening; its mail is as good at breakfast.
    NoticeKind.EVENING_READY: Policy(
        Cap.EVENING, {_PUSH: timedelta(hours=5), _MAIL: timedelta(hours=18)}, waits=frozenset({_MAIL})
    ),
    NoticeKind.REVIEW_READY: Policy(Cap.WEEK, {_PUSH: timedelta(hours=16), _MAIL: timedelta(days=2)}),
    NoticeKind.PROMISE_DUE: Policy(Cap.EVENING, {_PUSH: timedelta(hours=16), _MAIL: timedelta(hours=24)}),
    # Somebody who scanned me stands before me: an hour later it is no news.
    NoticeKind.SWAP: Policy(Cap.ANSWER, {_PUSH: timedelta(hours=1)}, waits=frozenset()),
    NoticeKind.INTRODUCTION_ASKED: Policy(Cap.ANSWER, {_PUSH: timedelta(days=1), _MAIL: timedelta(days=2)}),
    NoticeKind.INTRODUCTION_MADE: Policy(Cap.ANSWER, {_PUSH: timedelta(days=1), _MAIL: timedelta(days=2)}),
    NoticeKind.MEETING_PROPOSED: Policy(Cap.ANSWER, {_PUSH: timedelta(hours=16), _MAIL: timedelta(days=1)}),
    NoticeKind.MEETING_CHANGED: Policy(Cap.ANSWER, {_PUSH: timedelta(hours=16), _MAIL: timedelta(days=1)}),
    NoticeKind.TEST: Policy(Cap.NONE, {_PUSH: timedelta(minutes=10), _MAIL: timedelta(minutes=30)}),
}


def is_on(switches: Switches, kind: NoticeKind, channel: Channel) -> bool:
    """Whether a person gets this kind this way: as they chose, else as the kind has it. A test is never off."""
    policy = POLICIES[kind]
    if channel not in policy.worth:
        return False
    return kind is NoticeKind.TEST or switches.get((kind, channel), channel not in policy.off)
