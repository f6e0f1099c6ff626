"""Signing in and out. A code or link is used by a POST only, never by a GET."""

from datetime import datetime

from server.db import Connection
from server.sessions import queries
from server.sessions.models import Viewer
from server.sessions.tokens import token_hash


async def find_viewer(connection: Connection, *, token: str, now: datetime) -> Viewer | None:
    """Who holds this session token; None when it never was, has expired or was signed out."""
    return await queries.touch_session(connection, token_hash=token_hash(token), now=now)
