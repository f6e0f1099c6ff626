"""Bringing a list into an event: one transaction, all or nothing, and the same however often it is repeated.

What the attendee has made of their place stays theirs: a claimed registration keeps its card and its person.
Whoever is missing from a list is left as they are; only a row that says so cancels.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from server.badges.tokens import badge_secret, code_hash, read_ticket, ticket_code, ticket_hash, token_hash
from server.db import Connection
from server.doors.operations import topic_of
from server.errors import NotFound
from server.events.operations import count_places_taken, find_event
from server.ids import new_id
from server.imports import queries
from server.imports.changes import addition, change
from server.imports.errors import RowsNotReadable
from server.imports.matching import match, outcomes
from server.imports.models import ChangeKind, ImportReport, NewPlace, Note, Place, ReadFile, Ticket
from server.live import wake
from server.people.addresses import address_key
from server.people.names import name_key
from server.secrets import CURRENT_KEY_ID, Secrets

#: Rows written with one statement; between two of them progress is told.
ROWS_AT_ONCE = 1000

T = TypeVar("T")


def told_to_nobody(_: int) -> None:
    """Where nobody waits for progress."""


async def import_attendees(
    connection: Connection,
    *,
    event_id: UUID,
    file: ReadFile,
    skip_bad: bool,
    secrets: Secrets,
    now: datetime,
    progress: Callable[[int], None] = told_to_nobody,
    dry_run: bool = False,
) -> ImportReport:
    """Add, update and cancel registrations as the list says. `progress` hears how many rows were just done.

    A new registration gets a closed card, a badge and a ticket code; the ticket system's own code, where the list
    has it, admits too. With `dry_run` all is done and taken back, so the report is what would happen.

    Raises `RowsNotReadable` when rows are bad and `skip_bad` is false, and `NotFound` when there is no such event.
    """
    if file.bad_rows and not skip_bad:
        raise RowsNotReadable(file.bad_rows)
    with contextlib.suppress(_TakenBack):
        async with connection.transaction():
            report = await _bring_in(
                connection, event_id=event_id, file=file, secrets=secrets, now=now, progress=progress
            )
            if dry_run:
                raise _TakenBack
    return report


class _TakenBack(Exception):
    """Rolls a dry run back."""


async def _bring_in(
    connection: Connection,
    *,
    event_id: UUID,
    file: ReadFile,
    secrets: Secrets,
    now: datetime,
    progress: Callable[[int], None],
) -> ImportReport:
    if not await queries.lock_event(connection, event_id=event_id):
        raise NotFound
    places = await queries.select_places(connection, event_id=event_id)
    # Beside the loop: thousands of rows take long enough for a door to notice.
    matched = await asyncio.to_thread(lambda: match(_tickets(file, event_id), places))
    meant, losing = await asyncio.to_thread(outcomes, matched, places)
    differing = [(ticket, before, place) for ticket, before, place in meant if before != place]
    changed = [(before, place) for _, before, place in differing]
    progress(len(meant) - len(changed))
    # First of all, so that a code is free before another registration gets it.
    recoded = [(before, place) for _, before, place in (*differing, *losing)]
    await _replace_codes(connection, event_id=event_id, changes=recoded, now=now)
    for part in _parts(changed):
        await _change(connection, event_id=event_id, changes=part, now=now)
        progress(len(part))
    new = [ticket for ticket, place in matched if place is None]
    for tickets in _parts(new):
        await _add(connection, event_id=event_id, tickets=tickets, secrets=secrets, now=now)
        progress(len(tickets))
    if new or changed or losing:
        await wake(connection, topic_of(event_id))
    changes = [addition(ticket) for ticket in new] + [change(*each) for each in (*differing, *losing)]
    return ImportReport(
        added=sum(each.kind is ChangeKind.NEW for each in changes),
        updated=sum(each.kind is not ChangeKind.NEW for each in changes),
        unchanged=len(meant) - len(changed),
        skipped=file.skipped,
        bad=len(file.bad_rows),
        cancelled=sum(each.kind in {ChangeKind.CANCELLED, ChangeKind.NEW_CANCELLED} for each in changes),
        changes=tuple(sorted(changes, key=lambda each: each.line)),
        notes=await _on_places(connection, event_id=event_id),
    )


async def _on_places(connection: Connection, *, event_id: UUID) -> tuple[Note, ...]:
    """Whether more are on the lists than there are places: told and never refused, as who has a ticket has a place."""
    event = await find_event(connection, event_id=event_id)
    taken = await count_places_taken(connection, event_id=event_id)
    if event.capacity is None or taken <= event.capacity:
        return ()
    return (
        Note(
            None,
            f"With this list {taken} places are taken, and the event has {event.capacity}. Everybody on it keeps "
            "theirs; walk-ins are taken again once there is room.",
        ),
    )


def _tickets(file: ReadFile, event_id: UUID) -> list[Ticket]:
    return [
        Ticket(
            row=row,
            source=file.source,
            code_hash=None if row.ticket_code is None else ticket_hash(event_id, read_ticket(row.ticket_code)),
            key=(name_key(row.name), address_key(row.email or "")),
        )
        for row in file.rows
    ]


async def _change(
    connection: Connection, *, event_id: UUID, changes: Sequence[tuple[Place, Place]], now: datetime
) -> None:
    places = [place for _, place in changes]
    await queries.update_registrations(connection, event_id=event_id, places=places, now=now)
    cards = [
        place for before, place in changes if (before.card_name, before.pronouns) != (place.card_name, place.pronouns)
    ]
    if cards:
        await queries.update_cards(connection, event_id=event_id, places=cards, now=now)


async def _replace_codes(
    connection: Connection, *, event_id: UUID, changes: Sequence[tuple[Place, Place]], now: datetime
) -> None:
    """The ticket system's codes as they are after `changes`. Which was whose until now is kept: scans come late."""
    replaced = [(before.id, code) for before, place in changes for code in before.external_codes - place.external_codes]
    for part in _parts(replaced):
        await queries.replace_external_codes(connection, event_id=event_id, codes=part, now=now)
    codes = [(place.id, code) for before, place in changes for code in place.external_codes - before.external_codes]
    for part in _parts(codes):
        await queries.upsert_external_codes(connection, event_id=event_id, codes=part)


