"""`POST /api/events/{slug}/attendees` with a token, and `POST /api/events/{slug}/orders/{source}` with a signature.

Plain JSON for other programs, see docs/import-api.md. Decides nothing; no session and no cookie counts here.
"""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.callers import network_of
from server.imports.errors import RowsNotReadable
from server.imports.incoming import operations
from server.imports.incoming.errors import BodyNotValid, KeyNotValid
from server.imports.incoming.models import WORDS
from server.imports.models import BadRow, ImportReport
from server.imports.routes import body_of
from server.imports.uploads.errors import UploadTooLarge
from server.plain_http import PRIVATE, told_if_unavailable

_MOST_BYTES = 1024 * 1024
#: So often may one token be used, and one network deliver to an event: whoever sends nonsense there keeps no order out.
_PER_TOKEN = "120/1 minute"  # noqa: S105 - a rate
_PER_NETWORK = "600/1 minute"
_SENDERS = {word: sender for sender, word in WORDS.items()}


async def attendees(request: Request) -> Response:
    """Brings in a list of attendees, and answers with what it changed."""
    services: Any = request.app.state.services
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    slug = request.path_params["slug"]
    await _require_seldom(services, _PER_TOKEN, "attendees", slug, token)
    if scheme.lower() != "bearer" or not token:
        raise _unknown()
    try:
        # Before a byte of the body is read. No connection is held while it comes, so it is asked again then.
        with told_if_unavailable():
            async with services.pool.acquire() as connection:
                await operations.require_token(connection, slug=slug, token=token)
        body = await _body(request)
        with told_if_unavailable():
            async with services.pool.acquire() as connection:
                file, report, dry_run = await operations.import_attendees_by_token(
                    connection, slug=slug, token=token, body=body, secrets=services.secrets, now=services.clock()
                )
    except KeyNotValid as refusal:
        raise _unknown() from refusal
    except BodyNotValid as refusal:
        return JSONResponse({"error": refusal.message}, 400, PRIVATE)
    except RowsNotReadable as refusal:
        return JSONResponse({"error": refusal.message, "bad": _bad(refusal.bad_rows)}, 422, PRIVATE)
    return JSONResponse(_told(report, file.bad_rows, dry_run=dry_run), headers=PRIVATE)


async def orders(request: Request) -> Response:
    """Takes a signed delivery and answers at once; it is brought in by a job."""
    services: Any = request.app.state.services
    slug = request.path_params["slug"]
    await _require_seldom(services, _PER_NETWORK, "orders", slug, network_of(request))
    sender = _SENDERS.get(request.path_params["source"])
    if sender is None:
        raise _unknown()
    body = await _body(request)
    try:
        with told_if_unavailable():
            async with services.pool.acquire() as connection:
                await operations.take_order(
                    connection, slug=slug, sender=sender, headers=request.headers, body=body,
                    secrets=services.secrets, now=services.clock(),
                )  # fmt: skip
    except KeyNotValid as refusal:
        raise _unknown() from refusal
    return JSONResponse({"taken": True}, 202, PRIVATE)


async def _require_seldom(services: Any, rule: str, *key: str) -> None:
    if not await services.limiter.allows(rule, *key):
        raise HTTPException(429, "That was a lot at once. Wait a minute.", PRIVATE | {"retry-after": "60"})


async def _body(request: Request) -> bytes:
    try:
        return await body_of(request, most=_MOST_BYTES)
    except UploadTooLarge as refusal:
        raise HTTPException(413, "Send 1 MB at most, and the rest after it.", PRIVATE) from refusal


def _unknown() -> HTTPException:
    return HTTPException(401, KeyNotValid().message, PRIVATE | {"www-authenticate": "Bearer"})


def _told(report: ImportReport, bad_rows: tuple[BadRow, ...], *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "added": report.added,
        "changed": report.updated - report.cancelled,
        "cancelled": report.cancelled,
        "unchanged": report.unchanged,
        "left_out": report.skipped,
        "bad": _bad(bad_rows),
    }


def _bad(rows: tuple[BadRow, ...]) -> list[dict[str, object]]:
    return [{"attendee": row.line, "field": row.column, "reason": row.reason} for row in rows]


routes = [
    Route("/api/events/{slug}/attendees", attendees, methods=["POST"]),
    Route("/api/events/{slug}/orders/{source}", orders, methods=["POST"]),
]
