"""From a notice to its deliveries: by which channels it goes, when, and whether this person has had enough.

One worker at a time lays out, so that no cap is passed by two at once; nothing is sent here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from server.db import Connection
from server.notifications import queries
from server.notifications.kinds import A_WEEK, ANSWERS_IN_A_DAY, ANSWERS_IN_AN_HOUR, POLICIES, Cap, is_on
from server.notifications.models import Channel, DeliveryState, NewDelivery, Notice, Recipient
from server.notifications.quiet import first_moment

#: Notices laid out in one transaction.
BATCH = 500
#: How far back pushes are counted.
LOOK_BACK = timedelta(days=8)


async def lay_out(connection: Connection, *, now: datetime) -> int:
    """Lay out everything told so far that is not yet; how many notices that were. None while another worker does."""
    laid_out = 0
    while True:
        async with connection.transaction():
            if not await queries.lock_laying_out(connection):
                return laid_out
            batch = await queries.select_to_lay_out(connection, limit=BATCH)
            if not batch:
                return laid_out
            recipients = await queries.select_recipients(
                connection, person_ids={each.person_id for each in batch}, now=now, since=now - LOOK_BACK
            )
            await queries.insert_deliveries(connection, deliveries=_deliveries(batch, recipients, now), now=now)
            await queries.mark_laid_out(connection, notices=batch, now=now)
            laid_out += len(batch)


def _deliveries(batch: list[Notice], recipients: Mapping[UUID, Recipient], now: datetime) -> list[NewDelivery]:
    """What these notices come to, the oldest first; each push counts for those after it."""
    made: list[NewDelivery] = []
    for notice in batch:
        if (recipient := recipients.get(notice.person_id)) is None:
            continue
        mine = [
            (each.notice.kind, each.due_at)
            for each in made
            if each.notice.person_id == notice.person_id
            and each.channel is Channel.PUSH
            and each.state is DeliveryState.WAITING
        ]
        made += deliveries_of(notice, replace(recipient, pushed=(*recipient.pushed, *mine)), now=now)
    return made


def deliveries_of(notice: Notice, recipient: Recipient, *, now: datetime) -> Iterator[NewDelivery]:
    """The ways one notice takes to its person: none where they switched it off or have no device."""
    policy = POLICIES[notice.kind]
    for channel, worth in policy.worth.items():
        devices = recipient.devices if channel is Channel.PUSH else (None,)
        if not devices or not is_on(recipient.switches, notice.kind, channel):
            continue
        expires_at = notice.told_at + worth
        due_at = (
            now if policy.cap is Cap.NONE else first_moment(recipient.quiet, zone=zone_of(notice, recipient), at=now)
        )
        state = DeliveryState.WAITING
        if now >= expires_at:
            state = DeliveryState.TOO_LATE
        elif due_at > now and (channel not in policy.waits or due_at >= expires_at):
            state = DeliveryState.QUIET
        elif channel is Channel.PUSH and had_enough(notice, recipient, due_at):
            state = DeliveryState.ENOUGH
        for device in devices if state is DeliveryState.WAITING else (None,):
            yield NewDelivery(notice, channel, device, state, due_at, expires_at)


def zone_of(notice: Notice, recipient: Recipient) -> str:
    """The zone whose clock the person goes by now."""
    return notice.zone or recipient.timezone


def had_enough(notice: Notice, recipient: Recipient, due_at: datetime) -> bool:
    """Whether a push at `due_at` would be one more than its kind's cap."""
    cap = POLICIES[notice.kind].cap
    alike = [at for kind, at in recipient.pushed if POLICIES[kind].cap is cap]
    if cap is Cap.EVENING:
        zone = zone_of(notice, recipient)
        return _evening(due_at, zone) in {_evening(at, zone) for at in alike}
    if cap is Cap.WEEK:
        return any(abs(due_at - at) < A_WEEK for at in alike)
    if cap is Cap.ANSWER:
        within = [sum(due_at - span < at for at in alike) for span in (timedelta(hours=1), timedelta(days=1))]
        return within[0] >= ANSWERS_IN_AN_HOUR or within[1] >= ANSWERS_IN_A_DAY
    return False


def _evening(at: datetime, zone: str) -> date:
    """The day that an evening belongs to: it lasts until four in the morning."""
    return (at.astimezone(ZoneInfo(zone)) - timedelta(hours=4)).date()
