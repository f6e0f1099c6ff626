"""Pairing a phone with a door: an organizer shows a code, whoever holds the phone adds their PIN. A kiosk needs none.

A code opens one place for minutes. Neither code nor PIN is stored, and wrong PINs are counted where they were tried.
"""

from datetime import datetime
from uuid import UUID

import asyncpg

from server.db import Connection, violated
from server.doors.errors import DoorPhoneExpired, DoorPhoneRevoked, PairingNotValid, PinNotValid, PinsRest
from server.doors.helpers import queries as helpers
from server.doors.phones import operations as phones
from server.doors.phones import queries as phone_queries
from server.doors.phones.models import (
    PAIRING_LASTS,
    DoorPhone,
    OpenedPairing,
    PairedPhone,
    Pairing,
    PhoneKind,
    Place,
)
from server.doors.phones.pairing import queries
from server.doors.phones.tokens import new_pairing_code, new_phone_token, pairing_hash, phone_token_hash, pin_hash
from server.errors import InputNotValid, NotFound, NotSignedIn
from server.events.models import ORGANIZERS
from server.events.operations import require_role
from server.ids import new_id
from server.limiter import Limiter
from server.secrets import Secrets
from server.sessions.tokens import read_code

#: A team pairs its phones through one network address.
WRONG_CODES_PER_NETWORK = "100/15 minutes"


async def open_pairing(
    connection: Connection, *, event_id: UUID, place: Place, kind: PhoneKind, person_id: UUID, now: datetime
) -> OpenedPairing:
    """A new code for that place; those shown before stay good. Raises `NotAllowed`, `NotFound` and `InputNotValid`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    if (kind is PhoneKind.ROOM) != (place.room_id is not None):
        raise InputNotValid("kind", "A phone stands at a door, or at the door of a room.")
    code, expires_at = new_pairing_code(), now + PAIRING_LASTS
    pairing = Pairing(event_id, new_id(), kind, place, person_id)
    await queries.delete_old_pairings(connection, event_id=event_id, now=now)
    try:
        is_there = await queries.insert_pairing(
            connection, pairing=pairing, code_hash=pairing_hash(code), now=now, expires_at=expires_at
        )
    except asyncpg.ForeignKeyViolationError as error:
        if violated(error, "door_pairings_at_room"):
            raise NotFound from error
        raise
    if not is_there:
        raise NotFound
    return OpenedPairing(code, expires_at)


async def close_pairings(
    connection: Connection, *, event_id: UUID, place: Place, person_id: UUID, now: datetime
) -> None:
    """All codes of that place end now; phones that are paired stay. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    await queries.close_pairings(connection, event_id=event_id, place=place, now=now)


async def pair_phone(
    connection: Connection,
    *,
    code: str,
    pin: str,
    replaces: str | None,
    network: str,
    limiter: Limiter,
    secrets: Secrets,
    now: datetime,
) -> PairedPhone:
    """The phone stands where the code says, in the hands of the helper whose PIN it is; a kiosk's PIN is not asked.

    `replaces` is the token that this phone held so far. For the same task at the same event it stays the same phone and
    keeps that token: an answer that is lost on its way then costs nothing. Else what it was ends, and its queue is
    still taken under that token (decision 0041). Raises `PairingNotValid`, `PinNotValid` and `PinsRest`.
    """
    pairing = None
    if await limiter.would_allow(WRONG_CODES_PER_NETWORK, "wrong pairing code", network):
        pairing = await queries.select_pairing(connection, code_hash=pairing_hash(code), now=now)
        if pairing is None:
            await limiter.allows(WRONG_CODES_PER_NETWORK, "wrong pairing code", network)
    if pairing is None:
        raise PairingNotValid
    helper_id = None
    if pairing.kind is not PhoneKind.KIOSK:
        helper_id = await _whose_pin(
            connection, event_id=pairing.event_id, of=pairing.id, at_phone=False, pin=pin, secrets=secrets, now=now
        )
    before = None if replaces is None else await phones.find_phone(connection, token=replaces, now=now)
    stays = None if before is None or not _stays(before, pairing) else before
    phone_id = new_id() if stays is None else stays.id
    token = new_phone_token(pairing.event_id) if stays is None or replaces is None else replaces
    async with connection.transaction():
        await phone_queries.pair_phone(
            connection, event_id=pairing.event_id, phone_id=phone_id, is_new=stays is None,
            token_hash=phone_token_hash(token), kind=pairing.kind, place=pairing.place, helper_id=helper_id,
            paired_by=pairing.opened_by, now=now,
        )  # fmt: skip
        await phone_queries.insert_shift(
            connection, event_id=pairing.event_id, shift_id=new_id(), phone_id=phone_id, helper_id=helper_id, now=now
        )
    if before is not None and stays is None:
        await phones.end_phone(connection, event_id=before.event_id, phone_id=before.id, now=now)
    phone = await phones.reread(connection, event_id=pairing.event_id, phone_id=phone_id)
    return PairedPhone(phone, token, is_new=stays is None)


