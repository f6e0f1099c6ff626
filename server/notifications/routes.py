"""The address that ends mails (RFC 8058), over plain HTTP: it is opened from a mail, without signing in and without
the app. Looking at it changes nothing, since mail servers look too; only its button does, or the reader's own.
"""

import base64
import hashlib
from html import escape
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from server.notifications.choosing.operations import end_mails, find_locale
from server.notifications.unsubscribing import Unsubscription, read_unsubscribe_token
from server.notifications.wording import UnsubscribeWords, wording_in

#: What a mail reader or the page's own button sends is far shorter.
LONGEST_BODY = 1000


async def look(request: Request) -> Response:
    """What the link is for, with a button."""
    unsubscription = _read(request)
    if unsubscription is None:
        return _unknown()
    language, words = await _words(request, unsubscription)
    return _page(language, words.title, words.lead, buttons=((words.one, ""), (words.all, "all")))


async def end(request: Request) -> Response:
    """No more mails of that kind, or of any where the page's second button was pressed. Twice is once."""
    unsubscription = _read(request)
    if unsubscription is None:
        return _unknown()
    is_all = "all" in parse_qs(await _body(request)).get("which", ())
    services: Any = request.app.state.services
    async with services.pool.acquire() as connection:
        await end_mails(connection, person_id=unsubscription.person_id, kind=None if is_all else unsubscription.kind)
    language, words = await _words(request, unsubscription)
    return _page(language, words.done_title, words.done)


def _read(request: Request) -> Unsubscription | None:
    return read_unsubscribe_token(request.app.state.services.secrets, request.path_params["token"])


async def _words(request: Request, unsubscription: Unsubscription) -> tuple[str, UnsubscribeWords]:
    """In the language of the person whose mail it was."""
    async with request.app.state.services.pool.acquire() as connection:
        wording = wording_in(await find_locale(connection, person_id=unsubscription.person_id))
    return wording.language, wording.unsubscribe


async def _body(request: Request) -> str:
    """The beginning of what was sent; nothing beyond it counts."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            break
    return body[:LONGEST_BODY].decode(errors="replace")


def _unknown() -> Response:
    words = wording_in("en").unsubscribe
    return _page("en", words.unknown_title, words.unknown, status=404)


def _page(
    language: str, title: str, text: str, *, buttons: tuple[tuple[str, str], ...] = (), status: int = 200
) -> Response:
    pressed = "".join(
        f'<button name="which" value="{escape(value)}">{escape(label)}</button>' for label, value in buttons
    )
    form = f'<form method="post">{pressed}</form>' if pressed else ""
    page = _PAGE.format(language=language, style=_STYLE, title=escape(title), text=escape(text), form=form)
    return HTMLResponse(page, status, headers=_HEADERS)


_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; padding: 12vh 22px; background: #faf6ee; color: #1f1b16; font: 17px/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 0 auto; }
h1 { margin: 0 0 12px; font: 600 28px/1.2 Georgia, serif; }
form { display: grid; gap: 12px; margin-top: 28px; }
button { min-height: 48px; padding: 10px 20px; border: 1.5px solid #2c6146; border-radius: 14px; background: none;
  color: #2c6146; font: 600 17px system-ui, sans-serif; cursor: pointer; }
button:first-child { background: #2c6146; color: #fffdf8; }
@media (prefers-color-scheme: dark) {
  body { background: #14120e; color: #f1eadd; }
  button { border-color: #93ccaa; color: #93ccaa; }
  button:first-child { background: #93ccaa; color: #10231a; }
}
"""

_PAGE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Handsel</title><style>{style}</style></head>
<body><main><h1>{title}</h1><p>{text}</p>{form}</main></body>
</html>
"""

_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-robots-tag": "noindex",
}

routes = [
    Route("/unsubscribe/{token:str}", look, methods=["GET"]),
    Route("/unsubscribe/{token:str}", end, methods=["POST"]),
]
