"""Every statement about keeping the vault's entries. What is stale is found by comparing with the cards themselves, so
that no change of a card, badge or place is missed, whoever made it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.registrations.queries import read_card
from server.vault.models import Counter, LiveBadge, NewEntry

#: Badges whose entries are not what they should be: new, of a card that changed, or no longer in use. In an order that
#: has nothing to do with names or times, because versions follow it and phones see versions.
SELECT_STALE: LiteralString = """
    WITH wanted AS (
        SELECT badges.id AS badge_id,
               sha256($2::bytea || convert_to(CASE WHEN cards.open_to_event THEN 'open ' || ROW(
                   cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
                   cards.good_introduction, cards.new_here, cards.been_here, cards.between_things, cards.topics
               )::text ELSE 'closed ' || cards.name END, 'UTF8')) AS made_from
        FROM badges
        JOIN registrations
            ON registrations.event_id = badges.event_id AND registrations.id = badges.registration_id
        JOIN cards ON cards.event_id = badges.event_id AND cards.registration_id = badges.registration_id
        WHERE badges.event_id = $1 AND badges.revoked_at IS NULL AND registrations.cancelled_at IS NULL
    ), kept AS (
        SELECT badge_id, made_from FROM vault_entries WHERE event_id = $1 AND made_from IS NOT NULL
    )
    SELECT badge_id
    FROM wanted
    FULL JOIN kept USING (badge_id)
    WHERE wanted.made_from IS DISTINCT FROM kept.made_from
    ORDER BY sha256(uuid_send(badge_id))
"""


async def select_stale(connection: Connection, *, event_id: UUID, rules: bytes) -> list[UUID]:
    return [row["badge_id"] for row in await connection.fetch(SELECT_STALE, event_id, rules)]


#: The event's vault, begun if there is none yet. The event is held against being forgotten at that moment.
BEGIN_VAULT: LiteralString = """
    INSERT INTO vaults (event_id, epoch)
    SELECT events.id, $2
    FROM events
    WHERE events.id = $1 AND NOT EXISTS (SELECT 1 FROM vaults WHERE event_id = $1)
    FOR KEY SHARE OF events
    ON CONFLICT ON CONSTRAINT vaults_pkey DO NOTHING
"""


async def begin_vault(connection: Connection, *, event_id: UUID, epoch: UUID) -> None:
    await connection.execute(BEGIN_VAULT, event_id, epoch)


#: Where the vault stands, held until the transaction ends: whoever changes entries takes turns.
HOLD_VAULT: LiteralString = """
    SELECT epoch, version FROM vaults WHERE event_id = $1 FOR NO KEY UPDATE
"""


async def hold_vault(connection: Connection, *, event_id: UUID) -> Counter | None:
    row = await connection.fetchrow(HOLD_VAULT, event_id)
    return None if row is None else Counter(row["epoch"], row["version"])


#: The badges in use among these, with their cards, and whether their entries are stale; hash and order are those of
#: SELECT_STALE.
SELECT_LIVE_BADGES: LiteralString = """
    SELECT badges.id AS badge_id, badges.key_id, badges.registration_id, wanted.made_from,
           entries.made_from IS DISTINCT FROM wanted.made_from AS is_stale,
           cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
           cards.good_introduction, cards.new_here, cards.been_here, cards.between_things, cards.topics,
           cards.open_to_event, cards.open_to_introductions
    FROM badges
    JOIN registrations ON registrations.event_id = badges.event_id AND registrations.id = badges.registration_id
    JOIN cards ON cards.event_id = badges.event_id AND cards.registration_id = badges.registration_id
    LEFT JOIN vault_entries AS entries ON entries.event_id = badges.event_id AND entries.badge_id = badges.id
    CROSS JOIN LATERAL (
        SELECT sha256($2::bytea || convert_to(CASE WHEN cards.open_to_event THEN 'open ' || ROW(
            cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
            cards.good_introduction, cards.new_here, cards.been_here, cards.between_things, cards.topics
        )::text ELSE 'closed ' || cards.name END, 'UTF8')) AS made_from
    ) AS wanted
    WHERE badges.event_id = $1 AND badges.id = ANY($3::uuid[])
      AND badges.revoked_at IS NULL AND registrations.cancelled_at IS NULL
    ORDER BY sha256(uuid_send(badges.id))
