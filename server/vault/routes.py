"""`GET /events/{slug}/vault`: the vault over plain HTTP, because it is bytes and may be long. Decides nothing."""

from typing import Any

from prometheus_client import Counter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from server.errors import DomainError, NotFound
from server.plain_http import signed_in, told_if_unavailable
from server.sessions.models import Viewer
from server.vault import operations
from server.vault.errors import AskedTooOften, StillBeingMade
from server.vault.layout import MEDIA_TYPE

ANSWERS = Counter("handsel_vault_answers", "Answers about vaults, by outcome.", ["outcome"])

_STATUS = {NotFound: 404, AskedTooOften: 429, StillBeingMade: 503}


async def vault(request: Request) -> Response:
    """The vault of one event for whoever asks, or a sentence."""
    response = await _answer(request)
    response.headers["cache-control"] = "private, no-store"
    return response


async def _answer(request: Request) -> Response:
    try:
        viewer = await signed_in(request)
        with told_if_unavailable():
            return await _told(request, viewer)
    except DomainError as refusal:
        return _refused(_STATUS[type(refusal)], refusal.message, wait=getattr(refusal, "seconds", None))
    except HTTPException as refusal:
        return _refused(refusal.status_code, refusal.detail, wait=(refusal.headers or {}).get("retry-after"))


async def _told(request: Request, viewer: Viewer) -> Response:
    services: Any = request.app.state.services
    answer = await operations.answer_reader(
        services.pool,
        services.vaults,
        slug=request.path_params["slug"],
        person_id=viewer.person_id,
        since=request.query_params.get("since"),
        seen=_tags(request.headers.get("if-none-match", "")),
        limiter=services.limiter,
        secrets=services.secrets,
        now=services.clock(),
    )
    if answer.is_unchanged:
        ANSWERS.labels("unchanged").inc()
        return Response(status_code=304, headers={"etag": _tag(answer.cursor)})
    ANSWERS.labels("whole" if answer.is_whole else "changes").inc()
    return StreamingResponse(
        operations.body_of(services.pool, answer), media_type=MEDIA_TYPE, headers={"etag": _tag(answer.cursor)}
    )


def _refused(status: int, sentence: str, *, wait: int | str | None = None) -> Response:
    ANSWERS.labels("refused").inc()
    headers = {} if wait is None else {"retry-after": str(wait)}
    return PlainTextResponse(f"{sentence}\n", status, headers)


def _tag(cursor: str) -> str:
    """Weak: the same state, though not always the same bytes."""
    return f'W/"{cursor}"'


def _tags(header: str) -> list[str]:
    """The cursors among the tags that a phone says it has."""
    return [tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")]


routes = [Route("/events/{slug}/vault", vault)]
