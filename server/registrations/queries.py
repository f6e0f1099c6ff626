"""Every statement about registrations, cards and tickets."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.events.queries import read_event
from server.registrations.models import Card, LiveBadge, Registration, RegistrationState

#: A person's own registrations with event, card, live badge and today's state, the event that starts last first.
#: $2 narrows to one event when it is not null; "today" runs from 04:00 to 04:00 in each event's zone.
SELECT_OWN: LiteralString = """
    SELECT registrations.id AS registration_id, registrations.goal, registrations.ticket_type,
           registrations.cancelled_at,
           events.id, events.slug, events.title, events.venue, events.starts_at, events.ends_at, events.timezone,
           events.evening_at, events.uses_check_in, events.scans_people_out,
           cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
           cards.good_introduction, cards.new_here, cards.between_things, cards.topics,
           cards.open_to_event, cards.open_to_introductions,
           badges.id AS badge_id, badges.key_id, badges.issued_at,
           admissions.is_in
    FROM registrations
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
    )


def _state(row: Any) -> RegistrationState:
    if row["cancelled_at"] is not None:
        return RegistrationState.CANCELLED
    if row["is_in"] is None:
        return RegistrationState.REGISTERED
    return RegistrationState.CHECKED_IN if row["is_in"] else RegistrationState.CHECKED_OUT
