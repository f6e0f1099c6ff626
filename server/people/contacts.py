"""What contact details may hold. Looks at form alone: whether anybody answers there is for others to find out."""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit

from server.errors import InputNotValid
from server.people.addresses import is_address
from server.people.models import Contact

LONGEST_PHONE = 40
LONGEST_LINK = 300
MOST_LINKS = 5

#: Digits and what people write between them, with an extension after `ext`, `x` or `#`.
_PHONE = re.compile(r"\+?[\d ().\-/]+(?:(?:ext\.?|x|#) ?\d+)?", re.IGNORECASE | re.ASCII)
_FEWEST_DIGITS = 3
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
#: Nothing of these is seen: controls, format characters (directions, joiners), surrogates, private and unassigned.
_UNSEEN = {"Cc", "Cf", "Cs", "Co"}


def clean_contact(*, email: str | None, phone: str | None, links: Sequence[str]) -> Contact:
    """The details as they are kept: blank ones left out, links with their scheme and each once.

    Raises `InputNotValid` for `contact.email`, `contact.phone` or `contact.links`.
    """
    return Contact(email=_email(email), phone=_phone(phone), links=_links(links))


def _email(text: str | None) -> str | None:
    email = _visible(text, "contact.email")
    if email and not is_address(email):
        raise InputNotValid("contact.email", "That does not look like a mail address. Check it for a slip.")
    return email or None


def _phone(text: str | None) -> str | None:
    # Digits of every script are taken, and kept as those that every phone can dial.
    digits = (str(unicodedata.decimal(sign, sign)) for sign in _visible(text, "contact.phone"))
    phone = " ".join("".join(digits).split())
    if not phone:
        return None
    if len(phone) > LONGEST_PHONE:
        raise InputNotValid("contact.phone", f"Please keep the phone number to {LONGEST_PHONE} characters.")
    if not _PHONE.fullmatch(phone) or sum(sign.isdigit() for sign in phone) < _FEWEST_DIGITS:
        raise InputNotValid("contact.phone", "Write the phone number with digits, such as +351 21 123 4567.")
    return phone


def _links(texts: Sequence[str]) -> tuple[str, ...]:
    links = tuple(dict.fromkeys(_link(text) for text in texts if text.strip()))
    if len(links) > MOST_LINKS:
        raise InputNotValid("contact.links", f"Please keep it to {MOST_LINKS} links.")
    return links


def _link(text: str) -> str:
    link = _visible(text, "contact.links")
    if not _SCHEME.match(link):
        link = f"https://{link}"
    if len(link) > LONGEST_LINK:
        raise InputNotValid("contact.links", f"Please keep each link to {LONGEST_LINK} characters.")
    if not _is_web_address(link):
        raise InputNotValid("contact.links", "Use web addresses that begin with https:// or http://.")
    return link


def _is_web_address(link: str) -> bool:
    if any(sign.isspace() or sign in '<>"\\' for sign in link):
        return False
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    # A name before an @ makes an address read as one place and lead to another.
    return parts.scheme in {"http", "https"} and "." in host.strip(".") and "@" not in parts.netloc


def _visible(text: str | None, field: str) -> str:
    cleaned = unicodedata.normalize("NFC", text or "").strip()
    if any(unicodedata.category(sign) in _UNSEEN for sign in cleaned):
        raise InputNotValid(field, "That holds a sign that cannot be seen. Please type it instead of pasting it.")
    return cleaned
