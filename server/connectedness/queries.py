"""Every statement about how connected an event was. None of them answers a person, a pair, or a figure twice."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.connectedness.models import WORKED_OUT_AFTER, Figures
from server.db import Connection, one

#: The figures of one event as they stand at $2, kept for good: a second time changes nothing, so two looks cannot be
#: held against each other. Behind them are the people who came; where the event checks nobody in, all who took their
#: place. A swap counts for both, also one that was withdrawn since: they did meet. Of what is left of an aged event
#: nothing is told.
INSERT_FIGURES: LiteralString = """
    INSERT INTO connectedness (event_id, worked_out_at, people_who_met_someone, median_people_met,
                               people_who_met_nobody)
    SELECT $1, $2,
           CASE WHEN someone >= $3 AND nobody >= $3 THEN someone END,
           CASE WHEN someone >= $3 AND nobody >= $3 THEN median END,
           CASE WHEN someone >= $3 AND nobody >= $3 THEN nobody END
    FROM (
        SELECT count(*) FILTER (WHERE met > 0) AS someone,
               count(*) FILTER (WHERE met = 0) AS nobody,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY met) FILTER (WHERE met > 0) AS median
        FROM (
            SELECT count(swap_sides.swap_id) AS met
            FROM registrations
            JOIN events ON events.id = registrations.event_id
            LEFT JOIN swap_sides ON swap_sides.event_id = registrations.event_id
                AND swap_sides.registration_id = registrations.id
            WHERE registrations.event_id = $1 AND events.aged_at IS NULL
              AND CASE WHEN events.uses_check_in
                  THEN EXISTS (SELECT 1 FROM admissions WHERE admissions.event_id = registrations.event_id
                               AND admissions.registration_id = registrations.id)
                  ELSE registrations.person_id IS NOT NULL AND registrations.cancelled_at IS NULL END
            GROUP BY registrations.id
        ) AS people
    ) AS counted
    ON CONFLICT ON CONSTRAINT connectedness_pkey DO NOTHING
"""


async def insert_figures(connection: Connection, *, event_id: UUID, fewest: int, now: datetime) -> None:
    await connection.execute(INSERT_FIGURES, event_id, now, fewest)


#: What was worked out for one event.
SELECT_FIGURES: LiteralString = """
    SELECT worked_out_at, people_who_met_someone, median_people_met, people_who_met_nobody
    FROM connectedness
    WHERE event_id = $1
"""


async def select_figures(connection: Connection, *, event_id: UUID) -> Figures:
    return Figures(**one(await connection.fetchrow(SELECT_FIGURES, event_id)))


#: Events whose figures are due at $1 and not there yet.
SELECT_DUE: LiteralString = """
    SELECT events.id
    FROM events
    WHERE events.ends_at <= $1::timestamptz - $2::interval
      AND NOT EXISTS (SELECT 1 FROM connectedness WHERE connectedness.event_id = events.id)
    ORDER BY events.id
"""


async def select_due(connection: Connection, *, now: datetime) -> list[UUID]:
    return [row["id"] for row in await connection.fetch(SELECT_DUE, now, WORKED_OUT_AFTER)]
