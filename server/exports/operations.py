"""All that Handsel keeps about one person, as a file for themselves: theirs whole, others' only as far as those
still open it to them.
"""

from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import datetime
from typing import IO
from uuid import UUID

from server.db import Connection
from server.events.models import Event
from server.exports import queries
from server.exports.archive import Archive
from server.exports.models import Entry
from server.exports.readme import readme
from server.exports.wherever.queries import select_lists_of_person
from server.registrations import operations as registrations
from server.swaps import operations as swaps
from server.swaps.models import Place, Swap

#: Swaps read at once; a person's export never holds more people than these in memory at a time.
AT_ONCE = 100


async def write_export(connection: Connection, *, person_id: UUID, to: IO[bytes], now: datetime) -> None:
    """Write the person's whole export to `to` as a ZIP file, all of it as it stood at one moment.

    `to` may be a file that only grows. Raises `LookupError` when the account was erased meanwhile.
    """
    archive = Archive(to, now=now)
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        events = [each.event for each in await registrations.list_own(connection, person_id=person_id, now=now)]
        archive.add_readme(readme(now))
        with archive.data() as data:
            data.add("made_at", now)
            data.add("account", await queries.select_account(connection, person_id=person_id))
            for name, entries in (await select_lists_of_person(connection, person_id=person_id)).items():
                data.add(name, entries)
            data.begin_list("events")
            for event in events:
                data.add_item(await _at_event(connection, person_id=person_id, event=event))
        for event in events:
            async for swap in _swaps(connection, person_id=person_id, event=event):
                if swap.contact_file is not None:
                    archive.add_contact(swap.contact_file)
    archive.close()


async def _at_event(connection: Connection, *, person_id: UUID, event: Event) -> Entry:
    """One event with all that the person did there."""
    registration_id, place, card = await queries.select_place(connection, event_id=event.id, person_id=person_id)
    return {
        "event": {
            "title": event.title, "venue": event.venue, "starts_at": event.starts_at, "ends_at": event.ends_at,
            "timezone": event.timezone,
        },
        "registration": place,
        "card": card,
        **await queries.select_lists_of_place(connection, event_id=event.id, registration_id=registration_id),
        "people_met": await _people_met(connection, person_id=person_id, event=event, registration_id=registration_id),
    }  # fmt: skip


async def _people_met(connection: Connection, *, person_id: UUID, event: Event, registration_id: UUID) -> list[Entry]:
    """What the person wrote about each one they met, under what that one still opens to them.

    Of a swap that has ended nothing of the other is left, and what they wrote themselves stays.
    """
    of = {"event_id": event.id, "registration_id": registration_id}
    mine = await queries.select_lists_by_swap(connection, **of)
    seen = {swap.id: _seen(swap) async for swap in _swaps(connection, person_id=person_id, event=event)}
    gone: Entry = {"name": f"Someone you met at {event.title}"}
    return [
        seen.get(side.swap_id, gone) | own | {what: by_swap.get(side.swap_id, []) for what, by_swap in mine.items()}
        for side, own in await queries.select_sides(connection, **of)
    ]


def _seen(swap: Swap) -> Entry:
    """What the other opens to the person as of now."""
    card = asdict(swap.card)
    for choice in ("open_to_event", "open_to_introductions"):
        del card[choice]
    return {
        "name": card.pop("name"),
        "met_at": swap.swapped_at,
        "conversations": swap.conversations,
        "their_card": card,
        "their_contact": None if swap.contact is None else asdict(swap.contact),
    }


async def _swaps(connection: Connection, *, person_id: UUID, event: Event) -> AsyncIterator[Swap]:
    """The person's live swaps at an event, the latest first."""
    after = None
    while True:
        page = await swaps.list_swaps(connection, event_id=event.id, person_id=person_id, first=AT_ONCE, after=after)
        for swap in page.swaps:
            yield swap
        if not page.has_more:
            return
        last = page.swaps[-1]
        after = Place(last.swapped_at, last.id)
