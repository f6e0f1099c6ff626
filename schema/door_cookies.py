"""What a paired phone holds goes into cookies that no script reads, and nowhere else."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from schema.context import Context
from server.callers import EARLIER_DOORS_BETWEEN
from server.doors.phones.models import QUEUE_TAKEN_FOR
from server.sessions.models import SESSION_LASTS
from server.sessions.tokens import door_cookie_name, earlier_doors_cookie_name

#: Of a phone that is paired anew oftener within a day the oldest pairing is forgotten: a cookie has its bounds.
MOST_EARLIER = 8


class _Name(Protocol):
    def __call__(self, *, is_secure: bool) -> str: ...


def set_cookie(context: Context, token: str | None) -> None:
    """What this phone holds from now on. It outlives the phone, whose end the server decides."""
    _set(context, door_cookie_name, token or "", lasts=SESSION_LASTS)


def keep_earlier(context: Context, tokens: Sequence[str]) -> None:
    """Earlier pairings have ended: what they held, the last one first, is good for their queues and no longer."""
    kept = list(dict.fromkeys(tokens))[:MOST_EARLIER]
    _set(context, earlier_doors_cookie_name, EARLIER_DOORS_BETWEEN.join(kept), lasts=QUEUE_TAKEN_FOR)


def _set(context: Context, name: _Name, value: str, *, lasts: timedelta) -> None:
    """Out of reach of scripts and of other sites' requests; without a value it is taken away."""
    is_secure = context.services.settings.is_secure
    context.http_response.set_cookie(
        name(is_secure=is_secure),
        value,
        max_age=int(lasts.total_seconds()) if value else 0,
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )
