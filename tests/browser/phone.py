"""A browser of its own that stands for somebody's phone, and hears everything that goes wrong on it."""

import asyncio
import re
from dataclasses import dataclass, field

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, Route, WebSocket, expect

from server.db import Pool
from server.ids import new_id
from server.sessions.tokens import cookie_name, new_token, token_hash
from tests.clock import Clock
from tests.world import Attendee, Somebody

#: What the browser itself says about a network that a test took away.
_NO_NETWORK = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_NETWORK_CHANGED")

#: What it says when a page is left while its socket is still being opened.
_LEFT_EARLY = "WebSocket is closed before the connection is established"

#: How Today's line begins once the vault is on the phone; before, it says that it is not, or how far it is.
READY = re.compile(r"^Ready for flight mode")

_HEAR_POLICY = """
    addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


#: Resolves once everything that the page has begun to write is on the phone: a transaction waits for those before it.
_IS_WRITTEN = """async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'handsel')) return;
    await new Promise((resolve, reject) => {
        const opening = indexedDB.open('handsel');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
            const { result } = opening;
            const transaction = result.transaction(result.objectStoreNames);
            transaction.oncomplete = () => { result.close(); resolve(); };
            transaction.onabort = () => reject(transaction.error);
        };
    });
}"""


@dataclass
class Phone:
    """One page in one browser. `complaints` must be empty at the end of every test."""

    context: BrowserContext
    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    _may_be_offline: bool = False
    _following: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    async def in_context(cls, context: BrowserContext, url: str) -> "Phone":
        await context.add_init_script(_HEAR_POLICY)
        phone = cls(context, await context.new_page(), url)
        phone.page.on("console", phone._hear)
        phone.page.on("pageerror", lambda error: phone.complaints.append(f"error: {error}"))
        phone.page.on("websocket", phone._hear_socket)
        phone.page.on("request", lambda request: phone._see_address(request.url))
        return phone

    async def sign_in(self, who: Attendee | Somebody, pool: Pool, clock: Clock) -> None:
        """Gives the browser a session as signing in does."""
        person = who.person if isinstance(who, Attendee) else who
        token = new_token()
        await pool.execute(
            "INSERT INTO sessions (id, person_id, token_hash, kind, created_at, last_seen_at, expires_at)"
            " VALUES ($1, $2, $3, 'COOKIE', $4, $4, $4::timestamptz + interval '30 days')",
            new_id(), person.id, token_hash(token), clock(),
        )  # fmt: skip
        await self.context.add_cookies([{"name": cookie_name(is_secure=False), "value": token, "url": self.url}])

    async def open(self, path: str = "/") -> Page:
        """Opens the app there; one that is open is left first, no sooner than somebody could leave it."""
        await self.is_written()
        await self.page.goto(self.url + path)
        return self.page

    async def reload(self) -> None:
        """Closes the app and opens it again on the same screen, no sooner than somebody could."""
        await self.is_written()
        await self.page.reload()

    async def is_written(self) -> None:
        """Waits until the last tap is on the phone's disk, which takes milliseconds: a script can leave before it."""
        if self.page.url.startswith(self.url):
            await self.page.evaluate(_IS_WRITTEN)

    def expects_no_network(self) -> None:
        """What the browser itself says about a missing network is no complaint from here on."""
        self._may_be_offline = True

    async def go_offline(self) -> None:
        self.expects_no_network()
        await self.context.set_offline(offline=True)
        # A page that is just opening can be quicker than the browser's own switch.
        await self.context.route("**/*", _nothing_gets_through)

    async def go_online(self) -> None:
        await self.context.unroute("**/*", _nothing_gets_through)
        await self.context.set_offline(offline=False)

    async def type_code(self, code: str) -> None:
        """Scans a badge by its typed code, on the scan screen."""
        await self.button("Type the code").click()
        await self.page.get_by_label("The code on the badge").fill(code)
        await self.button("Meet").click()

    async def write(self, opener: str, label: str, words: str) -> None:
        """Writes something down in the dialog that the button opens."""
        await self.button(opener).click()
        await self.page.get_by_label(label).fill(words)
        await self.button("Keep").click()
        await expect(self.page.get_by_role("dialog")).to_be_hidden()

    async def thumb(self, name: str) -> None:
        """Taps a button as the thumb of the holding hand can: it lies in the lower half and is 44 pixels at least."""
        button = self.button(name)
        box = await button.bounding_box()
        assert box is not None, f"“{name}” is not on the screen"
        height = (self.page.viewport_size or {"height": 0})["height"]
        assert box["y"] >= height / 2, f"“{name}” is out of the thumb's reach: {box}"
        assert min(box["width"], box["height"]) >= 44, f"“{name}” is too small to be hit: {box}"
        await button.click()

    async def tab_to(self, name: str) -> None:
        """Presses Tab until the control with these words has the focus."""
        for _ in range(60):
            await self.page.keyboard.press("Tab")
            focused = await self.page.evaluate("document.activeElement?.innerText?.trim() ?? ''")
            if focused == name:
                return
        raise AssertionError(f"Tab never came to “{name}”")

    async def is_kept_on_the_phone(self) -> None:
        """Waits until the app can open without a network."""
        await self.page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")

    async def is_ready_for_flight_mode(self) -> None:
        """On Today: waits until the app and the event's vault are on the phone."""
        await self.is_kept_on_the_phone()
        await expect(self.page.get_by_text(READY)).to_be_visible()
        # The worker that was just installed serves the app from the next opening on.
        await self.reload()
        await expect(self.page.get_by_text(READY)).to_be_visible()

    async def barriers(self) -> list[str]:
        """What axe finds on the screen that keeps somebody from using it, each as its rule and where it is broken."""
        # What is still arriving is fainter than it will be.
        await self.page.evaluate("Promise.allSettled(document.getAnimations().map(({ finished }) => finished))")
        found = await Axe().run(self.page)
        return [
            f"{broken['id']}: {node['html']}" for broken in found.response["violations"] for node in broken["nodes"]
        ]

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def question(self) -> Locator:
        """The prompt on the screen."""
        return self.page.locator(".question").first

    @property
    def quotation(self) -> Locator:
        return self.page.locator("blockquote")

    async def is_followed(self) -> None:
        """Waits until the phone follows what happens at the event."""
        await asyncio.wait_for(self._following.wait(), timeout=30)

    def _hear_socket(self, socket: WebSocket) -> None:
        def hear_frame(frame: str | bytes) -> None:
            if '"subscribe"' in str(frame):
                self._following.set()

        socket.on("framesent", hear_frame)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"} or _LEFT_EARLY in message.text:
            return
        if self._may_be_offline and any(name in message.text for name in _NO_NETWORK):
            return
        self.complaints.append(f"{message.type}: {message.text}")

    def _see_address(self, address: str) -> None:
        if not address.startswith((self.url, self.url.replace("http", "ws", 1), "blob:", "data:")):
            self.complaints.append(f"asked elsewhere: {address.split('?', maxsplit=1)[0]}")


async def _nothing_gets_through(route: Route) -> None:
    await route.abort("internetdisconnected")
