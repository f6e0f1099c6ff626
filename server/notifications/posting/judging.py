"""Whether a delivery may leave at all, and when one that could not is tried again. Pure functions of what is known."""

import random
from datetime import datetime, timedelta

from server.notifications.kinds import POLICIES, Cap, is_on
from server.notifications.laying_out import zone_of
from server.notifications.models import Channel, DeliveryState, Device, Recipient
from server.notifications.posting.models import Claimed, Settled
from server.notifications.quiet import first_moment

#: The first pause after a try that failed; each further one is twice as long.
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 9


def why_not(delivery: Claimed, recipient: Recipient | None, *, now: datetime) -> Settled | None:
    """Why it does not leave now, or None when it may. Much can have changed since it was laid out."""
    if recipient is None:
        return Settled(DeliveryState.WITHDRAWN)
    obstacles = (
        (DeliveryState.SWITCHED_OFF, not is_on(recipient.switches, delivery.notice.kind, delivery.channel)),
        (DeliveryState.TOO_LATE, delivery.expires_at <= now),
        (DeliveryState.DEVICE_GONE, delivery.channel is Channel.PUSH and device_of(delivery, recipient) is None),
    )
    for state, stands_in_the_way in obstacles:
        if stands_in_the_way:
            return Settled(state)
    return _quiet(delivery, recipient, now)


def _quiet(delivery: Claimed, recipient: Recipient, now: datetime) -> Settled | None:
    """Until when it waits, or that it is let go, where quiet hours have begun since it was laid out."""
    policy = POLICIES[delivery.notice.kind]
    moment = first_moment(recipient.quiet, zone=zone_of(delivery.notice, recipient), at=now)
    if policy.cap is Cap.NONE or moment == now:
        return None
    if delivery.channel in policy.waits and moment < delivery.expires_at:
        return Settled(DeliveryState.WAITING, due_at=moment)
    return Settled(DeliveryState.QUIET)


def device_of(delivery: Claimed, recipient: Recipient) -> Device | None:
    """The device it goes to, as it is now; None once it was removed or signed out."""
    return next((each for each in recipient.devices if each.id == delivery.subscription_id), None)


def again(delivery: Claimed, *, asked: timedelta | None, now: datetime) -> Settled:
    """The next try: after the pause asked for, else after a growing one; given up where it would be too late."""
    growing = min(FIRST_PAUSE * 2 ** (delivery.attempts - 1), LONGEST_PAUSE)
    # A little apart from one another, so that those refused together do not come back together.
    pause = max(asked or timedelta(), growing) * random.uniform(1, 1.2)  # noqa: S311 - it keeps no secret
    if delivery.attempts >= MOST_ATTEMPTS or now + pause >= delivery.expires_at:
        return Settled(DeliveryState.UNREACHABLE)
    return Settled(DeliveryState.WAITING, due_at=now + pause)
