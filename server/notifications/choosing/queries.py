"""Every statement about what a person chose, their devices, and their log."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection
from server.notifications.choosing.models import LoggedDelivery, NewDevice, OwnDevice
from server.notifications.models import Channel, DeliveryState, NoticeKind, QuietHours, Switches

#: The quiet hours that somebody chose.
SELECT_QUIET_HOURS: LiteralString = """
    SELECT quiet_from, quiet_until FROM quiet_hours WHERE person_id = $1
"""


async def select_quiet_hours(connection: Connection, *, person_id: UUID) -> QuietHours | None:
    row = await connection.fetchrow(SELECT_QUIET_HOURS, person_id)
    return None if row is None else QuietHours(row["quiet_from"], row["quiet_until"])


#: Quiet hours in place of the old ones.
UPSERT_QUIET_HOURS: LiteralString = """
    INSERT INTO quiet_hours (person_id, quiet_from, quiet_until) VALUES ($1, $2, $3)
    ON CONFLICT ON CONSTRAINT quiet_hours_pkey
        DO UPDATE SET quiet_from = EXCLUDED.quiet_from, quiet_until = EXCLUDED.quiet_until
"""


async def upsert_quiet_hours(connection: Connection, *, person_id: UUID, starts: time, ends: time) -> None:
    await connection.execute(UPSERT_QUIET_HOURS, person_id, starts, ends)


#: What somebody switched on or off.
SELECT_OWN_SWITCHES: LiteralString = """
    SELECT kind, channel, is_on FROM notice_switches WHERE person_id = $1
"""


async def select_switches(connection: Connection, *, person_id: UUID) -> Switches:
    rows = await connection.fetch(SELECT_OWN_SWITCHES, person_id)
    return {(NoticeKind(row["kind"]), Channel(row["channel"])): row["is_on"] for row in rows}


#: These kinds on one way, on or off. Nothing for an account that is gone: a link in an old mail may still be pressed.
UPSERT_SWITCHES: LiteralString = """
    INSERT INTO notice_switches (person_id, kind, channel, is_on)
    SELECT people.id, kinds.kind, $3, $4
    FROM people
    CROSS JOIN unnest($2::text[]) AS kinds (kind)
    WHERE people.id = $1
    ON CONFLICT ON CONSTRAINT notice_switches_pkey DO UPDATE SET is_on = EXCLUDED.is_on
"""


async def upsert_switches(
    connection: Connection, *, person_id: UUID, kinds: Sequence[NoticeKind], channel: Channel, is_on: bool
) -> None:
    await connection.execute(UPSERT_SWITCHES, person_id, list(kinds), channel, is_on)


#: The language that somebody chose.
SELECT_LOCALE: LiteralString = """
    SELECT locale FROM people WHERE id = $1
