"""How long it takes from a badge in front of the camera to the first prompt painted, in Chromium.

Run as `python bench/scan_to_prompt.py [runs] [--flight-mode]`. It starts a throw-away PostgreSQL, the server and one
browser whose camera plays a film: a second of grey, then a badge. Each run is another person on a phone of their own,
on Today, who presses "Scan a badge". Two figures, both from the browser's own clock: from the first frame with the
badge in it, which includes waiting for the next try; and from the frame that was read, which the app itself marks.

With `--flight-mode` the network is taken away before, once the phone has said that it is ready; the app is then opened
anew, from what the phone keeps.
"""

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.async_api import Browser, Page, async_playwright

from server.db import open_pool
from server.embedded import throw_away_postgres
from server.migrations import migrate
from server.settings import Settings
from tests.browser.chromium import launch
from tests.browser.film import film_of_code
from tests.browser.live_server import LiveServer, build_app, free_port
from tests.browser.phone import Phone
from tests.clock import Clock
from tests.world import Attendee, World

RUNS = 30
FRAMES_A_SECOND = 15
#: What Today does when the browser is idle: loading the reader and the two screens that follow.
WARMING_SECONDS = 3.0

#: Marks the first frame that holds the badge: its light ground stands out from the grey before it.
WATCH_FOR_BADGE = """() => {
    const few = 16;
    const canvas = new OffscreenCanvas(few, few);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const isBadgeIn = (video) => {
        context.drawImage(video, 0, 0, few, few);
        return context.getImageData(0, 0, few, few).data.some((value, place) => place % 4 === 0 && value > 180);
    };
    const watch = (video) => video.requestVideoFrameCallback((now) => {
        if (isBadgeIn(video)) performance.mark('bench:badge-in-view', { startTime: now });
        else watch(video);
    });
    const wait = () => {
        const video = document.querySelector('video');
        if (video) watch(video);
        else requestAnimationFrame(wait);
    };
    wait();
}"""


async def one_scan(
    browser: Browser, url: str, world: World, ana: Attendee, *, in_flight_mode: bool
) -> tuple[float, float]:
    """Milliseconds from the badge in view, and from the frame that was read, to the prompt painted."""
    context = await browser.new_context(viewport={"width": 390, "height": 844}, permissions=["camera"])
    phone = await Phone.in_context(context, url)
    await phone.sign_in(ana, world.pool, world.clock)
    page = await phone.open("/")
    if in_flight_mode:
        await phone.is_ready_for_flight_mode()
        await phone.go_offline()
        await page.reload()
    await page.get_by_role("link", name="Scan a badge").wait_for()
    await asyncio.sleep(WARMING_SECONDS)
    await page.evaluate(WATCH_FOR_BADGE)
    await page.get_by_role("link", name="Scan a badge").click()
    figures = await _figures(page)
    await context.close()
    if phone.complaints:
        raise RuntimeError(f"the phone complained: {phone.complaints}")
    return figures


async def _figures(page: Page) -> tuple[float, float]:
    found: dict[str, Any] = await page.evaluate("""() => new Promise((resolve) => {
        new PerformanceObserver((list) => {
            const [measure] = list.getEntriesByName('handsel:scan-to-prompt');
            const [seen] = performance.getEntriesByName('bench:badge-in-view');
            const end = measure?.startTime + measure?.duration;
            if (measure) resolve({ end, read: measure.duration, seen: seen?.startTime });
        }).observe({ type: 'measure', buffered: true });
    })""")
    if found["seen"] is None:
        raise RuntimeError("the badge was read before the bench saw it")
    return found["end"] - found["seen"], found["read"]


async def main(runs: int, *, in_flight_mode: bool) -> None:
    build_app()
    listening = free_port()
    with throw_away_postgres() as dsn, tempfile.TemporaryDirectory() as folder:
        await migrate(dsn)
        settings = Settings(data=Path(folder), public_url=f"http://localhost:{listening.getsockname()[1]}")
        pool = await open_pool(dsn)
        world = World(pool, settings.secrets(), Clock(datetime.now(UTC)))
        event = await world.event()
        ben = await world.attendee(event, "Ben", up_to="turning a closed school into a tool library")
        film = film_of_code(
            Path(folder) / "badge.y4m", ben.badge.address(settings.public_url),
            empty=FRAMES_A_SECOND, frames=2 * FRAMES_A_SECOND, rate=FRAMES_A_SECOND,
        )  # fmt: skip
        figures = []
        with LiveServer(settings, dsn, listening) as server:
            async with async_playwright() as playwright:
                browser = await launch(playwright, camera=film)
                for number in range(runs):
                    ana = await world.attendee(event, f"Ana the {number}th")
                    figures.append(await one_scan(browser, server.url, world, ana, in_flight_mode=in_flight_mode))
                await browser.close()
        await pool.close()
    network = "without a network" if in_flight_mode else "with a network"
    print(f"{f'ms to the first prompt painted, {network}':52}{'median':>8}{'p95':>8}{'least':>8}{'most':>8}")
    print_row(f"from the badge in view ({runs} runs)", [seen for seen, _ in figures])
    print_row(f"from the frame that was read ({runs} runs)", [read for _, read in figures])


def print_row(name: str, values: Sequence[float]) -> None:
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(f"{name:52}{statistics.median(ordered):8.0f}{p95:8.0f}{ordered[0]:8.0f}{ordered[-1]:8.0f}")


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:] if each.isdecimal()]
    asyncio.run(main(numbers[0] if numbers else RUNS, in_flight_mode="--flight-mode" in sys.argv))
