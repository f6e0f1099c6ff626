"""What a vault of 10,000 cards costs the server: seconds and memory to make it, seconds and bytes to hand it out whole,
and what a phone that follows costs, with nothing or one card changed.

Run as `python bench/vault.py [cards]`. It makes a throw-away PostgreSQL that syncs to disk and an event with cards as
people write them, a fifth of them closed; prints its figures and leaves nothing. Load and server share the machine's
cores.
"""

import asyncio
import contextlib
import random
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.load import Served, serving
from server.badges.models import NewBadge
from server.db import Pool, open_pool
from server.embedded import throw_away_postgres
from server.events.models import Event
from server.events.operations import create_event
from server.ids import new_id
from server.migrations import migrate
from server.people.queries import upsert_person
from server.secrets import Secrets
from server.sessions.tokens import new_token, token_hash
from server.vault.errors import StillBeingMade
from server.vault.keeping import LONGEST_REST, VaultKeeper

CARDS = 10_000
READERS = 16
ROUNDS = 30
NOW = datetime.now(UTC)

SENTENCE = "turning a closed school into a library of tools that anyone who lends things out can map on wet Tuesdays"
WORDS = SENTENCE.split()


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: status, bytes on the wire with headers, seconds, and where the phone then stands."""

    status: int
    size: int
    seconds: float
    tag: str

    @property
    def cursor(self) -> str:
        return self.tag.removeprefix('W/"').removesuffix('"')


EDIT_THE_LAST_CARD = """
    UPDATE cards SET seeking = $1
    WHERE registration_id = (SELECT registration_id FROM cards ORDER BY registration_id DESC LIMIT 1)
"""


def words(chance: random.Random) -> str | None:
    """What somebody writes into one field: four in five do, a line or two."""
    return " ".join(chance.choices(WORDS, k=chance.randint(3, 16))) if chance.random() < 4 / 5 else None


async def fill(pool: Pool, secrets: Secrets, cards: int) -> tuple[Event, list[str]]:
    """The event, and the session tokens of its first readers."""
    chance = random.Random(7)  # the same cards each time
    async with pool.acquire() as connection:
        owner = await upsert_person(
            connection, new_id=new_id(), email="desk@example.org", email_key="desk@example.org", name="Desk", now=NOW
        )
        event = await create_event(
            connection, owner_id=owner, slug="large", title="Large", starts_at=NOW, ends_at=NOW + timedelta(hours=9),
            timezone="Europe/Lisbon", now=NOW,
        )  # fmt: skip
        people = [new_id() for _ in range(cards)]
        badges = [NewBadge.make(secrets, event.id) for _ in people]
        tokens = [new_token() for _ in range(READERS)]
        numbered = list(enumerate(people))

        async def copy(table: str, columns: str, records: Sequence[tuple[Any, ...]]) -> None:
            await connection.copy_records_to_table(table, columns=columns.split(), records=records)

        await copy(
            "people", "id email email_key created_at",
            [(who, f"{number}@example.org", f"{number}@example.org", NOW) for number, who in numbered],
        )  # fmt: skip
        await copy(
            "registrations", "event_id id person_id name name_key source created_at",
            [(event.id, who, who, f"Person {number}", f"person {number}", "bench", NOW) for number, who in numbered],
        )  # fmt: skip
        await copy(
            "cards",
            "event_id registration_id name pronouns up_to seeking offering ask_me_about good_introduction open_to_event"
            " updated_at",
            [
                (event.id, who, f"Attendee Number {number}", "they/them", *(words(chance) for _ in range(5)),
                 chance.random() < 4 / 5, NOW)
                for number, who in numbered
            ],
        )  # fmt: skip
        await copy(
            "badges", "event_id id registration_id key_id token_hash code_hash issued_at",
            [
                (event.id, badge.id, who, badge.key_id, badge.token_hash, badge.code_hash, NOW)
                for who, badge in zip(people, badges, strict=True)
            ],
        )  # fmt: skip
        await copy(
            "sessions", "id person_id token_hash kind created_at last_seen_at expires_at",
            [
                (new_id(), who, token_hash(token), "BEARER", NOW, NOW, NOW + timedelta(days=1))
                for who, token in zip(people, tokens, strict=False)
            ],
        )  # fmt: skip
        await connection.execute("ANALYZE")
    return event, tokens


async def ask(served: Served, token: str, *, since: Answered | None = None) -> Answered:
    """Fetch the vault, or what changed since, when nobody has asked for a while."""
    await asyncio.sleep(LONGEST_REST)
    query = f"?since={since.cursor}" if since else ""
    match = f"If-None-Match: {since.tag}\r\n" if since else ""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection(served.host, served.port)
    writer.write(
        f"GET /events/large/vault{query} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n"
        f"Authorization: Bearer {token}\r\n{match}\r\n".encode()
    )
    head = await reader.readuntil(b"\r\n\r\n")
    size = len(head)
    while piece := await reader.read(1 << 16):
        size += len(piece)
    writer.close()
    status = int(head.split(b" ", 2)[1])
    assert status in {200, 304}, head
    tag = head.lower().split(b"etag: ")[1].split(b"\r\n")[0]
    at = head.lower().index(tag)
    return Answered(status, size, time.perf_counter() - began, head[at : at + len(tag)].decode())


def megabytes_of(pid: int) -> float:
    """The most memory that process ever held."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


