"""Every statement about registrations, cards and tickets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.events.queries import read_event
from server.people.names import words_key
from server.registrations.cards import CardDraft
from server.registrations.models import (
    Card,
    Claimable,
    LiveBadge,
    Registration,
    RegistrationState,
)

#: A person's own registrations with event, card, live badge and today's state, the event that starts last first.
#: $2 narrows to one event when it is not null; "today" runs from 04:00 to 04:00 in each event's zone.
SELECT_OWN: LiteralString = """
    SELECT registrations.id AS registration_id, registrations.goal, registrations.ticket_type,
           registrations.cancelled_at,
           events.id, events.slug, events.title, events.venue, events.starts_at, events.ends_at, events.timezone,
           events.evening_at, events.uses_check_in, events.scans_people_out,
           events.capacity, events.checks_in_with, events.card_questions, events.languages, events.continues_id,
           events.retention_days,
           cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
           cards.good_introduction, cards.new_here, cards.been_here, cards.between_things, cards.topics,
           cards.open_to_event, cards.open_to_introductions, cards.dropped_topics, people.locale,
           badges.id AS badge_id, badges.key_id, badges.issued_at,
           admissions.is_in
    FROM registrations
    JOIN people ON people.id = registrations.person_id
    JOIN events ON events.id = registrations.event_id
    JOIN cards ON cards.event_id = registrations.event_id AND cards.registration_id = registrations.id
    LEFT JOIN badges ON badges.event_id = registrations.event_id AND badges.registration_id = registrations.id
        AND badges.revoked_at IS NULL
    LEFT JOIN admissions ON admissions.event_id = registrations.event_id
        AND admissions.registration_id = registrations.id
        AND admissions.day = (($3::timestamptz AT TIME ZONE events.timezone) - interval '4 hours')::date
    WHERE registrations.person_id = $1 AND ($2::uuid IS NULL OR registrations.event_id = $2)
    ORDER BY events.starts_at DESC, registrations.id
"""


async def select_own(
    connection: Connection, *, person_id: UUID, event_id: UUID | None, now: datetime
) -> list[Registration]:
    return [_own(row) for row in await connection.fetch(SELECT_OWN, person_id, event_id, now)]


#: What came to the person's own address and nobody has taken, at events where they have no place that counts.
SELECT_CLAIMABLE: LiteralString = """
    SELECT registrations.id AS registration_id, registrations.name AS holder, registrations.ticket_type,
           events.id, events.slug, events.title, events.venue, events.starts_at, events.ends_at, events.timezone,
           events.evening_at, events.uses_check_in, events.scans_people_out,
           events.capacity, events.checks_in_with, events.card_questions, events.languages, events.continues_id,
           events.retention_days
    FROM people
    JOIN registrations ON registrations.email_key = people.email_key
    JOIN events ON events.id = registrations.event_id
    WHERE people.id = $1 AND registrations.person_id IS NULL AND registrations.cancelled_at IS NULL
      AND NOT EXISTS (
          SELECT 1 FROM registrations AS mine
          WHERE mine.event_id = registrations.event_id AND mine.person_id = $1 AND mine.cancelled_at IS NULL
      )
    ORDER BY events.starts_at DESC, events.id, registrations.name_key, registrations.id
"""


async def select_claimable(connection: Connection, *, person_id: UUID) -> list[Claimable]:
    rows = await connection.fetch(SELECT_CLAIMABLE, person_id)
    return [Claimable(row["registration_id"], read_event(row), row["holder"], row["ticket_type"]) for row in rows]


#: Take a place, if it came to the person's address and nobody else has it; taken by them before is taken again.
#: A second place at one event is refused by its constraint.
CLAIM_REGISTRATION: LiteralString = """
    UPDATE registrations
    SET person_id = $3, claimed_at = CASE WHEN person_id IS NULL THEN $4 ELSE claimed_at END
    WHERE event_id = $1 AND id = $2
      AND (person_id = $3
           OR (person_id IS NULL AND cancelled_at IS NULL
               AND email_key = (SELECT email_key FROM people WHERE people.id = $3)))
    RETURNING name
"""


async def claim_registration(
    connection: Connection, *, event_id: UUID, registration_id: UUID, person_id: UUID, now: datetime
) -> str | None:
    """The name on the ticket; None when it is not theirs to take."""
    name: str | None = await connection.fetchval(CLAIM_REGISTRATION, event_id, registration_id, person_id, now)
    return name


#: A cancelled place no longer keeps its owner from taking another at the same event.
RELEASE_CANCELLED: LiteralString = """
    UPDATE registrations SET person_id = NULL
    WHERE event_id = $1 AND person_id = $2 AND id <> $3 AND cancelled_at IS NOT NULL
