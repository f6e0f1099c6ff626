"""What a request may hold: one JSON object in UTF-8, of limited size and depth, of characters that can be stored.

Everything else is refused with a status and one sentence, before anything of it is looked at.
"""

import json
import re
from typing import Any, NoReturn

from cross_web import HTTPException
from starlette.requests import ClientDisconnect, Request

MAX_BODY_BYTES = 512_000  # a day's queue of 500 scans fits several times
MAX_JSON_DEPTH = 40

#: NUL cannot be stored as text, and half a surrogate pair is no character.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


async def read_object(request: Request) -> dict[str, Any]:
    """The request's JSON object. Raises `HTTPException` with a 4xx status and a sentence."""
    content_type, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].partition(";")[0].strip().strip('"')
    if content_type.strip() != "application/json" or charset not in {"", "utf-8", "utf8"}:
        raise HTTPException(415, "Send JSON in UTF-8, with the content type application/json.")
    try:
        text = (await _read(request)).decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The body is not in UTF-8.") from error
    try:
        data = read_json(text)
    except ValueError as error:
        raise HTTPException(400, "The body is not JSON.") from error
    if not isinstance(data, dict):
        raise HTTPException(400, "The body must be one JSON object.")
    if (sentence := why_not(data)) is not None:
        raise HTTPException(400, f"The body {sentence}")
    return data


def read_json(text: str) -> object:
    """The value written in `text`. Raises `ValueError` for what is no JSON, such as NaN, or nests without end."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def why_not(value: object, depth: int = 0) -> str | None:
    """The end of a sentence that says why a JSON value cannot be taken; None when it can."""
    if depth > MAX_JSON_DEPTH:
        return "is nested too deeply."
    if isinstance(value, str):
        return "holds a character that is no text." if _UNSTORABLE.search(value) else None
    parts = (*value, *value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((reason for each in parts if (reason := why_not(each, depth + 1)) is not None), None)


async def _read(request: Request) -> bytes:
    """The body, given up as soon as it is longer than it may be."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > MAX_BODY_BYTES:
                raise HTTPException(413, f"A request may hold at most {MAX_BODY_BYTES} bytes.")
    except ClientDisconnect as error:
        raise HTTPException(400, "The request ended before it was whole.") from error
    return bytes(body)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
