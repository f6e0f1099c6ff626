"""Writes the vectors that Python and WebCrypto both open, by the product's own code. Run it only when the format
changes: `python -m tests.vault.write_vectors`.
"""

import hashlib
import json
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from server.agenda.library import parse_library
from server.registrations.models import Card
from server.vault.contents import content_for, texts_of
from server.vault.layout import Header, entry_record, gone_record, texts_record
from server.vault.sealing import SealedEntry, key_of, lookup_of, padded, seal_padded

HERE = Path(__file__).parent
VECTORS, LIBRARY = HERE / "vectors.json", HERE / "library.toml"

EVENT = UUID("0190f7c0-1111-7abc-8def-000000000001")
OTHER_EVENT = UUID("0190f7c0-2222-7abc-8def-000000000002")
TOKENS = {
    "ana": "0123456789ABCDEFGHJKMNPQRS",
    "ben": "Z9Y8X7W6V5T4S3R2Q1P0NMKJHG",
    "closed": "AAAAAAAAAAAAAAAAAAAAAAAAAA",
    "long": "77777777777777777777777777",
}
CARDS = {
    "ana": Card(
        name="Ana Duarte",
        pronouns="she/her",
        up_to="starting a seed library in the back room of a bicycle shop",
        seeking="how others get people to bring things back",
        offering="seeds that can stand a wet summer",
        ask_me_about="seed libraries",
        good_introduction="anyone who lends things out",
        topics=("seeds", "lending"),
        returning=True,
        open_to_event=True,
    ),
    "ben": Card(name="Þórunn 李小龍 🧵", new_here=True, between_things=True, open_to_event=True),
    "closed": Card(name="Mira Closed-Surname", up_to="nobody reads this", open_to_event=False),
    "long": Card(
        name="Lía Ferreira de Almeida",
        up_to="水を運ぶ道具を集めて、" * 25,
        seeking="".join(chr(0x4E00 + 37 * number % 5000) for number in range(280)),
        offering="".join(chr(0x4E00 + 91 * number % 5000) for number in range(280)),
        open_to_event=True,
    ),
}


def nonce_of(name: str, version: int) -> bytes:
    """Not random, so that the file stays the same. The product never makes one so."""
    return hashlib.sha256(f"{name}/{version}".encode()).digest()[:12]


def sealed(name: str, version: int, event_id: UUID = EVENT) -> tuple[bytes, SealedEntry]:
    library = parse_library(LIBRARY.read_text(encoding="utf-8"), source=LIBRARY.name)
    plaintext = padded(content_for(CARDS[name], library))
    nonce = nonce_of(name, version)
    return plaintext, seal_padded(plaintext, token=TOKENS[name], event_id=event_id, version=version, nonce=nonce)


