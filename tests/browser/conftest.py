"""Two phones, a live server and a built app for the tests that need a real browser."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, Playwright, ViewportSize, async_playwright, expect

from server.db import Pool
from server.events.models import Event
from server.settings import Settings
from tests.browser.chromium import NONE_FOUND, find_chromium, launch
from tests.browser.film import film_of_code
from tests.browser.live_server import LiveServer, build_app, free_port, in_ci
from tests.browser.phone import Phone
from tests.clock import Clock
from tests.world import Attendee, Somebody, World

PHONE_SIZE: ViewportSize = {"width": 390, "height": 844}

#: How long a screen may take to show what is expected, in milliseconds: long, as no test judges how quick a machine is.
expect.set_options(timeout=20_000)

#: Opens a phone for somebody; `sees` is the text of the QR code that its camera shows, or the film that it plays.
Phones = Callable[..., Awaitable[Phone]]


@pytest.fixture(scope="session")
def built_app() -> None:
    if find_chromium() is None:
        if in_ci():
            pytest.fail(NONE_FOUND)
        pytest.skip(NONE_FOUND)
    build_app()


@pytest.fixture(scope="session")
async def playwright(built_app: None) -> AsyncIterator[Playwright]:
    async with async_playwright() as started:
        yield started


@pytest.fixture(scope="session")
async def without_camera(playwright: Playwright) -> AsyncIterator[Browser]:
    """One browser for every phone that needs no camera; each phone is a context of its own in it."""
    browser = await launch(playwright)
    yield browser
    await browser.close()


@pytest.fixture
def clock() -> Clock:
    """Browsers live now."""
    return Clock(datetime.now(UTC))


@pytest.fixture
def listening() -> socket.socket:
    return free_port()


@pytest.fixture
def settings(settings: Settings, listening: socket.socket) -> Settings:
    return settings.model_copy(update={"public_url": f"http://localhost:{listening.getsockname()[1]}"})


@pytest.fixture
def server(built_app: None, settings: Settings, dsn: str, pool: Pool, listening: socket.socket) -> Iterator[LiveServer]:
    with LiveServer(settings, dsn, listening) as server:
        yield server


@pytest.fixture
async def phones(
    playwright: Playwright, without_camera: Browser, server: LiveServer, pool: Pool, clock: Clock, tmp_path: Path
) -> AsyncIterator[Phones]:
    """Opens phones; at the end none of them may have complained."""
    opened: list[Phone] = []

    async with AsyncExitStack() as stack:

        async def open_phone(who: Attendee | Somebody | None, *, sees: str | Path | None = None) -> Phone:
            film = film_of_code(tmp_path / f"camera-{len(opened)}.y4m", sees) if isinstance(sees, str) else sees
            browser = without_camera
            if film:  # the film belongs to the process
                browser = await launch(playwright, camera=film)
                stack.push_async_callback(browser.close)
            context = await browser.new_context(
                viewport=PHONE_SIZE, locale="en-GB", permissions=["camera"] if film else []
            )
            stack.push_async_callback(context.close)
            phone = await Phone.in_context(context, server.url)
            opened.append(phone)
            if who is not None:
                await phone.sign_in(who, pool, clock)
            return phone

        yield open_phone

    assert [phone.complaints for phone in opened if phone.complaints] == []


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana Duarte", up_to="starting a seed library", pronouns="she/her")


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(
        event, "Ben Okafor", up_to="turning a closed school into a tool library", pronouns="he/him"
    )