"""


async def select_locale(connection: Connection, *, person_id: UUID) -> str | None:
    found: str | None = await connection.fetchval(SELECT_LOCALE, person_id)
    return found


#: A device under its endpoint, which belongs to whoever is signed in there now.
UPSERT_DEVICE: LiteralString = """
    INSERT INTO push_subscriptions (person_id, id, session_id, endpoint, endpoint_hash, origin, p256dh, auth, device,
                                    subscribed_at, seen_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
    ON CONFLICT ON CONSTRAINT push_subscriptions_one_per_endpoint DO UPDATE
        SET person_id = EXCLUDED.person_id,
            id = CASE WHEN push_subscriptions.person_id = EXCLUDED.person_id
                      THEN push_subscriptions.id ELSE EXCLUDED.id END,
            subscribed_at = CASE WHEN push_subscriptions.person_id = EXCLUDED.person_id
                                 THEN push_subscriptions.subscribed_at ELSE EXCLUDED.subscribed_at END,
            session_id = EXCLUDED.session_id, p256dh = EXCLUDED.p256dh, auth = EXCLUDED.auth, device = EXCLUDED.device,
            seen_at = EXCLUDED.seen_at
"""


async def upsert_device(
    connection: Connection,
    *,
    person_id: UUID,
    session_id: UUID,
    new_id: UUID,
    device: NewDevice,
    endpoint_hash: bytes,
    origin: str,
    now: datetime,
) -> None:
    await connection.execute(
        UPSERT_DEVICE,
        person_id,
        new_id,
        session_id,
        device.endpoint,
        endpoint_hash,
        origin,
        device.p256dh,
        device.auth,
        device.name,
        now,
    )


#: Devices past the $2 that were seen last.
DELETE_OLDEST_DEVICES: LiteralString = """
    DELETE FROM push_subscriptions
    WHERE person_id = $1 AND id NOT IN (
        SELECT id FROM push_subscriptions WHERE person_id = $1 ORDER BY seen_at DESC, id DESC LIMIT $2
    )
"""


async def delete_oldest_devices(connection: Connection, *, person_id: UUID, keep: int) -> None:
    await connection.execute(DELETE_OLDEST_DEVICES, person_id, keep)


#: The device with this endpoint, if it is this person's.
DELETE_DEVICE_AT: LiteralString = """
    DELETE FROM push_subscriptions WHERE person_id = $1 AND endpoint_hash = $2
"""


async def delete_device_at(connection: Connection, *, person_id: UUID, endpoint_hash: bytes) -> None:
    await connection.execute(DELETE_DEVICE_AT, person_id, endpoint_hash)


#: A device of this person's.
DELETE_OWN_DEVICE: LiteralString = """
    DELETE FROM push_subscriptions WHERE person_id = $1 AND id = $2
"""


async def delete_device(connection: Connection, *, person_id: UUID, device_id: UUID) -> None:
    await connection.execute(DELETE_OWN_DEVICE, person_id, device_id)


#: The devices of somebody that are signed in, the one that was seen last first; $2 is the session that asks.
SELECT_OWN_DEVICES: LiteralString = """
    SELECT push_subscriptions.id, push_subscriptions.device, push_subscriptions.subscribed_at,
           push_subscriptions.seen_at, push_subscriptions.session_id = $2 AS is_this_one
    FROM push_subscriptions
    JOIN sessions ON sessions.id = push_subscriptions.session_id
    WHERE push_subscriptions.person_id = $1 AND sessions.ended_at IS NULL AND sessions.expires_at > $3
    ORDER BY push_subscriptions.seen_at DESC, push_subscriptions.id
"""


async def select_devices(
    connection: Connection, *, person_id: UUID, session_id: UUID, now: datetime
) -> list[OwnDevice]:
    return [
        OwnDevice(
            id=row["id"],
            name=row["device"],
            subscribed_at=row["subscribed_at"],
            seen_at=row["seen_at"],
            is_this_one=row["is_this_one"],
        )
        for row in await connection.fetch(SELECT_OWN_DEVICES, person_id, session_id, now)
    ]


#: What was sent to somebody or waits to be, the newest first; $2 names a single one.
SELECT_LOG: LiteralString = """
    SELECT deliveries.id, notices.kind, deliveries.channel, deliveries.device, deliveries.state, notices.told_at,
           COALESCE(deliveries.settled_at, deliveries.due_at) AS at
    FROM deliveries
    JOIN notices ON notices.person_id = deliveries.person_id AND notices.id = deliveries.notice_id
    WHERE deliveries.person_id = $1 AND ($2::uuid IS NULL OR deliveries.id = $2)
    ORDER BY notices.told_at DESC, deliveries.id DESC
    LIMIT $3
"""


async def select_log(
    connection: Connection, *, person_id: UUID, limit: int, only: UUID | None = None
) -> list[LoggedDelivery]:
    return [_logged(row) for row in await connection.fetch(SELECT_LOG, person_id, only, limit)]


def _logged(row: Record) -> LoggedDelivery:
    return LoggedDelivery(
        id=row["id"],
        kind=NoticeKind(row["kind"]),
        channel=Channel(row["channel"]),
        device=row["device"],
        state=DeliveryState(row["state"]),
        told_at=row["told_at"],
        at=row["at"],
    )
