"""How one entry of the vault is sealed for whoever scans the badge, and opened again. Pure; docs/decisions/0014.

Everything is derived from the 26 characters in the badge's QR code. Nothing here reads a card, or decides who may
have it.
"""

import hashlib
import os
import zlib
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LOOKUP_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
_KEY_BYTES = 32
_LENGTH_BYTES = 4

#: Every plaintext is padded to the first of 640, 1280, 2560 … bytes that holds it. Nine cards in ten fit the first,
#: closed ones too, so that the length of an entry says little.
SMALLEST_BUCKET = 640
#: What a card of the longest texts in any script deflates to stays far below; nothing larger is opened.
LARGEST_CONTENT = 1 << 20


class NotOpened(ValueError):
    """The entry does not open with this badge, event, lookup and version, or it is not whole."""


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """One entry as phones keep it: unreadable without the badge whose `lookup` it bears."""

    lookup: bytes
    version: int
    nonce: bytes
    ciphertext: bytes = field(repr=False)


def lookup_of(token: str) -> bytes:
    """Under what a phone finds the entry of the badge it scanned, 32 bytes. `token` is the badge's 26 characters."""
    return hashlib.sha256(b"handsel/vault/lookup" + token.encode("ascii")).digest()


def key_of(token: str, event_id: UUID) -> bytes:
    """The AES-256 key of this badge's entry at this event."""
    derivation = HKDF(SHA256(), length=_KEY_BYTES, salt=event_id.bytes, info=b"handsel/vault/card")
    return derivation.derive(token.encode("ascii"))


def padded(content: bytes) -> bytes:
    """The plaintext: the length of the deflated content (uint32), itself (raw deflate), zero bytes up to a bucket."""
    deflating = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
    deflated = deflating.compress(content) + deflating.flush()
    bucket = SMALLEST_BUCKET
    while bucket < _LENGTH_BYTES + len(deflated):
        bucket *= 2
    return (len(deflated).to_bytes(_LENGTH_BYTES) + deflated).ljust(bucket, b"\0")


def content_of(plaintext: bytes) -> bytes:
    """What was padded. Raises `NotOpened`."""
    length = int.from_bytes(plaintext[:_LENGTH_BYTES])
    if len(plaintext) < _LENGTH_BYTES + length:
        raise NotOpened("the entry is shorter than it says")
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflating.decompress(plaintext[_LENGTH_BYTES : _LENGTH_BYTES + length], LARGEST_CONTENT)
    except zlib.error as error:
        raise NotOpened("the entry does not inflate") from error
    if not inflating.eof:
        raise NotOpened("the entry does not end")
    return content


def seal(content: bytes, *, token: str, event_id: UUID, version: int) -> SealedEntry:
    """The entry of this badge with that content, under a nonce of its own."""
    return seal_padded(padded(content), token=token, event_id=event_id, version=version, nonce=os.urandom(NONCE_BYTES))


def seal_padded(plaintext: bytes, *, token: str, event_id: UUID, version: int, nonce: bytes) -> SealedEntry:
    """The same with the padded plaintext and the nonce given: a nonce must never be used twice."""
    lookup = lookup_of(token)
    cipher = AESGCM(key_of(token, event_id))
    ciphertext = cipher.encrypt(nonce, plaintext, _bound_to(event_id, lookup, version))
    return SealedEntry(lookup, version, nonce, ciphertext)


def open_entry(entry: SealedEntry, *, token: str, event_id: UUID) -> bytes:
    """The content, as a phone reads it once it has scanned the badge. Raises `NotOpened`."""
    cipher = AESGCM(key_of(token, event_id))
    try:
        plaintext = cipher.decrypt(entry.nonce, entry.ciphertext, _bound_to(event_id, entry.lookup, entry.version))
    except InvalidTag as error:
        raise NotOpened("the entry does not open with this badge") from error
    return content_of(plaintext)


def _bound_to(event_id: UUID, lookup: bytes, version: int) -> bytes:
    """The additional data: no entry opens at another event, under another lookup or as another version."""
    return b"handsel/vault/1" + event_id.bytes + lookup + version.to_bytes(4)
