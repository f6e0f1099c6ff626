"""The statements of an export about introductions: a person's own words and answers, and nothing of anybody else's."""

from typing import LiteralString

#: Introductions: those the person began, in their words, and what they themselves answered to others. What came of an
#: answer, or of none, is there only where it was made.
SELECT_INTRODUCTIONS: LiteralString = """
    SELECT 'INTRODUCER' AS my_part, reason AS my_reason, asked_at, NULL::boolean AS i_said_yes,
           NULL::timestamptz AS i_answered_at, NULL::text[] AS i_offer, made_at, taken_back_at,
           NULL::timestamptz AS i_thanked_at
    FROM introductions
    WHERE introducer_id = $1
    UNION ALL
    SELECT 'FIRST', NULL, asked_at, first_says_yes, first_answered_at, first_offers, made_at, NULL, first_thanked_at
    FROM introductions
    WHERE first_id = $1 AND first_answered_at IS NOT NULL
    UNION ALL
    SELECT 'SECOND', NULL, asked_at, second_says_yes, second_answered_at, second_offers, made_at, NULL,
           second_thanked_at
    FROM introductions
    WHERE second_id = $1 AND second_answered_at IS NOT NULL
    ORDER BY asked_at
"""

#: What the person asked contacts for, that those might introduce somebody; not whom they asked.
SELECT_INTRODUCTION_REQUESTS: LiteralString = """
    SELECT need, asked_at
    FROM introduction_requests
    WHERE asker_id = $1
    ORDER BY asked_at, id
"""
