"""A real push, all the way: turned on in the app, told by the server, sealed, handed over, opened, shown by Firefox."""

import pytest

from server.db import Pool
from server.ids import new_id
from server.notifications.models import NoticeKind
from server.notifications.telling import tell
from server.sessions.tokens import cookie_name, new_token, token_hash
from server.settings import Settings
from tests.browser.firefox import NONE_FOUND, find_firefox, firefox, push_service
from tests.browser.live_server import LiveServer, in_ci
from tests.clock import Clock
from tests.notifications.posting import office_of
from tests.world import World

pytestmark = pytest.mark.browser

SHOWN = """navigator.serviceWorker.ready.then((worker) => worker.getNotifications())
    .then((all) => all.map(({ title, body, data }) => ({ title, body, path: data })))"""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"push_to_loopback": True})


@pytest.fixture
def a_firefox() -> None:
    if find_firefox() is None:
        if in_ci():
            pytest.fail(NONE_FOUND)
        pytest.skip(NONE_FOUND)


async def test_a_push_is_shown_by_firefox_and_opens_its_screen(
    a_firefox: None, server: LiveServer, settings: Settings, world: World, pool: Pool, clock: Clock
) -> None:
    ana = await world.attendee(await world.event(), "Ana Duarte")
    token = new_token()
    await pool.execute(
        "INSERT INTO sessions (id, person_id, token_hash, kind, created_at, last_seen_at, expires_at)"
        " VALUES ($1, $2, $3, 'COOKIE', $4, $4, $4::timestamptz + interval '30 days')",
        new_id(), ana.person.id, token_hash(token), clock(),
    )  # fmt: skip
    async with push_service() as service, firefox(service) as browser, office_of(pool, settings, clock) as office:
        cookie = {
            "name": cookie_name(is_secure=False), "value": {"type": "string", "value": token}, "domain": "localhost",
            "path": "/", "httpOnly": True,
        }  # fmt: skip
        await browser.ask("storage.setCookie", cookie=cookie)
        await browser.open(f"{server.url}/you/notifications")
        await browser.press("Turn on pushes")
        await browser.until("document.body.innerText.includes('Turn off pushes')")
        (device,) = await pool.fetch("SELECT person_id, device FROM push_subscriptions")
        assert device["person_id"] == ana.person.id
        assert device["device"].startswith("Firefox on")

        async with pool.acquire() as connection:
            await tell(connection, person_id=ana.person.id, kind=NoticeKind.TEST, key="a", path="/evening", now=clock())
        await office.send_due()

        shown = await browser.until(f"{SHOWN}.then((all) => all.length > 0 && all)")
        assert shown == [{"title": "This is a test", "body": "Pushes reach this device.", "path": "/evening"}]
        assert await pool.fetchval("SELECT state FROM deliveries WHERE channel = 'PUSH'") == "SENT"

        await browser.press("Turn off pushes")
        await browser.until("document.body.innerText.includes('Turn on pushes')")
        assert await pool.fetchval("SELECT count(*) FROM push_subscriptions") == 0
