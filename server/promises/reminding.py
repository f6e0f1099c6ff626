"""Reminding people of what they promised for today: one notice a day at most, at six in the evening of their own zone.

The notice names nobody and quotes nothing. What was kept, or promised to somebody whose swap is gone or whom its owner
lets rest, is not reminded of.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from server.db import Connection
from server.notifications.models import NewNotice, Notice, NoticeKind, Recipient
from server.notifications.posting.models import Matter
from server.notifications.telling import tell_all
from server.promises import queries
from server.promises.models import DueDay, Reminded
from server.screens import conversation, person

REMINDED_AT = time(18)
#: People told in one transaction.
BATCH = 500


async def remind_of_due(connection: Connection, *, now: datetime) -> int:
    """Tell everybody in whose zone it is past six and who has something to keep today; how many were told now.

    Told again, nothing happens: a person and a day make one notice.
    """
    zones = await queries.select_zones_with_promises(
        connection, since=(now - timedelta(days=2)).date(), until=(now + timedelta(days=2)).date()
    )
    told = 0
    for due in due_days(zones, now=now):
        while people := await queries.select_people_to_remind(connection, due=due, at_most=BATCH):
            await tell_all(connection, [_notice(each, due) for each in people], now=now)
            told += len(people)
    return told


async def still_due(connection: Connection, notice: Notice, recipient: Recipient, _now: datetime) -> Matter | None:
    """Whether something for that day is still to be kept."""
    day = date.fromisoformat(notice.key)
    is_due = await queries.select_is_to_remind(connection, person_id=recipient.person_id, day=day)
    return Matter() if is_due else None


def _notice(reminded: Reminded, due: DueDay) -> NewNotice:
    """Leads to the one it was promised to: their own page, or the talk where the two share no contact."""
    path = (
        conversation(reminded.event_id, reminded.swap_id)
        if reminded.relationship_id is None
        else person(reminded.relationship_id)
    )
    return NewNotice(reminded.person_id, NoticeKind.PROMISE_DUE, due.day.isoformat(), path, zone=due.zone)


def due_days(zones: Iterable[str], *, now: datetime) -> list[DueDay]:
    """For each zone its today, if it is six there or later."""
    return [due for zone in zones if (due := _today(zone, now)).since <= now]


def _today(zone: str, now: datetime) -> DueDay:
    day = now.astimezone(ZoneInfo(zone)).date()
    return DueDay(zone, day, datetime.combine(day, REMINDED_AT, ZoneInfo(zone)))
