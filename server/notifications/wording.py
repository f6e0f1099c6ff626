"""What notices say, read from one TOML file per language under `words/`. No sentence of it holds a name or a number."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from server.notifications.models import NoticeKind

_FILES = Path(__file__).with_name("words")
FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class PushWords:
    """What a lock screen shows."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class MailWords:
    """What a mail says around what it lists: why it was sent stands at its end."""

    subject: str
    lead: str
    action: str
    why: str


@dataclass(frozen=True, slots=True)
class FrameWords:
    """The links at the end of every mail."""

    change: str
    stop: str


@dataclass(frozen=True, slots=True)
class UnsubscribeWords:
    """The page behind the link that ends mails."""

    title: str
    lead: str
    one: str
    all: str
    done_title: str
    done: str
    unknown_title: str
    unknown: str


@dataclass(frozen=True, slots=True)
class Wording:
    """All of it in one language; a kind that never goes some way has no words for it."""

    language: str
    pushes: dict[NoticeKind, PushWords]
    mails: dict[NoticeKind, MailWords]
    frame: FrameWords
    unsubscribe: UnsubscribeWords


@cache
def languages() -> frozenset[str]:
    """The languages that notices speak."""
    return frozenset(path.stem for path in _FILES.glob("*.toml"))


def wording_in(locale: str) -> Wording:
    """The words for a language tag: that language, else English."""
    language = locale.lower().partition("-")[0]
    return _read(language if language in languages() else FALLBACK_LANGUAGE)


@cache
def _read(language: str) -> Wording:
    written = tomllib.loads((_FILES / f"{language}.toml").read_text(encoding="utf-8"))
    return Wording(
        language=written["language"],
        pushes={kind: PushWords(**written[kind]["push"]) for kind in NoticeKind if "push" in written[kind]},
        mails={kind: MailWords(**written[kind]["mail"]) for kind in NoticeKind if "mail" in written[kind]},
        frame=FrameWords(**written["frame"]),
        unsubscribe=UnsubscribeWords(**written["unsubscribe"]),
    )
