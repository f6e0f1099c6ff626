"""Every statement about 1-2-1s. A person reads one only while the swap behind it lives and both share in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection
from server.meetings.models import GoneMeeting, Meeting, MeetingState, Participants, Seen
from server.swaps.models import Side

#: A person's 1-2-1s, or the one named by $2 and $3, the latest changed first.
SELECT_SEEN: LiteralString = """
    SELECT meetings.event_id, meetings.id, meetings.swap_id, meetings.proposed_by, meetings.key, meetings.state,
           meetings.turn_of, meetings.options, meetings.starts_at, meetings.minutes, meetings.place,
           meetings.sequence, meetings.suggestion_keys, meetings.proposed_at, meetings.changed_at,
           mine.registration_id AS my_id, me.timezone AS my_zone, me.locale AS my_locale,
           them.timezone AS their_zone, outcomes.took_place
    FROM people AS me
    JOIN registrations ON registrations.person_id = me.id AND ($2::uuid IS NULL OR registrations.event_id = $2)
    JOIN swap_sides AS mine ON mine.event_id = registrations.event_id AND mine.registration_id = registrations.id
        AND mine.offers IS NOT NULL AND mine.declined_at IS NULL
    JOIN meetings ON meetings.event_id = mine.event_id AND meetings.swap_id = mine.swap_id
        AND ($3::uuid IS NULL OR meetings.id = $3)
    JOIN swaps ON swaps.event_id = mine.event_id AND swaps.id = mine.swap_id AND swaps.withdrawn_at IS NULL
    JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
        AND theirs.registration_id <> mine.registration_id
        AND theirs.offers IS NOT NULL AND theirs.declined_at IS NULL
    JOIN registrations AS their_place ON their_place.event_id = theirs.event_id
        AND their_place.id = theirs.registration_id
    JOIN people AS them ON them.id = their_place.person_id
    LEFT JOIN meeting_outcomes AS outcomes ON outcomes.event_id = meetings.event_id
        AND outcomes.meeting_id = meetings.id AND outcomes.registration_id = mine.registration_id
    WHERE me.id = $1
    ORDER BY meetings.changed_at DESC, meetings.id
    LIMIT $4
"""


async def select_seen(connection: Connection, *, person_id: UUID, limit: int) -> list[Seen]:
    rows = await connection.fetch(SELECT_SEEN, person_id, None, None, limit)
    return [_seen(row) for row in rows]


async def select_one_seen(connection: Connection, *, event_id: UUID, meeting_id: UUID, person_id: UUID) -> Seen | None:
    row = await connection.fetchrow(SELECT_SEEN, person_id, event_id, meeting_id, 1)
    return None if row is None else _seen(row)


#: The 1-2-1s that a person's calendar may hold for a time after $2, while the swap behind them has ended or is not
#: shared any more, or the other's account is no more.
SELECT_GONE: LiteralString = """
    SELECT meetings.event_id, meetings.id, meetings.starts_at, meetings.minutes, meetings.sequence,
           meetings.changed_at, people.timezone, people.locale, their_place.person_id IS NULL AS has_left
    FROM people
    JOIN registrations ON registrations.person_id = people.id AND ($3::uuid IS NULL OR registrations.event_id = $3)
    JOIN swap_sides AS mine ON mine.event_id = registrations.event_id AND mine.registration_id = registrations.id
    JOIN meetings ON meetings.event_id = mine.event_id AND meetings.swap_id = mine.swap_id
        AND meetings.starts_at > $2 AND ($4::uuid IS NULL OR meetings.id = $4)
    JOIN swaps ON swaps.event_id = mine.event_id AND swaps.id = mine.swap_id
    JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
        AND theirs.registration_id <> mine.registration_id
    JOIN registrations AS their_place ON their_place.event_id = theirs.event_id
        AND their_place.id = theirs.registration_id
    WHERE people.id = $1
      AND (their_place.person_id IS NULL OR swaps.withdrawn_at IS NOT NULL
           OR mine.offers IS NULL OR theirs.offers IS NULL
           OR mine.declined_at IS NOT NULL OR theirs.declined_at IS NOT NULL)
    ORDER BY meetings.starts_at, meetings.id
    LIMIT $5
