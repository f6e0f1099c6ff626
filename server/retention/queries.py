"""Every statement that ends what was kept long enough. Each takes a number of rows at most and tells how many it took,
so that nobody waits long for a lock; $1 is the event, $2 that number.
"""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.retention.models import OldEvent

#: Events whose time is over at $1, those never aged first. One that was aged is looked at again after $2, for what came
#: late from a phone.
SELECT_OLD_EVENTS: LiteralString = """
    SELECT id, slug, ends_at, retention_days, aged_at
    FROM events
    WHERE ends_at + make_interval(days => retention_days) <= $1 AND (aged_at IS NULL OR aged_at <= $2)
    ORDER BY aged_at NULLS FIRST, ends_at, id
"""


async def select_old_events(connection: Connection, *, now: datetime, aged_before: datetime) -> list[OldEvent]:
    return [OldEvent(**row) for row in await connection.fetch(SELECT_OLD_EVENTS, now, aged_before)]


#: One event, whether its time is over or not.
SELECT_EVENT_TO_AGE: LiteralString = """
    SELECT id, slug, ends_at, retention_days, aged_at FROM events WHERE id = $1
"""


async def select_event_to_age(connection: Connection, *, event_id: UUID) -> OldEvent | None:
    row = await connection.fetchrow(SELECT_EVENT_TO_AGE, event_id)
    return None if row is None else OldEvent(**row)


#: How long this event is kept after its end, in days. The whole of it is looked at anew.
UPDATE_RETENTION: LiteralString = """
    UPDATE events SET retention_days = $2, aged_at = NULL WHERE id = $1
"""


async def update_retention(connection: Connection, *, event_id: UUID, days: int) -> None:
    await connection.execute(UPDATE_RETENTION, event_id, days)


#: This event is aged as far as it goes.
UPDATE_AGED_AT: LiteralString = """
    UPDATE events SET aged_at = $2 WHERE id = $1
"""


async def update_aged_at(connection: Connection, *, event_id: UUID, now: datetime) -> None:
    await connection.execute(UPDATE_AGED_AT, event_id, now)


#: Questions that were never asked and hold no insight.
TAKE_UNASKED_PROMPTS: LiteralString = """
    DELETE FROM agenda_prompts
    WHERE event_id = $1 AND id IN (
        SELECT id FROM agenda_prompts WHERE event_id = $1 AND state = 'WAITING' AND insight IS NULL LIMIT $2
    )
"""

#: Swaps of which no relationship came, with their sides and all that hangs from them.
TAKE_ONE_SIDED_SWAPS: LiteralString = """
    DELETE FROM swaps
    WHERE event_id = $1 AND id IN (
        SELECT swaps.id
        FROM swaps
        JOIN registrations AS lower ON lower.event_id = swaps.event_id AND lower.id = swaps.lower_id
        JOIN registrations AS upper ON upper.event_id = swaps.event_id AND upper.id = swaps.upper_id
        WHERE swaps.event_id = $1 AND NOT EXISTS (
            SELECT FROM relationships
            WHERE (relationships.person_id = lower.person_id AND relationships.other_id = upper.person_id)
               OR (relationships.person_id = upper.person_id AND relationships.other_id = lower.person_id)
        )
        LIMIT $2
    )
"""

#: What phones read of badges.
TAKE_SCANS: LiteralString = """
    DELETE FROM scans WHERE event_id = $1 AND id IN (SELECT id FROM scans WHERE event_id = $1 LIMIT $2)
"""

#: The doors' log.
TAKE_CHECK_INS: LiteralString = """
    DELETE FROM check_ins WHERE event_id = $1 AND id IN (SELECT id FROM check_ins WHERE event_id = $1 LIMIT $2)
"""

#: The rooms' log; how many came to a session stays with it.
TAKE_ROOM_CHECK_INS: LiteralString = """
    DELETE FROM room_check_ins
    WHERE event_id = $1 AND id IN (SELECT id FROM room_check_ins WHERE event_id = $1 LIMIT $2)
"""