"""


async def select_live_badges(
    connection: Connection, *, event_id: UUID, rules: bytes, badge_ids: Sequence[UUID]
) -> list[LiveBadge]:
    return [_live_badge(row) for row in await connection.fetch(SELECT_LIVE_BADGES, event_id, rules, badge_ids)]


#: Entries kept in place of those before. Every text a badge's entry ever had is overwritten by it.
UPSERT_ENTRIES: LiteralString = """
    INSERT INTO vault_entries (event_id, badge_id, registration_id, lookup, version, made_from, nonce, ciphertext)
    SELECT $1, new.badge_id, new.registration_id, new.lookup, new.version, new.made_from, new.nonce, new.ciphertext
    FROM unnest($2::uuid[], $3::uuid[], $4::bytea[], $5::integer[], $6::bytea[], $7::bytea[], $8::bytea[])
        AS new (badge_id, registration_id, lookup, version, made_from, nonce, ciphertext)
    ON CONFLICT ON CONSTRAINT vault_entries_pkey DO UPDATE
        SET registration_id = EXCLUDED.registration_id, version = EXCLUDED.version, made_from = EXCLUDED.made_from,
            nonce = EXCLUDED.nonce, ciphertext = EXCLUDED.ciphertext
"""


async def upsert_entries(connection: Connection, *, event_id: UUID, entries: Sequence[NewEntry]) -> None:
    await connection.execute(
        UPSERT_ENTRIES, event_id, [entry.badge_id for entry in entries], [entry.registration_id for entry in entries],
        [entry.sealed.lookup for entry in entries], [entry.sealed.version for entry in entries],
        [entry.made_from for entry in entries], [entry.sealed.nonce for entry in entries],
        [entry.sealed.ciphertext for entry in entries],
    )  # fmt: skip


#: Entries whose badges are no longer in use: emptied, and each given a version of its own after $3.
EMPTY_ENTRIES: LiteralString = """
    UPDATE vault_entries
    SET version = $3 + gone.number, made_from = NULL, nonce = NULL, ciphertext = NULL
    FROM (
        SELECT badge_id, row_number() OVER (ORDER BY lookup)::integer AS number
        FROM vault_entries
        WHERE event_id = $1 AND badge_id = ANY($2::uuid[]) AND made_from IS NOT NULL
    ) AS gone
    WHERE vault_entries.event_id = $1 AND vault_entries.badge_id = gone.badge_id
    RETURNING vault_entries.version
"""


async def empty_entries(connection: Connection, *, event_id: UUID, badge_ids: Sequence[UUID], after: int) -> int:
    """How many were emptied."""
    return len(await connection.fetch(EMPTY_ENTRIES, event_id, badge_ids, after))


#: The vault's counter moved on.
SET_VERSION: LiteralString = """
    UPDATE vaults SET version = $2 WHERE event_id = $1
"""


async def set_version(connection: Connection, *, event_id: UUID, version: int) -> None:
    await connection.execute(SET_VERSION, event_id, version)


#: The events whose vaults are worth keeping ready: those at which scans still count.
SELECT_COMING_EVENTS: LiteralString = """
    SELECT id FROM events WHERE ends_at >= $1 ORDER BY starts_at, id
"""


async def select_coming_events(connection: Connection, *, ending_after: datetime) -> list[UUID]:
    return [row["id"] for row in await connection.fetch(SELECT_COMING_EVENTS, ending_after)]


#: Vaults of events at which no scan counts any more.
DELETE_OVER: LiteralString = """
    DELETE FROM vaults USING events WHERE events.id = vaults.event_id AND events.ends_at < $1
"""


async def delete_over(connection: Connection, *, ended_before: datetime) -> None:
    await connection.execute(DELETE_OVER, ended_before)


def _live_badge(row: Any) -> LiveBadge:
    return LiveBadge(
        id=row["badge_id"],
        key_id=row["key_id"],
        registration_id=row["registration_id"],
        made_from=row["made_from"],
        is_stale=row["is_stale"],
        card=read_card(row),
    )
