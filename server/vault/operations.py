"""What one reader's phone is told of an event's vault: everything, or what changed. Leaves out the reader's own entry
and whoever is hidden from them; who that is, and why, is in no answer.
"""

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from uuid import UUID, uuid4

from server.db import Connection, Pool
from server.errors import NotFound
from server.events.models import Event
from server.events.operations import find_event_by_slug
from server.limiter import Limiter
from server.secrets import Secrets
from server.vault import queries as keeping
from server.vault.asking import asked_at
from server.vault.contents import mark_of_texts, shared_texts
from server.vault.cursors import read_cursor, write_cursor
from server.vault.errors import AskedTooOften
from server.vault.keeping import VaultKeeper
from server.vault.layout import Header, entry_record, gone_record, texts_record
from server.vault.models import Answer, Change, Reader, State
from server.vault.readers import queries

#: A phone asks when it wakes, when it is online again and now and then; some people carry two.
ANY_ANSWERS = "60/10 minutes"
#: Everything is sent once to a phone, and again after its storage was cleared.
WHOLE_ANSWERS = "12/hour"

#: So many entries of a long answer are in memory at once.
AT_ONCE = 200

#: The state of a vault whose event is over: there is nothing left in it.
_OVER = UUID(int=0)


async def answer_reader(
    pool: Pool,
    keeper: VaultKeeper,
    *,
    slug: str,
    person_id: UUID,
    since: str | None,
    seen: Collection[str],
    limiter: Limiter,
    secrets: Secrets,
    now: datetime,
) -> Answer:
    """What a phone is to be told that has come as far as the cursor `since` and has `seen` the states of these.

    Takes the pool, because no connection is held while entries are made. Any `since` is taken; one that was not written
    for this reader gets everything. Raises `NotFound` for no such event, no place at it and a cancelled one alike,
    `AskedTooOften` and `StillBeingMade`.
    """
    async with pool.acquire() as connection:
        event, reader = await _find_reader(connection, slug=slug, person_id=person_id)
    await _refuse_too_many(limiter, ANY_ANSWERS, person_id, now)
    if event.is_over_at(now):
        return _nothing_left(reader, seen=seen, secrets=secrets, now=now)
    await keeper.bring_up_to_date(event.id)
    async with pool.acquire() as connection:
        answer = await _prepare(connection, reader=reader, since=since, seen=seen, secrets=secrets, now=now)
    if answer.is_whole and not answer.is_unchanged:
        await _refuse_too_many(limiter, WHOLE_ANSWERS, person_id, now)
    return answer


async def body_of(pool: Pool, answer: Answer) -> AsyncIterator[bytes]:
    """The body, piece by piece. No connection is held while a slow phone takes its time.

    Each entry is sent as it is kept by then, and one that went meanwhile as gone; what happens later comes with the
    next answer, since the cursor was drawn before.
    """
    yield Header(
        event_id=answer.reader.event_id,
        cursor=answer.cursor,
        is_whole=answer.is_whole,
        records=len(answer.changes) + answer.has_texts,
        in_vault=answer.in_vault,
        made_at=answer.made_at,
    ).written()
    if answer.has_texts:
        yield texts_record(shared_texts(answer.asked))
    for first in range(0, len(answer.changes), AT_ONCE):
        some = answer.changes[first : first + AT_ONCE]
        async with pool.acquire() as connection:
            entries = await queries.select_entries(
                connection,
                event_id=answer.reader.event_id,
                badge_ids=[change.badge_id for change in some if not change.is_gone],
            )
        yield b"".join(_record(change, entries) for change in some)


def _record(change: Change, entries: queries.Entries) -> bytes:
    entry = None if change.is_gone else entries.get(change.badge_id)
    return gone_record(change.lookup) if entry is None else entry_record(entry)


def _may_follow(known: State, now: State, counter: int) -> bool:
    """Whether what changed since `known` makes `now` of it: the same vault, and not one that was set back."""
    return known.epoch == now.epoch and known.version <= counter and known.hidings <= now.hidings


async def _find_reader(connection: Connection, *, slug: str, person_id: UUID) -> tuple[Event, Reader]:
    event = await find_event_by_slug(connection, slug=slug)
    if event is None:
        raise NotFound
    registration_id = await queries.select_place(connection, event_id=event.id, person_id=person_id)
    if registration_id is None:
        raise NotFound
    return event, Reader(event.id, registration_id)


async def _refuse_too_many(limiter: Limiter, rule: str, person_id: UUID, now: datetime) -> None:
    key = ("vault", str(person_id))
    if not await limiter.allows(rule, *key):
        raise AskedTooOften(await limiter.seconds_to_wait(rule, *key, now=now.timestamp()))


async def _prepare(
    connection: Connection,
    *,
    reader: Reader,
    since: str | None,
    seen: Collection[str],
    secrets: Secrets,
    now: datetime,
) -> Answer:
    """The answer as the tables have it; entries that are not up to date would be sent as they are."""
    await keeping.begin_vault(connection, event_id=reader.event_id, epoch=uuid4())
    await _follow_hidings(connection, reader)
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        asked = await asked_at(connection, event_id=reader.event_id)
        found = await queries.select_state(connection, reader=reader, texts=mark_of_texts(asked))
        if found is None:
            raise NotFound  # the event was forgotten this moment
        state, counter = found
        cursor = write_cursor(secrets, reader, state)
        if cursor in seen:
            return Answer.unchanged(reader, cursor, made_at=now)
        known = read_cursor(secrets, reader, since)
        if known is None or not _may_follow(known, state, counter):
            everything = await queries.select_whole(connection, reader=reader)
            return Answer(
                reader, cursor, len(everything), everything, is_whole=True, has_texts=True, made_at=now, asked=asked
            )
        changes = await queries.select_changes(connection, reader=reader, since=known)
        in_vault = await queries.count_entries(connection, reader=reader)
        has_texts = known.texts != state.texts
        return Answer(reader, cursor, in_vault, changes, is_whole=False, has_texts=has_texts, made_at=now, asked=asked)


async def _follow_hidings(connection: Connection, reader: Reader) -> None:
    """Keep who is hidden from this reader as swaps and blocks have it now."""
    if not await queries.select_hiding_changes(connection, reader=reader):
        return
    async with connection.transaction():
        version = await queries.hold_hidings(connection, reader=reader)
        changes = await queries.select_hiding_changes(connection, reader=reader)
        if changes:
            await queries.upsert_hidings(connection, reader=reader, changes=changes, version=version + 1)


def _nothing_left(reader: Reader, *, seen: Collection[str], secrets: Secrets, now: datetime) -> Answer:
    cursor = write_cursor(secrets, reader, State(_OVER, 0, 0, mark_of_texts()))
    if cursor in seen:
        return Answer.unchanged(reader, cursor, made_at=now)
    return Answer(reader, cursor, in_vault=0, changes=(), is_whole=True, has_texts=True, made_at=now)
