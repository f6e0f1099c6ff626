"""Sending mail: over SMTP when there is a server for it, else as one `.eml` file each in the outbox folder.

Says nothing of addresses or contents in any log or error.
"""

import asyncio
import contextlib
import ipaddress
import os
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formatdate, parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog
from prometheus_client import Counter

from server.ids import new_id
from server.notifications.models import Letter
from server.settings import Settings
from server.start_up import StartUpError

log = structlog.get_logger(__name__)

MAILS = Counter("handsel_mails", "Tries to deliver a mail, by outcome.", ["outcome"])

Deliver = Callable[[Letter], Awaitable[None]]

#: Seconds that a mail server has for each step.
PATIENCE = 20
#: Seconds before each further try, for a server that is restarting or lets us wait on purpose (greylisting).
PAUSES = (2.0, 10.0, 60.0)


class MailNotSent(Exception):
    """The mail server was not reached or refused; the text names neither the address nor the message.

    `is_final` when trying again would be refused again; `is_address` when that is because of the address and no fault
    of this server; `may_have_left` when the line broke before the server said whether it has taken the mail.
    """

    def __init__(self, reason: str, *, is_final: bool, is_address: bool = False, may_have_left: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final
        self.is_address = is_address
        self.may_have_left = may_have_left


class Mailer:
    """Delivers letters. Many may be under way at once; each is delivered whole or not at all."""

    def __init__(
        self, *, sender: str, outbox: Path, smtp_url: str | None = None, pauses: tuple[float, ...] = PAUSES
    ) -> None:
        """Raises `StartUpError` when `smtp_url` cannot be read."""
        self._sender = sender
        self._outbox = outbox
        self._server = None if smtp_url is None else _read_server(smtp_url)
        self._pauses = pauses

    @property
    def outbox(self) -> Path | None:
        """The folder that mail goes to, or None when it really leaves by SMTP."""
        return None if self._server else self._outbox

    @contextlib.asynccontextmanager
    async def batch(self) -> AsyncIterator[Deliver]:
        """For many letters in a row: what is yielded delivers one, over one connection for as long as that holds.

        It raises `MailNotSent`; the next letter can be delivered all the same.
        """
        if self._server is None:
            yield _counted(self._write)
            return
        line = _Line(self._server)

        async def deliver(letter: Letter) -> None:
            await line.send(self._message(letter))

        try:
            yield _counted(deliver)
        finally:
            await line.close()

    async def deliver(self, letter: Letter) -> None:
        """Deliver one letter, trying again while that may help. Raises `MailNotSent`."""
        await self._deliver_patiently(letter)
        if self._server is None:
            log.info("mail written to the outbox", folder=str(self._outbox))

    async def _deliver_patiently(self, letter: Letter) -> None:
        async with self.batch() as deliver:
            for pause in self._pauses:
                try:
                    await deliver(letter)
                except MailNotSent as failure:
                    if failure.is_final:
                        raise
                    await asyncio.sleep(pause)
                else:
                    return
            await deliver(letter)

    async def _write(self, letter: Letter) -> None:
        message = self._message(letter)
        try:
            await asyncio.to_thread(_into_folder, message.as_bytes(), self._outbox, letter.message_id)
        except OSError as error:
            raise MailNotSent(f"the outbox folder cannot be written ({error.strerror})", is_final=True) from error

    def _message(self, letter: Letter) -> EmailMessage:
        to = _to_ascii_domain(letter.to)
        # Only an address in other letters needs the newer form, which not every server takes.
        message = EmailMessage(policy=SMTP if to.isascii() else SMTPUTF8)
        message["From"] = self._sender
        message["To"] = to
        message["Subject"] = letter.subject
        message["Date"] = formatdate(usegmt=True)
        domain = parseaddr(self._sender)[1].rpartition("@")[2] or "localhost"
        message["Message-ID"] = f"<{letter.message_id}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps out-of-office answers away
        # Long links stay whole lines where the letters allow it; everything passes servers without 8BITMIME.
        message.set_content(letter.text, cte="7bit" if letter.text.isascii() else "quoted-printable")
        if letter.html is not None:
            message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        if letter.unsubscribe is not None:  # RFC 8058: the reader's own button, without opening anything
            message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
            # An address longer than a line would be folded into encoded words, which no reader opens. Bodies are
            # encoded already, so this is about headers alone (RFC 5322, section 2.1.1).
            message.policy = message.policy.clone(max_line_length=998)
        return message


def _counted(deliver: Deliver) -> Deliver:
    async def deliver_and_count(letter: Letter) -> None:
        try:
            await deliver(letter)
        except MailNotSent as failure:
            MAILS.labels("refused" if failure.is_final else "put off").inc()
            raise
        MAILS.labels("delivered").inc()

    return deliver_and_count


def mailer_of(settings: Settings) -> Mailer:
    """The mailer that the settings ask for. Raises `StartUpError` when `HANDSEL_SMTP_URL` cannot be read."""
    return Mailer(
        sender=settings.mail_from,
        outbox=settings.outbox,
        smtp_url=settings.smtp_url.get_secret_value() if settings.smtp_url else None,
    )


@dataclass(frozen=True, slots=True)
class _Server:
    """Where mail is handed in. `use_tls` from the first byte; else STARTTLS when offered, but not to this machine."""

    host: str
    port: int
    use_tls: bool
    start_tls: bool | None
    username: str | None = field(repr=False)
    password: str | None = field(repr=False)


class _Line:
    """A connection to the mail server, opened when needed and again after it was lost."""

    def __init__(self, server: _Server) -> None:
        self._server = server
        self._client: _Client | None = None

    async def send(self, message: EmailMessage) -> None:
        try:
            if self._client is None or not self._client.is_connected:
                self._client = await self._connect()
            self._client.is_handing_over = False
            await self._client.send_message(message)
        except (aiosmtplib.SMTPException, OSError, ssl.SSLError) as error:
            is_answer = isinstance(error, aiosmtplib.SMTPResponseException | aiosmtplib.SMTPRecipientsRefused)
            may_have_left = self._client is not None and self._client.is_handing_over and not is_answer
            is_final = _is_final(error)
            is_address = is_final and isinstance(error, aiosmtplib.SMTPRecipientsRefused)
            # Not chained: a refusal quotes the address.
            raise MailNotSent(
                type(error).__name__, is_final=is_final, is_address=is_address, may_have_left=may_have_left
            ) from None

    async def close(self) -> None:
        if self._client is not None and self._client.is_connected:
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await self._client.quit()

    async def _connect(self) -> "_Client":
        server = self._server
        client = _Client(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            use_tls=server.use_tls,
            start_tls=server.start_tls,
            timeout=PATIENCE,
        )
        await client.connect()
        return client


class _Client(aiosmtplib.SMTP):
    """Knows whether the mail itself is being handed over: from then on a lost line leaves open what became of it."""

    is_handing_over = False

    async def data(self, message: str | bytes, /, **options: Any) -> aiosmtplib.SMTPResponse:
        self.is_handing_over = True
        return await super().data(message, **options)


def _read_server(url: str) -> _Server:
    """`smtp://user:password@host:587` (STARTTLS when offered) or `smtps://…:465`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        port, parts = None, urlsplit("")
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise StartUpError(
            "HANDSEL_SMTP_URL cannot be used: give it the form smtp://user:password@host:587 or smtps://…:465."
        )
    use_tls = parts.scheme == "smtps"
    return _Server(
        host=parts.hostname,
        port=port or (465 if use_tls else 25),
        use_tls=use_tls,
        # A mail server on this machine often offers TLS with a certificate that nobody signed.
        start_tls=False if use_tls or _is_this_machine(parts.hostname) else None,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_final(error: Exception) -> bool:
    """Whether the server has said no for good: answers of 500 and more (RFC 5321, section 4.2.1)."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(refused.code >= 500 for refused in error.recipients)
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return error.code >= 500
    return isinstance(error, aiosmtplib.SMTPNotSupported)


def _to_ascii_domain(address: str) -> str:
    """The address with its domain as mail servers look it up; as it was when the domain has no such form."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _into_folder(message: bytes, folder: Path, name: str) -> None:
    """Whole or not at all: written beside, then renamed. For the owner's eyes: it holds sign-in codes."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = folder / f".{name}.{new_id()}.part"
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(message)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / f"{name}.eml")
