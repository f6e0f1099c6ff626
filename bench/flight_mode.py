"""What a vault of 10,000 cards costs the phone: seconds to fetch and keep it, megabytes it takes, and milliseconds from
a badge that was read to its card and prompts, without a network.

Run as `python bench/flight_mode.py [cards] [scans]`. It starts a throw-away PostgreSQL, the server and a Chromium,
which share the machine's cores; the server has made the vault before the phone asks for it. The badges are scanned
from photos, one after another; the figure leaves out reading the picture and what comes after.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.async_api import Browser, Page, async_playwright, expect

from bench.vault import brought_up_to_date, fill
from server.badges.tokens import badge_secret
from server.db import Pool, open_pool
from server.embedded import throw_away_postgres
from server.events.models import Event
from server.migrations import migrate
from server.secrets import Secrets
from server.settings import Settings
from server.vault.keeping import VaultKeeper
from tests.browser.chromium import launch
from tests.browser.live_server import LiveServer, build_app, free_port
from tests.browser.phone import READY, Phone
from tests.browser.photo import photo_of_code
from tests.clock import Clock
from tests.world import Somebody

CARDS = 10_000
SCANS = 30
#: Making 10,000 entries and fetching them, on a machine that does other work as well.
PATIENCE = 240_000

#: When the request for the whole vault began, as the browser tells it.
BEGAN = """() => performance.timeOrigin
    + Math.max(...performance.getEntriesByType('resource').filter(({ name }) => name.includes('/vault'))
        .map(({ startTime }) => startTime))"""


async def signed_in(browser: Browser, url: str, pool: Pool, event: Event) -> Phone:
    """A phone of one of the event's people."""
    [row] = await pool.fetch(
        "SELECT people.id, people.email FROM registrations JOIN people ON people.id = registrations.person_id"
        " WHERE registrations.event_id = $1 ORDER BY registrations.id LIMIT 1",
        event.id,
    )  # fmt: skip
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    phone = await Phone.in_context(context, url)
    await phone.sign_in(Somebody(row["id"], row["email"], ""), pool, Clock(datetime.now(UTC)))
    return phone


async def fetch_and_keep(phone: Phone) -> tuple[float, float]:
    """Seconds from the request to the vault being in use, and the megabytes that the browser then holds."""
    page = await phone.open("/")
    await expect(page.get_by_text(READY)).to_be_visible(timeout=PATIENCE)
    ready = time.time() * 1000
    began: float = await page.evaluate(BEGAN)
    held: float = await page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
    return (ready - began) / 1000, held / 1e6


async def open_badges(phone: Phone, addresses: list[str]) -> list[float]:
    """Milliseconds each, from the badge that was read to its card and prompts."""
    await phone.is_ready_for_flight_mode()
    await phone.go_offline()
    return [await _open_one(phone, address) for address in addresses]


async def _open_one(phone: Phone, address: str) -> float:
    page: Page = await phone.open("/scan")
    await page.locator("input[type=file]").set_input_files(photo_of_code(address))
    await expect(phone.question).to_be_visible(timeout=30_000)
    taken: float = await page.evaluate("performance.getEntriesByName('handsel:opening').at(-1).duration")
    return taken


async def addresses_of(pool: Pool, secrets: Secrets, event: Event, url: str, *, many: int) -> list[str]:
    """What the QR codes of some open cards hold."""
    rows = await pool.fetch(
        "SELECT badges.id FROM badges JOIN cards USING (event_id, registration_id)"
        " WHERE event_id = $1 AND cards.open_to_event ORDER BY md5(badges.id::text) LIMIT $2",
        event.id, many,
    )  # fmt: skip
    return [badge_secret(secrets, row["id"]).address(url) for row in rows]


async def main(cards: int, scans: int) -> None:
    build_app()
    listening = free_port()
    with throw_away_postgres() as dsn, tempfile.TemporaryDirectory() as folder:
        await migrate(dsn)
        settings = Settings(data=Path(folder), public_url=f"http://localhost:{listening.getsockname()[1]}")
        pool = await open_pool(dsn)
        event, _ = await fill(pool, settings.secrets(), cards)
        await brought_up_to_date(VaultKeeper(pool, settings.secrets()), event.id)
        with LiveServer(settings, dsn, listening) as server:
            async with async_playwright() as playwright:
                browser = await launch(playwright)
                phone = await signed_in(browser, server.url, pool, event)
                seconds, megabytes = await fetch_and_keep(phone)
                addresses = await addresses_of(pool, settings.secrets(), event, server.url, many=scans)
                opened = sorted(await open_badges(phone, addresses))
                await browser.close()
        await pool.close()
    print(f"a vault of {cards:,} cards fetched and kept: {seconds:.1f} s, {megabytes:.1f} MB held by the browser")
    p95 = opened[min(len(opened) - 1, round(0.95 * len(opened)))]
    print(f"one opened ({len(opened)} badges): median {statistics.median(opened):.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    asyncio.run(main(numbers[0] if numbers else CARDS, numbers[1] if len(numbers) > 1 else SCANS))