"""


async def select_gone(connection: Connection, *, person_id: UUID, now: datetime, limit: int) -> list[GoneMeeting]:
    rows = await connection.fetch(SELECT_GONE, person_id, now, None, None, limit)
    return [_gone(row) for row in rows]


async def select_one_gone(
    connection: Connection, *, event_id: UUID, meeting_id: UUID, person_id: UUID, now: datetime
) -> GoneMeeting | None:
    row = await connection.fetchrow(SELECT_GONE, person_id, now, event_id, meeting_id, 1)
    return None if row is None else _gone(row)


#: The two of a live swap in which both share, seen from one side.
SELECT_PARTICIPANTS: LiteralString = """
    SELECT theirs.registration_id AS other_id, them.person_id AS other_person_id
    FROM swaps
    JOIN swap_sides AS mine ON mine.event_id = $1 AND mine.swap_id = $2 AND mine.registration_id = $3
        AND mine.offers IS NOT NULL AND mine.declined_at IS NULL
    JOIN swap_sides AS theirs ON theirs.event_id = $1 AND theirs.swap_id = $2 AND theirs.registration_id <> $3
        AND theirs.offers IS NOT NULL AND theirs.declined_at IS NULL
    JOIN registrations AS them ON them.event_id = $1 AND them.id = theirs.registration_id
    WHERE swaps.event_id = $1 AND swaps.id = $2 AND swaps.withdrawn_at IS NULL AND them.person_id IS NOT NULL
"""


async def select_participants(connection: Connection, *, side: Side, person_id: UUID) -> Participants | None:
    row = await connection.fetchrow(SELECT_PARTICIPANTS, side.event_id, side.swap_id, side.registration_id)
    return None if row is None else Participants(side, person_id, row["other_id"], row["other_person_id"])


#: The zone of the other of a live swap in which both share.
SELECT_THEIR_ZONE: LiteralString = """
    SELECT people.timezone
    FROM swaps
    JOIN swap_sides AS mine ON mine.event_id = $1 AND mine.swap_id = $2 AND mine.registration_id = $3
        AND mine.offers IS NOT NULL AND mine.declined_at IS NULL
    JOIN swap_sides AS theirs ON theirs.event_id = $1 AND theirs.swap_id = $2 AND theirs.registration_id <> $3
        AND theirs.offers IS NOT NULL AND theirs.declined_at IS NULL
    JOIN registrations ON registrations.event_id = $1 AND registrations.id = theirs.registration_id
    JOIN people ON people.id = registrations.person_id
    WHERE swaps.event_id = $1 AND swaps.id = $2 AND swaps.withdrawn_at IS NULL
"""


async def select_their_zone(connection: Connection, *, side: Side) -> str | None:
    zone: str | None = await connection.fetchval(SELECT_THEIR_ZONE, side.event_id, side.swap_id, side.registration_id)
    return zone


#: The 1-2-1 that a phone proposed under this key.
SELECT_PROPOSED: LiteralString = """
    SELECT id
    FROM meetings
    WHERE event_id = $1 AND proposed_by = $2 AND key = $3
"""


async def select_proposed(connection: Connection, *, side: Side, key: UUID) -> UUID | None:
    found: UUID | None = await connection.fetchval(SELECT_PROPOSED, side.event_id, side.registration_id, key)
    return found


#: The same without knowing where the two met.
SELECT_PROPOSED_ANYWHERE: LiteralString = """
    SELECT meetings.event_id, meetings.id
    FROM registrations
    JOIN meetings ON meetings.event_id = registrations.event_id AND meetings.proposed_by = registrations.id
    WHERE registrations.person_id = $1 AND meetings.key = $2
"""


async def select_proposed_anywhere(connection: Connection, *, person_id: UUID, key: UUID) -> tuple[UUID, UUID] | None:
    row = await connection.fetchrow(SELECT_PROPOSED_ANYWHERE, person_id, key)
    return None if row is None else (row["event_id"], row["id"])


#: A proposal whose every time has passed makes room for a new one.
CLOSE_PASSED: LiteralString = """
    UPDATE meetings SET state = 'CANCELLED', turn_of = NULL, sequence = sequence + 1, changed_at = $3
    WHERE event_id = $1 AND swap_id = $2 AND state = 'PROPOSED' AND $3 >= ALL (options)
