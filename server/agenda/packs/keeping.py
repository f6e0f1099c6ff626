"""Keeps the packs of an event. Asks for nobody's role: `operations` does, and the host of the server needs none."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from server.agenda.packs import queries
from server.agenda.packs.errors import PackNotValid, PackThere, TooManyPacks
from server.agenda.packs.judging import advice, require_good
from server.agenda.packs.models import AlikePack, KeptPack, NewPack
from server.agenda.packs.reading import clean_file, read_pack
from server.db import Connection
from server.errors import KeyReused, NotFound
from server.ids import new_id

#: The theme of each day of a long event, in three languages.
MOST_PACKS = 12
#: Removed ones that are kept for phones which still name their questions.
REMOVED_KEPT = 24
#: After an upgrade that reads packs otherwise.
NOT_READ = "This pack can no longer be read, and nobody is asked from it. Remove it and add it again."


async def put_pack(
    connection: Connection,
    *,
    event_id: UUID,
    content: str,
    key: UUID,
    replaces: bool = False,
    is_on: bool = True,
    person_id: UUID | None,
    now: datetime,
) -> KeptPack:
    """The pack of this file, kept once for one `key` and once for one content; a second time it answers as it is.

    `replaces` puts it in the place of one with the same theme and language. `person_id` added it; None is the host.
    Raises `NotFound`, `InputNotValid`, `KeyReused`, `PackNotValid`, `PackThere`, and `TooManyPacks`.
    """
    cleaned = clean_file(content)
    pack = read_pack(cleaned)
    require_good(pack)
    new = NewPack(key, pack, cleaned, sha256(cleaned.encode()).digest())
    async with connection.transaction():
        if not await queries.hold_event(connection, event_id=event_id):
            raise NotFound
        alike = await queries.select_alike(connection, event_id=event_id, new=new)
        pack_id = _kept_already(alike, new)
        if pack_id is None:
            await _make_room(connection, event_id=event_id, alike=alike, replaces=replaces, now=now)
            pack_id = await queries.upsert_pack(
                connection, event_id=event_id, pack_id=new_id(), new=new, is_on=is_on, person_id=person_id, now=now
            )
            await queries.delete_removed(connection, event_id=event_id, but=REMOVED_KEPT)
        return await pack_of(connection, event_id=event_id, pack_id=pack_id)


def _kept_already(alike: list[AlikePack], new: NewPack) -> UUID | None:
    """The pack that this one is; None when it is new, or comes back.

    Raises `KeyReused`, and `NotFound` for the very one that was removed since.
    """
    for each in alike:
        if each.key == new.key and each.mark != new.mark:
            raise KeyReused
        if each.mark == new.mark and not each.is_removed:
            return each.id
        if each.key == new.key:
            raise NotFound
    return None


async def _make_room(
    connection: Connection, *, event_id: UUID, alike: list[AlikePack], replaces: bool, now: datetime
) -> None:
    """Take away what it replaces. Raises `PackThere` when it replaces nothing, and `TooManyPacks`."""
    in_its_place = next((each for each in alike if not each.is_removed), None)
    if in_its_place is not None:
        if not replaces:
            raise PackThere(in_its_place.title)
        await queries.remove_pack(connection, event_id=event_id, pack_id=in_its_place.id, now=now)
    if await queries.count_packs(connection, event_id=event_id) >= MOST_PACKS:
        raise TooManyPacks(MOST_PACKS)


async def packs_of(connection: Connection, *, event_id: UUID) -> list[KeptPack]:
    """The packs of an event, on and off, the oldest first."""
    return [_read(kept) for kept in await queries.select_packs(connection, event_id=event_id)]


async def pack_of(connection: Connection, *, event_id: UUID, pack_id: UUID) -> KeptPack:
    """One of them. Raises `NotFound`."""
    found = await queries.select_pack(connection, event_id=event_id, pack_id=pack_id)
    if found is None:
        raise NotFound
    return _read(found)


async def set_on(connection: Connection, *, event_id: UUID, pack_id: UUID, is_on: bool) -> KeptPack:
    """Switch it: talks that begin from now on are asked its questions, or no longer. Raises `NotFound`."""
    if not await queries.switch_pack(connection, event_id=event_id, pack_id=pack_id, is_on=is_on):
        raise NotFound
    return await pack_of(connection, event_id=event_id, pack_id=pack_id)


async def take_away(connection: Connection, *, event_id: UUID, pack_id: UUID, now: datetime) -> None:
    """Remove it. What is on somebody's agenda stays, and so does what phones still have to tell. Raises `NotFound`."""
    async with connection.transaction():
        if not await queries.remove_pack(connection, event_id=event_id, pack_id=pack_id, now=now):
            raise NotFound
        await queries.delete_removed(connection, event_id=event_id, but=REMOVED_KEPT)


def _read(kept: KeptPack) -> KeptPack:
    """The pack with its prompts. One that this version of the server can no longer read says so."""
    try:
        pack = read_pack(kept.content)
    except PackNotValid:
        return replace(kept, advice=(NOT_READ,))
    return replace(kept, prompts=pack.prompts, advice=advice(pack))
