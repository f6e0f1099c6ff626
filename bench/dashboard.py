"""The attendance screen while many come: from a check-in to its figure on the screen, and what that costs.

Run as `python bench/dashboard.py [seconds] [check-ins a second]`. It starts the product on a throw-away PostgreSQL that
syncs to disk, with 10,000 people and six doors, and one Chromium in which an organizer watches. Check-ins come over
real HTTP at a steady pace. The delay of one is from its answer, which its door has shown by then, until the page shows
a figure that counts it; both clocks are this machine's. The browser's cost is what its page's own thread was busy, by
DevTools' `Performance.getMetrics`; the server's is its process's time on a processor, without PostgreSQL.
"""

import asyncio
import os
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.async_api import Page, ViewportSize, async_playwright
from rich.console import Console

from bench.attendance import PEOPLE, Ready, prepare
from bench.crowd import NOW
from bench.load import Request, Served, load, serving
from server.attendance.proof import prove_counters
from server.db import Connection, open_pool
from server.embedded import throw_away_postgres
from server.ids import new_id
from server.migrations import migrate
from server.sessions.tokens import cookie_name, new_token, token_hash
from server.settings import Settings
from tests.browser.chromium import launch
from tests.browser.live_server import build_app

SECONDS = 40
A_SECOND = 50
WATCHED: ViewportSize = {"width": 1280, "height": 800}
#: How long the page may take for the last figure.
AT_MOST_MILLISECONDS = 60_000

#: Notes each figure under "Came" with the time at which the page had it painted.
NOTE_FIGURES = """() => {
    const label = [...document.querySelectorAll('dt')].find((each) => each.textContent === 'Came');
    const figure = label.parentElement.querySelector('dd');
    const noted = (window.noted = []);
    const note = () => requestAnimationFrame(() => setTimeout(() =>
        noted.push([Number(figure.textContent), performance.timeOrigin + performance.now()])));
    new MutationObserver(note).observe(figure, { childList: true, characterData: true, subtree: true });
}"""
IS_COUNTED = "(people) => window.noted.at(-1)?.[0] >= people"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of work so far: the page's thread, its scripts, its layout, and the server's process."""

    page: float
    scripts: float
    layout: float
    server: float

    @classmethod
    async def so_far(cls, devtools: Any, served: Served) -> "Cost":
        told = {each["name"]: each["value"] for each in (await devtools.send("Performance.getMetrics"))["metrics"]}
        layout = told["LayoutDuration"] + told["RecalcStyleDuration"]
        return cls(told["TaskDuration"], told["ScriptDuration"], layout, _processor_seconds(served.pid))


async def main(seconds: int, a_second: int, dsn: str) -> None:
    build_app()
    await migrate(dsn)
    with serving(dsn) as served:
        pool = await open_pool(dsn, size=1)
        async with pool, pool.acquire() as connection, async_playwright() as playwright:
            ready = await prepare(connection, Settings(data=served.data).secrets(), PEOPLE)
            browser = await launch(playwright)
            page = await _watching(await browser.new_page(viewport=WATCHED), connection, ready, served)
            devtools = await page.context.new_cdp_session(page)
            await devtools.send("Performance.enable")
            before = await Cost.so_far(devtools, served)
            answered = await _check_in(served, ready, number=seconds * a_second, a_second=a_second)
            lasted = answered[-1] - answered[0]
            after = await Cost.so_far(devtools, served)
            await page.wait_for_function(IS_COUNTED, arg=len(answered), timeout=AT_MOST_MILLISECONDS)
            noted: list[tuple[int, float]] = await page.evaluate("window.noted")
            await browser.close()
            proof = await prove_counters(connection, event_id=ready.event.id, day=ready.event.day_of(NOW))
    _tell(answered, noted, before, after, lasted)
    Console().print("The counters say what the log says." if proof.holds else f"The counters differ: {proof}")


async def _watching(page: Page, connection: Connection, ready: Ready, served: Served) -> Page:
    """The page on which the event's owner watches, live."""
    token, url = new_token(), f"http://localhost:{served.port}"
    await connection.execute(
        "INSERT INTO sessions (id, person_id, token_hash, kind, created_at, last_seen_at, expires_at)"
        " SELECT $1, person_id, $2, 'COOKIE', $3, $3, $3::timestamptz + interval '1 day'"
        " FROM event_roles WHERE event_id = $4 AND role = 'OWNER'",
        new_id(), token_hash(token), NOW, ready.event.id,
    )  # fmt: skip
    await page.context.add_cookies([{"name": cookie_name(is_secure=False), "value": token, "url": url}])
    await page.goto(f"{url}/organize/{ready.event.slug}/attendance")
    await page.get_by_text("Live · ").wait_for()
    await page.get_by_role("status").get_by_text("10000 people").wait_for(state="attached")
    await page.evaluate(NOTE_FIGURES)
    return page


async def _check_in(served: Served, ready: Ready, *, number: int, a_second: int) -> list[float]:
    """Checks so many people in at a steady pace; when each was answered, in seconds since 1970."""
    began = time.monotonic()
    answered: list[float] = []

    async def one(place: int) -> None:
        await asyncio.sleep(max(0.0, began + place / a_second - time.monotonic()))
        at = datetime.now(UTC).isoformat()
        door = ready.doors[place % len(ready.doors)]
        scan = {"code": ready.tickets[place], "door": door, "key": str(uuid4()), "scannedAt": at, "sentAt": at}
        request = Request("check-in", {"event": ready.gid, "checkIn": scan}, ready.token)
        await load(served, "checkIn", [request], connections=1)
        answered.append(time.time())

    await asyncio.gather(*(one(place) for place in range(number)))
    return sorted(answered)


def _tell(answered: list[float], noted: list[tuple[int, float]], before: Cost, after: Cost, lasted: float) -> None:
    shown = iter(noted)
    people, at = next(shown)
    delays = []
    for place, moment in enumerate(answered, 1):
        while people < place:
            people, at = next(shown)
        delays.append(max(0.0, at - moment * 1000))
    percent = {
        name: (getattr(after, name) - getattr(before, name)) / lasted * 100
        for name in ("page", "scripts", "layout", "server")
    }
    Console().print(
        f"{len(answered)} check-ins in {lasted:.0f} s, {len(answered) / lasted:.0f} a second; "
        f"{len(noted) / lasted:.1f} figures a second on the screen\n"
        f"delay to the screen: median {statistics.median(delays):.0f} ms, "
        f"p99 {statistics.quantiles(delays, n=100)[98]:.0f} ms, longest {max(delays):.0f} ms\n"
        f"of one processor: page {percent['page']:.0f} % (scripts {percent['scripts']:.0f} %, style and layout "
        f"{percent['layout']:.0f} %), server {percent['server']:.0f} %"
    )


def _processor_seconds(pid: int) -> float:
    """The time that a process and its threads have spent on a processor."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    wanted = [int(each) for each in sys.argv[1:3]]
    with throw_away_postgres(durable=True) as address:
        seconds, a_second = wanted + [SECONDS, A_SECOND][len(wanted) :]
        asyncio.run(main(seconds, a_second, address))
