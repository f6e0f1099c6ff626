"""Every statement about notices and how they are laid out. Sending is in `posting`, what people chose in `choices`."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection
from server.ids import new_id
from server.notifications.models import (
    Channel,
    Device,
    NewDelivery,
    NewNotice,
    Notice,
    NoticeKind,
    QuietHours,
    Recipient,
)

#: New notices; one that was told before stays as it is. In one order, so that two who tell the same wait in turn.
INSERT_NOTICES: LiteralString = """
    INSERT INTO notices (person_id, id, kind, key, path, zone, told_at)
    SELECT new.person_id, new.id, new.kind, new.key, new.path, new.zone, $7
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
        AS new (person_id, id, kind, key, path, zone)
    ORDER BY new.person_id, new.kind, new.key
    ON CONFLICT ON CONSTRAINT notices_once DO NOTHING
"""


async def insert_notices(connection: Connection, *, notices: Sequence[tuple[UUID, NewNotice]], now: datetime) -> None:
    await connection.execute(
        INSERT_NOTICES,
        [each.person_id for _, each in notices],
        [notice_id for notice_id, _ in notices],
        [each.kind for _, each in notices],
        [each.key for _, each in notices],
        [each.path for _, each in notices],
        [each.zone for _, each in notices],
        now,
    )


#: The right to lay out, for one worker at a time, until the transaction ends.
LOCK_LAYING_OUT: LiteralString = """
    SELECT pg_try_advisory_xact_lock(hashtextextended('notices are laid out', 0))
"""


async def lock_laying_out(connection: Connection) -> bool:
    is_ours: bool = await connection.fetchval(LOCK_LAYING_OUT)
    return is_ours


#: Notices not laid out yet, the oldest first.
SELECT_TO_LAY_OUT: LiteralString = """
    SELECT person_id, id, kind, key, path, zone, told_at
    FROM notices
    WHERE laid_out_at IS NULL
    ORDER BY told_at, id
    LIMIT $1
    FOR UPDATE
"""


async def select_to_lay_out(connection: Connection, *, limit: int) -> list[Notice]:
    return [read_notice(row) for row in await connection.fetch(SELECT_TO_LAY_OUT, limit)]


def read_notice(row: Record) -> Notice:
    return Notice(
        person_id=row["person_id"],
        id=row["id"],
        kind=NoticeKind(row["kind"]),
        key=row["key"],
        path=row["path"],
        zone=row["zone"],
        told_at=row["told_at"],
    )


#: These have been laid out.
MARK_LAID_OUT: LiteralString = """
    UPDATE notices SET laid_out_at = $3
    FROM unnest($1::uuid[], $2::uuid[]) AS laid (person_id, id)
    WHERE notices.person_id = laid.person_id AND notices.id = laid.id
"""


async def mark_laid_out(connection: Connection, *, notices: Sequence[Notice], now: datetime) -> None:
    await connection.execute(MARK_LAID_OUT, [each.person_id for each in notices], [each.id for each in notices], now)


#: The ways of notices, all rows at once. One that is there already stays.
INSERT_DELIVERIES: LiteralString = """
    INSERT INTO deliveries (person_id, id, notice_id, channel, subscription_id, device, origin, state, due_at,
                            expires_at, settled_at)
    SELECT new.person_id, new.id, new.notice_id, new.channel, new.subscription_id, new.device, new.origin, new.state,
           new.due_at, new.expires_at, CASE WHEN new.state <> 'WAITING' THEN $11::timestamptz END
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[],
                $9::timestamptz[], $10::timestamptz[])
        AS new (person_id, id, notice_id, channel, subscription_id, device, origin, state, due_at, expires_at)
    ON CONFLICT ON CONSTRAINT deliveries_one_per_device DO NOTHING
