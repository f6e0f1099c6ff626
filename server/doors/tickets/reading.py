"""What a door read: whose ticket or badge it is, as the event admits people, or else what it is instead."""

from datetime import datetime
from uuid import UUID

from server.badges.tokens import code_hash, read_badge, read_ticket, ticket_hash, token_hash
from server.db import Connection
from server.doors.models import CheckInVerdict, DoorScan, Ticketholder
from server.doors.tickets import queries
from server.errors import NotFound
from server.events.models import ChecksInWith, Event


async def find_holder(
    connection: Connection, *, event: Event, scan: DoorScan, happened_at: datetime
) -> Ticketholder | None:
    """Who it is, locked until the transaction ends. Raises `NotFound` for somebody named who is not there."""
    if scan.registration_id is None and scan.walk_in_key is None:
        return await _holder_of_code(connection, event=event, code=scan.code, happened_at=happened_at)
    if scan.registration_id is not None:
        holder = await queries.lock_registration(
            connection, event_id=event.id, registration_id=scan.registration_id
        )  # fmt: skip
    else:
        holder = await queries.lock_walk_in(connection, event_id=event.id, key=scan.walk_in_key)
    if holder is None:
        raise NotFound
    return holder


async def why_not(connection: Connection, *, event: Event, vouched_by: UUID | None, code: str) -> CheckInVerdict:
    """Why nobody of this event was found. Of other events only those are told of where `vouched_by` helps too."""
    badge = read_badge(code)
    if (
        badge is not None
        and event.checks_in_with is ChecksInWith.TICKET
        and await queries.select_is_badge(
            connection, event_id=event.id, token_hash=token_hash(badge), code_hash=code_hash(event.id, badge)
        )
    ):
        return CheckInVerdict.NOT_A_TICKET
    if vouched_by is not None:
        others = await queries.select_other_events(connection, person_id=vouched_by, event_id=event.id)
        hashes = [(other, each) for other in others for each in ticket_hashes(other, code)]
        if hashes and await queries.select_is_ticket(connection, hashes=hashes):
            return CheckInVerdict.WRONG_EVENT
    return CheckInVerdict.NOT_RECOGNISED


def ticket_hashes(event_id: UUID, code: str) -> list[bytes]:
    """How the ticket may stand in the database: as it was read, and without what people add when they type."""
    return [ticket_hash(event_id, text) for text in dict.fromkeys((code, code.strip(), read_ticket(code)))]


async def _holder_of_code(
    connection: Connection, *, event: Event, code: str, happened_at: datetime
) -> Ticketholder | None:
    """By the ticket or the badge that was in use then, or by either, as the event admits people."""
    if event.checks_in_with is not ChecksInWith.BADGE:
        holder = await queries.lock_ticketholder(
            connection, event_id=event.id, ticket_hashes=ticket_hashes(event.id, code), at=happened_at
        )
        if holder is not None or event.checks_in_with is ChecksInWith.TICKET:
            return holder
    badge = read_badge(code)
    if badge is None:
        return None
    return await queries.lock_badge_holder(
        connection, event_id=event.id, token_hash=token_hash(badge), code_hash=code_hash(event.id, badge),
        at=happened_at,
    )  # fmt: skip
