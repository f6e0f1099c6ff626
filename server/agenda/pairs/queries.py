"""The one statement that tells the chooser what it needs to know about a pair."""

from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.agenda.models import Remembered
from server.agenda.pairs.models import Pair, Participant
from server.db import Connection
from server.registrations.queries import read_card

#: Both of a pair, the lower first, as they are before an agenda of day $3 (which begins at $4) is made at $5: what was
#: kept since, and agendas with ids from $6 on, do not count. An *end* is one person's side of this swap or of a live
#: swap that the same two people have at another event; a withdrawn one is as if it had never been. Promises and needs
#: are the ones that this side wrote down, before the day began.
SELECT_PAIR: LiteralString = """
    WITH pair AS (
        SELECT registrations.id, registrations.person_id
        FROM swaps
        CROSS JOIN LATERAL (VALUES (swaps.lower_id), (swaps.upper_id)) AS side (id)
        JOIN registrations ON registrations.event_id = $1 AND registrations.id = side.id
        WHERE swaps.event_id = $1 AND swaps.id = $2
    ), ends AS (
        SELECT id AS reader_id, $1::uuid AS event_id, $2::uuid AS swap_id, id AS registration_id
        FROM pair
        UNION ALL
        SELECT reader.id, mine.event_id, swaps.id, mine.id
        FROM pair AS reader
        JOIN pair AS other ON other.id <> reader.id
        JOIN registrations AS mine ON mine.person_id = reader.person_id AND mine.event_id <> $1
        JOIN registrations AS theirs ON theirs.event_id = mine.event_id AND theirs.person_id = other.person_id
        JOIN swaps ON swaps.event_id = mine.event_id AND swaps.lower_id = LEAST(mine.id, theirs.id)
            AND swaps.upper_id = GREATEST(mine.id, theirs.id) AND swaps.withdrawn_at IS NULL
    ), given AS (
        SELECT ends.reader_id, prompts.day, prompts.place, prompts.id, prompts.library_key,
               prompts.event_id = $1 AND prompts.day = $3 AND prompts.meeting_id IS NULL AS is_today,
               prompts.state <> 'WAITING' OR prompts.insight IS NOT NULL AS is_used
        FROM ends
        JOIN agenda_prompts AS prompts ON prompts.event_id = ends.event_id AND prompts.swap_id = ends.swap_id
            AND prompts.registration_id = ends.registration_id
        WHERE prompts.id < $6
    ), promised AS (
        SELECT ends.reader_id, promises.kept_at <= $5 IS TRUE AS is_kept
        FROM ends
        JOIN promises ON promises.event_id = ends.event_id AND promises.swap_id = ends.swap_id
            AND promises.registration_id = ends.registration_id
        WHERE promises.made_at < $4
    )
    SELECT pair.id AS registration_id, COALESCE(people.locale, 'en') AS locale,
           (SELECT count(*)
            FROM ends
            JOIN conversations ON conversations.event_id = ends.event_id AND conversations.swap_id = ends.swap_id
            WHERE ends.reader_id = pair.id
              AND (conversations.day < $3 OR (conversations.day = $3 AND conversations.event_id <> $1))
           ) AS conversations,
           EXISTS (SELECT
                   FROM introductions
                   JOIN pair AS other ON other.id <> pair.id
                   WHERE introductions.made_at <= $5 AND introductions.ended_at IS NULL
                     AND ((introductions.first_id = pair.person_id AND introductions.second_id = other.person_id)
                          OR (introductions.first_id = other.person_id AND introductions.second_id = pair.person_id))
                  ) AS introduced,
           ARRAY(SELECT library_key FROM given WHERE reader_id = pair.id AND NOT is_today
                 ORDER BY day, place, id) AS had,
           ARRAY(SELECT library_key FROM given WHERE reader_id = pair.id AND is_today
                 ORDER BY place, id) AS today,
           ARRAY(SELECT library_key FROM given WHERE reader_id = pair.id AND is_today AND is_used
                 ORDER BY place, id) AS used,
           ARRAY(SELECT library_key
                 FROM agenda_prompts
                 WHERE event_id = $1 AND registration_id = pair.id AND day = $3 AND swap_id <> $2 AND id < $6
                 ORDER BY id DESC
                 LIMIT $7) AS with_others,
           EXISTS (SELECT
                   FROM swap_sides AS mine
                   JOIN swap_sides AS theirs ON theirs.event_id = $1 AND theirs.swap_id = $2
                       AND theirs.registration_id <> mine.registration_id
                   WHERE mine.event_id = $1 AND mine.swap_id = $2 AND mine.registration_id = pair.id
                     AND mine.offers IS NOT NULL AND theirs.offers IS NOT NULL AND theirs.declined_at IS NULL
                  ) AS is_shared,
           EXISTS (SELECT FROM promised WHERE reader_id = pair.id AND NOT is_kept) AS has_open_promise,
           EXISTS (SELECT FROM promised WHERE reader_id = pair.id AND is_kept) AS has_kept_promise,
           EXISTS (SELECT
                   FROM ends
                   JOIN notes ON notes.event_id = ends.event_id AND notes.swap_id = ends.swap_id
                       AND notes.registration_id = ends.registration_id
                   WHERE ends.reader_id = pair.id AND notes.kind = 'NEED' AND notes.written_at < $4) AS has_noted_need,
           cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
           cards.good_introduction, cards.new_here, cards.been_here, cards.between_things, cards.topics,
           cards.open_to_event, cards.open_to_introductions, cards.dropped_topics
    FROM pair
    JOIN cards ON cards.event_id = $1 AND cards.registration_id = pair.id
    LEFT JOIN people ON people.id = pair.person_id
    ORDER BY pair.id
"""

#: So many prompts of the day's other talks are told of, the latest first: what somebody was given thirty talks ago is
#: new again, and the hundredth scan of a day costs no more than the thirtieth.
MOST_WITH_OTHERS = 180

#: Every agenda there is has a lower id.
LATEST = UUID(int=(1 << 128) - 1)


async def select_pair(
    connection: Connection,
    *,
    event_id: UUID,
    swap_id: UUID,
    day: date,
    day_starts_at: datetime,
    now: datetime,
    before: UUID = LATEST,
) -> Pair | None:
    """None for a swap there is not."""
    rows = await connection.fetch(SELECT_PAIR, event_id, swap_id, day, day_starts_at, now, before, MOST_WITH_OTHERS)
    if not rows:
        return None
    lower, upper = map(_participant, rows)
    return Pair(lower, upper, rows[0]["conversations"], rows[0]["introduced"])


def _participant(row: Record) -> Participant:
    return Participant(
        registration_id=row["registration_id"],
        written=read_card(row),
        is_shared=row["is_shared"],
        dropped_topics=tuple(row["dropped_topics"]),
        locale=row["locale"],
        had=tuple(row["had"]),
        today=tuple(row["today"]),
        used=tuple(row["used"]),
        with_others=tuple(row["with_others"]),
        remembered=Remembered(
            open_promise=row["has_open_promise"], kept_promise=row["has_kept_promise"], need=row["has_noted_need"]
        ),
    )
