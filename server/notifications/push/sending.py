"""One push: sealed for its device, signed, handed to the push service, and what that answered.

It follows no redirect, waits for nobody long, and says nothing of endpoints in any log or error.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import structlog
from prometheus_client import Counter

from server.errors import InputNotValid
from server.notifications.models import Device
from server.notifications.push.hosts import PushHosts
from server.notifications.push.key import PushKey

if TYPE_CHECKING:
    import aiohttp

log = structlog.get_logger(__name__)

PUSHES = Counter("handsel_pushes", "Pushes handed to push services, by outcome.", ["outcome"])

#: Seconds for a push service to take the connection, and to answer in all.
CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 10.0
#: A push service that asks for more patience than this is asked again after it all the same.
LONGEST_WAIT = timedelta(hours=6)


class PushAnswer(StrEnum):
    """What came of handing over a push."""

    SENT = "SENT"
    GONE = "GONE"
    REFUSED = "REFUSED"
    LATER = "LATER"


@dataclass(frozen=True, slots=True)
class PushOutcome:
    """The answer; with LATER the pause that the push service asked for, if it named one.

    `was_silent` when nothing came at all: such a push service rests for a while.
    """

    answer: PushAnswer
    pause: timedelta | None = None
    was_silent: bool = False


@dataclass(frozen=True, slots=True)
class Push:
    """What a device shows: words without any name, and the address of the app that they open.

    `tag` is the same through every retry, so that a second one takes the place of the first.
    """

    title: str
    body: str
    path: str
    tag: str

    def payload(self) -> bytes:
        return json.dumps({"title": self.title, "body": self.body, "path": self.path, "tag": self.tag}).encode()


class Pusher:
    """Hands pushes over; any number may be under way at once. `close` it in the end."""

    def __init__(self, key: PushKey, hosts: PushHosts, clock: Callable[[], datetime]) -> None:
        self._key = key
        self._hosts = hosts
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the lines to the push services."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(self, push: Push, device: Device, *, lasts: timedelta) -> PushOutcome:
        """Hand it over. A push service keeps it for a device that is off for as long as it `lasts`."""
        try:
            self._hosts.origin_of(device.endpoint)  # what may be called can have changed since it was subscribed
        except InputNotValid:
            outcome = PushOutcome(PushAnswer.REFUSED)
        else:
            outcome = await self._post(push, device, lasts)
        PUSHES.labels(outcome.answer.lower()).inc()
        return outcome

    async def _post(self, push: Push, device: Device, lasts: timedelta) -> PushOutcome:
        import aiohttp

        from server.notifications.push.resolving import NotPublic

        headers = {
            "authorization": self._key.authorization(device.origin, now=self._clock()),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(max(0, int(lasts.total_seconds()))),
            "urgency": "normal",
        }
        try:
            async with self._line().post(
                device.endpoint, data=_sealed(push.payload(), device), headers=headers, allow_redirects=False
            ) as response:
                return self._read(response.status, response.headers.get("retry-after"))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if isinstance(error, NotPublic) or isinstance(error.__cause__, NotPublic):
                log.error("a push service's name leads into a private network")  # noqa: TRY400 - the traceback would name it
                return PushOutcome(PushAnswer.REFUSED)
            return PushOutcome(PushAnswer.LATER, was_silent=True)

    def _line(self) -> "aiohttp.ClientSession":
        import aiohttp

        from server.notifications.push.resolving import PublicResolver

        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=PublicResolver(self._hosts), limit=0, ttl_dns_cache=60),
                timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS, connect=CONNECT_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            )
        return self._session

    def _read(self, status: int, retry_after: str | None) -> PushOutcome:
        """RFC 8030, and what the push services do beyond it."""
        if 200 <= status < 300:
            return PushOutcome(PushAnswer.SENT)
        if status in {404, 410}:
            return PushOutcome(PushAnswer.GONE)
        if status == 429 or status >= 500:
            return PushOutcome(PushAnswer.LATER, _pause(retry_after, now=self._clock()))
        if status in {401, 403}:
            log.error("a push service refuses the key of this server", status=status)
        else:
            log.warning("a push service refused a push", status=status)
        return PushOutcome(PushAnswer.REFUSED)


def _sealed(payload: bytes, device: Device) -> bytes:
    """Encrypted so that only the device can read it (RFC 8291)."""
    from pywebpush import WebPusher

    keys = {"p256dh": _base64(device.p256dh), "auth": _base64(device.auth)}
    body: bytes = WebPusher({"endpoint": device.endpoint, "keys": keys}).encode(payload)["body"]
    return body


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _pause(retry_after: str | None, *, now: datetime) -> timedelta | None:
    """Retry-After in either of its forms: seconds, or a date. None for anything else."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), LONGEST_WAIT.total_seconds()))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta()), LONGEST_WAIT)
