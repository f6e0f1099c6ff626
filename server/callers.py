"""Who sends a request, and whether a page of another site could have sent it with their cookie. One way for GraphQL and
for plain routes; what a caller may then see is none of its business.
"""

import ipaddress
from datetime import datetime

from starlette.requests import HTTPConnection

from server.db import Pool
from server.sessions import operations as sessions
from server.sessions.models import Viewer
from server.sessions.tokens import cookie_name, door_cookie_name, earlier_doors_cookie_name
from server.settings import Settings

#: No page of another site can send this header along; docs/decisions/0006.
CLIENT_HEADER = "handsel-client"

#: Between the tokens of earlier pairings in their cookie; none of them holds it.
EARLIER_DOORS_BETWEEN = "."


def why_foreign(request: HTTPConnection, settings: Settings) -> str | None:
    """Why the request may come from another site's page, in a sentence; None when it cannot.

    A browser adds a cookie to whatever asks for it, but never a bearer token, and a page elsewhere can neither add a
    header nor hide its origin.
    """
    if _bearer_token(request) is not None:
        return None
    if is_from_elsewhere(request, settings):
        return "This request comes from a page of another site."
    ours = {name(is_secure=settings.is_secure) for name in (cookie_name, door_cookie_name, earlier_doors_cookie_name)}
    if not ours.isdisjoint(request.cookies) and CLIENT_HEADER not in request.headers:
        return "A request with a session cookie needs the header Handsel-Client."
    return None


def is_from_elsewhere(request: HTTPConnection, settings: Settings) -> bool:
    """Whether a browser says that a page of another site asks."""
    origin = request.headers.get("origin")
    host = request.headers.get("host")
    return origin is not None and origin not in {settings.public_url, f"http://{host}", f"https://{host}"}


def network_of(request: HTTPConnection) -> str:
    """Where the request comes from, for limits: an IPv4 address, or the 64 bits of an IPv6 one that name a network.

    It is the peer's address; behind a proxy that the server trusts, the one the proxy tells of.
    """
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


def session_token(request: HTTPConnection, settings: Settings) -> str:
    """The session token that came along, as bearer or as cookie; empty without one."""
    bearer = _bearer_token(request)
    return request.cookies.get(cookie_name(is_secure=settings.is_secure), "") if bearer is None else bearer


def door_token(request: HTTPConnection, settings: Settings) -> str:
    """What a phone that is paired with a door holds, by its cookie alone; empty for everybody else."""
    return request.cookies.get(door_cookie_name(is_secure=settings.is_secure), "")


def earlier_door_tokens(request: HTTPConnection, settings: Settings) -> list[str]:
    """What the same phone held before it was paired anew, the last one first. They are good for their queues alone."""
    name = earlier_doors_cookie_name(is_secure=settings.is_secure)
    return [token for token in request.cookies.get(name, "").split(EARLIER_DOORS_BETWEEN) if token]


async def find_viewer(pool: Pool, *, token: str, now: datetime) -> Viewer | None:
    """Who holds this session token; None without a live session."""
    if not token:
        return None
    async with pool.acquire() as connection:
        return await sessions.find_viewer(connection, token=token, now=now)


def _bearer_token(request: HTTPConnection) -> str | None:
    scheme, space, token = request.headers.get("authorization", "").partition(" ")
    return token if space and scheme.lower() == "bearer" else None
