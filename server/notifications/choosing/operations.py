"""Choosing what one is told, and looking at what was sent. Everything here is the person's own and nobody else's."""

import base64
import binascii
import hashlib
from datetime import datetime, time
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.ids import new_id
from server.limiter import Limiter
from server.notifications.choosing import queries
from server.notifications.choosing.models import KindChoice, LoggedDelivery, NewDevice, Notifications
from server.notifications.kinds import POLICIES, is_on
from server.notifications.models import Channel, Notice, NoticeKind, QuietHours, Recipient, Switches
from server.notifications.posting.models import Matter
from server.notifications.push.hosts import PushHosts
from server.notifications.telling import tell
from server.screens import NOTIFICATIONS
from server.texts import clean_optional_text

#: More browsers than a person has; a new one then takes the place of the one that was seen longest ago.
MOST_DEVICES = 10
LOGGED = 30
LONGEST_NAME = 60
TESTS = "5/hour"

_AUTH_BYTES = 16
_CHOICES = tuple(kind for kind in NoticeKind if kind is not NoticeKind.TEST)
_SUBSCRIPTION_NOT_VALID = "This browser did not give a whole push subscription. Turn pushes off and on again."


async def find_notifications(
    connection: Connection, *, person_id: UUID, session_id: UUID, now: datetime
) -> Notifications:
    """What the person chose, their devices, and the last of what was sent to them."""
    switches = await queries.select_switches(connection, person_id=person_id)
    return Notifications(
        quiet=await queries.select_quiet_hours(connection, person_id=person_id) or QuietHours(),
        kinds=tuple(
            KindChoice(kind, _choice(switches, kind, Channel.PUSH), _choice(switches, kind, Channel.MAIL))
            for kind in _CHOICES
        ),
        devices=tuple(await queries.select_devices(connection, person_id=person_id, session_id=session_id, now=now)),
        log=tuple(await queries.select_log(connection, person_id=person_id, limit=LOGGED)),
    )


async def find_delivery(connection: Connection, *, person_id: UUID, delivery_id: UUID) -> LoggedDelivery:
    """One line of the person's log. Raises `NotFound`."""
    found = await queries.select_log(connection, person_id=person_id, limit=1, only=delivery_id)
    if not found:
        raise NotFound
    return found[0]


async def set_quiet_hours(connection: Connection, *, person_id: UUID, starts: str, ends: str) -> None:
    """Keep the hours in which nothing is sent, such as 22:00 and 08:00; the same twice means none.

    Raises `InputNotValid`.
    """
    await queries.upsert_quiet_hours(
        connection, person_id=person_id, starts=_time(starts, "starts"), ends=_time(ends, "ends")
    )


async def switch_notice(
    connection: Connection, *, person_id: UUID, kind: NoticeKind, channel: Channel, on: bool
) -> None:
    """Have a kind come that way, or not. Raises `InputNotValid` for a way that the kind never takes."""
    if kind not in _CHOICES or channel not in POLICIES[kind].worth:
        raise InputNotValid("channel", "That never comes this way.")
    await queries.upsert_switches(connection, person_id=person_id, kinds=[kind], channel=channel, is_on=on)


async def end_mails(connection: Connection, *, person_id: UUID, kind: NoticeKind | None) -> None:
    """No more mails of this kind, or with None of any kind; nothing where the account is gone."""
    kinds = [each for each in _CHOICES if Channel.MAIL in POLICIES[each].worth and kind in {None, each}]
    await queries.upsert_switches(connection, person_id=person_id, kinds=kinds, channel=Channel.MAIL, is_on=False)


async def find_locale(connection: Connection, *, person_id: UUID) -> str:
    """The language to speak to them in; English where the account is gone."""
    return await queries.select_locale(connection, person_id=person_id) or "en"


async def subscribe_device(
    connection: Connection,
    *,
    person_id: UUID,
    session_id: UUID,
    endpoint: str,
    p256dh: str,
    auth: str,
    name: str | None,
    hosts: PushHosts,
    now: datetime,
) -> None:
    """Let this browser take the person's pushes for as long as it is signed in; again, it is only seen anew.

    `p256dh` and `auth` are base64url as browsers give them. Past `MOST_DEVICES` the one seen longest ago goes.
    Raises `InputNotValid`.
    """
    device = NewDevice(
        endpoint=endpoint,
        p256dh=_point(p256dh),
        auth=_bytes(auth, "auth", _AUTH_BYTES),
        name=clean_optional_text(name, field="device", longest=LONGEST_NAME) or "A browser",
    )
    origin = hosts.origin_of(endpoint)
    async with connection.transaction():
        await queries.upsert_device(
            connection,
            person_id=person_id,
            session_id=session_id,
            new_id=new_id(),
            device=device,
            endpoint_hash=_hash(endpoint),
            origin=origin,
            now=now,
        )
        await queries.delete_oldest_devices(connection, person_id=person_id, keep=MOST_DEVICES)


async def unsubscribe_device(connection: Connection, *, person_id: UUID, endpoint: str) -> None:
    """No more pushes there; nothing where that browser takes none, or somebody else's."""
    await queries.delete_device_at(connection, person_id=person_id, endpoint_hash=_hash(endpoint))


async def remove_device(connection: Connection, *, person_id: UUID, device_id: UUID) -> None:
    """No more pushes on a device of the person's; nothing where it is gone already."""
    await queries.delete_device(connection, person_id=person_id, device_id=device_id)


async def send_test(connection: Connection, *, person_id: UUID, key: UUID, limiter: Limiter, now: datetime) -> None:
    """Send the person a test by every way they have; the same `key` again sends none. Raises `InputNotValid`."""
    if not await limiter.allows(TESTS, "test notice", str(person_id)):
        raise InputNotValid("key", "You have had several tests within the hour. Try again later.")
    await tell(connection, person_id=person_id, kind=NoticeKind.TEST, key=str(key), path=NOTIFICATIONS, now=now)


async def still_wanted(_: Connection, _notice: Notice, _recipient: Recipient, _now: datetime) -> Matter:
    """A test was asked for by the one who gets it: it always is."""
    return Matter()


def _choice(switches: Switches, kind: NoticeKind, channel: Channel) -> bool | None:
    return is_on(switches, kind, channel) if channel in POLICIES[kind].worth else None


def _time(text: str, field: str) -> time:
    try:
        hour, minute = text.split(":")
        return time(int(hour), int(minute))
    except ValueError as error:
        raise InputNotValid(field, "Write a time of day as hours and minutes, such as 22:00.") from error


def _hash(endpoint: str) -> bytes:
    return hashlib.sha256(endpoint.encode(errors="replace")).digest()


def _point(text: str) -> bytes:
    """A public key on P-256, uncompressed."""
    raw = _bytes(text, "p256dh", 65)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError as error:
        raise InputNotValid("p256dh", _SUBSCRIPTION_NOT_VALID) from error
    return raw


def _bytes(text: str, field: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputNotValid(field, _SUBSCRIPTION_NOT_VALID) from error
    if len(raw) != length:
        raise InputNotValid(field, _SUBSCRIPTION_NOT_VALID)
    return raw
