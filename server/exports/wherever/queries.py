"""Every statement of a person's own export about what is theirs wherever they were. As in the others of an export, no
token, no hash, no id, and of other people nothing.
"""

from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.exports.introduced.queries import SELECT_INTRODUCTION_REQUESTS, SELECT_INTRODUCTIONS
from server.exports.models import Entry
from server.exports.told.queries import (
    SELECT_NOTICE_SWITCHES,
    SELECT_NOTICES,
    SELECT_PUSH_DEVICES,
    SELECT_QUIET_HOURS,
)

#: Where and when the person signed in; never the token.
SELECT_SESSIONS: LiteralString = """
    SELECT kind, created_at AS signed_in_at, last_seen_at AS last_used_at, expires_at, ended_at AS signed_out_at
    FROM sessions
    WHERE person_id = $1
    ORDER BY created_at, id
"""

#: Codes that were asked for at the person's address within the last day; never the code.
SELECT_SIGN_INS: LiteralString = """
    SELECT attempts.created_at AS asked_at, attempts.used_at, attempts.tries
    FROM people
    JOIN sign_in_attempts AS attempts ON attempts.email_key = people.email_key
    WHERE people.id = $1
    ORDER BY attempts.created_at, attempts.id
"""

#: Where the person helps or organizes.
SELECT_ROLES: LiteralString = """
    SELECT events.title AS event, event_roles.role, event_roles.granted_at
    FROM event_roles
    JOIN events ON events.id = event_roles.event_id
    WHERE event_roles.person_id = $1
    ORDER BY event_roles.granted_at, events.id
"""

#: Packs of prompts that the person added to events, as they wrote them; removed ones for as long as they are kept.
SELECT_PROMPT_PACKS: LiteralString = """
    SELECT events.title AS event, prompt_packs.title, prompt_packs.language, prompt_packs.content AS text,
           prompt_packs.added_at, prompt_packs.removed_at
    FROM prompt_packs
    JOIN events ON events.id = prompt_packs.event_id
    WHERE prompt_packs.added_by = $1
    ORDER BY prompt_packs.added_at, prompt_packs.id
"""

#: Invitations mailed to the person's address; never their code.
SELECT_INVITATIONS: LiteralString = """
    SELECT events.title AS event, invitations.email AS mailed_to, invitations.sent_at, invitations.used_at,
           invitations.expires_at, invitations.refused_at
    FROM people
    JOIN invitations ON invitations.email_key = people.email_key
    JOIN events ON events.id = invitations.event_id
    WHERE people.id = $1
    ORDER BY invitations.created_at, invitations.id
"""

#: To which teams the person's address was invited; never the code.
SELECT_TEAM_INVITATIONS: LiteralString = """
    SELECT events.title AS event, invitations.email AS mailed_to, invitations.role, invitations.sent_at,
           invitations.expires_at, invitations.ended_at
    FROM people
    JOIN team_invitations AS invitations ON invitations.email_key = people.email_key
    JOIN events ON events.id = invitations.event_id
    WHERE people.id = $1
    ORDER BY invitations.created_at, invitations.id
"""

#: Whom the person blocked: at which event and when they had met, never who it is.
SELECT_BLOCKS: LiteralString = """
    SELECT event_title AS met_at_event, met_on, blocked_at
    FROM blocks
    WHERE blocker_id = $1
    ORDER BY blocked_at, met_swap_id
"""

#: Whom the person keeps up with, by where and when they first met; who it is stands under that event.
SELECT_RELATIONSHIPS: LiteralString = """
    SELECT met_event_title AS first_met_at_event, met_on AS first_met_on, kind, began_at,
           last_touch_at AS last_in_touch_at, resting_until
    FROM relationships
    WHERE person_id = $1
    ORDER BY began_at, id
"""

#: What the person gave and received, in their own words.
SELECT_GIFTS: LiteralString = """
    SELECT relationships.met_event_title AS first_met_at_event, relationships.met_on AS first_met_on,
           gifts.direction, gifts.kind, gifts.text, gifts.given_at
    FROM gifts
    JOIN relationships ON relationships.person_id = gifts.person_id AND relationships.id = gifts.relationship_id
    WHERE gifts.person_id = $1
    ORDER BY gifts.given_at, gifts.id
"""

#: When the person noted that they were in touch with somebody.
SELECT_TOUCHES: LiteralString = """
    SELECT relationships.met_event_title AS first_met_at_event, relationships.met_on AS first_met_on,
           touches.touched_at AS in_touch_at
    FROM touches
    JOIN relationships ON relationships.person_id = touches.person_id AND relationships.id = touches.relationship_id
    WHERE touches.person_id = $1
    ORDER BY touches.touched_at, touches.key
"""

#: When the weekly reviews named whom, by where they first met, and what became of it; the drafts speak of the other and
#: stay behind.
SELECT_REVIEWS: LiteralString = """
    SELECT review_follow_ups.week_of, relationships.met_event_title AS first_met_at_event,
           relationships.met_on AS first_met_on, review_follow_ups.state, review_follow_ups.due_on,
           review_follow_ups.times AS times_offered, review_follow_ups.settled_at, review_weeks.ready_at
    FROM review_follow_ups
    JOIN review_weeks ON review_weeks.person_id = review_follow_ups.person_id
        AND review_weeks.week_of = review_follow_ups.week_of
    JOIN relationships ON relationships.person_id = review_follow_ups.person_id
        AND relationships.id = review_follow_ups.relationship_id
    WHERE review_follow_ups.person_id = $1
    ORDER BY review_follow_ups.week_of, review_follow_ups.place
"""

#: Lists of what is the person's wherever they were, each under its name in the file.
_OF_THE_PERSON = {
    "signed_in": SELECT_SESSIONS,
    "codes_asked_for": SELECT_SIGN_INS,
    "invitations": SELECT_INVITATIONS,
    "roles": SELECT_ROLES,
    "team_invitations": SELECT_TEAM_INVITATIONS,
    "prompt_packs": SELECT_PROMPT_PACKS,
    "blocks": SELECT_BLOCKS,
    "introductions": SELECT_INTRODUCTIONS,
    "introduction_requests": SELECT_INTRODUCTION_REQUESTS,
    "notices": SELECT_NOTICES,
    "push_devices": SELECT_PUSH_DEVICES,
    "quiet_hours": SELECT_QUIET_HOURS,
    "notice_switches": SELECT_NOTICE_SWITCHES,
    "relationships": SELECT_RELATIONSHIPS,
    "gifts": SELECT_GIFTS,
    "touches": SELECT_TOUCHES,
    "reviews": SELECT_REVIEWS,
}


async def select_lists_of_person(connection: Connection, *, person_id: UUID) -> dict[str, list[Entry]]:
    return {
        name: [dict(row) for row in await connection.fetch(statement, person_id)]
        for name, statement in _OF_THE_PERSON.items()
    }
