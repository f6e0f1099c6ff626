"""From badges in the database to what goes on paper: one line each, in signs that a font has. Draws nothing."""

import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID

from server.badges.tokens import BadgeSecret, badge_secret
from server.secrets import Secrets
from server.sheets.models import Face, Faces, Heading, LivePrint, NotPrintable
from server.sheets.typefaces import unwritable, without_unwritable_symbols
from server.texts import NOT_TEXT, deceives

#: On a test sheet: a code of the right length that is nobody's. Its letters are in no code that is given out.
_NOBODYS = BadgeSecret(token="0" * 26, code="TESTCODE")
_NAMES = ("Ana Duarte", "Maximiliane-Sophie Featherstonehaugh", "Bo")


def faces_of(asked: Sequence[LivePrint], *, event_title: str, secrets: Secrets, public_url: str) -> Faces:
    """What goes on each badge. Badges whose names cannot be written are left out and named."""
    by_badge: dict[UUID, Face] = {}
    left_out: list[NotPrintable] = []
    shortened = 0
    for badge in asked:
        whole = _on_paper(badge.name)
        name = without_unwritable_symbols(whole)
        missing = unwritable(name) if name else unwritable(whole)
        if missing or not name:
            left_out.append(NotPrintable(badge.badge_id, whole, missing))
            continue
        pronouns, ask_me_about = _writable(badge.pronouns), _writable(badge.ask_me_about)
        shortened += (name, pronouns, ask_me_about) != (
            whole, _one_line(badge.pronouns), _one_line(badge.ask_me_about)
        )  # fmt: skip
        secret = badge_secret(secrets, badge.badge_id, badge.key_id)
        by_badge[badge.badge_id] = Face(name, pronouns, ask_me_about, secret.address(public_url), secret.code)
    return Faces(_heading(event_title, public_url), by_badge, tuple(left_out), shortened)


def sample_faces(number: int, *, event_title: str, public_url: str) -> Faces:
    """Made-up badges for a test sheet: a short name, a long one, and a code that is nobody's."""
    by_badge = {
        UUID(int=place): Face(
            _NAMES[place % len(_NAMES)],
            "she/her",
            "how this sheet fits",
            _NOBODYS.address(public_url),
            _NOBODYS.code,
        )
        for place in range(number)
    }
    return Faces(_heading(event_title, public_url), by_badge)


def _heading(event_title: str, public_url: str) -> Heading:
    title = _on_paper(event_title)
    return Heading("" if unwritable(title) else title, urlsplit(public_url).netloc.lower())


def _on_paper(text: str) -> str:
    """The text as one line, without signs that are not seen, whatever an older version of the product let in."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(sign for sign in line if not deceives(sign) and unicodedata.category(sign) not in NOT_TEXT).strip()


def _one_line(text: str | None) -> str | None:
    return _on_paper(text or "") or None


def _writable(text: str | None) -> str | None:
    """The text without symbols that no font has; None when letters of it are missing too."""
    line = without_unwritable_symbols(_on_paper(text or ""))
    return None if unwritable(line) else line or None
