"""A phone's half in Python: takes a body apart, keeps what it says, opens what was scanned and picks prompts."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from server.agenda.models import PromptPhase, Side
from server.vault.sealing import SealedEntry, lookup_of, open_entry


@dataclass(frozen=True, slots=True)
class ReadPrompt:
    key: str
    phase: PromptPhase
    side: Side
    minutes: int


@dataclass(slots=True)
class Body:
    header: dict[str, Any]
    entries: dict[bytes, SealedEntry]
    gone: list[bytes]
    texts: dict[str, Any] | None


def read_body(raw: bytes) -> Body:
    """What a whole body says; raises where a phone would throw it away."""
    at = 0

    def take(length: int) -> bytes:
        nonlocal at
        if at + length > len(raw):
            raise EOFError
        at += length
        return raw[at - length : at]

    def number() -> int:
        return int.from_bytes(take(4))

    assert take(4) == b"HSV1"
    body = Body(json.loads(take(number())), {}, [], None)
    for _ in range(body.header["records"]):
        match take(1):
            case b"\x01":
                lookup, version, nonce = take(32), number(), take(12)
                body.entries[lookup] = SealedEntry(lookup, version, nonce, take(number()))
            case b"\x02":
                body.gone.append(take(32))
            case b"\x03":
                body.texts = json.loads(zlib.decompress(take(number()), -zlib.MAX_WBITS))
            case kind:
                raise AssertionError(kind)
    assert at == len(raw)
    return body


@dataclass(slots=True)
class Phone:
    """What one phone keeps of one event's vault."""

    entries: dict[bytes, SealedEntry] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)
    cursor: str | None = None

    def take(self, raw: bytes) -> Body:
        """Follow what was fetched."""
        body = read_body(raw)
        if body.header["whole"]:
            self.entries = {}
        for lookup in body.gone:
            self.entries.pop(lookup, None)
        self.entries |= body.entries
        self.texts = body.texts or self.texts
        self.cursor = body.header["cursor"]
        assert len(self.entries) == body.header["inVault"]
        return body

    def scan(self, token: str, event_id: UUID) -> dict[str, Any] | None:
        """What this badge's entry says; None when the vault has none for it."""
        entry = self.entries.get(lookup_of(token))
        if entry is None:
            return None
        content: dict[str, Any] = json.loads(open_entry(entry, token=token, event_id=event_id))
        return content

    def prompts(self, content: dict[str, Any]) -> Iterator[ReadPrompt]:
        """The entry's prompts with what the shared texts say of each."""
        known = {prompt["key"]: prompt for prompt in self.texts["prompts"]}
        for prompt in content["prompts"]:
            told = known[prompt["key"]]
            yield ReadPrompt(prompt["key"], PromptPhase(told["phase"]), Side(told["side"]), told["minutes"])
