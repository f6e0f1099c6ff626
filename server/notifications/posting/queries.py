"""Every statement about the sending of deliveries."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.notifications.models import Channel
from server.notifications.posting.models import Claimed, Settled
from server.notifications.queries import read_notice

#: What is due on one way, the longest waiting first, now held under a claim; what another worker takes is passed by,
#: and so are push services that are busy ($5).
CLAIM_DUE: LiteralString = """
    WITH due AS (
        SELECT person_id, id
        FROM deliveries
        WHERE state = 'WAITING' AND due_at <= $1 AND channel = $2 AND (origin IS NULL OR origin <> ALL ($5::text[]))
        ORDER BY due_at, id
        LIMIT $3
        FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE deliveries SET state = 'SENDING', claim = $4, claimed_at = $1, attempts = attempts + 1
        FROM due
        WHERE deliveries.person_id = due.person_id AND deliveries.id = due.id
        RETURNING deliveries.person_id, deliveries.id, deliveries.notice_id, deliveries.channel,
                  deliveries.subscription_id, deliveries.origin, deliveries.attempts, deliveries.expires_at
    )
    SELECT claimed.id AS delivery_id, claimed.channel, claimed.subscription_id, claimed.origin, claimed.attempts,
           claimed.expires_at, notices.person_id, notices.id, notices.kind, notices.key, notices.path, notices.zone,
           notices.told_at
    FROM claimed
    JOIN notices ON notices.person_id = claimed.person_id AND notices.id = claimed.notice_id
"""


async def claim_due(
    connection: Connection, *, channel: Channel, limit: int, claim: UUID, busy: Collection[str], now: datetime
) -> list[Claimed]:
    return [
        Claimed(
            id=row["delivery_id"],
            claim=claim,
            notice=read_notice(row),
            channel=Channel(row["channel"]),
            subscription_id=row["subscription_id"],
            origin=row["origin"],
            attempts=row["attempts"],
            expires_at=row["expires_at"],
        )
        for row in await connection.fetch(CLAIM_DUE, now, channel, limit, claim, list(busy))
    ]


#: What became of a delivery, told by the one who holds it. A claim that was taken over changes nothing any more.
SETTLE: LiteralString = """
    UPDATE deliveries
    SET state = $4, due_at = COALESCE($5, due_at),
        settled_at = CASE WHEN $4 = 'WAITING' THEN NULL ELSE $6::timestamptz END
    WHERE person_id = $1 AND id = $2 AND claim = $3 AND state IN ('SENDING', 'UNSURE')
"""


async def settle(connection: Connection, *, delivery: Claimed, settled: Settled, now: datetime) -> None:
    await connection.execute(
        SETTLE, delivery.notice.person_id, delivery.id, delivery.claim, settled.state, settled.due_at, now
    )


#: Deliveries of a worker that leaves: they wait again, as if it had never held them.
HAND_BACK: LiteralString = """
    UPDATE deliveries SET state = 'WAITING', claim = NULL, attempts = attempts - 1
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS held (person_id, id, claim)
    WHERE deliveries.person_id = held.person_id AND deliveries.id = held.id AND deliveries.claim = held.claim
      AND deliveries.state = 'SENDING'
"""


async def hand_back(connection: Connection, *, deliveries: Sequence[Claimed]) -> None:
    await connection.execute(
        HAND_BACK,
        [each.notice.person_id for each in deliveries],
        [each.id for each in deliveries],
        [each.claim for each in deliveries],
    )


#: Deliveries whose worker fell silent: a push goes once more, since a second one takes the first one's place on the
#: device; a mail does not, since it may have left.
TAKE_OVER: LiteralString = """
    UPDATE deliveries
    SET state = CASE channel WHEN 'PUSH' THEN 'WAITING' ELSE 'UNSURE' END,
        claim = CASE channel WHEN 'PUSH' THEN NULL ELSE claim END,
        settled_at = CASE channel WHEN 'PUSH' THEN NULL ELSE $2::timestamptz END
    WHERE state = 'SENDING' AND claimed_at < $1
"""


async def take_over(connection: Connection, *, before: datetime, now: datetime) -> None:
    await connection.execute(TAKE_OVER, before, now)


#: A device that its push service no longer knows.
DELETE_DEVICE: LiteralString = """
    DELETE FROM push_subscriptions WHERE person_id = $1 AND id = $2
"""


async def delete_device(connection: Connection, *, person_id: UUID, device_id: UUID) -> None:
    await connection.execute(DELETE_DEVICE, person_id, device_id)
