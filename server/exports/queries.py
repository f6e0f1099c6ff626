"""Every statement of a person's own export that is about an event, and their account: what the tables hold because of
them, in words a reader understands. What is theirs wherever they were is read in `wherever`.

Rows stay plain here, each column under the name it has in the file. No token, no hash, no id, and of other people
nothing: whom the person met, and what those opened to them, is read through `server.swaps`, where consent is judged.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection, one
from server.exports.models import Entry
from server.exports.one_to_ones.queries import SELECT_MEETINGS
from server.swaps.models import Side

#: The account itself.
SELECT_ACCOUNT: LiteralString = """
    SELECT email AS signs_in_with, name, locale, timezone, contact_email, contact_phone, contact_links,
           shares_always, shares_fields, may_be_asked, may_create_events, review_weekday,
           to_char(review_at, 'HH24:MI') AS review_at, quiet_since, evening_limit, created_at
    FROM people
    WHERE id = $1
"""


async def select_account(connection: Connection, *, person_id: UUID) -> Entry:
    return dict(one(await connection.fetchrow(SELECT_ACCOUNT, person_id)))


#: The person's place at one event, with their card.
SELECT_PLACE: LiteralString = """
    SELECT registrations.id, registrations.name AS name_on_ticket, registrations.email AS mail_on_ticket,
           registrations.ticket_type, registrations.source AS came_from, registrations.goal AS people_to_meet,
           registrations.created_at AS registered_at, registrations.claimed_at, registrations.cancelled_at,
           cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
           cards.good_introduction, cards.new_here, cards.been_here AS returning, cards.between_things,
           cards.topics, cards.dropped_topics, cards.open_to_event, cards.open_to_introductions, cards.updated_at
    FROM registrations
    JOIN cards ON cards.event_id = registrations.event_id AND cards.registration_id = registrations.id
    WHERE registrations.event_id = $1 AND registrations.person_id = $2
"""

_REGISTRATION = (
    "name_on_ticket", "mail_on_ticket", "ticket_type", "came_from", "people_to_meet", "registered_at", "claimed_at",
    "cancelled_at",
)  # fmt: skip


async def select_place(connection: Connection, *, event_id: UUID, person_id: UUID) -> tuple[UUID, Entry, Entry]:
    """The registration's id, the place, and the card."""
    row = dict(one(await connection.fetchrow(SELECT_PLACE, event_id, person_id)))
    registration_id: UUID = row.pop("id")
    return registration_id, {name: row.pop(name) for name in _REGISTRATION}, row


#: The badges that were issued for a place; never what their codes hold.
SELECT_BADGES: LiteralString = """
    SELECT issued_at, printed_at, revoked_at
    FROM badges
    WHERE event_id = $1 AND registration_id = $2
    ORDER BY issued_at, id
"""

#: What the doors noted of a place.
SELECT_CHECK_INS: LiteralString = """
    SELECT doors.name AS door, check_ins.happened_at, check_ins.direction, check_ins.verdict
    FROM check_ins
    JOIN doors ON doors.event_id = check_ins.event_id AND doors.id = check_ins.door_id
    WHERE check_ins.event_id = $1 AND check_ins.registration_id = $2
    ORDER BY check_ins.happened_at, check_ins.id
"""

#: What was counted of a place at the sessions' rooms.
SELECT_ROOM_CHECK_INS: LiteralString = """
    SELECT room_sessions.title AS session, room_sessions.room, room_check_ins.happened_at, room_check_ins.direction,
           room_check_ins.verdict
    FROM room_check_ins
    JOIN room_sessions ON room_sessions.event_id = room_check_ins.event_id
        AND room_sessions.id = room_check_ins.session_id
    WHERE room_check_ins.event_id = $1 AND room_check_ins.registration_id = $2
    ORDER BY room_check_ins.happened_at, room_check_ins.id
"""

#: The scans that the person's phones made: when, and what came of them; not whose badge it was.
SELECT_SCANS: LiteralString = """
    SELECT happened_at, outcome, scanned_at AS by_the_phones_clock, received_at
    FROM scans
    WHERE event_id = $1 AND registration_id = $2
    ORDER BY happened_at, id
"""

#: What the person reported to the organizers; not about whom.
SELECT_REPORTS: LiteralString = """
    SELECT text, names_reporter AS with_my_name, reported_at, settled_at
    FROM reports
    WHERE event_id = $1 AND reporter_id = $2
    ORDER BY reported_at, id
"""

#: Lists of what is kept about a place, each under its name in the file.
_OF_THE_PLACE = {
    "badges": SELECT_BADGES,
    "at_the_doors": SELECT_CHECK_INS,
    "at_the_sessions": SELECT_ROOM_CHECK_INS,
    "scans": SELECT_SCANS,
    "reports": SELECT_REPORTS,
}


