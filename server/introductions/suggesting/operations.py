"""Suggesting introductions among a person's own contacts: for one person's screen, or for many people's evenings.

Only contacts whose cards are open to introductions have a part in it, and only what the introducer may see of them.
Nothing is kept.
"""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from uuid import UUID

from server.db import Connection
from server.drafts.guards import may_be_quoted
from server.introductions.suggesting import queries
from server.introductions.suggesting.matching import rank, suggest
from server.introductions.suggesting.models import Circle, ContactKnown, Need, NeedSource, Suggestion
from server.introductions.suggesting.queries import ContactRow
from server.introductions.suggesting.wording import told
from server.relationships.operations import other_person
from server.swaps.models import Swap
from server.swaps.operations import SwapReference, find_swaps, locate
from server.topics.recognising import topics_in

#: As many as a screen shows with ease.
SHOWN = 5
#: Texts of the cards of a large event; each is read once for all who met its owner.
_TEXTS_KEPT = 65_536


async def suggest_for(
    connection: Connection,
    *,
    person_ids: Collection[UUID],
    at_most: int = 3,
    at_event: UUID | None = None,
    about: UUID | None = None,
) -> dict[UUID, list[Suggestion]]:
    """For each of these people the introductions that they could make, the most worthwhile first; none for some.

    With `at_event` only those of which they met one at that event; with `about` only those of which that person is one.
    Ask for a few hundred people at once: it is five statements for all of them.
    """
    rows = await queries.select_contacts(connection, person_ids=person_ids)
    done = await queries.select_done(connection, person_ids=person_ids)
    apart = await queries.select_apart(
        connection, person_ids={row.contact_id for contacts in rows.values() for row in contacts}
    )
    locales = await queries.select_locales(connection, person_ids=person_ids)
    nothing = frozenset[frozenset[UUID]]()

    def work() -> dict[UUID, list[Suggestion]]:
        return {
            person_id: _suggestions(
                Circle(locales.get(person_id, "en"), contacts_of(found), done.get(person_id, nothing), apart),
                at_most=at_most,
                at_event=at_event,
                about=about,
            )
            for person_id, found in rows.items()
        }

    return await asyncio.to_thread(work)  # reading topics takes a while, and the first time the table is loaded


async def suggest_for_need(connection: Connection, *, person_id: UUID, asker_id: UUID, need: str) -> list[Suggestion]:
    """Whom of the person's contacts they might introduce to the asker, a contact too, for that need; best first."""
    rows = (await queries.select_contacts(connection, person_ids=[person_id]))[person_id]
    done = await queries.select_done(connection, person_ids=[person_id])
    apart = await queries.select_apart(connection, person_ids={row.contact_id for row in rows})
    locale = (await queries.select_locales(connection, person_ids=[person_id])).get(person_id, "en")

    def work() -> list[Suggestion]:
        asked_for = Need(NeedSource.SEEKING, need, _topics(need))
        contacts = tuple(
            replace(each, needs=(asked_for,) if each.person_id == asker_id else ()) for each in contacts_of(rows)
        )
        circle = Circle(locale, contacts, done.get(person_id, frozenset()), apart)
        return [told(match, language=locale) for match in rank(circle)[:SHOWN]]

    return await asyncio.to_thread(work)


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """A suggestion with the swaps by which the introducer knows the two."""

    suggestion: Suggestion
    first: Swap = field(repr=False)
    second: Swap = field(repr=False)


async def list_suggestions(
    connection: Connection, *, person_id: UUID, swap: SwapReference | None = None
) -> list[ShownSuggestion]:
    """Introductions that the person could make, the most worthwhile first; with `swap` those of that contact.

    Raises `NotFound` for a swap that is not theirs.
    """
    about = None
    if swap is not None:
        side = await locate(connection, person_id=person_id, swap=swap)
        about = await other_person(connection, event_id=side.event_id, swap_id=side.swap_id, person_id=person_id)
        if about is None:
            return []
    found = await suggest_for(connection, person_ids=[person_id], at_most=SHOWN, about=about)
    return await with_swaps(connection, person_id=person_id, suggestions=found[person_id])


async def with_swaps(
    connection: Connection, *, person_id: UUID, suggestions: Iterable[Suggestion]
) -> list[ShownSuggestion]:
    """Each with its two swaps, in order; one of which a swap was withdrawn this very moment is left out."""
    shown = []
    for each in suggestions:
        swaps = [
            swap
            for contact in (each.match.first, each.match.second)
            for swap in await find_swaps(
                connection, event_id=contact.event_id, swap_ids=[contact.swap_id], person_id=person_id
            )
        ]
        if len(swaps) == len((each.match.first, each.match.second)):
            shown.append(ShownSuggestion(each, *swaps))
    return shown


def contacts_of(rows: Iterable[ContactRow]) -> tuple[ContactKnown, ...]:
    """Each contact once, by their newest swap, which comes first; with the needs heard of them at every event."""
    newest: dict[UUID, ContactRow] = {}
    heard: dict[UUID, list[str]] = {}
    for row in rows:
        newest.setdefault(row.contact_id, row)
        heard.setdefault(row.contact_id, []).extend(row.needs)
    return tuple(_known(row, heard[contact_id]) for contact_id, row in newest.items())


def _suggestions(circle: Circle, *, at_most: int, at_event: UUID | None, about: UUID | None) -> list[Suggestion]:
    matches = suggest(circle, at_most=at_most, of=about, at_event=at_event)
    return [told(match, language=circle.locale) for match in matches]


def _known(row: ContactRow, heard: Iterable[str]) -> ContactKnown:
    needs = [Need(NeedSource.HEARD, text, _topics(text)) for text in heard if may_be_quoted(text)]
    if row.seeking is not None:
        needs.append(Need(NeedSource.SEEKING, row.seeking, _topics(row.seeking) - set(row.dropped_topics)))
    return ContactKnown(
        person_id=row.contact_id,
        event_id=row.event_id,
        swap_id=row.swap_id,
        name=row.name,
        swapped_at=row.swapped_at,
        needs=tuple(needs),
        offering=row.offering,
        offered=_topics(row.offering) - set(row.dropped_topics),
        leans=row.leans,
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def _topics(text: str | None) -> frozenset[str]:
    return frozenset(topics_in(text))