def vectors() -> dict[str, Any]:
    """Everything a reader of the format can be held to."""
    library = parse_library(LIBRARY.read_text(encoding="utf-8"), source=LIBRARY.name)
    texts = texts_of([library])
    entries = {name: sealed(name, version) for version, name in enumerate(TOKENS, start=1)}
    ana, ben = entries["ana"][1], entries["ben"][1]
    later = sealed("ana", 7)[1]
    return {
        "badges": [
            {
                "token": token,
                "event": str(event),
                "lookup": lookup_of(token).hex(),
                "key": key_of(token, event).hex(),
            }
            for token in TOKENS.values()
            for event in (EVENT, OTHER_EVENT)
        ],
        "opens": [
            {
                "about": name,
                "token": TOKENS[name],
                "event": str(EVENT),
                **_written(entry),
                "plaintext": plaintext.hex(),
                "content": content_for(CARDS[name], library).decode(),
            }
            for name, (plaintext, entry) in entries.items()
        ],
        "refuses": [
            {"why": why, "token": token, "event": str(event), **_written(entry)}
            for why, token, event, entry in (
                ("the token of another badge", TOKENS["ben"], EVENT, ana),
                ("the same badge at another event", TOKENS["ana"], OTHER_EVENT, ana),
                (
                    "an older version passed off as a newer",
                    TOKENS["ana"],
                    EVENT,
                    SealedEntry(ana.lookup, 2, ana.nonce, ana.ciphertext),
                ),
                (
                    "another entry under this lookup",
                    TOKENS["ana"],
                    EVENT,
                    SealedEntry(ana.lookup, ben.version, ben.nonce, ben.ciphertext),
                ),
                (
                    "this entry under another lookup",
                    TOKENS["ana"],
                    EVENT,
                    SealedEntry(ben.lookup, ana.version, ana.nonce, ana.ciphertext),
                ),
                (
                    "another nonce",
                    TOKENS["ana"],
                    EVENT,
                    SealedEntry(ana.lookup, ana.version, ben.nonce, ana.ciphertext),
                ),
                (
                    "one byte changed",
                    TOKENS["ana"],
                    EVENT,
                    SealedEntry(
                        ana.lookup, ana.version, ana.nonce, bytes([ana.ciphertext[0] ^ 1]) + ana.ciphertext[1:]
                    ),
                ),
                (
                    "cut off",
                    TOKENS["ana"],
                    EVENT,
                    SealedEntry(ana.lookup, ana.version, ana.nonce, ana.ciphertext[:-1]),
                ),
                (
                    "a length that reaches past the padding",
                    TOKENS["ana"],
                    EVENT,
                    seal_padded(
                        (1 << 20).to_bytes(4).ljust(640, b"\0"),
                        token=TOKENS["ana"],
                        event_id=EVENT,
                        version=9,
                        nonce=nonce_of("too long", 9),
                    ),
                ),
                (
                    "content that does not inflate",
                    TOKENS["ana"],
                    EVENT,
                    seal_padded(
                        b"\0\0\0\x04\xff\xff\xff\xff".ljust(640, b"\0"),
                        token=TOKENS["ana"],
                        event_id=EVENT,
                        version=10,
                        nonce=nonce_of("not deflated", 10),
                    ),
                ),
            )
        ],
        "texts": json.loads(texts),
        "bodies": [
            _body("whole", [ana, ben, entries["closed"][1]], [], texts=texts, in_vault=3),
            _body("one changed, one gone", [later], [ben.lookup], texts=None, in_vault=2),
            _body("nothing changed", [], [], texts=None, in_vault=2),
            _body("only the texts", [], [], texts=texts, in_vault=2),
            _body("whole and empty", [], [], texts=texts, in_vault=0),
        ],
    }


def _body(
    about: str, entries: list[SealedEntry], gone: list[bytes], *, texts: bytes | None, in_vault: int
) -> dict[str, Any]:
    header = Header(
        event_id=EVENT,
        cursor=f"cursor-{about.replace(' ', '-')}",
        is_whole=about.startswith("whole"),
        records=len(entries) + len(gone) + (texts is not None),
        in_vault=in_vault,
        made_at=datetime(2027, 4, 22, 9, 30, tzinfo=UTC),
    )
    raw = header.written()
    if texts is not None:
        raw += texts_record(_deflated(texts))
    raw += b"".join(map(entry_record, entries)) + b"".join(map(gone_record, gone))
    return {
        "about": about,
        "bytes": raw.hex(),
        "header": json.loads(raw[8 : 8 + int.from_bytes(raw[4:8])]),
        "entries": [_written(entry) for entry in entries],
        "gone": [lookup.hex() for lookup in gone],
        "hasTexts": texts is not None,
    }


def _written(entry: SealedEntry) -> dict[str, Any]:
    return {
        "lookup": entry.lookup.hex(),
        "version": entry.version,
        "nonce": entry.nonce.hex(),
        "ciphertext": entry.ciphertext.hex(),
    }


def _deflated(content: bytes) -> bytes:
    deflating = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflating.compress(content) + deflating.flush()


if __name__ == "__main__":
    VECTORS.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{VECTORS}\n")
