"""Attendees from other programs: keys that organizers make and revoke, lists by token, orders by signature.

A key brings attendees into one event and does nothing else. Whoever has none is told nothing at all. Each key is
somebody's who organizes the event: it rests from the moment they no longer do, until another organizer takes it over.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from server.db import Connection
from server.errors import InputNotValid, KeyReused, NotFound
from server.events.models import ORGANIZERS
from server.events.operations import find_event, find_event_by_slug, hold_event, require_role
from server.ids import new_id
from server.imports.bringing.on_the_spot import import_on_the_spot
from server.imports.incoming import queries
from server.imports.incoming.bodies import read_attendees, read_body, read_order, told_at
from server.imports.incoming.errors import BodyNotValid, KeyNotValid, TooManyImportKeys
from server.imports.incoming.models import ImportKey, ImportSender
from server.imports.incoming.signatures import delivery_of
from server.imports.models import ImportReport, ReadFile
from server.imports.uploads.models import ImportWay
from server.imports.uploads.sealing import seal, unseal
from server.queue import enqueue
from server.secrets import Secrets

ORDERS_TAKEN = "orders taken"
MOST_KEYS = 20
#: Deliveries of one key that are held while it rests.
MOST_HELD = 1_000
LONGEST_NAME, SHORTEST_SECRET, LONGEST_SECRET = 60, 16, 200
#: How long the phone that made a key may ask again what it was, for an answer that was lost.
ASKED_AGAIN_FOR = timedelta(minutes=10)
#: A delivery is known again for longer than any signature is taken.
DELIVERIES_KEPT_FOR = timedelta(days=7)
_SECRET = "secret"  # noqa: S105 - which part of a key is sealed
_BODY = "body"


async def add_key(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    key_id: UUID,
    sender: ImportSender,
    name: str,
    secret: str | None,
    secrets: Secrets,
    now: datetime,
) -> tuple[ImportKey, str, str]:
    """A key; what it is used with: a token, or the secret that signs, the given one or one made here; and the word in
    the event's address. It is told this once, and for some minutes again to who made it with the same id.

    Raises `NotAllowed`, `NotFound`, `InputNotValid`, `TooManyImportKeys` and `KeyReused`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise InputNotValid("name", f"Give it a name of up to {LONGEST_NAME} letters, to know it by.")
    used_with = _used_with(sender, secret, event_id, key_id, secrets)
    is_token = sender is ImportSender.INTERFACE
    sealed = None if is_token else seal(used_with.encode(), event_id=event_id, of=key_id, part=_SECRET, secrets=secrets)
    key = ImportKey(event_id, key_id, person_id, sender, name, now, None, None, 0, None, sealed)
    token_hash = _hash(used_with) if is_token else None
    await queries.insert_key(connection, key=key, token_hash=token_hash, at_most=MOST_KEYS)
    stored = await _find_key(connection, event_id=event_id, key_id=key_id)
    if stored is None:
        raise TooManyImportKeys(MOST_KEYS)
    if (stored.person_id, stored.sender, stored.name) != (person_id, sender, name) or (
        now - stored.made_at > ASKED_AGAIN_FOR
    ):
        raise KeyReused
    return stored, used_with, (await find_event(connection, event_id=event_id)).slug


async def list_keys(connection: Connection, *, event_id: UUID, person_id: UUID) -> list[ImportKey]:
    """The event's keys, those in use first. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await queries.select_keys(connection, event_id=event_id)


async def revoke_key(connection: Connection, *, event_id: UUID, person_id: UUID, key_id: UUID, now: datetime) -> None:
    """The key is worth nothing from now on, and what came while it rested is let go.

    Raises `NotAllowed` and `NotFound`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    async with connection.transaction():
        key = await _find_key(connection, event_id=event_id, key_id=key_id)
        if not await queries.revoke_key(connection, event_id=event_id, key_id=key_id, now=now):
            raise NotFound
        if key is not None and key.rests:
            await queries.delete_held(connection, event_id=event_id, key_id=key_id)


