"""Real peers on this machine, which can be told to refuse: an SMTP server and a push service; and a post office."""

# ruff: noqa: ARG002, N802 - the signatures and names by which the library calls

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from server.db import Pool
from server.jobs.notices import post_office
from server.notifications.mail import Mailer
from server.notifications.models import NoticeKind
from server.notifications.posting.models import Cause, Matter
from server.notifications.posting.office import PostOffice
from server.settings import Settings
from tests.clock import Clock
from tests.mailbox import Mail
from tests.notifications.push_peer import PushPeer, push_peer


@dataclass
class Postbox:
    """Takes mail and keeps it. `answers` are given first, one to each recipient; then everything is taken.

    What was taken is not said to be until it `may_answer`; `has_taken` tells a test that something was.
    """

    port: int = 0
    answers: list[str] = field(default_factory=list)
    taken: list[Mail] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    has_taken: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_answer.set()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.taken.append(Mail.read(envelope.content))
        self.has_taken.set()
        await self.may_answer.wait()
        return "250 taken"


async def stands(*_: object) -> Matter:
    """A cause that always does."""
    return Matter()


@pytest.fixture
async def postbox() -> AsyncIterator[Postbox]:
    box = Postbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(box, hostname="localhost", enable_SMTPUTF8=True, loop=loop), "127.0.0.1"
    )
    box.port = server.sockets[0].getsockname()[1]
    yield box
    server.close()
    await server.wait_closed()


@pytest.fixture
async def peer() -> AsyncIterator[PushPeer]:
    async with push_peer() as peer:
        yield peer


@pytest.fixture
async def open_office(pool: Pool, settings: Settings, clock: Clock) -> AsyncIterator[Callable[..., PostOffice]]:
    """Opens a post office that may write to this machine; with a `smtp_url` its mail leaves by that server. With
    `causes` of a test's own every other one stands.
    """
    async with contextlib.AsyncExitStack() as stack:

        def make(smtp_url: str | None = None, causes: dict[NoticeKind, Cause] | None = None) -> PostOffice:
            mailer = Mailer(sender=settings.mail_from, outbox=settings.outbox, smtp_url=smtp_url, pauses=())
            office = post_office(
                pool, mailer=mailer, secrets=settings.secrets(), clock=clock,
                settings=settings.model_copy(update={"push_to_loopback": True}),
            )  # fmt: skip
            if causes is not None:
                office = PostOffice(replace(office.means, causes=dict.fromkeys(NoticeKind, stands) | causes))
            stack.push_async_callback(office.__aexit__)
            return office

        yield make


@pytest.fixture
def office(open_office: Callable[..., PostOffice]) -> PostOffice:
    """A post office whose every cause stands: whatever was told is still worth telling."""
    return open_office(causes={})