"""


async def close_passed(connection: Connection, *, side: Side, now: datetime) -> None:
    await connection.execute(CLOSE_PASSED, side.event_id, side.swap_id, now)


#: A proposal, unless one is open between the same two people, in this swap or another live one of theirs. That no other
#: request changes this meanwhile is the caller's care; within one swap the index `meetings_one_open` holds it.
INSERT_MEETING: LiteralString = """
    INSERT INTO meetings (event_id, id, swap_id, proposed_by, key, state, turn_of, options, minutes, place, sequence,
                          proposed_at, changed_at)
    SELECT $1, $2, $3, $4, $5, 'PROPOSED', $6, $7, $8, $9, 0, $10, $10
    WHERE NOT EXISTS (
        SELECT 1
        FROM registrations AS mine
        JOIN registrations AS theirs ON theirs.event_id = mine.event_id AND theirs.person_id = $12
        JOIN swaps ON swaps.event_id = mine.event_id AND swaps.lower_id = LEAST(mine.id, theirs.id)
            AND swaps.upper_id = GREATEST(mine.id, theirs.id) AND swaps.withdrawn_at IS NULL
        JOIN meetings AS open ON open.event_id = swaps.event_id AND open.swap_id = swaps.id
            AND open.state = 'PROPOSED' AND $10 < ANY (open.options)
        WHERE mine.person_id = $11
          AND NOT EXISTS (
              SELECT 1 FROM swap_sides
              WHERE swap_sides.event_id = swaps.event_id AND swap_sides.swap_id = swaps.id
                AND (swap_sides.offers IS NULL OR swap_sides.declined_at IS NOT NULL)
          )
    )
    ON CONFLICT DO NOTHING
    RETURNING true
"""


async def insert_meeting(
    connection: Connection,
    *,
    two: Participants,
    meeting_id: UUID,
    key: UUID,
    options: Sequence[datetime],
    minutes: int,
    place: str | None,
    now: datetime,
) -> bool:
    """Whether it was made: not when one is open, and not under a key that was seen before."""
    return bool(
        await connection.fetchval(
            INSERT_MEETING,
            two.side.event_id,
            meeting_id,
            two.side.swap_id,
            two.side.registration_id,
            key,
            two.other_registration_id,
            list(options),
            minutes,
            place,
            now,
            two.person_id,
            two.other_person_id,
        )
    )


#: A 1-2-1 as it was decided, under its swap's lock.
UPDATE_MEETING: LiteralString = """
    UPDATE meetings
    SET state = $3, turn_of = $4, options = $5, starts_at = $6, sequence = $7, suggestion_keys = $8, changed_at = $9
    WHERE event_id = $1 AND id = $2
"""


async def update_meeting(connection: Connection, *, meeting: Meeting) -> None:
    await connection.execute(
        UPDATE_MEETING,
        meeting.event_id,
        meeting.id,
        meeting.state,
        meeting.turn_of,
        list(meeting.options),
        meeting.starts_at,
        meeting.sequence,
        list(meeting.suggestion_keys),
        meeting.changed_at,
    )


#: The swap has ended, and with it what lies ahead; what was held stays as it was.
END_MEETINGS: LiteralString = """
    UPDATE meetings SET state = 'CANCELLED', turn_of = NULL, sequence = sequence + 1, changed_at = $3
    WHERE event_id = $1 AND swap_id = $2 AND (state = 'PROPOSED' OR (state = 'AGREED' AND starts_at > $3))
    RETURNING id
"""


async def end_meetings(connection: Connection, *, event_id: UUID, swap_id: UUID, now: datetime) -> list[UUID]:
    return [row["id"] for row in await connection.fetch(END_MEETINGS, event_id, swap_id, now)]


def _seen(row: Record) -> Seen:
    meeting = Meeting(
        event_id=row["event_id"],
        id=row["id"],
        swap_id=row["swap_id"],
        proposed_by=row["proposed_by"],
        key=row["key"],
        state=MeetingState(row["state"]),
        turn_of=row["turn_of"],
        options=tuple(row["options"]),
        starts_at=row["starts_at"],
        minutes=row["minutes"],
        place=row["place"],
        sequence=row["sequence"],
        suggestion_keys=tuple(row["suggestion_keys"]),
        proposed_at=row["proposed_at"],
        changed_at=row["changed_at"],
    )
    return Seen(
        meeting=meeting,
        side=Side(row["event_id"], row["swap_id"], row["my_id"]),
        my_zone=row["my_zone"],
        their_zone=row["their_zone"],
        my_locale=row["my_locale"],
        took_place=row["took_place"],
    )


def _gone(row: Record) -> GoneMeeting:
    return GoneMeeting(
        event_id=row["event_id"],
        id=row["id"],
        starts_at=row["starts_at"],
        minutes=row["minutes"],
        sequence=row["sequence"],
        changed_at=row["changed_at"],
        zone=row["timezone"],
        locale=row["locale"],
        has_left=row["has_left"],
    )