async def take_over_key(connection: Connection, *, event_id: UUID, person_id: UUID, key_id: UUID) -> ImportKey:
    """An organizer answers for the key from now on, and what came while it rested is brought in by a job.

    Raises `NotAllowed`, and `NotFound` also for one that was revoked.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    async with connection.transaction():
        if not await queries.take_over_key(connection, event_id=event_id, key_id=key_id, person_id=person_id):
            raise NotFound
        for delivery_id in await queries.select_held(connection, event_id=event_id, key_id=key_id):
            await _have_brought_in(connection, event_id=event_id, key_id=key_id, delivery_id=delivery_id)
    taken = await _find_key(connection, event_id=event_id, key_id=key_id)
    if taken is None:
        raise NotFound
    return taken


async def require_token(connection: Connection, *, slug: str, token: str) -> ImportKey:
    """The key of this event with this token. Raises `KeyNotValid`, also for an event that does not exist, and while
    the key rests.
    """
    event = await find_event_by_slug(connection, slug=slug)
    key_id = event and await queries.select_by_token(connection, event_id=event.id, token_hash=_hash(token))
    key = event and key_id and await _find_key(connection, event_id=event.id, key_id=key_id)
    if not key:
        raise KeyNotValid
    return key


async def import_attendees_by_token(
    connection: Connection, *, slug: str, token: str, body: bytes, secrets: Secrets, now: datetime
) -> tuple[ReadFile, ImportReport, bool]:
    """Bring in the attendees in `body`, as a list: what was read, what it changed, and whether it was a dry run.

    Raises `KeyNotValid`, `BodyNotValid`, and `RowsNotReadable` when some are bad and not to be left out.
    """
    key = await require_token(connection, slug=slug, token=token)
    if not await queries.note_use(connection, event_id=key.event_id, key_id=key.id, now=now):
        raise KeyNotValid
    told = read_body(body)
    dry_run, skip_bad = told.get("dry_run", False), told.get("skip_bad", False)
    if not isinstance(dry_run, bool) or not isinstance(skip_bad, bool):
        raise BodyNotValid("`dry_run` and `skip_bad` are true or false.")
    file = read_attendees(told)
    report = await import_on_the_spot(
        connection, event_id=key.event_id, file=file, way=ImportWay.INTERFACE, file_name=key.name, skip_bad=skip_bad,
        secrets=secrets, now=now, dry_run=dry_run,
    )  # fmt: skip
    return file, report, dry_run


async def take_order(
    connection: Connection,
    *,
    slug: str,
    sender: ImportSender,
    headers: Mapping[str, str],
    body: bytes,
    secrets: Secrets,
    now: datetime,
) -> None:
    """Keep a signed delivery, to be brought in by a job; one that came before does nothing. What comes by a key that
    rests is held, some of it and for some days, until an organizer decides. Raises `KeyNotValid`.
    """
    event = await find_event_by_slug(connection, slug=slug)
    keys = [] if event is None else await queries.select_keys(connection, event_id=event.id)
    for key in keys:
        if key.sender is not sender or key.revoked_at is not None or key.sealed_secret is None:
            continue
        secret = unseal(
            key.sealed_secret, event_id=key.event_id, of=key.id, part=_SECRET, secrets=secrets
        ).decode()  # fmt: skip
        delivery = delivery_of(sender, headers, body, secret=secret, now=now)
        if delivery is None or (key.rests and key.held >= MOST_HELD):
            continue
        delivery_id = new_id()
        sealed = seal(body, event_id=key.event_id, of=delivery_id, part=_BODY, secrets=secrets)
        async with connection.transaction():
            if await queries.insert_delivery(
                connection, event_id=key.event_id, key_id=key.id, delivery_hash=_hash(delivery.delivery_id),
                delivery_id=delivery_id, sealed=sealed, now=now,
            ):  # fmt: skip
                await _have_brought_in(connection, event_id=key.event_id, key_id=key.id, delivery_id=delivery_id)
        return
    raise KeyNotValid


async def bring_in_order(
    connection: Connection, *, event_id: UUID, key_id: UUID, delivery_id: UUID, secrets: Secrets, now: datetime
) -> None:
    """Bring in the people of a delivery, once; rows that cannot be read are left out, and its key says so. While the
    key rests it is left as it lies.

    Deliveries overtake each other, above all those that are tried again. What one tells of a ticket is left out where
    the same sender has told something later of it.
    """
    async with connection.transaction():
        sealed = await queries.lock_delivery(connection, event_id=event_id, key_id=key_id, delivery_id=delivery_id)
        key = await _find_key(connection, event_id=event_id, key_id=key_id)
        if sealed is None or key is None or key.rests:
            return
        body = unseal(sealed, event_id=event_id, of=delivery_id, part=_BODY, secrets=secrets)
        trouble: str | None = None
        at: datetime | None = None
        tickets: list[bytes] = []
        try:
            told = read_body(body)
            file = read_order(key.sender, told)
        except BodyNotValid as refusal:
            trouble = refusal.message
        else:
            at = told_at(key.sender, told, now=now)
            file, tickets = await _not_overtaken(connection, key, file, at)
            await import_on_the_spot(
                connection, event_id=event_id, file=file, way=ImportWay.INTERFACE, file_name=key.name,
                skip_bad=True, secrets=secrets, now=now,
            )  # fmt: skip
            if file.bad_rows:
                trouble = f"{len(file.bad_rows)} of the last delivery could not be read: {file.bad_rows[0].reason}"
        await queries.end_delivery(
            connection, event_id=event_id, key_id=key_id, delivery_id=delivery_id, now=now, trouble=trouble,
            told_at=at, tickets=tickets,
        )  # fmt: skip


async def _not_overtaken(
    connection: Connection, key: ImportKey, file: ReadFile, at: datetime | None
) -> tuple[ReadFile, list[bytes]]:
    """The list without tickets of which something later was told, and the hashes of those left."""
    # Of two deliveries at once the second sees what the first told.
    await hold_event(connection, event_id=key.event_id)
    ticket_of = {row.line: _hash(f"{file.source}\0{row.external_id}") for row in file.rows if row.external_id}
    late = (
        set()
        if at is None
        else await queries.select_told_later(
            connection, event_id=key.event_id, key_id=key.id, told_at=at, tickets=list(ticket_of.values())
        )
    )
    rows = tuple(row for row in file.rows if ticket_of.get(row.line) not in late)
    return replace(file, rows=rows), [ticket_of[row.line] for row in rows if row.line in ticket_of]


async def forget_old_deliveries(connection: Connection, *, now: datetime) -> None:
    """Forget that they came; what they said is forgotten already."""
    await queries.delete_old_deliveries(connection, before=now - DELIVERIES_KEPT_FOR)


async def _find_key(connection: Connection, *, event_id: UUID, key_id: UUID) -> ImportKey | None:
    found = await queries.select_keys(connection, event_id=event_id, key_id=key_id)
    return found[0] if found else None


async def _have_brought_in(connection: Connection, *, event_id: UUID, key_id: UUID, delivery_id: UUID) -> None:
    name = f"{ORDERS_TAKEN}/{event_id}/{delivery_id}"
    await enqueue(connection, ORDERS_TAKEN, key=name, event=event_id, by=key_id, delivery=delivery_id)


def _used_with(sender: ImportSender, secret: str | None, event_id: UUID, key_id: UUID, secrets: Secrets) -> str:
    """Worked out from the server's secret, so that the same id makes the same one. Raises `InputNotValid`."""
    if secret is not None and sender is not ImportSender.INTERFACE:
        if not SHORTEST_SECRET <= len(secret.strip()) <= LONGEST_SECRET or not secret.isascii():
            raise InputNotValid("secret", f"A secret has {SHORTEST_SECRET} to {LONGEST_SECRET} letters and digits.")
        return secret.strip()
    made = hmac.digest(secrets.key_for("import keys"), event_id.bytes + key_id.bytes + sender.encode(), hashlib.sha256)
    if sender is ImportSender.INTERFACE:
        return "hsi_" + base64.urlsafe_b64encode(made).rstrip(b"=").decode()
    return "whsec_" + base64.b64encode(made).decode()


def _hash(told: str) -> bytes:
    return hashlib.sha256(b"handsel/import\0" + told.encode()).digest()