async def _add(
    connection: Connection, *, event_id: UUID, tickets: Sequence[Ticket], secrets: Secrets, now: datetime
) -> None:
    places = await asyncio.to_thread(lambda: [_new_place(ticket, event_id, secrets) for ticket in tickets])
    await queries.insert_registrations(connection, event_id=event_id, places=places, now=now)
    await queries.insert_cards(connection, event_id=event_id, places=places, now=now)
    await queries.insert_badges(connection, event_id=event_id, places=places, key_id=CURRENT_KEY_ID, now=now)
    await queries.insert_ticket_codes(connection, event_id=event_id, places=places)
    codes = [(place.id, place.ticket.code_hash) for place in places if place.ticket.code_hash is not None]
    if codes:
        await queries.upsert_external_codes(connection, event_id=event_id, codes=codes)


def _new_place(ticket: Ticket, event_id: UUID, secrets: Secrets) -> NewPlace:
    registration_id, badge_id = new_id(), new_id()
    badge = badge_secret(secrets, badge_id)
    return NewPlace(
        id=registration_id,
        ticket=ticket,
        badge_id=badge_id,
        badge_token_hash=token_hash(badge.token),
        badge_code_hash=code_hash(event_id, badge.code),
        ticket_code_hash=ticket_hash(event_id, ticket_code(secrets, registration_id)),
    )


def _parts(of: Sequence[T]) -> Iterator[Sequence[T]]:
    return (of[start : start + ROWS_AT_ONCE] for start in range(0, len(of), ROWS_AT_ONCE))
