"""The statement of a person's export about their 1-2-1s: the other's words are in it only while both share."""

from typing import LiteralString

#: 1-2-1s: when and where, how far they came, and what the person said came of them.
SELECT_MEETINGS: LiteralString = """
    SELECT meetings.swap_id, meetings.state, meetings.proposed_by = $2 AS i_proposed_it,
           CASE WHEN meetings.proposed_by = $2 OR sight.is_shared THEN meetings.place END AS place,
           meetings.starts_at, meetings.minutes, meetings.proposed_at, outcomes.took_place
    FROM swap_sides
    JOIN meetings ON meetings.event_id = swap_sides.event_id AND meetings.swap_id = swap_sides.swap_id
    CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT 1
            FROM swaps
            JOIN swap_sides AS theirs ON theirs.event_id = swaps.event_id AND theirs.swap_id = swaps.id
                AND theirs.registration_id <> $2 AND theirs.offers IS NOT NULL AND theirs.declined_at IS NULL
            WHERE swaps.event_id = $1 AND swaps.id = swap_sides.swap_id AND swaps.withdrawn_at IS NULL
              AND swap_sides.offers IS NOT NULL AND swap_sides.declined_at IS NULL
        ) AS is_shared
    ) AS sight
    LEFT JOIN meeting_outcomes AS outcomes ON outcomes.event_id = meetings.event_id
        AND outcomes.meeting_id = meetings.id AND outcomes.registration_id = $2
    WHERE swap_sides.event_id = $1 AND swap_sides.registration_id = $2
    ORDER BY meetings.proposed_at, meetings.id
"""
