"""Every statement about introductions: keeping them, and reading what was opened to whom.

Whom somebody may introduce is read from the view `mutual_contacts`, whether all three still consent from
`consented_introductions`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection
from server.introductions.models import Asked, Introduction
from server.people.models import Contact, ContactField
from server.registrations.models import Card
from server.registrations.queries import read_card

#: The introductions a person has a part in, the latest first; or the one named in $2. Those that ended before $3 are
#: left out.
SELECT_INTRODUCTIONS: LiteralString = """
    SELECT introductions.id, introducer_id, first_id, first_event_id, first_swap_id, second_id, second_event_id,
           second_swap_id, reason, asked_at, first_says_yes, first_answered_at, first_offers, second_says_yes,
           second_answered_at, second_offers, made_at, taken_back_at, ended_at, first_thanked_at, second_thanked_at,
           EXISTS (SELECT FROM consented_introductions AS consented WHERE consented.id = introductions.id)
               AS has_consent,
           EXISTS (SELECT FROM blocks
                   WHERE (blocker_id = first_id AND blocked_id = second_id)
                      OR (blocker_id = second_id AND blocked_id = first_id)) AS is_apart,
           EXISTS (SELECT FROM mutual_contacts AS mutual
                   WHERE mutual.person_id = introducer_id AND mutual.contact_id = first_id
                     AND mutual.event_id = first_event_id AND mutual.swap_id = first_swap_id) AS first_is_contact,
           EXISTS (SELECT FROM mutual_contacts AS mutual
                   WHERE mutual.person_id = introducer_id AND mutual.contact_id = second_id
                     AND mutual.event_id = second_event_id AND mutual.swap_id = second_swap_id) AS second_is_contact
    FROM introductions
    WHERE (introducer_id = $1 OR first_id = $1 OR second_id = $1) AND ($2::uuid IS NULL OR introductions.id = $2)
      AND (made_at IS NOT NULL OR asked_at > $3)
    ORDER BY asked_at DESC, introductions.id
"""


async def select_introductions(
    connection: Connection, *, person_id: UUID, since: datetime, only: UUID | None = None
) -> list[Introduction]:
    return [_introduction(row) for row in await connection.fetch(SELECT_INTRODUCTIONS, person_id, only, since)]


#: The three people of an introduction of which the person is one.
SELECT_PEOPLE: LiteralString = """
    SELECT introducer_id, first_id, second_id
    FROM introductions
    WHERE id = $1 AND (introducer_id = $2 OR first_id = $2 OR second_id = $2)
"""


async def select_people(
    connection: Connection, *, introduction_id: UUID, person_id: UUID
) -> tuple[UUID, UUID, UUID] | None:
    row = await connection.fetchrow(SELECT_PEOPLE, introduction_id, person_id)
    return None if row is None else (row["introducer_id"], row["first_id"], row["second_id"])


#: Keeps the swaps by which the introducer knows the two as they are until the transaction ends: whoever withdraws
#: meanwhile waits, or was first and is seen.
HOLD_SWAPS: LiteralString = """
    SELECT swaps.id
    FROM introductions
    JOIN swaps ON (swaps.event_id = introductions.first_event_id AND swaps.id = introductions.first_swap_id)
        OR (swaps.event_id = introductions.second_event_id AND swaps.id = introductions.second_swap_id)
    WHERE introductions.id = $1
    ORDER BY swaps.id
    FOR SHARE OF swaps
"""


#: The same for the two cards, on which their owners say whether they are open to introductions.
HOLD_CARDS: LiteralString = """
    SELECT cards.registration_id
    FROM introductions
    JOIN registrations ON (registrations.event_id = first_event_id AND registrations.person_id = first_id)
        OR (registrations.event_id = second_event_id AND registrations.person_id = second_id)
    JOIN cards ON cards.event_id = registrations.event_id AND cards.registration_id = registrations.id
    WHERE introductions.id = $1
    ORDER BY cards.registration_id
    FOR SHARE OF cards
"""

#: Holds the introduction itself until the transaction ends.
HOLD_INTRODUCTION: LiteralString = """
    SELECT id FROM introductions WHERE id = $1 FOR UPDATE
"""


async def hold(connection: Connection, *, introduction_id: UUID) -> None:
    """The three in the order in which everybody takes them, so that nobody waits crosswise."""
    await connection.execute(HOLD_SWAPS, introduction_id)
    await connection.execute(HOLD_CARDS, introduction_id)
    await connection.execute(HOLD_INTRODUCTION, introduction_id)


#: What was said and done, in place of what stood there.
UPDATE_INTRODUCTION: LiteralString = """
    UPDATE introductions
    SET first_says_yes = $2, first_answered_at = $3, first_offers = $4, second_says_yes = $5, second_answered_at = $6,
        second_offers = $7, made_at = $8, taken_back_at = $9, ended_at = $10, first_thanked_at = $11,
        second_thanked_at = $12
    WHERE id = $1