#: Who was there on which day; how many came stays in the counters.
TAKE_ADMISSIONS: LiteralString = """
    DELETE FROM admissions
    WHERE event_id = $1 AND (day, registration_id) IN (
        SELECT day, registration_id FROM admissions WHERE event_id = $1 LIMIT $2
    )
"""

#: Evening lists, but for those on which something was put off to a day past the event's own time.
TAKE_EVENINGS: LiteralString = """
    DELETE FROM evenings
    WHERE event_id = $1 AND (registration_id, day) IN (
        SELECT registration_id, day FROM evenings
        WHERE event_id = $1 AND NOT EXISTS (
            SELECT FROM follow_ups
            WHERE follow_ups.event_id = $1 AND follow_ups.registration_id = evenings.registration_id
              AND follow_ups.day = evenings.day AND follow_ups.state = 'LATER'
              AND follow_ups.due_on > (
                  SELECT (ends_at + make_interval(days => retention_days))::date FROM events WHERE id = $1
              )
        )
        LIMIT $2
    )
"""

#: What was reported to the organizers.
TAKE_REPORTS: LiteralString = """
    DELETE FROM reports WHERE event_id = $1 AND id IN (SELECT id FROM reports WHERE event_id = $1 LIMIT $2)
"""

#: Invitations and the addresses they went to.
TAKE_INVITATIONS: LiteralString = """
    DELETE FROM invitations WHERE event_id = $1 AND id IN (SELECT id FROM invitations WHERE event_id = $1 LIMIT $2)
"""

#: Invitations to the team and the addresses they went to.
TAKE_TEAM_INVITATIONS: LiteralString = """
    DELETE FROM team_invitations
    WHERE event_id = $1 AND id IN (SELECT id FROM team_invitations WHERE event_id = $1 LIMIT $2)
"""

#: The log of printed badges.
TAKE_BADGE_PRINTS: LiteralString = """
    DELETE FROM badge_prints WHERE event_id = $1 AND id IN (SELECT id FROM badge_prints WHERE event_id = $1 LIMIT $2)
"""

#: The log of exported attendance, with what files are left.
TAKE_ATTENDANCE_EXPORTS: LiteralString = """
    DELETE FROM attendance_exports
    WHERE event_id = $1 AND id IN (SELECT id FROM attendance_exports WHERE event_id = $1 LIMIT $2)
"""

#: What doors read.
TAKE_TICKET_CODES: LiteralString = """
    DELETE FROM ticket_codes
    WHERE event_id = $1 AND code_hash IN (SELECT code_hash FROM ticket_codes WHERE event_id = $1 LIMIT $2)
"""

#: What doors read before it was replaced.
TAKE_REPLACED_TICKET_CODES: LiteralString = """
    DELETE FROM replaced_ticket_codes
    WHERE event_id = $1 AND (code_hash, replaced_at) IN (
        SELECT code_hash, replaced_at FROM replaced_ticket_codes WHERE event_id = $1 LIMIT $2
    )
"""

#: The cards as phones took them along, and who was shown which.
TAKE_VAULT_ENTRIES: LiteralString = """
    DELETE FROM vault_entries
    WHERE event_id = $1 AND badge_id IN (SELECT badge_id FROM vault_entries WHERE event_id = $1 LIMIT $2)
"""

#: Who had the vault on their phone.
TAKE_VAULT_VIEWERS: LiteralString = """
    DELETE FROM vault_viewers
    WHERE event_id = $1 AND registration_id IN (SELECT registration_id FROM vault_viewers WHERE event_id = $1 LIMIT $2)
"""