def _stays(before: DoorPhone, pairing: Pairing) -> bool:
    """Whether a device that is paired anew stays the phone that it was."""
    return (before.event_id, before.kind, before.revoked_at) == (pairing.event_id, pairing.kind, None)


async def change_helper(
    connection: Connection, *, phone: DoorPhone | None, pin: str, secrets: Secrets, now: datetime
) -> DoorPhone:
    """The next helper holds the phone from now on. What was scanned before stays the earlier one's.

    Raises `NotSignedIn` for what is no door phone, what ended it, `PinNotValid` and `PinsRest`.
    """
    if phone is None or phone.kind is PhoneKind.KIOSK:
        raise NotSignedIn
    if phone.revoked_at is not None:
        raise DoorPhoneRevoked
    if phone.expires_at < now:
        raise DoorPhoneExpired
    helper_id = await _whose_pin(
        connection, event_id=phone.event_id, of=phone.id, at_phone=True, pin=pin, secrets=secrets, now=now
    )
    async with connection.transaction():
        await phone_queries.update_helper(
            connection, event_id=phone.event_id, phone_id=phone.id, helper_id=helper_id, now=now
        )
        await phone_queries.insert_shift(
            connection, event_id=phone.event_id, shift_id=new_id(), phone_id=phone.id, helper_id=helper_id, now=now
        )
    return await phones.reread(connection, event_id=phone.event_id, phone_id=phone.id)


async def leave_kiosk(
    connection: Connection, *, phone: DoorPhone | None, pin: str, secrets: Secrets, now: datetime
) -> None:
    """The kiosk is given back by a helper of its event: whoever stands before it has no PIN.

    Raises `NotSignedIn` for what is no kiosk, `PinNotValid` and `PinsRest`. One that has ended is left without more.
    """
    if phone is None or phone.kind is not PhoneKind.KIOSK:
        raise NotSignedIn
    if phone.ended_at(now) is not None:
        return
    await _whose_pin(connection, event_id=phone.event_id, of=phone.id, at_phone=True, pin=pin, secrets=secrets, now=now)
    await phones.end_phone(connection, event_id=phone.event_id, phone_id=phone.id, now=now)


async def _whose_pin(
    connection: Connection, *, event_id: UUID, of: UUID, at_phone: bool, pin: str, secrets: Secrets, now: datetime
) -> UUID:
    """The helper. Raises `PinNotValid`, and `PinsRest` after too many wrong ones at this code or phone (`of`).

    A wrong one must be counted, so nothing is raised inside the transaction.
    """
    digits = read_code(pin)
    async with connection.transaction():
        if not await queries.count_try(connection, at_phone=at_phone, event_id=event_id, of=of, now=now):
            is_resting, helper = True, None
        else:
            is_resting, helper = False, None
            if digits is not None:
                hashed = pin_hash(secrets, event_id, digits)
                helper = await helpers.select_helper_by_pin(connection, event_id=event_id, pin_hash=hashed)
            if helper is not None:
                await queries.uncount_try(connection, at_phone=at_phone, event_id=event_id, of=of)
    if is_resting:
        raise PinsRest
    if helper is None:
        raise PinNotValid
    return helper.id