async def select_lists_of_place(
    connection: Connection, *, event_id: UUID, registration_id: UUID
) -> dict[str, list[Entry]]:
    return {
        name: await _entries(connection, statement, event_id, registration_id)
        for name, statement in _OF_THE_PLACE.items()
    }


#: The person's own ends of their swaps, oldest first: also of those that were withdrawn, for what they wrote there.
SELECT_SIDES: LiteralString = """
    SELECT swap_sides.swap_id, swap_sides.scanned_at AS i_scanned_at, swap_sides.offers AS i_offer,
           swap_sides.offered_at AS i_offered_at, swap_sides.declined_at AS i_declined_at
    FROM swap_sides
    JOIN swaps ON swaps.event_id = swap_sides.event_id AND swaps.id = swap_sides.swap_id
    WHERE swap_sides.event_id = $1 AND swap_sides.registration_id = $2
    ORDER BY swaps.swapped_at, swaps.id
"""


async def select_sides(connection: Connection, *, event_id: UUID, registration_id: UUID) -> list[tuple[Side, Entry]]:
    rows = [dict(row) for row in await connection.fetch(SELECT_SIDES, event_id, registration_id)]
    return [(Side(event_id, row.pop("swap_id"), registration_id), row) for row in rows]


#: Notes and needs.
SELECT_NOTES: LiteralString = """
    SELECT swap_id, kind, text, written_at
    FROM notes
    WHERE event_id = $1 AND registration_id = $2
    ORDER BY written_at, id
"""

#: Promises.
SELECT_PROMISES: LiteralString = """
    SELECT swap_id, kind, text, due_on, made_at, kept_at
    FROM promises
    WHERE event_id = $1 AND registration_id = $2
    ORDER BY made_at, id
"""

#: The prompts that were marked, with what was learned; without the other's words above them.
SELECT_INSIGHTS: LiteralString = """
    SELECT swap_id, day, text AS prompt, state, insight, marked_at
    FROM agenda_prompts
    WHERE event_id = $1 AND registration_id = $2 AND state <> 'WAITING'
    ORDER BY day, place, id
"""

#: How conversations felt.
SELECT_FEELINGS: LiteralString = """
    SELECT swap_id, feeling, felt_at
    FROM feelings
    WHERE event_id = $1 AND registration_id = $2
    ORDER BY felt_at, feeling
"""

#: What evenings suggested about those met here, also evenings of other events, and what became of it; the drafts speak
#: of the other and stay behind.
SELECT_FOLLOW_UPS: LiteralString = """
    SELECT follow_ups.swap_id, follow_ups.day AS evening_of, follow_ups.kind, follow_ups.state, follow_ups.due_on,
           follow_ups.settled_at
    FROM swap_sides
    JOIN follow_ups ON follow_ups.swap_event_id = swap_sides.event_id AND follow_ups.swap_id = swap_sides.swap_id
    JOIN registrations AS here ON here.event_id = $1 AND here.id = $2
    JOIN registrations AS readers ON readers.event_id = follow_ups.event_id
        AND readers.id = follow_ups.registration_id AND readers.person_id = here.person_id
    WHERE swap_sides.event_id = $1 AND swap_sides.registration_id = $2
    ORDER BY follow_ups.day, follow_ups.place, follow_ups.id
"""

#: Lists of what somebody wrote about each one they met, each under its name in the file.
_OF_SWAPS = {
    "notes": SELECT_NOTES,
    "promises": SELECT_PROMISES,
    "prompts": SELECT_INSIGHTS,
    "feelings": SELECT_FEELINGS,
    "follow_ups": SELECT_FOLLOW_UPS,
    "one_to_ones": SELECT_MEETINGS,
}


async def select_lists_by_swap(
    connection: Connection, *, event_id: UUID, registration_id: UUID
) -> dict[str, dict[UUID, list[Entry]]]:
    return {
        name: _by_swap(await connection.fetch(statement, event_id, registration_id))
        for name, statement in _OF_SWAPS.items()
    }


async def _entries(connection: Connection, statement: LiteralString, *of: UUID) -> list[Entry]:
    return [dict(row) for row in await connection.fetch(statement, *of)]


def _by_swap(rows: Iterable[Record]) -> dict[UUID, list[Entry]]:
    """The rows of each swap, in order, without its id."""
    entries: defaultdict[UUID, list[Entry]] = defaultdict(list)
    for row in rows:
        entry = dict(row)
        entries[entry.pop("swap_id")].append(entry)
    return dict(entries)