#: What stands on cards. A name stays where a swap stays, so that it can still be said whom somebody met.
EMPTY_CARDS: LiteralString = """
    UPDATE cards
    SET name = CASE WHEN aged.is_met THEN cards.name ELSE '-' END, pronouns = NULL, up_to = NULL, seeking = NULL,
        offering = NULL, ask_me_about = NULL, good_introduction = NULL, new_here = false, been_here = false,
        between_things = false, topics = '{}', dropped_topics = '{}', search_key = ''
    FROM (
        SELECT registration_id, EXISTS (
                   SELECT FROM swap_sides
                   WHERE swap_sides.event_id = $1 AND swap_sides.registration_id = cards.registration_id
               ) AS is_met
        FROM cards
        WHERE event_id = $1
          AND (num_nonnulls(pronouns, up_to, seeking, offering, ask_me_about, good_introduction) > 0
               OR new_here OR been_here OR between_things OR topics <> '{}' OR dropped_topics <> '{}'
               OR search_key <> ''
               OR (name <> '-' AND NOT EXISTS (
                   SELECT FROM swap_sides
                   WHERE swap_sides.event_id = $1 AND swap_sides.registration_id = cards.registration_id
               )))
        LIMIT $2
    ) AS aged
    WHERE cards.event_id = $1 AND cards.registration_id = aged.registration_id
"""

#: Names, addresses and ticket numbers of the list of attendees. The rows stay: they count who was expected, and swaps
#: hang from them.
EMPTY_REGISTRATIONS: LiteralString = """
    UPDATE registrations
    SET name = '-', name_key = '', email = NULL, email_key = NULL, external_id = NULL, ticket_type = NULL, goal = NULL
    WHERE event_id = $1 AND id IN (
        SELECT id FROM registrations
        WHERE event_id = $1
          AND (name <> '-' OR num_nonnulls(email, external_id, ticket_type, goal) > 0)
        LIMIT $2
    )
"""

#: Keys by which other programs brought attendees in, with what is known of their deliveries.
TAKE_IMPORT_KEYS: LiteralString = """
    DELETE FROM import_keys WHERE event_id = $1 AND id IN (SELECT id FROM import_keys WHERE event_id = $1 LIMIT $2)
"""

#: Which lists were brought in, and by whom, with all that is known of their rows.
TAKE_IMPORTS: LiteralString = """
    DELETE FROM imports WHERE event_id = $1 AND id IN (SELECT id FROM imports WHERE event_id = $1 LIMIT $2)
"""

#: In the order in which they must go: what hangs from something goes before it, cards and names last.
STEPS: tuple[tuple[str, LiteralString], ...] = (
    ("questions never asked", TAKE_UNASKED_PROMPTS),
    ("swaps that only one side wanted", TAKE_ONE_SIDED_SWAPS),
    ("scans", TAKE_SCANS),
    ("check-ins", TAKE_CHECK_INS),
    ("check-ins at sessions", TAKE_ROOM_CHECK_INS),
    ("admissions", TAKE_ADMISSIONS),
    ("evening lists", TAKE_EVENINGS),
    ("reports", TAKE_REPORTS),
    ("invitations", TAKE_INVITATIONS),
    ("invitations to the team", TAKE_TEAM_INVITATIONS),
    ("prints of badges", TAKE_BADGE_PRINTS),
    ("exports of attendance", TAKE_ATTENDANCE_EXPORTS),
    ("lists brought in", TAKE_IMPORTS),
    ("keys of other programs", TAKE_IMPORT_KEYS),
    ("ticket codes", TAKE_TICKET_CODES),
    ("replaced ticket codes", TAKE_REPLACED_TICKET_CODES),
    ("vault entries", TAKE_VAULT_ENTRIES),
    ("phones that held the vault", TAKE_VAULT_VIEWERS),
    ("texts of cards", EMPTY_CARDS),
    ("names and addresses of the list", EMPTY_REGISTRATIONS),
)


async def take(connection: Connection, statement: LiteralString, *, event_id: UUID, at_most: int) -> int:
    """How many rows one of the `STEPS` took."""
    return int((await connection.execute(statement, event_id, at_most)).rpartition(" ")[2])
