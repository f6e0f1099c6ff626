"""The mail that asks somebody into the team of an event, in their language where there are words for it."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from server.events.models import Event
from server.notifications.models import Letter
from server.teams.models import Unsent

_FILE = Path(__file__).with_name("words.toml")
_FALLBACK = "en"
#: Names are their owners' words: one that could be read as more than a name is not what a mail begins with.
_LONGEST_NAME = 60


def team_letter(unsent: Unsent, *, event: Event, code: str, until: datetime, public_url: str) -> Letter:
    """The letter. What follows the # of its link is never sent to a server."""
    words = _words_in(unsent.locale)
    title = " ".join(event.title.split())
    who = " ".join(unsent.asks.split())
    fields = {
        "who": who if 0 < len(who) <= _LONGEST_NAME else words["nobody"],
        "do": words[unsent.role.value],
        "title": title,
        "when": _day(event.starts_at, event, words),
        "until": _day(until, event, words),
        "link": f"{public_url}/invite#code={code}&to=team",
        "url": public_url,
    }
    return Letter(
        to=unsent.email,
        subject=words["subject"].format(**fields),
        text=words["text"].lstrip("\n").format(**fields),
        message_id=f"team.{unsent.id}",
    )


def _words_in(locale: str) -> Mapping[str, Any]:
    known = _read()
    words: Mapping[str, Any] = known.get(locale.split("-", 1)[0].lower(), known[_FALLBACK])
    return words


def _day(instant: datetime, event: Event, words: Mapping[str, Any]) -> str:
    """A day in words, by the event's own clock."""
    local = instant.astimezone(ZoneInfo(event.timezone))
    return str(words["day"]).format(day=local.day, month=words["months"][local.month - 1], year=local.year)


@cache
def _read() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
