"""Every statement about notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.notifications.models import NewNotice, NoticeKind

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


#: Notices whose cause is gone, with what of them has not left yet. What is just being sent is let go.
WITHDRAW_NOTICES: LiteralString = """
    WITH gone AS (
        UPDATE notices SET withdrawn_at = $4
        WHERE kind = $1 AND key = $2 AND ($3::uuid IS NULL OR person_id = $3) AND withdrawn_at IS NULL
        RETURNING person_id, id
    )
    UPDATE deliveries SET state = 'WITHDRAWN', settled_at = $4
    FROM gone
    WHERE deliveries.person_id = gone.person_id AND deliveries.notice_id = gone.id AND deliveries.state = 'WAITING'
"""


async def withdraw_notices(
    connection: Connection, *, kind: NoticeKind, key: str, person_id: UUID | None, now: datetime
) -> None:
    await connection.execute(WITHDRAW_NOTICES, kind, key, person_id, now)