async def build(pool: Pool, secrets: Secrets, event_id: UUID) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began, began_cpu = time.perf_counter(), time.process_time()
    keeper = VaultKeeper(pool, secrets)
    await brought_up_to_date(keeper, event_id)
    seconds, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"made: {seconds:.1f} s ({cpu:.1f} s of one processor), {after:.0f} MB at most, {before:.0f} MB before")
    await asyncio.sleep(LONGEST_REST)
    began = time.perf_counter()
    await keeper.bring_up_to_date(event_id)
    print(f"found up to date: {(time.perf_counter() - began) * 1000:.0f} ms")


async def brought_up_to_date(keeper: VaultKeeper, event_id: UUID) -> None:
    """As requests do: each waits a while, and what is made stays made."""
    while True:
        with contextlib.suppress(StillBeingMade):
            return await keeper.bring_up_to_date(event_id)


async def hand_out(pool: Pool, served: Served, tokens: list[str]) -> None:
    before = megabytes_of(served.pid)
    whole = [await ask(served, token) for token in tokens[:5]]
    print(f"whole: {statistics.median(each.seconds for each in whole):.2f} s, {whole[0].size / 1e6:.2f} MB on the wire")
    began = time.perf_counter()
    await asyncio.gather(*(ask(served, token) for token in tokens[5:13]))
    at_once = time.perf_counter() - began
    print(f"eight at once: {at_once:.1f} s; the server held {megabytes_of(served.pid):.0f} MB, {before:.0f} MB before")
    same = [await ask(served, tokens[0], since=whole[0]) for _ in range(ROUNDS)]
    assert {each.status for each in same} == {304}
    print(f"unchanged: {statistics.median(each.seconds for each in same) * 1000:.0f} ms, {same[0].size} bytes")
    last, changed = whole[0], []
    for number in range(ROUNDS // 2):
        await pool.execute(EDIT_THE_LAST_CARD, f"somebody who listens, {number}")
        last = await ask(served, tokens[0], since=last)
        changed.append(last)
    assert {each.status for each in changed} == {200}
    print(f"one card changed: {statistics.median(each.seconds for each in changed) * 1000:.0f} ms, {last.size} bytes")


async def measure(cards: int) -> None:
    with throw_away_postgres(durable=True) as dsn:
        await migrate(dsn)
        with serving(dsn) as served:
            secrets = Secrets((served.data / "secret").read_bytes())
            pool = await open_pool(dsn)
            async with pool:
                event, tokens = await fill(pool, secrets, cards)
                print(f"{cards} cards")
                await build(pool, secrets, event.id)
                await hand_out(pool, served, tokens)


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else CARDS))
