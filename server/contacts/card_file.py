"""A contact as a file for any address book: one vCard 3.0 (RFC 2426), written by hand so that nothing slips in.

It holds a name, the contact details given, and a note; whatever they say, it stays one card without a line of its own.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from server.people.models import Contact

MEDIA_TYPE = "text/vcard"

#: RFC 2426, section 2.6: a line has at most 75 octets, its end not counted.
_LONGEST_LINE = 75
#: Whatever some reader takes for the end of a line.
_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
#: What a reader could take for the beginning of something else: section 4, `text-value`.
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
#: Characters of an address that stay as they are (RFC 3986); all others leave percent-encoded, and so do comma and
#: semicolon, at which some address books cut an address.
_OF_A_LINK = "!#$%&'()*+-./:=?@[]_~"

_LONGEST_FILE_NAME = 80
_NOT_IN_A_FILE_NAME = frozenset('/\\:*?"<>|%')
#: What a spreadsheet or a shell could take for the beginning of something to do.
_NOT_AT_ITS_EDGE = " .=+-@~'#$&!`"
#: Names that Windows keeps for itself, with any ending.
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CardFile:
    """One contact file: `name` is fit for any file system, `content` is the whole vCard with CRLF line ends."""

    name: str = field(repr=False)
    content: str = field(repr=False)


def card_file(*, name: str, contact: Contact, event_title: str, met_on: date) -> CardFile:
    """The file of somebody one met: exactly these details, and where and on which day of the event."""
    return CardFile(file_name(name), "".join(f"{line}\r\n" for line in _lines(name, contact, event_title, met_on)))


def file_name(name: str) -> str:
    """`Ana Silva.vcf`: the name as far as every file system takes it, `Contact.vcf` where nothing of it is left."""
    plain = unicodedata.normalize("NFC", _LINE_END.sub(" ", name))
    seen = (sign for sign in plain if sign not in _NOT_IN_A_FILE_NAME and unicodedata.category(sign)[0] != "C")
    words = _first_octets(" ".join("".join(seen).split()), _LONGEST_FILE_NAME).strip(_NOT_AT_ITS_EDGE)
    return f"{'Contact' if not words or _RESERVED.match(words) else words}.vcf"


def _lines(name: str, contact: Contact, event_title: str, met_on: date) -> Iterator[str]:
    """The unfolded lines, folded. A card's name has no parts, so all of it stands as the given name."""
    yield from ("BEGIN:VCARD", "VERSION:3.0")
    yield from _folded(f"N:;{_text(name)};;;")
    yield from _folded(f"FN:{_text(name)}")
    if contact.email:
        yield from _folded(f"EMAIL;TYPE=INTERNET:{_text(contact.email)}")
    if contact.phone:
        yield from _folded(f"TEL:{_text(contact.phone)}")
    for link in contact.links:
        yield from _folded(f"URL:{_link(link)}")
    yield from _folded(f"NOTE:{_text(f'Met at {event_title}, {met_on.day} {met_on:%B %Y}')}")
    yield "END:VCARD"


def _text(value: str) -> str:
    """The value on one line, without control characters, with all escaped that means something in a vCard."""
    lines = _LINE_END.sub("\n", value)
    return "".join(sign for sign in lines if sign == "\n" or not _is_control(sign)).translate(_ESCAPED)


def _link(address: str) -> str:
    """An address is not escaped in a vCard (`uri`), so nothing that would need it may be in it."""
    return quote(address, safe=_OF_A_LINK, errors="replace")


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs"}


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, each after the first behind a space, none cutting a character."""
    first, rest = _split(line, _LONGEST_LINE)
    yield first
    while rest:
        piece, rest = _split(rest, _LONGEST_LINE - 1)
        yield f" {piece}"


def _split(text: str, octets: int) -> tuple[str, str]:
    first = _first_octets(text, octets)
    return first, text[len(first) :]


def _first_octets(text: str, most: int) -> str:
    """As much of the text as fits in so many octets of UTF-8, in whole characters."""
    return text.encode()[:most].decode(errors="ignore")


class FileNames:
    """Tells files of one folder apart, also where a system makes no difference between capitals."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def apart(self, name: str) -> str:
        """The name as it is, or with a number where it was given before: `Ana Silva (2).vcf`."""
        stem, ending = name.rsplit(".", 1)
        candidate, number = name, 1
        while (key := unicodedata.normalize("NFKC", candidate).casefold()) in self._taken:
            number += 1
            candidate = f"{stem} ({number}).{ending}"
        self._taken.add(key)
        return candidate
