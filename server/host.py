"""Whether a request is the host's own: whoever runs this server, and nobody else; docs/decisions/0012."""

import base64
import binascii
import hmac
import ipaddress
from urllib.parse import urlsplit

from starlette.requests import Request

from server.settings import Settings


def is_the_host(request: Request, settings: Settings) -> bool:
    """True for this machine itself; with `HANDSEL_METRICS_TOKEN`, for whoever bears that token or gives it as password.

    The address asked for counts too: a page elsewhere can point a name of its own at this machine.
    """
    if settings.metrics_token is not None:
        expected = settings.metrics_token.get_secret_value().encode()
        return hmac.compare_digest(_told(request.headers.get("authorization", "")), expected)
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False  # a proxy on this machine asks for somebody elsewhere
    asked = request.url.hostname or ""
    own = {"localhost", urlsplit(settings.public_url).hostname}
    return _is_loopback(request.client.host if request.client else "") and (asked in own or _is_loopback(asked))


def _told(authorization: str) -> bytes:
    """The token that came along, as bearer or as a password; empty without one."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.encode()
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(value, validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return b""


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
