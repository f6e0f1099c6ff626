"""Every statement about requests: who asked whom whether they know somebody, and what for."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.swaps.models import Side


@dataclass(frozen=True, slots=True)
class Askable:
    """A contact with whom one shares both ways: whether they agreed to be asked, and whether one's own card at that
    event is open to introductions.
    """

    person_id: UUID
    may_be_asked: bool
    is_open_myself: bool


#: The contact at the other end of one of the person's own swaps, with what it takes to ask them. What the person opens
#: on their own card is seen from the other's side of the same swap.
SELECT_ASKABLE: LiteralString = """
    SELECT mutual.contact_id, people.may_be_asked, mine.open_since IS NOT NULL AS is_open_myself
    FROM mutual_contacts AS mutual
    JOIN people ON people.id = mutual.contact_id
    JOIN mutual_contacts AS mine ON mine.person_id = mutual.contact_id AND mine.event_id = mutual.event_id
        AND mine.swap_id = mutual.swap_id
    WHERE mutual.person_id = $1 AND mutual.event_id = $2 AND mutual.swap_id = $3
"""


async def select_askable(connection: Connection, *, person_id: UUID, side: Side) -> Askable | None:
    row = await connection.fetchrow(SELECT_ASKABLE, person_id, side.event_id, side.swap_id)
    return None if row is None else Askable(row["contact_id"], row["may_be_asked"], row["is_open_myself"])


#: Whether a person asked somebody under this key, when they last asked this one, and how often they asked anybody since
#: $4.
SELECT_EARLIER: LiteralString = """
    SELECT COALESCE(bool_or(key = $3), false) AS is_known,
           max(asked_at) FILTER (WHERE asked_id = $2) AS last_asked_at,
           count(*) FILTER (WHERE asked_at > $4) AS lately
    FROM introduction_requests
    WHERE asker_id = $1
"""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What somebody asked before."""

    is_known: bool
    last_asked_at: datetime | None
    lately: int


async def select_earlier(
    connection: Connection, *, asker_id: UUID, asked_id: UUID, key: UUID, since: datetime
) -> Earlier:
    row = await connection.fetchrow(SELECT_EARLIER, asker_id, asked_id, key, since)
    if row is None:
        return Earlier(is_known=False, last_asked_at=None, lately=0)
    return Earlier(is_known=row["is_known"], last_asked_at=row["last_asked_at"], lately=row["lately"])


#: A request under the phone's key.
INSERT_REQUEST: LiteralString = """
    INSERT INTO introduction_requests (id, asker_id, asked_id, met_event_id, met_swap_id, key, need, asked_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT ON CONSTRAINT introduction_requests_one_per_key DO NOTHING
"""


async def insert_request(
    connection: Connection,
    *,
    request_id: UUID,
    asker_id: UUID,
    asked_id: UUID,
    side: Side,
    key: UUID,
    need: str,
    now: datetime,
) -> None:
    await connection.execute(
        INSERT_REQUEST, request_id, asker_id, asked_id, side.event_id, side.swap_id, key, need, now
    )


@dataclass(frozen=True, slots=True)
class Request:
    """What a contact asks, by the swap in which one met them."""

    id: UUID
    asker_id: UUID
    event_id: UUID
    swap_id: UUID
    need: str = field(repr=False)
    asked_at: datetime


#: What a person is asked since $2 and has not settled: while they agree to be asked, the two share, and the asker's
#: card is open to introductions.
SELECT_REQUESTS: LiteralString = """
    SELECT requests.id, requests.asker_id, requests.met_event_id, requests.met_swap_id, requests.need,
           requests.asked_at
    FROM introduction_requests AS requests
    JOIN people ON people.id = requests.asked_id AND people.may_be_asked
    JOIN mutual_contacts AS mutual ON mutual.person_id = requests.asked_id AND mutual.contact_id = requests.asker_id
        AND mutual.event_id = requests.met_event_id AND mutual.swap_id = requests.met_swap_id
        AND mutual.open_since IS NOT NULL
    WHERE requests.asked_id = $1 AND requests.asked_at > $2 AND requests.settled_at IS NULL
    ORDER BY requests.asked_at DESC, requests.id
"""


async def select_requests(connection: Connection, *, person_id: UUID, since: datetime) -> list[Request]:
    rows = await connection.fetch(SELECT_REQUESTS, person_id, since)
    return [
        Request(row["id"], row["asker_id"], row["met_event_id"], row["met_swap_id"], row["need"], row["asked_at"])
        for row in rows
    ]


#: A request that the person was asked, settled; whether there is one.
SETTLE_REQUEST: LiteralString = """
    UPDATE introduction_requests SET settled_at = COALESCE(settled_at, $3) WHERE id = $1 AND asked_id = $2 RETURNING id
"""


async def settle_request(connection: Connection, *, request_id: UUID, person_id: UUID, now: datetime) -> bool:
    return await connection.fetchval(SETTLE_REQUEST, request_id, person_id, now) is not None


#: Whether the person agrees to be asked whom they know.
UPDATE_AGREEMENT: LiteralString = """
    UPDATE people SET may_be_asked = $2 WHERE id = $1
"""


async def update_agreement(connection: Connection, *, person_id: UUID, agrees: bool) -> None:
    await connection.execute(UPDATE_AGREEMENT, person_id, agrees)
