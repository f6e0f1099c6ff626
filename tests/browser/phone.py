"""A browser of its own that stands for somebody's phone, and hears everything that goes wrong on it."""

from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page

from server.db import Pool
from server.ids import new_id
from server.sessions.tokens import cookie_name, new_token, token_hash
from tests.clock import Clock
from tests.world import Attendee

#: What the browser itself says about a network that a test took away.
_NO_NETWORK = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_NETWORK_CHANGED")

_HEAR_POLICY = """
    addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Phone:
    """One page in one browser. `complaints` must be empty at the end of every test."""

    context: BrowserContext
    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    _may_be_offline: bool = False

    @classmethod
    async def in_context(cls, context: BrowserContext, url: str) -> "Phone":
        await context.add_init_script(_HEAR_POLICY)
        phone = cls(context, await context.new_page(), url)
        phone.page.on("console", phone._hear)
        phone.page.on("pageerror", lambda error: phone.complaints.append(f"error: {error}"))
        phone.page.on("request", lambda request: phone._see_address(request.url))
        return phone

    async def sign_in(self, attendee: Attendee, pool: Pool, clock: Clock) -> None:
        """Gives the browser a session as signing in does."""
        token = new_token()
        await pool.execute(
            "INSERT INTO sessions (id, person_id, token_hash, kind, created_at, last_seen_at, expires_at)"
            " VALUES ($1, $2, $3, 'COOKIE', $4, $4, $4::timestamptz + interval '30 days')",
            new_id(), attendee.person.id, token_hash(token), clock(),
        )  # fmt: skip
        await self.context.add_cookies([{"name": cookie_name(is_secure=False), "value": token, "url": self.url}])

    async def open(self, path: str = "/") -> Page:
        await self.page.goto(self.url + path)
        return self.page

    async def go_offline(self) -> None:
        self._may_be_offline = True
        await self.context.set_offline(offline=True)

    async def go_online(self) -> None:
        await self.context.set_offline(offline=False)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def question(self) -> Locator:
        """The prompt on the screen."""
        return self.page.locator(".question").first

    @property
    def quotation(self) -> Locator:
        return self.page.locator("blockquote")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if self._may_be_offline and any(name in message.text for name in _NO_NETWORK):
            return
        self.complaints.append(f"{message.type}: {message.text}")

    def _see_address(self, address: str) -> None:
        if not address.startswith((self.url, self.url.replace("http", "ws", 1), "blob:", "data:")):
            self.complaints.append(f"asked elsewhere: {address.split('?', maxsplit=1)[0]}")


async def measured(page: Page, name: str) -> list[dict[str, Any]]:
    """The browser's own measures of that name: start and duration, in milliseconds."""
    found: list[dict[str, Any]] = await page.evaluate(
        "(name) => performance.getEntriesByName(name).map(({startTime, duration}) => ({startTime, duration}))", name
    )
    return found
