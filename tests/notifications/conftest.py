"""A real SMTP server on this machine, which can be told to refuse."""

# ruff: noqa: ARG002, N802 - the signatures and names by which the library calls

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.mailbox import Mail


@dataclass
class Postbox:
    """Takes mail and keeps it. `answers` are given first, one to each recipient; then everything is taken."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    taken: list[Mail] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0

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
        return "250 taken"


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
