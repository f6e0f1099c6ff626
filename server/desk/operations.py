"""The desk beside a door: finding somebody by name, and registering somebody on the spot."""

from datetime import datetime
from uuid import UUID

import asyncpg

from server.badges.operations import issue_badge
from server.badges.tokens import ticket_code, ticket_hash
from server.db import Connection, violated
from server.desk import queries
from server.desk.errors import AlreadyRegistered, EventFull
from server.desk.finding import anywhere, at_start_of_word, whole_of, with_a_slip, words_of
from server.desk.models import FoundRegistration, WalkIn
from server.doors.keepers import DoorTask, Keeper, require_keeper
from server.doors.operations import topic_of
from server.errors import InputNotValid, KeyReused
from server.events.operations import find_event
from server.ids import new_id
from server.live import wake
from server.people.addresses import address_key, is_address
from server.people.names import NameNotValid, clean_name, name_key
from server.secrets import Secrets

MOST_FOUND = 20


async def find_registrations(
    connection: Connection, *, event_id: UUID, keeper: Keeper, search: str, first: int, now: datetime
) -> list[FoundRegistration]:
    """At most `first` registrations of that name, the likeliest first; slips are forgiven when nothing fits exactly.

    Fewer than two letters find nobody: the desk looks people up, it does not list them. Raises `NotAllowed`,
    `NotFound` for the event, `InputNotValid`, and what ends a phone.
    """
    await require_keeper(connection, event_id=event_id, keeper=keeper, task=DoorTask.FIND, now=now)
    if not 1 <= first <= MOST_FOUND:
        raise InputNotValid("first", f"Ask for 1 to {MOST_FOUND} at once.")
    event = await find_event(connection, event_id=event_id)
    day, words = event.day_of(now), words_of(search)
    if not words:
        return []
    found = await queries.select_by_words(
        connection, event_id=event_id, day=day, anywhere=list(map(anywhere, words)),
        at_start=list(map(at_start_of_word, words)), limit=first,
    )  # fmt: skip
    return found or await queries.select_by_expressions(
        connection, event_id=event_id, day=day, patterns=whole_of(words), expressions=list(map(with_a_slip, words)),
        limit=first,
    )  # fmt: skip


async def register_walk_in(
    connection: Connection,
    *,
    event_id: UUID,
    keeper: Keeper,
    name: str,
    email: str | None,
    key: UUID | None,
    is_let_in: bool = False,
    secrets: Secrets,
    now: datetime,
) -> WalkIn:
    """A new place with closed card, ticket and badge; the same key again answers the same place.

    It does not check anybody in: that is the door's next scan. `is_let_in` says that a door without a network has let
    them in already: a full event takes them too, since the log tells who is there, and a phone that was taken off its
    door since may say so for a day, as it may send its scans. What such a phone registers is a name that came, and
    opens nothing: no address to sign in with, and no ticket. Raises `NotAllowed`, `NotFound` for the event,
    `InputNotValid`, `KeyReused`, `AlreadyRegistered` when the same name and address have a place, and `EventFull`.
    """
    task = DoorTask.WALK_IN_LET_IN if is_let_in else DoorTask.WALK_IN
    await require_keeper(connection, event_id=event_id, keeper=keeper, task=task, now=now)
    opens = keeper.phone is None or keeper.phone.ended_at(now) is None
    name, email = _clean_name(name), _clean_email(email) if opens else None
    key = key or new_id()
    known = await queries.select_walk_in(connection, event_id=event_id, key=key)
    if known is None:
        walk_in = WalkIn(event_id, new_id(), name)
        if await _insert(
            connection, walk_in=walk_in, email=email, key=key, is_let_in=is_let_in, opens=opens, secrets=secrets,
            now=now,
        ):  # fmt: skip
            return walk_in
        known = await queries.select_walk_in(connection, event_id=event_id, key=key)
    if known is None:
        raise AlreadyRegistered
    if known.name_key != name_key(name) or (opens and known.email_key != (email and address_key(email))):
        raise KeyReused
    return known.walk_in


async def _insert(
    connection: Connection,
    *,
    walk_in: WalkIn,
    email: str | None,
    key: UUID,
    is_let_in: bool,
    opens: bool,
    secrets: Secrets,
    now: datetime,
) -> bool:
    """Whether it was made, with a ticket where it `opens`; not when the key, or the name and address, have a place."""
    event_id, registration_id = walk_in.event_id, walk_in.registration_id
    try:
        async with connection.transaction():
            places = await queries.hold_places(connection, event_id=event_id)
            is_new = await queries.insert_walk_in(
                connection, event_id=event_id, registration_id=registration_id, name=walk_in.name,
                name_key=name_key(walk_in.name), email=email, email_key=email and address_key(email), key=key, now=now,
            )  # fmt: skip
            if not is_new:
                return False
            if places is not None and not is_let_in:
                await _require_place(connection, event_id=event_id, places=places)
            await queries.insert_card(
                connection, event_id=event_id, registration_id=registration_id, name=walk_in.name,
                name_key=name_key(walk_in.name), now=now,
            )  # fmt: skip
            if opens:
                ticket = ticket_hash(event_id, ticket_code(secrets, registration_id))
                await queries.insert_ticket(
                    connection, event_id=event_id, registration_id=registration_id, ticket_hash=ticket
                )
            await issue_badge(connection, event_id=event_id, registration_id=registration_id, secrets=secrets, now=now)
            await wake(connection, topic_of(event_id))
    except asyncpg.UniqueViolationError as error:
        if violated(error, "registrations_one_per_walk_in_key") or violated(
            error, "registrations_one_walk_in_per_name_and_address"
        ):
            return False
        raise
    return True


async def _require_place(connection: Connection, *, event_id: UUID, places: int) -> None:
    if await queries.count_taken(connection, event_id=event_id) > places:
        raise EventFull


def _clean_name(text: str) -> str:
    try:
        name = clean_name(text)
    except NameNotValid as error:
        raise InputNotValid("name", error.sentence) from error
    if not name:
        raise InputNotValid("name", "Write the name they go by.")
    return name


def _clean_email(text: str | None) -> str | None:
    email = (text or "").strip()
    if not email:
        return None
    if not is_address(email):
        raise InputNotValid("email", "That does not look like a mail address. It can also be left out.")
    return email
