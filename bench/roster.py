"""The list of names that a door's phone keeps, at an event of 20,000 people: fetched by six doors at once while others
check people in, and then used in Chromium.

Run as `python bench/roster.py [people] [lines to a page ...]`. It starts the product in a process of its own on a
throw-away PostgreSQL that syncs to disk. For each size of page: six phones fetch the whole list at the same moment
while one other door checks in one after the other; what that door waits is told beside what it waits when nobody
fetches. Then one Chromium opens a door: until its list is whole, and, opened again without a network, until it is
there, and from a ticket read to its verdict painted. Load, server and browser share this machine's cores.
"""

import asyncio
import itertools
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import httpx
from playwright.async_api import Page, async_playwright, expect

from bench.attendance import Ready, check_ins, prepare
from bench.crowd import NOW
from bench.door import take, tell
from bench.load import Request, Served, document_id, serving
from server.db import Connection, open_pool
from server.embedded import throw_away_postgres
from server.ids import new_id
from server.migrations import migrate
from server.sessions.tokens import cookie_name, new_token, token_hash
from server.settings import Settings
from tests.browser.chromium import launch
from tests.browser.live_server import build_app

PEOPLE = 20_000
PAGES = (250, 500, 1_000)
PHONES = 6
SCANS = 60
CHECK_INS_AT_REST = 200
A_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one phone fetched: lines, bytes on the wire (as compressed as a browser takes them) and seconds."""

    lines: int
    bytes: int
    seconds: float


async def main(people: int, pages: Sequence[int], dsn: str) -> None:
    build_app()
    await migrate(dsn)
    with serving(dsn) as served:
        pool = await open_pool(dsn, size=1)
        async with pool, pool.acquire() as connection:
            ready = await prepare(connection, Settings(data=served.data).secrets(), people)
            scans = check_ins(ready)
            await one_after_the_other(served, itertools.islice(scans, 50))
            tell("a door checks in while nobody fetches", await one_after_the_other(served, scans, CHECK_INS_AT_REST))
            for lines in pages:
                await six_fetch(served, ready, scans, lines)
            await in_chromium(served, ready, connection)


async def six_fetch(served: Served, ready: Ready, scans: Iterator[Request], lines: int) -> None:
    """Six whole lists at once, and what a seventh door waits meanwhile."""
    fetching = asyncio.gather(*(fetch_all(served, ready, lines) for _ in range(PHONES)))
    waited = await one_after_the_other(served, scans, while_=fetching)
    fetched = await fetching
    longest = max(each.seconds for each in fetched)
    print(
        f"{PHONES} phones fetch {fetched[0].lines:,} names at once, {lines:,} to a page: {longest:.1f} s, "
        f"{fetched[0].bytes / 1e6:.1f} MB each"
    )
    tell("  a door checks in meanwhile", waited)


async def fetch_all(served: Served, ready: Ready, lines: int) -> Fetched:
    began, read, size = time.perf_counter(), 0, 0
    after: str | None = None
    async with client_of(served, ready.token) as client:
        while True:
            asked = {"event": ready.gid, "first": lines, "after": after, "changedSince": None, "waiting": 0}
            sent = {"documentId": document_id("door-roster"), "variables": asked}
            answer = await client.post("/graphql", json=sent)
            page = answer.raise_for_status().json()["data"]["doorRoster"]
            read += len(page["entries"])
            size += answer.num_bytes_downloaded
            after = page["next"]
            if after is None:
                return Fetched(read, size, time.perf_counter() - began)


async def one_after_the_other(
    served: Served,
    requests: Iterator[Request],
    at_most: int | None = None,
    *,
    while_: "asyncio.Future[Any] | None" = None,
) -> list[float]:
    """Milliseconds of each request, so many of them, or for as long as something else lasts."""
    taken: list[float] = []
    async with client_of(served, "") as client:
        for request in itertools.islice(requests, at_most):
            began = time.perf_counter()
            sent = {"documentId": document_id(request.document), "variables": request.variables}
            answer = await client.post("/graphql", json=sent, headers={"authorization": f"Bearer {request.token}"})
            taken.append((time.perf_counter() - began) * 1000)
            if "verdict" not in answer.text:
                raise RuntimeError(f"answered wrongly: {answer.text[:500]}")
            if while_ is not None and while_.done():
                break
    return taken


def client_of(served: Served, token: str) -> httpx.AsyncClient:
    headers = {"handsel-client": "bench"} | ({"authorization": f"Bearer {token}"} if token else {})
    return httpx.AsyncClient(base_url=f"http://{served.host}:{served.port}", headers=headers, timeout=60)


async def in_chromium(served: Served, ready: Ready, connection: Connection) -> None:
    url = f"http://localhost:{served.port}"
    names = [(code, f"Attendee {number}") for number, code in enumerate(ready.tickets)][-SCANS:]
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
        await context.add_cookies(
            [{"name": cookie_name(is_secure=False), "value": await a_session(connection), "url": url}]
        )
        page = await context.new_page()
        await page.goto(f"{url}/organize/{ready.event.slug}/door")
        await page.get_by_role("button", name="Door 0").click()
        print(f"Chromium has the whole list after {await until_whole(page, len(ready.tickets)):.1f} s")
        await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
        await context.set_offline(True)
        await page.reload()
        print(f"opened again without a network: {await until_whole(page, len(ready.tickets)):.1f} s")
        await page.get_by_role("button", name="Camera", exact=True).click()
        tell("without a network", await take(page, names))
        await browser.close()


async def until_whole(page: Page, people: int) -> float:
    """Seconds from now until the door says that so many names are on the phone."""
    began = time.perf_counter()
    await page.get_by_role("button", name="About this door").click()
    await expect(page.get_by_text(f"{people:,} names are on")).to_be_visible(timeout=A_MINUTE)
    return time.perf_counter() - began


async def a_session(connection: Connection) -> str:
    """A browser's session of the event's owner."""
    token = new_token()
    await connection.execute(
        "INSERT INTO sessions (id, person_id, token_hash, kind, created_at, last_seen_at, expires_at)"
        " SELECT $1, person_id, $2, 'COOKIE', $3, $3, $3::timestamptz + interval '1 day' FROM event_roles",
        new_id(), token_hash(token), NOW,
    )  # fmt: skip
    return token


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    people, pages = (numbers or [PEOPLE])[0], numbers[1:] or PAGES
    with throw_away_postgres(durable=True) as address:
        asyncio.run(main(people, pages, address))
