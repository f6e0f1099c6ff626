"""The statements of an export about introductions: a person's own words and answers, and of the other one only the
contact that is shared now.
"""

from typing import LiteralString

#: Introductions: those the person began, in their words, and what they themselves answered to others. What came of an
#: answer, or of none, is there only where it was made; the other's contact only while it holds, as they offered it.
SELECT_INTRODUCTIONS: LiteralString = """
    WITH mine AS (
        SELECT 'INTRODUCER' AS my_part, reason AS my_reason, asked_at, NULL::boolean AS i_said_yes,
               NULL::timestamptz AS i_answered_at, NULL::text[] AS i_offer, made_at, taken_back_at,
               NULL::timestamptz AS i_thanked_at, ended_at, NULL::uuid AS other_id, NULL::uuid AS other_event_id,
               NULL::text[] AS they_offer
        FROM introductions
        WHERE introducer_id = $1
        UNION ALL
        SELECT 'FIRST', NULL, asked_at, first_says_yes, first_answered_at, first_offers, made_at, NULL,
               first_thanked_at, ended_at, second_id, second_event_id, second_offers
        FROM introductions
        WHERE first_id = $1 AND first_answered_at IS NOT NULL
        UNION ALL
        SELECT 'SECOND', NULL, asked_at, second_says_yes, second_answered_at, second_offers, made_at, NULL,
               second_thanked_at, ended_at, first_id, first_event_id, first_offers
        FROM introductions
        WHERE second_id = $1 AND second_answered_at IS NOT NULL
    )
    SELECT my_part, my_reason, asked_at, i_said_yes, i_answered_at, i_offer, made_at, taken_back_at, i_thanked_at,
           CASE WHEN cards.open_to_event THEN cards.name END AS their_name,
           CASE WHEN 'EMAIL' = ANY (they_offer) THEN others.contact_email END AS their_email,
           CASE WHEN 'PHONE' = ANY (they_offer) THEN others.contact_phone END AS their_phone,
           CASE WHEN 'LINKS' = ANY (they_offer) THEN others.contact_links END AS their_links
    FROM mine
    LEFT JOIN people AS others ON others.id = other_id AND made_at IS NOT NULL AND ended_at IS NULL
        AND NOT EXISTS (
            SELECT FROM blocks
            WHERE (blocker_id = $1 AND blocked_id = other_id) OR (blocker_id = other_id AND blocked_id = $1)
        )
    LEFT JOIN registrations ON registrations.event_id = other_event_id AND registrations.person_id = others.id
    LEFT JOIN cards ON cards.event_id = registrations.event_id AND cards.registration_id = registrations.id
    ORDER BY asked_at
"""

#: What the person asked contacts for, that those might introduce somebody; not whom they asked.
SELECT_INTRODUCTION_REQUESTS: LiteralString = """
    SELECT need, asked_at
    FROM introduction_requests
    WHERE asker_id = $1
    ORDER BY asked_at, id
"""