"""


async def insert_deliveries(connection: Connection, *, deliveries: Sequence[NewDelivery], now: datetime) -> None:
    await connection.execute(
        INSERT_DELIVERIES,
        [each.notice.person_id for each in deliveries],
        [new_id() for _ in deliveries],
        [each.notice.id for each in deliveries],
        [each.channel for each in deliveries],
        [each.device.id if each.device else None for each in deliveries],
        [each.device.name if each.device else None for each in deliveries],
        [each.device.origin if each.device else None for each in deliveries],
        [each.state for each in deliveries],
        [each.due_at for each in deliveries],
        [each.expires_at for each in deliveries],
        now,
    )


#: How these people want to be told: their address, language and zone, and their quiet hours where they chose some.
SELECT_PEOPLE_TOLD: LiteralString = """
    SELECT people.id, people.email, people.locale, people.timezone, quiet_hours.quiet_from, quiet_hours.quiet_until
    FROM people
    LEFT JOIN quiet_hours ON quiet_hours.person_id = people.id
    WHERE people.id = ANY ($1::uuid[])
"""

#: What these people switched on or off.
SELECT_SWITCHES: LiteralString = """
    SELECT person_id, kind, channel, is_on FROM notice_switches WHERE person_id = ANY ($1::uuid[])
"""

#: The devices of these people that are signed in at $2, the one that was seen last first.
SELECT_DEVICES: LiteralString = """
    SELECT push_subscriptions.person_id, push_subscriptions.id, push_subscriptions.device, push_subscriptions.endpoint,
           push_subscriptions.origin, push_subscriptions.p256dh, push_subscriptions.auth
    FROM push_subscriptions
    JOIN sessions ON sessions.id = push_subscriptions.session_id
    WHERE push_subscriptions.person_id = ANY ($1::uuid[]) AND sessions.ended_at IS NULL AND sessions.expires_at > $2
    ORDER BY push_subscriptions.seen_at DESC, push_subscriptions.id
"""

#: Pushes that these people got or will get, from $2 on; one for each notice, whatever the number of devices.
SELECT_PUSHED: LiteralString = """
    SELECT deliveries.person_id, notices.kind, min(deliveries.due_at) AS at
    FROM deliveries
    JOIN notices ON notices.person_id = deliveries.person_id AND notices.id = deliveries.notice_id
    WHERE deliveries.person_id = ANY ($1::uuid[]) AND deliveries.channel = 'PUSH' AND deliveries.due_at > $2
      AND deliveries.state IN ('WAITING', 'SENDING', 'SENT', 'UNSURE')
    GROUP BY deliveries.person_id, notices.id, notices.kind
"""


async def select_recipients(
    connection: Connection, *, person_ids: Collection[UUID], now: datetime, since: datetime
) -> dict[UUID, Recipient]:
    """These people by their id; those whose account is gone are not there."""
    ids = list(person_ids)
    switches: defaultdict[UUID, dict[tuple[NoticeKind, Channel], bool]] = defaultdict(dict)
    for row in await connection.fetch(SELECT_SWITCHES, ids):
        switches[row["person_id"]][NoticeKind(row["kind"]), Channel(row["channel"])] = row["is_on"]
    devices: defaultdict[UUID, list[Device]] = defaultdict(list)
    for row in await connection.fetch(SELECT_DEVICES, ids, now):
        devices[row["person_id"]].append(_device(row))
    pushed: defaultdict[UUID, list[tuple[NoticeKind, datetime]]] = defaultdict(list)
    for row in await connection.fetch(SELECT_PUSHED, ids, since):
        pushed[row["person_id"]].append((NoticeKind(row["kind"]), row["at"]))
    return {
        row["id"]: Recipient(
            person_id=row["id"],
            email=row["email"],
            locale=row["locale"],
            timezone=row["timezone"],
            quiet=QuietHours() if row["quiet_from"] is None else QuietHours(row["quiet_from"], row["quiet_until"]),
            switches=switches[row["id"]],
            devices=tuple(devices[row["id"]]),
            pushed=tuple(pushed[row["id"]]),
        )
        for row in await connection.fetch(SELECT_PEOPLE_TOLD, ids)
    }


def _device(row: Record) -> Device:
    return Device(
        id=row["id"],
        name=row["device"],
        endpoint=row["endpoint"],
        origin=row["origin"],
        p256dh=row["p256dh"],
        auth=row["auth"],
    )
