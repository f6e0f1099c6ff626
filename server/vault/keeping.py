"""Keeps every entry as its card is, and makes only those anew that are not. Reads no phone's request.

Any number of processes may do so at once: whoever makes entries holds the event's counter, and looks again at what is
stale while holding it.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from prometheus_client import Counter

from server.badges.tokens import badge_secret
from server.db import Connection, Pool
from server.events.models import SCANS_OPEN_FOR
from server.secrets import Secrets
from server.vault import queries
from server.vault.asking import asked_at
from server.vault.contents import AskedHere, content_for, leading_library, mark_of_rules
from server.vault.errors import StillBeingMade
from server.vault.models import LiveBadge, NewEntry
from server.vault.sealing import seal

#: So many entries are made in one transaction; a request that needs the same counter waits no longer than for these.
AT_ONCE = 50
#: Seconds that a request waits for entries to be made. What is done by then stays done.
PATIENCE = 15.0
#: After a look the next one rests three times as long as it took, so that looking takes a quarter of one processor at
#: most, however many phones ask; they wait for it together. Never longer than this (seconds).
RESTS = 3
LONGEST_REST = 0.5
#: Making entries ahead of time lets others to the processor in between (seconds).
PAUSE = 0.05

ENTRIES = Counter("handsel_vault_entries", "Entries of the vault, made anew or emptied.", ["what"])


class VaultKeeper:
    """The process's way to a vault that is up to date. Requests that come together share one look."""

    def __init__(self, pool: Pool, secrets: Secrets) -> None:
        self._pool = pool
        self._secrets = secrets
        self._looks: dict[UUID, _Looks] = {}

    async def bring_up_to_date(self, event_id: UUID) -> None:
        """Returns once every entry is as its card was when this was called, or later. Raises `StillBeingMade`."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._look(event_id, self._looks.setdefault(event_id, _Looks()))
        except TimeoutError as error:
            raise StillBeingMade from error

    async def _look(self, event_id: UUID, looks: "_Looks") -> None:
        asked_after = looks.begun
        async with looks.one_at_a_time:
            if looks.ended > asked_after:
                return  # one that began since we asked has found everything in order
            clock = asyncio.get_running_loop().time
            await asyncio.sleep(looks.rest_until - clock())
            looks.begun += 1
            number, began = looks.begun, clock()
            async for _ in _make_what_is_stale(self._pool, event_id=event_id, secrets=self._secrets):
                pass
            looks.ended = number
            looks.rest_until = clock() + min(RESTS * (clock() - began), LONGEST_REST)


@dataclass(slots=True)
class _Looks:
    """How many looks at an event's cards began, the number of the last one that ended well, and when to look next."""

    begun: int = 0
    ended: int = 0
    rest_until: float = 0.0
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)


async def keep_ready(pool: Pool, *, secrets: Secrets, now: datetime) -> int:
    """Make ahead of time what is stale at every event that is not over, quietly; how many entries it was.

    What an event needed that is over is forgotten.
    """
    count = 0
    async with pool.acquire() as connection:
        await queries.delete_over(connection, ended_before=now - SCANS_OPEN_FOR)
        coming = await queries.select_coming_events(connection, ending_after=now - SCANS_OPEN_FOR)
    for event_id in coming:
        async for changed in _make_what_is_stale(pool, event_id=event_id, secrets=secrets):
            count += changed
            await asyncio.sleep(PAUSE)
    return count


async def count_stale(connection: Connection, *, now: datetime) -> int:
    """How many entries of events that are not over are missing or not as their cards are."""
    coming = await queries.select_coming_events(connection, ending_after=now - SCANS_OPEN_FOR)
    return sum([len(await _stale(connection, event_id=event_id)) for event_id in coming])


async def _make_what_is_stale(pool: Pool, *, event_id: UUID, secrets: Secrets) -> AsyncIterator[int]:
    """Yields after each transaction how many entries it changed."""
    async with pool.acquire() as connection:
        stale = await _stale(connection, event_id=event_id)
    for first in range(0, len(stale), AT_ONCE):
        some = stale[first : first + AT_ONCE]
        async with pool.acquire() as connection:
            changed = await make_some(connection, event_id=event_id, badge_ids=some, secrets=secrets)
        yield changed


async def _stale(connection: Connection, *, event_id: UUID) -> list[UUID]:
    """The badges whose entries are not as their cards and the event's packs are now."""
    asked = await asked_at(connection, event_id=event_id)
    return await queries.select_stale(connection, event_id=event_id, rules=mark_of_rules(asked))


async def make_some(connection: Connection, *, event_id: UUID, badge_ids: Sequence[UUID], secrets: Secrets) -> int:
    """Bring the entries of these badges up to date, in one transaction; how many were not."""
    async with connection.transaction():
        await queries.begin_vault(connection, event_id=event_id, epoch=uuid4())
        counter = await queries.hold_vault(connection, event_id=event_id)
        if counter is None:
            return 0  # the event was forgotten meanwhile
        asked = await asked_at(connection, event_id=event_id)
        live = await queries.select_live_badges(
            connection, event_id=event_id, rules=mark_of_rules(asked), badge_ids=badge_ids
        )
        stale = [badge for badge in live if badge.is_stale]
        made = await asyncio.to_thread(_sealed, stale, asked, event_id=event_id, secrets=secrets, after=counter.version)
        await queries.upsert_entries(connection, event_id=event_id, entries=made)
        version = counter.version + len(made)
        ended = set(badge_ids) - {badge.id for badge in live}
        emptied = await queries.empty_entries(connection, event_id=event_id, badge_ids=list(ended), after=version)
        await queries.set_version(connection, event_id=event_id, version=version + emptied)
    ENTRIES.labels("made").inc(len(made))
    ENTRIES.labels("emptied").inc(emptied)
    return len(made) + emptied


def _sealed(
    badges: Sequence[LiveBadge], asked: AskedHere, *, event_id: UUID, secrets: Secrets, after: int
) -> list[NewEntry]:
    """An entry for each, numbered from `after` on."""
    library = leading_library()
    return [
        NewEntry(
            badge.id,
            badge.registration_id,
            badge.made_from,
            seal(
                content_for(badge.card, library, asked),
                token=badge_secret(secrets, badge.id, badge.key_id).token,
                event_id=event_id,
                version=version,
            ),
        )
        for version, badge in enumerate(badges, start=after + 1)
    ]