"""


async def release_cancelled(connection: Connection, *, event_id: UUID, person_id: UUID, except_for: UUID) -> None:
    await connection.execute(RELEASE_CANCELLED, event_id, person_id, except_for)


#: The closed card a place begins with: the name on the ticket.
INSERT_FIRST_CARD: LiteralString = """
    INSERT INTO cards (event_id, registration_id, name, search_key, updated_at)
    SELECT event_id, id, name, name_key, $3
    FROM registrations
    WHERE event_id = $1 AND id = $2
    ON CONFLICT ON CONSTRAINT cards_pkey DO NOTHING
"""


async def insert_first_card(connection: Connection, *, event_id: UUID, registration_id: UUID, now: datetime) -> None:
    await connection.execute(INSERT_FIRST_CARD, event_id, registration_id, now)


#: A person's own card at an event, in place of what it said before; null leaves one of the two choices as it is.
#: Of the topics found in it ($16) those stay away that the person dropped.
UPDATE_OWN_CARD: LiteralString = """
    UPDATE cards
    SET name = $3, pronouns = $4, up_to = $5, seeking = $6, offering = $7, ask_me_about = $8, good_introduction = $9,
        new_here = $10, been_here = $11, between_things = $12, open_to_event = COALESCE($13, cards.open_to_event),
        open_to_introductions = COALESCE($14, cards.open_to_introductions), updated_at = $15, search_key = $17,
        reopened_to_introductions_at = CASE
            WHEN cards.open_to_event AND cards.open_to_introductions THEN cards.reopened_to_introductions_at
            WHEN COALESCE($13, cards.open_to_event) AND COALESCE($14, cards.open_to_introductions) THEN $15 END,
        topics = ARRAY(
            SELECT topic FROM unnest($16::text[]) WITH ORDINALITY AS found (topic, place)
            WHERE topic <> ALL (cards.dropped_topics) ORDER BY place
        )
    FROM registrations
    WHERE registrations.event_id = $1 AND registrations.person_id = $2
      AND cards.event_id = $1 AND cards.registration_id = registrations.id
"""


async def update_own_card(
    connection: Connection, *, event_id: UUID, person_id: UUID, card: CardDraft, topics: Sequence[str], now: datetime
) -> None:
    await connection.execute(
        UPDATE_OWN_CARD, event_id, person_id, card.name, card.pronouns, card.up_to, card.seeking, card.offering,
        card.ask_me_about, card.good_introduction, card.new_here, card.returning, card.between_things,
        card.open_to_event, card.open_to_introductions, now, topics, _search_key(card),
    )  # fmt: skip


#: How many people somebody came to meet.
UPDATE_GOAL: LiteralString = """
    UPDATE registrations SET goal = $3 WHERE event_id = $1 AND person_id = $2
"""


async def update_goal(connection: Connection, *, event_id: UUID, person_id: UUID, people: int | None) -> None:
    await connection.execute(UPDATE_GOAL, event_id, person_id, people)


def _search_key(card: CardDraft) -> str:
    return words_key(card.name, card.up_to, card.seeking, card.offering, card.ask_me_about, card.good_introduction)


def read_card(row: Any) -> Card:
    """The card in a row that holds the columns of `cards` under their own names."""
    return Card(
        name=row["name"],
        pronouns=row["pronouns"],
        up_to=row["up_to"],
        seeking=row["seeking"],
        offering=row["offering"],
        ask_me_about=row["ask_me_about"],
        good_introduction=row["good_introduction"],
        new_here=row["new_here"],
        returning=row["been_here"],
        between_things=row["between_things"],
        topics=tuple(row["topics"]),
        open_to_event=row["open_to_event"],
        open_to_introductions=row["open_to_introductions"],
    )


def _own(row: Any) -> Registration:
    badge = LiveBadge(row["badge_id"], row["key_id"], row["issued_at"]) if row["badge_id"] else None
    return Registration(
        id=row["registration_id"],
        event=read_event(row),
        state=_state(row),
        card=read_card(row),
        goal=row["goal"],
        badge=badge,
        ticket_type=row["ticket_type"],
        locale=row["locale"],
        dropped_topics=tuple(row["dropped_topics"]),
    )


def _state(row: Any) -> RegistrationState:
    if row["cancelled_at"] is not None:
        return RegistrationState.CANCELLED
    if row["is_in"] is None:
        return RegistrationState.REGISTERED
    return RegistrationState.CHECKED_IN if row["is_in"] else RegistrationState.CHECKED_OUT
