"""The outbox folder as the people who are mailed see it."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, read."""

    to: str
    subject: str
    text: str
    message_id: str

    @classmethod
    def read(cls, content: bytes) -> Self:
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain",))
        assert body is not None
        return cls(str(message["To"]), str(message["Subject"]), body.get_content(), str(message["Message-ID"]))

    @property
    def code(self) -> str:
        """The six digits of a sign-in mail, as its subject has them."""
        found = re.match(r"(\d{3} \d{3}) is your Handsel code", self.subject)
        assert found, self.subject
        return found[1]

    @property
    def link(self) -> str:
        """The first address in it."""
        found = re.search(r"https?://\S+", self.text)
        assert found, self.text
        return found[0]

    @property
    def fragment(self) -> dict[str, str]:
        """What stands behind the # of its link."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.link).fragment).items()}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Everything that was mailed, the oldest first."""

    folder: Path

    def mails(self, to: str | None = None) -> list[Mail]:
        files = sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        mails = [Mail.read(file.read_bytes()) for file in files]
        return [mail for mail in mails if to is None or mail.to == to]

    def html(self, file: Path) -> str:
        """The set form of a mail."""
        message = message_from_bytes(file.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("html",))
        assert body is not None
        content: str = body.get_content()
        return content

    def newest(self, to: str) -> Mail:
        return self.mails(to)[-1]
