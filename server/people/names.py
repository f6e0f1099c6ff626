"""What a person's name may hold, and how two are compared.

Letters of every script, marks and emoji pass; signs that are not seen, or that make a name read otherwise
than it is written, do not.
"""

import unicodedata

from server.texts import NOT_TEXT, deceives, is_longer

#: In characters as a reader counts them.
LONGEST_NAME = 120

_JOINERS = "\u200c\u200d"
_DAMAGED = "\ufffd"


class NameNotValid(ValueError):
    """The text cannot be a name. `sentence` says why, without the name."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def clean_name(text: str) -> str:
    """The name in NFC, with single spaces and without deceiving signs; empty when nothing else was there.

    Raises `NameNotValid` for control characters, damaged letters and names longer than `LONGEST_NAME`.
    """
    if text.isascii() and text.isprintable():
        name = " ".join(text.split())
    else:
        # First the spaces: a line break inside a name is one, and no control character.
        seen = "".join(sign for sign in " ".join(text.split()) if not deceives(sign))
        name = " ".join(unicodedata.normalize("NFC", seen).split()).strip(_JOINERS)
    if any(unicodedata.category(sign) in NOT_TEXT for sign in name):
        raise NameNotValid("The name holds a control character, or a sign that no font shows.")
    if _DAMAGED in name:
        raise NameNotValid("The name holds the sign for a damaged letter (�).")
    if is_longer(name, LONGEST_NAME):
        raise NameNotValid(f"The name is longer than {LONGEST_NAME} characters.")
    return name


def name_key(name: str) -> str:
    """How names are compared and searched: without case, accents and width."""
    if name.isascii():
        return " ".join(name.lower().split())
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def words_key(*texts: str | None) -> str:
    """The same for texts in which words are searched, one after the other; missing ones are left out."""
    return name_key(" ".join(text for text in texts if text))
