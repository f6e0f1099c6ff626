"""Asks once whether a DSN leads to a PostgreSQL that the product can use. A password never gets into the answer."""

import socket
import ssl
from typing import LiteralString
from urllib.parse import urlsplit

import asyncpg

from server.db import one
from server.start_up import StartUpError

#: Seconds. A server across an ocean answers in one.
ANSWERS_WITHIN = 10.0
#: The oldest PostgreSQL the schema is written for, as `server_version_num` gives it.
OLDEST_VERSION = 150_000

#: What this server is, and whether it takes writes.
SELECT_SERVER: LiteralString = """
    SELECT current_setting('server_version_num')::integer AS version_number,
           current_setting('server_version') AS version,
           pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean AS is_read_only
"""

#: What to say of each failure, the first that fits; `where` is host and port.
_SENTENCES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (
        (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError),
        "The PostgreSQL at {where} refused the user or password: check both in DATABASE_URL.",
    ),
    (
        asyncpg.InvalidCatalogNameError,
        "The PostgreSQL at {where} has no database of that name: create it, or correct DATABASE_URL.",
    ),
    (
        asyncpg.TooManyConnectionsError,
        "The PostgreSQL at {where} takes no more connections: raise max_connections, or end some.",
    ),
    (
        asyncpg.TargetServerAttributeNotMatched,
        "None of the hosts in DATABASE_URL is the primary: check target_session_attrs and the servers.",
    ),
    (
        socket.gaierror,
        "The host in DATABASE_URL ({where}) is unknown: check its name and this machine's network.",
    ),
    (
        TimeoutError,
        "No PostgreSQL answered at {where} within ten seconds: check host, port and firewall.",
    ),
    (
        ssl.SSLError,
        "The PostgreSQL at {where} and Handsel could not agree on TLS: check sslmode in DATABASE_URL.",
    ),
    (
        OSError,
        "No PostgreSQL takes connections at {where}: start it, or correct host and port in DATABASE_URL.",
    ),
    (
        ValueError,
        "DATABASE_URL cannot be read: give it the form postgresql://user:password@host:5432/database.",
    ),
)


class DatabaseNotUsable(StartUpError):
    """`DATABASE_URL` does not lead to a database that can be used."""


async def require_usable(dsn: str) -> str:
    """The version of the PostgreSQL at `dsn`, such as `16.4`. Raises `DatabaseNotUsable`."""
    try:
        connection = await asyncpg.connect(dsn, timeout=ANSWERS_WITHIN)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise DatabaseNotUsable(_sentence(error, dsn)) from None  # the cause may quote the address, password and all
    try:
        server = one(await connection.fetchrow(SELECT_SERVER))
    finally:
        await connection.close()
    if server["version_number"] < OLDEST_VERSION:
        raise DatabaseNotUsable(
            f"The database that DATABASE_URL names is PostgreSQL {server['version']}: Handsel needs version 15 or "
            "newer, so upgrade it or name another."
        )
    if server["is_read_only"]:
        raise DatabaseNotUsable(
            "The database that DATABASE_URL names takes no writes (it is a standby): name the primary, or all hosts "
            "with target_session_attrs=primary."
        )
    version: str = server["version"]
    return version


def _sentence(error: Exception, dsn: str) -> str:
    for kinds, sentence in _SENTENCES:
        if isinstance(error, kinds):
            return sentence.format(where=_where(dsn))
    return f"The PostgreSQL at {_where(dsn)} refused the connection ({type(error).__name__}): its own log tells why."


def _where(dsn: str) -> str:
    """Host and port alone."""
    try:
        place = urlsplit(dsn).netloc.rpartition("@")[2]
    except ValueError:
        place = ""
    return place or "the default address"
