"""The plain routes' words for a database that is away or too slow; a bug of ours is never taken for one."""

import asyncpg
import pytest
from starlette.exceptions import HTTPException

from server.plain_http import TOO_SLOW, UNAVAILABLE, told_if_unavailable


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ConnectionRefusedError(), UNAVAILABLE),
        (asyncpg.AdminShutdownError("terminating"), UNAVAILABLE),
        (asyncpg.QueryCanceledError("canceling statement"), TOO_SLOW),
    ],
)
def test_whoever_meets_no_database_is_told_to_try_again(error: Exception, sentence: str) -> None:
    with pytest.raises(HTTPException) as refused, told_if_unavailable():
        raise error

    assert (refused.value.status_code, refused.value.detail) == (503, sentence)
    assert refused.value.headers == {"cache-control": "no-store", "retry-after": "10"}


def test_a_bug_stays_a_bug() -> None:
    with pytest.raises(ZeroDivisionError), told_if_unavailable():
        raise ZeroDivisionError
