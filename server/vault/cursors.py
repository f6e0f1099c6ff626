"""What a phone keeps of how far it has come: text that only this server reads. A phone could otherwise tell from it
whether an entry went because its owner left, or because of this reader alone.
"""

import base64
import binascii
import struct
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from server.secrets import Secrets
from server.vault.contents import MARK_BYTES
from server.vault.models import Reader, State

_LAYOUT = struct.Struct(f">16sII{MARK_BYTES}s")
#: What a cursor is, in characters; longer text is not even decoded.
_CHARACTERS = 64


def write_cursor(secrets: Secrets, reader: Reader, state: State) -> str:
    """The cursor of this state: the same one for the same state and reader, and no other."""
    told = _LAYOUT.pack(state.epoch.bytes, state.version, state.hidings, state.texts)
    return base64.urlsafe_b64encode(_cipher(secrets).encrypt(told, _bound_to(reader))).decode()


def read_cursor(secrets: Secrets, reader: Reader, text: str | None) -> State | None:
    """The state in a cursor that was written for this reader; None for any other text."""
    if text is None or len(text) != _CHARACTERS:
        return None
    try:
        sealed = base64.b64decode(text, altchars=b"-_", validate=True)
        epoch, version, hidings, texts = _LAYOUT.unpack(_cipher(secrets).decrypt(sealed, _bound_to(reader)))
    except (binascii.Error, ValueError, InvalidTag):
        return None
    return State(UUID(bytes=epoch), version, hidings, texts)


def _cipher(secrets: Secrets) -> AESSIV:
    return AESSIV(secrets.key_for("vault cursor"))


def _bound_to(reader: Reader) -> list[bytes]:
    return [b"handsel/vault/cursor/1", reader.event_id.bytes, reader.registration_id.bytes]
