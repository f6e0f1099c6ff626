"""What people at one event are asked from: the library of their language, with the packs that are on.

Packs are read once for each content, so a talk that begins costs one small statement. Nothing here decides which
prompt is asked.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

import structlog

from server.agenda.library import language_at, library_in
from server.agenda.models import Library, PairHistory, Prompt
from server.agenda.packs import queries
from server.agenda.packs.errors import PackNotValid
from server.agenda.packs.models import Pack
from server.agenda.packs.reading import is_of_pack, key_of, read_pack
from server.db import Connection
from server.events.models import Event

log = structlog.get_logger(__name__)

#: More contents than a server's events use in one day.
_MOST_READ = 512
_read: OrderedDict[bytes, Pack | None] = OrderedDict()


@dataclass(frozen=True, slots=True)
class EventLibrary:
    """The prompts of one language at one event; none of another language is among `library.prompts`.

    `library.by_key` knows those of all languages, since a phone may have shown one before its reader changed theirs.
    `twins` says of a pack's prompt in another language which one asks the same in this language.
    """

    library: Library
    twins: Mapping[str, str]

    def known(self, history: PairHistory) -> PairHistory:
        """The history with each question by the key that it has in this language."""
        return replace(
            history,
            asked=tuple(self.twins.get(key, key) for key in history.asked),
            asked_by_other=tuple(self.twins.get(key, key) for key in history.asked_by_other),
        )


async def library_at(connection: Connection, *, event: Event, locale: str, named: Collection[str] = ()) -> EventLibrary:
    """The library that a reader is asked from, as `language_at` says, with the event's packs that are on.

    `named` are keys that a phone speaks of: one of a pack that was switched off since is known by its key as well.
    """
    found = merged(await packs_on(connection, event_id=event.id), language_at(event, locale))
    missing = [key for key in named if is_of_pack(key) and key not in found.library.by_key]
    if not missing:
        return found
    everything = await _packs(
        connection, event_id=event.id, marks=await queries.select_marks(connection, event_id=event.id)
    )
    known = {each.prompt.key: each.prompt for pack in everything for each in pack.prompts if each.prompt.key in missing}
    return replace(found, library=replace(found.library, by_key={**known, **found.library.by_key}))


async def packs_on(connection: Connection, *, event_id: UUID) -> tuple[Pack, ...]:
    """The event's packs that are on, the oldest first."""
    return await _packs(
        connection, event_id=event_id, marks=await queries.select_marks_on(connection, event_id=event_id)
    )


async def _packs(connection: Connection, *, event_id: UUID, marks: Sequence[bytes]) -> tuple[Pack, ...]:
    """The packs with these marks; one that cannot be read is passed over."""
    unread = [mark for mark in marks if mark not in _read]
    if unread:
        contents = await queries.select_contents(connection, event_id=event_id, marks=unread)
        for mark, content in contents.items():
            _read[mark] = _readable(content, event_id)
    found = [_read.get(mark) for mark in marks]
    for mark in marks:
        if mark in _read:
            _read.move_to_end(mark)
    while len(_read) > _MOST_READ:
        _read.popitem(last=False)
    return tuple(pack for pack in found if pack is not None)


def _readable(content: str, event_id: UUID) -> Pack | None:
    try:
        return read_pack(content)
    except PackNotValid as refusal:
        log.warning("a pack of prompts can no longer be read", event_id=str(event_id), faults=len(refusal.faults))
        return None


@lru_cache(maxsize=256)
def merged(packs: tuple[Pack, ...], language: str) -> EventLibrary:
    """The library of `language` with these packs. A question that it asks already is asked once."""
    library = library_in(language)
    if not packs:
        return EventLibrary(library, {})
    own = prompts_in(packs, language)
    everywhere = {each.prompt.key: each.prompt for pack in packs for each in pack.prompts}
    return EventLibrary(
        replace(library, prompts=(*library.prompts, *own), by_key={**everywhere, **library.by_key}),
        _twins(packs, language),
    )


def prompts_in(packs: Iterable[Pack], language: str) -> tuple[Prompt, ...]:
    """The packs' prompts in one language, each question once and none that the library itself asks."""
    asked = {key_of(prompt.text) for prompt in library_in(language).prompts}
    found = {
        each.prompt.key: each.prompt
        for pack in packs
        if pack.language == language
        for each in pack.prompts
        if each.prompt.key not in asked
    }
    return tuple(found.values())


def _twins(packs: Iterable[Pack], language: str) -> Mapping[str, str]:
    """In packs of one theme the same name is the same question."""
    packs = tuple(packs)
    here = {
        (pack.theme, each.name): each.prompt.key for pack in packs if pack.language == language for each in pack.prompts
    }
    return {
        each.prompt.key: here[pack.theme, each.name]
        for pack in packs
        if pack.language != language
        for each in pack.prompts
        if (pack.theme, each.name) in here
    }
