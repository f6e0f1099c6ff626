"""Sending mail: over SMTP when there is a server for it, else as one `.eml` file each in the outbox folder."""

import asyncio
import os
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiosmtplib

from server.ids import new_id


class Mailer:
    """Delivers one message at a time. Says nothing of addresses or contents in any log or error."""

    def __init__(self, *, sender: str, outbox: Path, smtp_url: str | None = None) -> None:
        self._sender = sender
        self._outbox = outbox
        self._smtp_url = smtp_url

    @property
    def outbox(self) -> Path | None:
        """The folder that mail goes to, or None when it really leaves by SMTP."""
        return None if self._smtp_url else self._outbox

    async def send(self, *, to: str, subject: str, text: str, message_id: str | None = None) -> None:
        """Deliver a plain-text mail. The same `message_id` twice is one file, and one mail for most mail programs.

        Raises `MailNotSent` when the SMTP server cannot be reached or refuses.
        """
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = formatdate(usegmt=True)
        domain = parseaddr(self._sender)[1].rpartition("@")[2] or "localhost"
        identity = message_id or str(new_id())
        message["Message-ID"] = f"<{identity}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps out-of-office answers away
        message.set_content(text)
        if self._smtp_url:
            await _over_smtp(message, self._smtp_url)
        else:
            await asyncio.to_thread(_into_folder, message.as_bytes(), self._outbox, identity)


class MailNotSent(Exception):
    """The mail server was not reached or refused; the text names neither the address nor the message."""


async def _over_smtp(message: EmailMessage, url: str) -> None:
    """`smtp://user:password@host:587` (STARTTLS when offered) or `smtps://…:465`."""
    parts = urlsplit(url)
    try:
        await aiosmtplib.send(
            message,
            hostname=parts.hostname or "localhost",
            port=parts.port or (465 if parts.scheme == "smtps" else 25),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=parts.scheme == "smtps",
            timeout=20,
        )
    except (aiosmtplib.SMTPException, OSError, ssl.SSLError) as error:
        raise MailNotSent(type(error).__name__) from None


def _into_folder(message: bytes, folder: Path, name: str) -> None:
    """Whole or not at all: written beside, then renamed."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = folder / f".{name}.part"
    with unfinished.open("wb") as file:
        file.write(message)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / f"{name}.eml")
