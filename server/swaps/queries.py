"""Every statement that reads swaps from one side, and what that side shares and felt."""

from collections.abc import Collection
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection
from server.events.queries import read_event
from server.people.models import Contact, ContactField
from server.registrations.queries import read_card
from server.swaps.models import Feeling, GoneSwap, Place, ShareState, Side, Swap

#: A person's live swaps: all of one event, or those named in $3. The contact columns are null in the database's
#: answer already, unless their owner offers them here and this side has not declined. One's own ends come first and
#: apart: PostgreSQL plans two short lists of joins thirty times faster than one long one.
SELECT_SWAPS: LiteralString = """
    WITH mine AS MATERIALIZED (
        SELECT swaps.event_id, swaps.id AS swap_id, swaps.swapped_at, swaps.changed_at,
               swap_sides.registration_id, swap_sides.offers, swap_sides.declined_at
        FROM registrations
        JOIN swap_sides ON swap_sides.event_id = registrations.event_id
            AND swap_sides.registration_id = registrations.id
        JOIN swaps ON swaps.event_id = swap_sides.event_id AND swaps.id = swap_sides.swap_id
            AND swaps.withdrawn_at IS NULL
        WHERE registrations.event_id = $1 AND registrations.person_id = $2
          AND ($3::uuid[] IS NULL OR swaps.id = ANY ($3))
          AND ($4::timestamptz IS NULL OR swaps.changed_at > $4)
          AND ($5::timestamptz IS NULL OR (swaps.swapped_at, swaps.id) < ($5, $6::uuid))
        ORDER BY swaps.swapped_at DESC, swaps.id DESC
        LIMIT $7
    )
    SELECT mine.swap_id, mine.registration_id AS my_id, theirs.registration_id AS their_id,
           mine.swapped_at, mine.changed_at,
           mine.offers AS my_offers, theirs.offers AS their_offers, mine.declined_at,
           CASE WHEN mine.declined_at IS NULL AND 'EMAIL' = ANY (theirs.offers)
                THEN COALESCE(people.contact_email, people.email) END AS contact_email,
           CASE WHEN mine.declined_at IS NULL AND 'PHONE' = ANY (theirs.offers)
                THEN people.contact_phone END AS contact_phone,
           CASE WHEN mine.declined_at IS NULL AND 'LINKS' = ANY (theirs.offers)
                THEN people.contact_links END AS contact_links,
           (SELECT count(*) FROM conversations
            WHERE conversations.event_id = mine.event_id AND conversations.swap_id = mine.swap_id) AS conversations,
           ARRAY(SELECT feeling FROM feelings
                 WHERE feelings.event_id = mine.event_id AND feelings.swap_id = mine.swap_id
                   AND feelings.registration_id = mine.registration_id) AS feelings,
           cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
           cards.good_introduction, cards.new_here, cards.been_here, cards.between_things, cards.topics,
           cards.open_to_event, cards.open_to_introductions,
           events.id, events.slug, events.title, events.venue, events.starts_at, events.ends_at, events.timezone,
           events.evening_at, events.uses_check_in, events.scans_people_out,
           events.capacity, events.checks_in_with, events.card_questions, events.languages, events.continues_id,
           events.retention_days,
           (SELECT people.locale FROM people WHERE people.id = $2) AS locale
    FROM mine
    JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
        AND theirs.registration_id <> mine.registration_id
    JOIN registrations AS them ON them.event_id = theirs.event_id AND them.id = theirs.registration_id
    JOIN cards ON cards.event_id = them.event_id AND cards.registration_id = them.id
    JOIN events ON events.id = mine.event_id
    LEFT JOIN people ON people.id = them.person_id
    ORDER BY mine.swapped_at DESC, mine.swap_id DESC
"""


async def select_swaps(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    limit: int,
    only: Collection[UUID] | None = None,
    changed_since: datetime | None = None,
    after: Place | None = None,
) -> list[Swap]:
    rows = await connection.fetch(
        SELECT_SWAPS,
        event_id,
        person_id,
        None if only is None else list(only),
        changed_since,
        after.swapped_at if after else None,
        after.swap_id if after else None,
        limit,
    )
    return [_swap(row) for row in rows]


