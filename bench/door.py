"""How long it takes from a ticket read to the verdict painted, at a door in Chromium, with a network and without.

Run as `python bench/door.py [scans] [people]`. It starts a throw-away PostgreSQL, the server and one browser with a
helper signed in at a door, whose phone has the whole list. Each scan is typed as a hardware scanner types it. The
figure is from its Enter to the frame in which the name stands on the screen, by the browser's own clock: the scan kept
on the disk, judged and shown. Then the network is taken away and the same is done with other people.
"""

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.async_api import Page, async_playwright, expect

from server.badges.tokens import ticket_code
from server.db import open_pool
from server.embedded import throw_away_postgres
from server.events.models import Event, Role
from server.migrations import migrate
from server.settings import Settings
from tests.browser.chromium import launch
from tests.browser.live_server import LiveServer, build_app, free_port
from tests.browser.phone import Phone
from tests.clock import Clock
from tests.world import World

SCANS, PEOPLE = 150, 2_000

#: Types the code as a scanner does and answers the milliseconds until a verdict with this name has been painted.
SCAN = """async ({ code, name }) => {
    const isThere = () => document.querySelector('section[aria-label="Verdict"]')?.textContent.includes(name);
    const began = performance.now();
    for (const key of [...code, 'Enter'])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    while (!isThere()) {
        if (performance.now() - began > 10_000) throw new Error('no verdict');
        await new Promise(requestAnimationFrame);
    }
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    return performance.now() - began;
}"""


async def main(scans: int, people: int) -> None:
    build_app()
    listening = free_port()
    with throw_away_postgres() as dsn, tempfile.TemporaryDirectory() as folder:
        await migrate(dsn)
        settings = Settings(data=Path(folder), public_url=f"http://localhost:{listening.getsockname()[1]}")
        pool = await open_pool(dsn)
        world = World(pool, settings.secrets(), Clock(datetime.now(UTC)))
        event = await world.event(uses_check_in=True)
        await world.door(event)
        tickets = [await a_ticket(world, event, number) for number in range(people)]
        helper = await world.team(event, Role.DOOR_HELPER)
        with LiveServer(settings, dsn, listening) as server:
            async with async_playwright() as playwright:
                browser = await launch(playwright)
                context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
                phone = await Phone.in_context(context, server.url)
                await phone.sign_in(helper, pool, world.clock)
                page = await phone.open(f"/organize/{event.slug}/door")
                await page.get_by_role("button", name="About this door").click()
                await expect(page.get_by_text(f"{people:,} names are on")).to_be_visible()
                await phone.button("Camera").click()
                tell("with a network", await take(page, tickets[:scans]))
                await phone.go_offline()
                tell("without a network", await take(page, tickets[scans : 2 * scans]))
                await browser.close()
        await pool.close()


async def a_ticket(world: World, event: Event, number: int) -> tuple[str, str]:
    """Somebody's code and name."""
    name = f"Person {number:05} of many"
    registration_id, _ = await world.registration(event, name=name)
    return ticket_code(world.secrets, registration_id), name


async def take(page: Page, tickets: Sequence[tuple[str, str]]) -> list[float]:
    return [await page.evaluate(SCAN, {"code": code, "name": name}) for code, name in tickets]


def tell(how: str, milliseconds: Sequence[float]) -> None:
    ordered = sorted(milliseconds)
    p99 = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    print(f"{how}: {len(ordered)} scans, median {statistics.median(ordered):.0f} ms, p99 {p99:.0f} ms")


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    asyncio.run(main(*(numbers + [SCANS, PEOPLE][len(numbers) :])))
