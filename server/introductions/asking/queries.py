"""Every statement by which an introduction is begun: who may be introduced, what was asked before, keeping it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection, one
from server.introductions.errors import Hindrance
from server.swaps.models import Side

#: Until the transaction ends nobody else begins anything in this person's name: their phones take turns.
HOLD_PERSON: LiteralString = """
    SELECT id FROM people WHERE id = $1 FOR NO KEY UPDATE
"""


async def hold_person(connection: Connection, *, person_id: UUID) -> None:
    await connection.execute(HOLD_PERSON, person_id)


@dataclass(frozen=True, slots=True)
class MutualContact:
    """A contact with whom the person shares both ways; `is_open` says that their card is open to introductions."""

    person_id: UUID
    event_id: UUID
    swap_id: UUID
    is_open: bool


#: The contact at the other end of one of the person's own swaps, where both share; what that rests on stays as it is
#: until the transaction ends.
SELECT_CONTACT: LiteralString = """
    SELECT contact_id, event_id, swap_id, open_since IS NOT NULL AS is_open
    FROM mutual_contacts
    WHERE person_id = $1 AND event_id = $2 AND swap_id = $3
    FOR SHARE
"""


async def select_contact(connection: Connection, *, person_id: UUID, side: Side) -> MutualContact | None:
    row = await connection.fetchrow(SELECT_CONTACT, person_id, side.event_id, side.swap_id)
    if row is None:
        return None
    return MutualContact(row["contact_id"], row["event_id"], row["swap_id"], row["is_open"])


#: The introduction that was begun under this key.
SELECT_BY_KEY: LiteralString = """
    SELECT id FROM introductions WHERE introducer_id = $1 AND key = $2
"""


async def select_by_key(connection: Connection, *, introducer_id: UUID, key: UUID) -> UUID | None:
    found: UUID | None = await connection.fetchval(SELECT_BY_KEY, introducer_id, key)
    return found


#: What the introducer knows to stand in the way of introducing these two again: that they did it, that they asked and
#: it is not closed yet ($4), or that they gave this reason before. What came of it, beyond that, has no part in it.
SELECT_EARLIER: LiteralString = """
    SELECT made_at IS NOT NULL AS is_made, taken_back_at IS NULL AND asked_at > $4 AS is_under_way,
           reason_hash = $5 AS is_same_reason
    FROM introductions
    WHERE introducer_id = $1 AND LEAST(first_id, second_id) = LEAST($2::uuid, $3::uuid)
      AND GREATEST(first_id, second_id) = GREATEST($2::uuid, $3::uuid)
"""


async def select_earlier(
    connection: Connection,
    *,
    introducer_id: UUID,
    first_id: UUID,
    second_id: UUID,
    closed_before: datetime,
    reason_hash: bytes,
) -> set[Hindrance]:
    rows = await connection.fetch(SELECT_EARLIER, introducer_id, first_id, second_id, closed_before, reason_hash)
    told = {"is_made": Hindrance.MADE, "is_under_way": Hindrance.UNDER_WAY, "is_same_reason": Hindrance.SAID_BEFORE}
    return {hindrance for row in rows for column, hindrance in told.items() if row[column]}


#: How many introductions a person began since then.
COUNT_BEGUN: LiteralString = """
    SELECT count(*) FROM introductions WHERE introducer_id = $1 AND asked_at > $2
"""


async def count_begun(connection: Connection, *, introducer_id: UUID, since: datetime) -> int:
    count: int = await connection.fetchval(COUNT_BEGUN, introducer_id, since)
    return count


@dataclass(frozen=True, slots=True)
class NewIntroduction:
    """What an introduction begins with."""

    id: UUID
    introducer_id: UUID
    first: MutualContact
    second: MutualContact
    key: UUID
    reason: str
    reason_hash: bytes


#: An introduction that begins, or that ends as it begins: where one of the two blocked the other, or once said no to
#: this pair and reason, whoever asked. Its introducer sees the same in either case. Answers whether it goes on.
INSERT_INTRODUCTION: LiteralString = """
    INSERT INTO introductions (id, introducer_id, first_id, first_event_id, first_swap_id, second_id, second_event_id,
                               second_swap_id, key, reason, reason_hash, asked_at, ended_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::timestamptz,
           CASE WHEN EXISTS (
               SELECT FROM blocks
               WHERE (blocker_id = $3 AND blocked_id = $6) OR (blocker_id = $6 AND blocked_id = $3)
           ) OR EXISTS (
               SELECT FROM introductions AS refused
               WHERE ((refused.first_id = $3 AND refused.second_id = $6)
                      OR (refused.first_id = $6 AND refused.second_id = $3))
                 AND refused.reason_hash = $11
                 AND (refused.first_says_yes IS FALSE OR refused.second_says_yes IS FALSE)
           ) THEN $12::timestamptz END
    RETURNING ended_at IS NULL AS goes_on
"""


async def insert_introduction(connection: Connection, *, new: NewIntroduction, now: datetime) -> bool:
    first, second = new.first, new.second
    row = one(
        await connection.fetchrow(
            INSERT_INTRODUCTION, new.id, new.introducer_id, first.person_id, first.event_id, first.swap_id,
            second.person_id, second.event_id, second.swap_id, new.key, new.reason, new.reason_hash, now,
        )
    )  # fmt: skip
    goes_on: bool = row["goes_on"]
    return goes_on


#: What these contacts asked the person for is settled once one of them is introduced.
SETTLE_REQUESTS: LiteralString = """
    UPDATE introduction_requests SET settled_at = $3
    WHERE asked_id = $1 AND asker_id = ANY ($2::uuid[]) AND settled_at IS NULL
"""


async def settle_requests(
    connection: Connection, *, asked_id: UUID, asker_ids: Collection[UUID], now: datetime
) -> None:
    await connection.execute(SETTLE_REQUESTS, asked_id, list(asker_ids), now)


#: The person's contacts by live swaps in which both share, each once, by their newest swap: those whose cards are open
#: to introductions, or with $2 those who agreed to be asked whom they know.
SELECT_CONTACT_SIDES: LiteralString = """
    SELECT DISTINCT ON (mutual.contact_id) mutual.event_id, mutual.swap_id, mutual.registration_id
    FROM mutual_contacts AS mutual
    JOIN people ON people.id = mutual.contact_id
    WHERE mutual.person_id = $1 AND CASE WHEN $2 THEN people.may_be_asked ELSE mutual.open_since IS NOT NULL END
    ORDER BY mutual.contact_id, mutual.swapped_at DESC, mutual.swap_id
"""


async def select_contact_sides(connection: Connection, *, person_id: UUID, who_may_be_asked: bool) -> Collection[Side]:
    rows = await connection.fetch(SELECT_CONTACT_SIDES, person_id, who_may_be_asked)
    return [Side(row["event_id"], row["swap_id"], row["registration_id"]) for row in rows]
