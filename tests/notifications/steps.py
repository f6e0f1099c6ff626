"""Somebody with a device, who has been told something."""

import base64
import hashlib
from uuid import UUID

from schema.ids import Kind, global_id
from server.ids import new_id
from server.notifications.laying_out import lay_out
from server.notifications.models import NoticeKind
from server.notifications.telling import tell
from tests.world import World

#: A public key on P-256, as a browser gives it: the curve's generator.
POINT = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"
AUTH = "A" * 22


async def with_device(world: World, person_id: UUID, endpoint: str) -> UUID:
    """The id of a signed-in browser of theirs that takes pushes at `endpoint`."""
    device_id = new_id()
    point = base64.urlsafe_b64decode(POINT + "=")
    await world.pool.execute(
        "INSERT INTO push_subscriptions (person_id, id, session_id, endpoint, endpoint_hash, origin, p256dh, auth,"
        " device, subscribed_at, seen_at) SELECT $1, $2, sessions.id, $3, $4, $5, $6, $7, 'A phone', $8, $8"
        " FROM sessions WHERE person_id = $1 LIMIT 1",
        person_id, device_id, endpoint, hashlib.sha256(endpoint.encode()).digest(),
        "/".join(endpoint.split("/")[:3]), point, bytes(16), world.clock(),
    )  # fmt: skip
    return device_id


async def was_told(world: World, person_id: UUID, key: str = "told") -> str:
    """The global id of a mail that waits for them."""
    async with world.pool.acquire() as connection:
        await tell(
            connection, person_id=person_id, kind=NoticeKind.MEETING_PROPOSED, key=key, path="/today",
            now=world.clock(),
        )  # fmt: skip
        await lay_out(connection, now=world.clock())
        found = await connection.fetchval(
            "SELECT deliveries.id FROM deliveries JOIN notices ON notices.person_id = deliveries.person_id"
            " AND notices.id = deliveries.notice_id"
            " WHERE notices.key = $1 AND notices.person_id = $2 AND channel = 'MAIL'",
            key, person_id,
        )  # fmt: skip
    return global_id(Kind.DELIVERY, found)