"""


async def update_introduction(connection: Connection, *, introduction: Introduction) -> None:
    first, second = introduction.first, introduction.second
    await connection.execute(
        UPDATE_INTRODUCTION, introduction.id, first.says_yes, first.answered_at, sorted(first.offers),
        second.says_yes, second.answered_at, sorted(second.offers), introduction.made_at, introduction.taken_back_at,
        introduction.ended_at, first.thanked_at, second.thanked_at,
    )  # fmt: skip


#: Introductions not made yet end where one of these swaps is what they rest on.
END_BY_SWAPS: LiteralString = """
    UPDATE introductions SET ended_at = $3
    FROM unnest($1::uuid[], $2::uuid[]) AS gone (event_id, swap_id)
    WHERE introductions.ended_at IS NULL AND introductions.made_at IS NULL
      AND ((introductions.first_event_id = gone.event_id AND introductions.first_swap_id = gone.swap_id)
           OR (introductions.second_event_id = gone.event_id AND introductions.second_swap_id = gone.swap_id))
"""


async def end_by_swaps(connection: Connection, *, swaps: Sequence[tuple[UUID, UUID]], now: datetime) -> None:
    await connection.execute(END_BY_SWAPS, [event for event, _ in swaps], [swap for _, swap in swaps], now)


#: The two of a block are never introduced to each other again: what is under way ends, and what was made.
END_BETWEEN: LiteralString = """
    UPDATE introductions SET ended_at = $3
    WHERE ended_at IS NULL
      AND ((first_id = $1 AND second_id = $2) OR (first_id = $2 AND second_id = $1))
"""


async def end_between(connection: Connection, *, one_id: UUID, other_id: UUID, now: datetime) -> None:
    await connection.execute(END_BETWEEN, one_id, other_id, now)


@dataclass(frozen=True, slots=True)
class OpenCard:
    """Somebody's card at one event with the contact details they have, of which the caller shows what was opened."""

    card: Card = field(repr=False)
    contact: Contact = field(repr=False)


#: Cards of people, each at one event, with their contact details.
SELECT_CARDS: LiteralString = """
    SELECT asked.event_id, asked.person_id, cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering,
           cards.ask_me_about, cards.good_introduction, cards.new_here, cards.been_here, cards.between_things,
           cards.topics, cards.open_to_event, cards.open_to_introductions,
           COALESCE(people.contact_email, people.email) AS contact_email, people.contact_phone, people.contact_links
    FROM unnest($1::uuid[], $2::uuid[]) AS asked (event_id, person_id)
    JOIN registrations ON registrations.event_id = asked.event_id AND registrations.person_id = asked.person_id
    JOIN cards ON cards.event_id = registrations.event_id AND cards.registration_id = registrations.id
    JOIN people ON people.id = asked.person_id
"""


async def select_cards(
    connection: Connection, *, places: Collection[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], OpenCard]:
    """By event and person."""
    rows = await connection.fetch(SELECT_CARDS, [event for event, _ in places], [person for _, person in places])
    return {
        (row["event_id"], row["person_id"]): OpenCard(
            read_card(row), Contact(row["contact_email"], row["contact_phone"], tuple(row["contact_links"]))
        )
        for row in rows
    }


def _introduction(row: Record) -> Introduction:
    return Introduction(
        id=row["id"],
        introducer_id=row["introducer_id"],
        first=_asked(row, "first"),
        second=_asked(row, "second"),
        reason=row["reason"],
        asked_at=row["asked_at"],
        made_at=row["made_at"],
        taken_back_at=row["taken_back_at"],
        ended_at=row["ended_at"],
        has_consent=row["has_consent"],
        is_apart=row["is_apart"],
    )


def _asked(row: Record, part: str) -> Asked:
    return Asked(
        person_id=row[f"{part}_id"],
        event_id=row[f"{part}_event_id"],
        swap_id=row[f"{part}_swap_id"],
        is_contact=row[f"{part}_is_contact"],
        says_yes=row[f"{part}_says_yes"],
        answered_at=row[f"{part}_answered_at"],
        offers=frozenset(map(ContactField, row[f"{part}_offers"] or ())),
        thanked_at=row[f"{part}_thanked_at"],
    )