#: Which of the person's swaps were withdrawn after $3, or at any time, by either side; the latest first.
SELECT_GONE: LiteralString = """
    SELECT swaps.event_id, swaps.id, swaps.changed_at
    FROM registrations
    JOIN swap_sides ON swap_sides.event_id = registrations.event_id AND swap_sides.registration_id = registrations.id
    JOIN swaps ON swaps.event_id = swap_sides.event_id AND swaps.id = swap_sides.swap_id
    WHERE registrations.event_id = $1 AND registrations.person_id = $2
      AND swaps.withdrawn_at IS NOT NULL AND ($3::timestamptz IS NULL OR swaps.changed_at > $3)
    ORDER BY swaps.changed_at DESC, swaps.id
    LIMIT $4
"""


async def select_gone(
    connection: Connection, *, event_id: UUID, person_id: UUID, since: datetime | None, limit: int
) -> list[GoneSwap]:
    rows = await connection.fetch(SELECT_GONE, event_id, person_id, since, limit)
    return [GoneSwap(row["event_id"], row["id"], row["changed_at"]) for row in rows]


#: The person's own place at an event, while the session they watch from is live.
SELECT_WATCHING_REGISTRATION: LiteralString = """
    SELECT registrations.id
    FROM registrations
    JOIN sessions ON sessions.person_id = registrations.person_id
    WHERE registrations.event_id = $1 AND registrations.person_id = $2
      AND sessions.id = $3 AND sessions.ended_at IS NULL AND sessions.expires_at > $4
"""


async def select_watching_registration(
    connection: Connection, *, event_id: UUID, person_id: UUID, session_id: UUID, now: datetime
) -> UUID | None:
    found: UUID | None = await connection.fetchval(SELECT_WATCHING_REGISTRATION, event_id, person_id, session_id, now)
    return found


#: A person's end of a live swap, by the swap's id.
SELECT_SIDE: LiteralString = """
    SELECT swap_sides.event_id, swap_sides.swap_id, swap_sides.registration_id
    FROM registrations
    JOIN swap_sides ON swap_sides.event_id = registrations.event_id AND swap_sides.registration_id = registrations.id
    JOIN swaps ON swaps.event_id = swap_sides.event_id AND swaps.id = swap_sides.swap_id
    WHERE registrations.event_id = $1 AND registrations.person_id = $2 AND swap_sides.swap_id = $3
      AND swaps.withdrawn_at IS NULL
"""


async def select_side(connection: Connection, *, event_id: UUID, person_id: UUID, swap_id: UUID) -> Side | None:
    row = await connection.fetchrow(SELECT_SIDE, event_id, person_id, swap_id)
    return None if row is None else Side(row["event_id"], row["swap_id"], row["registration_id"])


#: The same by the key of a scan that the person's own phone made, before it knew the swap's id.
SELECT_SIDE_BY_SCAN: LiteralString = """
    SELECT scans.event_id, scans.swap_id, scans.registration_id
    FROM registrations
    JOIN scans ON scans.event_id = registrations.event_id AND scans.registration_id = registrations.id
    JOIN swaps ON swaps.event_id = scans.event_id AND swaps.id = scans.swap_id
    WHERE registrations.person_id = $1 AND scans.key = $2 AND swaps.withdrawn_at IS NULL
"""


async def select_side_by_scan(connection: Connection, *, person_id: UUID, key: UUID) -> Side | None:
    row = await connection.fetchrow(SELECT_SIDE_BY_SCAN, person_id, key)
    return None if row is None else Side(row["event_id"], row["swap_id"], row["registration_id"])


#: A side offers contact fields. The statement runs under the swap's row lock, so a withdrawal is never overtaken.
OFFER_CONTACT: LiteralString = """
    UPDATE swap_sides SET offers = $4, offered_at = $5, declined_at = NULL
    WHERE event_id = $1 AND swap_id = $2 AND registration_id = $3
"""


async def offer_contact(connection: Connection, *, side: Side, fields: Collection[ContactField], now: datetime) -> None:
    await connection.execute(OFFER_CONTACT, side.event_id, side.swap_id, side.registration_id, sorted(fields), now)


