"""The server's own key for pushes (VAPID, RFC 8292): it tells push services who sends, and to whom to complain.

It is derived from the server's secret, so it is made with it on the first start and kept with it in the backup;
phones subscribed to it, and another one would silence them all.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from server.secrets import Secrets
from server.settings import Settings

#: The order of the curve P-256 (FIPS 186-5): private keys are the numbers from one below it.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
#: A signature may count for a day at most.
_LASTS = timedelta(hours=12)


@dataclass(frozen=True)
class PushKey:
    """Signs pushes. `subject` is where a push service writes to: a mail address or a page of this server."""

    private: ec.EllipticCurvePrivateKey = field(repr=False)
    subject: str

    @cached_property
    def public(self) -> str:
        """What a browser subscribes to: the public key, uncompressed, base64url without padding."""
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    def authorization(self, origin: str, *, now: datetime) -> str:
        """The header that signs requests to that push service."""
        from py_vapid import Vapid02

        claims = {"aud": origin, "sub": self.subject, "exp": int((now + _LASTS).timestamp())}
        signed: dict[str, Any] = Vapid02(self.private).sign(claims)
        return str(signed["Authorization"])


def push_key(secrets: Secrets, settings: Settings) -> PushKey:
    """The key of this server."""
    # 64 bytes for a 32 byte order: no key is likelier than another (NIST SP 800-186, appendix A).
    wide = hashlib.sha512(secrets.key_for("push")).digest()
    private = ec.derive_private_key(int.from_bytes(wide) % (_ORDER - 1) + 1, ec.SECP256R1())
    return PushKey(private, _subject(settings))


def _subject(settings: Settings) -> str:
    """The address that mail comes from; where that is nowhere in the world, this server's. Apple checks it."""
    address = parseaddr(settings.mail_from)[1]
    public = urlsplit(settings.public_url)
    if address.endswith("@localhost") and public.scheme == "https" and public.port is None:
        return settings.public_url
    return f"mailto:{address}"
