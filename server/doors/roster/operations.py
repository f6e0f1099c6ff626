"""The roster for a door's phone: everybody, or whoever changed since a moment before. It misses nobody, and may tell
of somebody twice.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.doors.keepers import DoorTask, Keeper, require_keeper
from server.doors.phones import queries as phones
from server.doors.phones.models import PhoneKind
from server.doors.roster import queries
from server.doors.roster.models import START, Moment, RosterEntry, RosterPage, RosterPlace
from server.errors import InputNotValid
from server.events.operations import find_event

#: A page of so many keeps the server from everybody else for a twentieth of a second: six doors that open at once fetch
#: theirs while people are being let in.
MOST_ENTRIES = 1_000
_MOST_WAITING = 1_000_000


async def read_roster(
    connection: Connection,
    *,
    event_id: UUID,
    keeper: Keeper,
    first: int,
    after: RosterPlace | None,
    changed_since: Moment | None,
    waiting: int | None,
    now: datetime,
) -> RosterPage:
    """At most `first` lines of today's roster from `after` on; with `changed_since` those that changed since then.

    Where that moment is of another day, of other rules at the door or of another database, the whole is read anew.
    `waiting` is how many scans the phone has still to send: kept for the organizers. Raises `NotAllowed`, `NotFound`,
    `InputNotValid` and what ends a phone.
    """
    await require_keeper(connection, event_id=event_id, keeper=keeper, task=DoorTask.ROSTER, now=now)
    if not 1 <= first <= MOST_ENTRIES:
        raise InputNotValid("first", f"Ask for 1 to {MOST_ENTRIES:,} at once, and page through the rest.")
    if waiting is not None:
        await _note_waiting(connection, keeper=keeper, waiting=waiting, now=now)
    event = await find_event(connection, event_id=event_id)
    line, oldest = await queries.select_moment(connection)
    moment = Moment(line, oldest, event.day_of(now), event.checks_in_with)
    if after is not None and moment.goes_on_from(after.moment):
        moment, since, last = after.moment, after.since, after.last
    else:  # also where the ground moved between two pages: they begin again
        since = changed_since if changed_since is not None and moment.goes_on_from(changed_since) else None
        last = START
    found: list[RosterEntry | UUID] = []
    if since is None:
        found += await queries.select_page(
            connection, event_id=event_id, day=moment.day, after=last, limit=first + 1,
            checks_in_with=moment.checks_in_with,
        )  # fmt: skip
    else:
        found += await queries.select_changed_page(
            connection, event_id=event_id, day=moment.day, after=last, limit=first + 1,
            checks_in_with=moment.checks_in_with, since=since.oldest,
        )  # fmt: skip
    shown = found[:first]
    return RosterPage(
        entries=tuple(_for_keeper(keeper, each) for each in shown if isinstance(each, RosterEntry)),
        gone=tuple(each for each in shown if isinstance(each, UUID)),
        next=RosterPlace(moment, since, _id_of(shown[-1])) if len(found) > first else None,
        as_of=moment,
        is_whole=since is None,
    )


def _for_keeper(keeper: Keeper, entry: RosterEntry) -> RosterEntry:
    """A kiosk stands where anybody may carry it off: it keeps hashes and states, and no names."""
    if keeper.phone is None or keeper.phone.kind is not PhoneKind.KIOSK:
        return entry
    return replace(entry, name="", ticket_type=None, first_in_at=None, door_name=None)


async def _note_waiting(connection: Connection, *, keeper: Keeper, waiting: int, now: datetime) -> None:
    if not 0 <= waiting <= _MOST_WAITING:
        raise InputNotValid("waiting", "Say how many scans wait, from 0 on.")
    phone = keeper.phone
    if phone is not None and phone.waiting != waiting:
        await phones.update_waiting(connection, event_id=phone.event_id, phone_id=phone.id, waiting=waiting, now=now)


def _id_of(found: RosterEntry | UUID) -> UUID:
    return found if isinstance(found, UUID) else found.registration_id
