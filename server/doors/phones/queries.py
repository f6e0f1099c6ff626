"""Every statement about paired phones and who held them. Pairing codes are in `pairing`."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.doors.phones.models import DoorPhone, PhoneKind, Place, Shift
from server.events.models import SCANS_OPEN_FOR

#: The phone with this token. Being seen is noted, at most once in half a minute, so that reading stays reading.
TOUCH_PHONE: LiteralString = """
    WITH touched AS (
        UPDATE door_phones SET last_seen_at = $3
        WHERE event_id = $1 AND token_hash = $2 AND revoked_at IS NULL
            AND last_seen_at < $3::timestamptz - interval '30 seconds'
    )
    SELECT door_phones.event_id, door_phones.id, door_phones.kind, door_phones.door_id, door_phones.room_id,
           door_phones.helper_id, door_phones.held_since, door_phones.paired_by, door_phones.paired_at,
           door_phones.revoked_at, door_phones.last_seen_at, door_phones.waiting, doors.name AS door_name,
           door_helpers.name AS helper_name, events.ends_at + $4::interval AS expires_at
    FROM door_phones
    JOIN events ON events.id = door_phones.event_id
    LEFT JOIN doors ON doors.event_id = door_phones.event_id AND doors.id = door_phones.door_id
    LEFT JOIN door_helpers ON door_helpers.event_id = door_phones.event_id AND door_helpers.id = door_phones.helper_id
    WHERE door_phones.event_id = $1 AND door_phones.token_hash = $2
"""


async def touch_phone(connection: Connection, *, event_id: UUID, token_hash: bytes, now: datetime) -> DoorPhone | None:
    row = await connection.fetchrow(TOUCH_PHONE, event_id, token_hash, now, SCANS_OPEN_FOR)
    return None if row is None else _phone(row)


#: The phones of an event, those that are paired first, each with the newest first; or only the one that $2 names.
SELECT_PHONES: LiteralString = """
    SELECT door_phones.event_id, door_phones.id, door_phones.kind, door_phones.door_id, door_phones.room_id,
           door_phones.helper_id, door_phones.held_since, door_phones.paired_by, door_phones.paired_at,
           door_phones.revoked_at, door_phones.last_seen_at, door_phones.waiting, doors.name AS door_name,
           door_helpers.name AS helper_name, events.ends_at + $3::interval AS expires_at
    FROM door_phones
    JOIN events ON events.id = door_phones.event_id
    LEFT JOIN doors ON doors.event_id = door_phones.event_id AND doors.id = door_phones.door_id
    LEFT JOIN door_helpers ON door_helpers.event_id = door_phones.event_id AND door_helpers.id = door_phones.helper_id
    WHERE door_phones.event_id = $1 AND CASE WHEN $2::uuid IS NULL THEN true ELSE door_phones.id = $2 END
    ORDER BY door_phones.revoked_at IS NOT NULL, door_phones.paired_at DESC, door_phones.id
    LIMIT 200
