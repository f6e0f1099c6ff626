"""The statements that suggestions are made from: for many people at once, their open contacts and pairs to leave."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact at one event, with the needs that the person noted of them there, oldest first."""

    person_id: UUID
    contact_id: UUID
    event_id: UUID
    swap_id: UUID
    swapped_at: datetime
    name: str = field(repr=False)
    seeking: str | None = field(repr=False)
    offering: str | None = field(repr=False)
    dropped_topics: tuple[str, ...]
    leans: bool
    needs: tuple[str, ...] = field(repr=False)


#: Contacts of those people whose cards are open to introductions; nobody who asked for quiet. The newest swap first.
SELECT_CONTACTS: LiteralString = """
    SELECT mutual.person_id, mutual.contact_id, mutual.event_id, mutual.swap_id, mutual.swapped_at, cards.name,
           cards.seeking, cards.offering, cards.dropped_topics, cards.new_here OR cards.between_things AS leans,
           ARRAY(SELECT notes.text FROM notes
                 WHERE notes.event_id = mutual.event_id AND notes.swap_id = mutual.swap_id
                   AND notes.registration_id = mutual.registration_id AND notes.kind = 'NEED'
                 ORDER BY notes.written_at, notes.id) AS needs
    FROM mutual_contacts AS mutual
    JOIN people ON people.id = mutual.contact_id AND people.quiet_since IS NULL
    JOIN cards ON cards.event_id = mutual.event_id AND cards.registration_id = mutual.contact_registration_id
    WHERE mutual.person_id = ANY ((SELECT $1::uuid[])::uuid[]) AND mutual.open_since IS NOT NULL
    ORDER BY mutual.person_id, mutual.swapped_at DESC, mutual.swap_id
"""


async def select_contacts(connection: Connection, *, person_ids: Collection[UUID]) -> dict[UUID, list[ContactRow]]:
    """By person."""
    found: dict[UUID, list[ContactRow]] = {person_id: [] for person_id in person_ids}
    for row in await connection.fetch(SELECT_CONTACTS, list(person_ids)):
        found[row["person_id"]].append(
            ContactRow(
                person_id=row["person_id"],
                contact_id=row["contact_id"],
                event_id=row["event_id"],
                swap_id=row["swap_id"],
                swapped_at=row["swapped_at"],
                name=row["name"],
                seeking=row["seeking"],
                offering=row["offering"],
                dropped_topics=tuple(row["dropped_topics"]),
                leans=row["leans"],
                needs=tuple(row["needs"]),
            )
        )
    return found


#: The language of each of those people.
SELECT_LOCALES: LiteralString = """
    SELECT id, locale FROM people WHERE id = ANY ($1::uuid[])
"""


async def select_locales(connection: Connection, *, person_ids: Collection[UUID]) -> Mapping[UUID, str]:
    return {row["id"]: row["locale"] for row in await connection.fetch(SELECT_LOCALES, list(person_ids))}


#: Pairs that those people introduced, or asked about, themselves.
SELECT_DONE: LiteralString = """
    SELECT introducer_id, first_id, second_id FROM introductions WHERE introducer_id = ANY ($1::uuid[])
"""


async def select_done(
    connection: Connection, *, person_ids: Collection[UUID]
) -> Mapping[UUID, frozenset[frozenset[UUID]]]:
    found: defaultdict[UUID, set[frozenset[UUID]]] = defaultdict(set)
    for row in await connection.fetch(SELECT_DONE, list(person_ids)):
        found[row["introducer_id"]].add(frozenset({row["first_id"], row["second_id"]}))
    return {person_id: frozenset(pairs) for person_id, pairs in found.items()}


#: Pairs among those people of whom one blocked the other, or said no to being introduced to them, to whomever.
SELECT_APART: LiteralString = """
    SELECT blocker_id AS one_id, blocked_id AS other_id
    FROM blocks
    WHERE blocker_id = ANY ($1::uuid[]) AND blocked_id = ANY ($1::uuid[])
    UNION
    SELECT first_id, second_id
    FROM introductions
    WHERE first_id = ANY ($1::uuid[]) AND second_id = ANY ($1::uuid[])
      AND (first_says_yes IS FALSE OR second_says_yes IS FALSE)
"""


async def select_apart(connection: Connection, *, person_ids: Collection[UUID]) -> frozenset[frozenset[UUID]]:
    rows = await connection.fetch(SELECT_APART, list(person_ids))
    return frozenset(frozenset({row["one_id"], row["other_id"]}) for row in rows)