#: The other side's standing choice answers an offer, unless that side has offered already or once declined.
RETURN_OFFER: LiteralString = """
    UPDATE swap_sides SET offers = people.shares_fields, offered_at = $4
    FROM registrations, people
    WHERE swap_sides.event_id = $1 AND swap_sides.swap_id = $2 AND swap_sides.registration_id <> $3
      AND swap_sides.offers IS NULL AND swap_sides.declined_at IS NULL
      AND registrations.event_id = $1 AND registrations.id = swap_sides.registration_id
      AND people.id = registrations.person_id AND people.shares_always AND people.shares_fields <> '{}'
"""


async def return_offer(connection: Connection, *, side: Side, now: datetime) -> None:
    await connection.execute(RETURN_OFFER, side.event_id, side.swap_id, side.registration_id, now)


#: A side lets an offer pass. The other is not told; an offer of one's own is taken back.
DECLINE_CONTACT: LiteralString = """
    UPDATE swap_sides SET declined_at = $4, offers = NULL, offered_at = NULL
    WHERE event_id = $1 AND swap_id = $2 AND registration_id = $3
"""


async def decline_contact(connection: Connection, *, side: Side, now: datetime) -> None:
    await connection.execute(DECLINE_CONTACT, side.event_id, side.swap_id, side.registration_id, now)


#: Holds the swap for the rest of the transaction and tells both sides; no row when it was withdrawn meanwhile.
LOCK_SWAP: LiteralString = """
    UPDATE swaps SET changed_at = $3
    WHERE event_id = $1 AND id = $2 AND withdrawn_at IS NULL
    RETURNING lower_id, upper_id
"""


async def lock_swap(connection: Connection, *, side: Side, now: datetime) -> tuple[UUID, UUID] | None:
    row = await connection.fetchrow(LOCK_SWAP, side.event_id, side.swap_id, now)
    return None if row is None else (row["lower_id"], row["upper_id"])


#: One private tap; a second one changes nothing.
INSERT_FEELING: LiteralString = """
    INSERT INTO feelings (event_id, swap_id, registration_id, feeling, felt_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT ON CONSTRAINT feelings_pkey DO NOTHING
"""


async def insert_feeling(connection: Connection, *, side: Side, feeling: Feeling, now: datetime) -> None:
    await connection.execute(INSERT_FEELING, side.event_id, side.swap_id, side.registration_id, feeling, now)


#: The tap taken back.
DELETE_FEELING: LiteralString = """
    DELETE FROM feelings WHERE event_id = $1 AND swap_id = $2 AND registration_id = $3 AND feeling = $4
"""


async def delete_feeling(connection: Connection, *, side: Side, feeling: Feeling) -> None:
    await connection.execute(DELETE_FEELING, side.event_id, side.swap_id, side.registration_id, feeling)


def _swap(row: Record) -> Swap:
    share = _share(mine=row["my_offers"] is not None, theirs=_offered_to_me(row))
    card = read_card(row)
    return Swap(
        side=Side(row["id"], row["swap_id"], row["my_id"]),
        event=read_event(row),
        other_id=row["their_id"],
        card=card if card.open_to_event or share is ShareState.MUTUAL else card.closed(),
        contact=_contact(row),
        share=share,
        swapped_at=row["swapped_at"],
        changed_at=row["changed_at"],
        conversations=row["conversations"],
        feelings=frozenset(map(Feeling, row["feelings"])),
        locale=row["locale"],
    )


def _offered_to_me(row: Record) -> bool:
    return row["their_offers"] is not None and row["declined_at"] is None


def _share(*, mine: bool, theirs: bool) -> ShareState:
    if mine and theirs:
        return ShareState.MUTUAL
    if mine:
        return ShareState.OFFERED_BY_ME
    return ShareState.OFFERED_TO_ME if theirs else ShareState.NONE


def _contact(row: Record) -> Contact | None:
    if not _offered_to_me(row):
        return None
    return Contact(row["contact_email"], row["contact_phone"], tuple(row["contact_links"] or ()))