"""


async def select_phones(connection: Connection, *, event_id: UUID, phone_id: UUID | None = None) -> list[DoorPhone]:
    return [_phone(row) for row in await connection.fetch(SELECT_PHONES, event_id, phone_id, SCANS_OPEN_FOR)]


#: A phone that is paired for the first time.
INSERT_PHONE: LiteralString = """
    INSERT INTO door_phones (event_id, id, token_hash, kind, door_id, room_id, helper_id, held_since, paired_by,
                             paired_at, last_seen_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $8
"""

#: The same phone paired again, perhaps at another door: what it has not sent yet stays its own. One that was revoked
#: meanwhile stays so.
PAIR_AGAIN: LiteralString = """
    UPDATE door_phones
    SET token_hash = $3, kind = $4, door_id = $5, room_id = $6, helper_id = $7, held_since = $8, paired_by = $9,
        paired_at = $8, last_seen_at = $8, pin_tries = 0, pin_tries_since = NULL
    WHERE event_id = $1 AND id = $2
"""


async def pair_phone(
    connection: Connection,
    *,
    event_id: UUID,
    phone_id: UUID,
    is_new: bool,
    token_hash: bytes,
    kind: PhoneKind,
    place: Place,
    helper_id: UUID | None,
    paired_by: UUID | None,
    now: datetime,
) -> None:
    await connection.execute(
        INSERT_PHONE if is_new else PAIR_AGAIN, event_id, phone_id, token_hash, kind, place.door_id, place.room_id,
        helper_id, now, paired_by,
    )  # fmt: skip


#: Somebody else holds the phone from now on, at the place where it is.
UPDATE_HELPER: LiteralString = """
    UPDATE door_phones SET helper_id = $3, held_since = $4, last_seen_at = $4 WHERE event_id = $1 AND id = $2
"""


async def update_helper(
    connection: Connection, *, event_id: UUID, phone_id: UUID, helper_id: UUID, now: datetime
) -> None:
    await connection.execute(UPDATE_HELPER, event_id, phone_id, helper_id, now)


#: From now on somebody, or nobody, holds the phone where it is now.
INSERT_SHIFT: LiteralString = """
    INSERT INTO door_shifts (event_id, id, phone_id, door_id, room_id, helper_id, began_at)
    SELECT event_id, $3, id, door_id, room_id, $4, $5 FROM door_phones WHERE event_id = $1 AND id = $2
"""


async def insert_shift(
    connection: Connection, *, event_id: UUID, shift_id: UUID, phone_id: UUID, helper_id: UUID | None, now: datetime
) -> None:
    await connection.execute(INSERT_SHIFT, event_id, phone_id, shift_id, helper_id, now)


#: Who held a phone at a door or room at an instant: the last shift there that had begun by then, else the first one.
SELECT_SHIFT: LiteralString = """
    SELECT helper_id
    FROM door_shifts
    WHERE event_id = $1 AND phone_id = $2 AND COALESCE(door_id, room_id) = $3
    ORDER BY began_at > $4, CASE WHEN began_at <= $4 THEN began_at END DESC, began_at, id
    LIMIT 1
"""


async def select_shift(
    connection: Connection, *, event_id: UUID, phone_id: UUID, place_id: UUID, at: datetime
) -> Shift | None:
    row = await connection.fetchrow(SELECT_SHIFT, event_id, phone_id, place_id, at)
    return None if row is None else Shift(row["helper_id"])


#: The phone is good for nothing any more but what it had scanned before; doing so again changes nothing.
REVOKE_PHONE: LiteralString = """
    UPDATE door_phones SET revoked_at = $3 WHERE event_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING id
"""


async def revoke_phone(connection: Connection, *, event_id: UUID, phone_id: UUID, now: datetime) -> bool:
    """Whether it was good until now."""
    return await connection.fetchval(REVOKE_PHONE, event_id, phone_id, now) is not None


#: The same for all phones at a door; the codes that pair with it end too.
REVOKE_PHONES_AT: LiteralString = """
    WITH closed AS (
        UPDATE door_pairings SET expires_at = $3 WHERE event_id = $1 AND door_id = $2 AND expires_at > $3
    )
    UPDATE door_phones SET revoked_at = $3 WHERE event_id = $1 AND door_id = $2 AND revoked_at IS NULL RETURNING id
"""


async def revoke_phones_at(connection: Connection, *, event_id: UUID, door_id: UUID, now: datetime) -> list[UUID]:
    return [row["id"] for row in await connection.fetch(REVOKE_PHONES_AT, event_id, door_id, now)]


#: Whoever holds a phone with a helper's PIN holds it no more.
TAKE_FROM_HELPER: LiteralString = """
    UPDATE door_phones SET helper_id = NULL, held_since = $3
    WHERE event_id = $1 AND helper_id = $2
    RETURNING id
"""


async def take_from_helper(connection: Connection, *, event_id: UUID, helper_id: UUID, now: datetime) -> list[UUID]:
    """The phones that somebody else has to take over."""
    return [row["id"] for row in await connection.fetch(TAKE_FROM_HELPER, event_id, helper_id, now)]


#: How many scans a phone says it has not sent yet.
UPDATE_WAITING: LiteralString = """
    UPDATE door_phones SET waiting = $3, last_seen_at = $4 WHERE event_id = $1 AND id = $2
"""


async def update_waiting(
    connection: Connection, *, event_id: UUID, phone_id: UUID, waiting: int, now: datetime
) -> None:
    await connection.execute(UPDATE_WAITING, event_id, phone_id, waiting, now)


def _phone(row: Any) -> DoorPhone:
    return DoorPhone(**dict(row) | {"kind": PhoneKind(row["kind"])})
