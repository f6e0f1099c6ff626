"""Every statement about pairing codes, and about how many wrong PINs a code or phone has seen."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.doors.phones.models import PINS_REST_FOR, WRONG_PINS, Pairing, PhoneKind, Place

#: A code that is about to be shown, at a door that has not been removed.
INSERT_PAIRING: LiteralString = """
    INSERT INTO door_pairings (event_id, id, kind, door_id, room_id, code_hash, opened_by, opened_at, expires_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
    WHERE $4::uuid IS NULL OR EXISTS (
        SELECT 1 FROM doors WHERE doors.event_id = $1 AND doors.id = $4 AND doors.removed_at IS NULL
    )
    RETURNING id
"""


async def insert_pairing(
    connection: Connection, *, pairing: Pairing, code_hash: bytes, now: datetime, expires_at: datetime
) -> bool:
    """Whether the door is there."""
    written = await connection.fetchval(
        INSERT_PAIRING, pairing.event_id, pairing.id, pairing.kind, pairing.place.door_id, pairing.place.room_id,
        code_hash, pairing.opened_by, now, expires_at,
    )  # fmt: skip
    return written is not None


#: Codes that are a day old: nothing is asked of them any more.
DELETE_OLD_PAIRINGS: LiteralString = """
    DELETE FROM door_pairings WHERE event_id = $1 AND expires_at < $2::timestamptz - interval '1 day'
"""


async def delete_old_pairings(connection: Connection, *, event_id: UUID, now: datetime) -> None:
    await connection.execute(DELETE_OLD_PAIRINGS, event_id, now)


#: All codes of a place end now.
CLOSE_PAIRINGS: LiteralString = """
    UPDATE door_pairings SET expires_at = $4
    WHERE event_id = $1 AND door_id IS NOT DISTINCT FROM $2 AND room_id IS NOT DISTINCT FROM $3 AND expires_at > $4
"""


async def close_pairings(connection: Connection, *, event_id: UUID, place: Place, now: datetime) -> None:
    await connection.execute(CLOSE_PAIRINGS, event_id, place.door_id, place.room_id, now)


#: The open pairing with this code. The code is all that a phone has: it cannot name the event.
SELECT_PAIRING: LiteralString = """
    SELECT event_id, id, kind, door_id, room_id, opened_by
    FROM door_pairings
    WHERE code_hash = $1 AND expires_at > $2
"""


async def select_pairing(connection: Connection, *, code_hash: bytes, now: datetime) -> Pairing | None:
    row = await connection.fetchrow(SELECT_PAIRING, code_hash, now)
    if row is None:
        return None
    place = Place(row["door_id"], row["room_id"])
    return Pairing(row["event_id"], row["id"], PhoneKind(row["kind"]), place, row["opened_by"])


#: Count a try at a PIN under this code, while it takes any. The row stays locked until the transaction ends, so that
#: two tries at once are two.
COUNT_TRY_AT_CODE: LiteralString = """
    UPDATE door_pairings
    SET pin_tries = CASE WHEN pin_tries_since > $3::timestamptz - $4::interval THEN pin_tries + 1 ELSE 1 END,
        pin_tries_since = CASE WHEN pin_tries_since > $3::timestamptz - $4::interval THEN pin_tries_since ELSE $3 END
    WHERE event_id = $1 AND id = $2
        AND NOT COALESCE(pin_tries >= $5 AND pin_tries_since > $3::timestamptz - $4::interval, false)
    RETURNING id
"""

#: The same on a phone that is paired.
COUNT_TRY_AT_PHONE: LiteralString = """
    UPDATE door_phones
    SET pin_tries = CASE WHEN pin_tries_since > $3::timestamptz - $4::interval THEN pin_tries + 1 ELSE 1 END,
        pin_tries_since = CASE WHEN pin_tries_since > $3::timestamptz - $4::interval THEN pin_tries_since ELSE $3 END
    WHERE event_id = $1 AND id = $2
        AND NOT COALESCE(pin_tries >= $5 AND pin_tries_since > $3::timestamptz - $4::interval, false)
    RETURNING id
"""


async def count_try(connection: Connection, *, at_phone: bool, event_id: UUID, of: UUID, now: datetime) -> bool:
    """Whether the code or phone `of` takes PINs now."""
    statement = COUNT_TRY_AT_PHONE if at_phone else COUNT_TRY_AT_CODE
    return await connection.fetchval(statement, event_id, of, now, PINS_REST_FOR, WRONG_PINS) is not None


#: The PIN was right: that was no wrong try under this code.
UNCOUNT_TRY_AT_CODE: LiteralString = """
    UPDATE door_pairings SET pin_tries = GREATEST(pin_tries - 1, 0) WHERE event_id = $1 AND id = $2
"""

#: The same on a phone.
UNCOUNT_TRY_AT_PHONE: LiteralString = """
    UPDATE door_phones SET pin_tries = GREATEST(pin_tries - 1, 0) WHERE event_id = $1 AND id = $2
"""


async def uncount_try(connection: Connection, *, at_phone: bool, event_id: UUID, of: UUID) -> None:
    await connection.execute(UNCOUNT_TRY_AT_PHONE if at_phone else UNCOUNT_TRY_AT_CODE, event_id, of)
