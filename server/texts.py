"""What people write about themselves and each other, made safe to keep and to show. Changes no word of it.

Letters of every script, marks and emoji pass; signs that are not seen and change how the text around them reads
do not, and length is counted as a reader counts.
"""

import unicodedata

import regex

from server.errors import InputNotValid

_CHARACTER = regex.compile(r"\X")
_LINE_ENDS = regex.compile(r"\r\n?|[\u0085\u2028\u2029]")
#: Control characters, lone surrogates and private use: nothing a font can show. Unassigned code points pass, because
#: this Python may be older than somebody's newest emoji.
NOT_TEXT = frozenset({"Cc", "Cs", "Co"})

#: Code points that a character has at most, taken over a whole text. The longest emoji have ten, stacked scripts fewer.
SIGNS_A_CHARACTER = 12

#: Invisible, and only there to change how the text around them is shown: soft hyphen, direction marks,
#: zero-width space, word joiner, byte order mark; then embeddings and overrides, isolates, annotations, tags.
#: Zero-width joiners stay: Persian, Indic scripts and emoji need them.
_DECEIVING = frozenset(map(chr, (0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF)))
_DECEIVING_RANGES = (
    range(0x202A, 0x202F),
    range(0x2060, 0x2070),
    range(0xFFF9, 0xFFFC),
    range(0xE0000, 0xE0020),
)


def deceives(sign: str) -> bool:
    """Whether `sign` is invisible and changes how the text around it is shown."""
    return sign in _DECEIVING or any(ord(sign) in signs for signs in _DECEIVING_RANGES)


def characters(text: str) -> int:
    """How many characters a reader sees (extended grapheme clusters, UAX 29)."""
    return len(_CHARACTER.findall(text))


def is_longer(text: str, longest: int) -> bool:
    """Whether a reader sees more than `longest` characters, or many of them are piled up from too many signs.

    Without the second, one short text with thousands of accents to a letter would fill every phone's vault.
    """
    return len(text) > longest and (len(text) > longest * SIGNS_A_CHARACTER or characters(text) > longest)


def clean_text(text: str, *, field: str, longest: int) -> str:
    """The text in NFC without deceiving signs and outer white space; line breaks stay, each one line feed.

    Raises `InputNotValid` for `field` when nothing is left, when it is longer than `longest` characters, or when
    it holds a control character.
    """
    cleaned = clean_optional_text(text, field=field, longest=longest)
    if cleaned is None:
        raise InputNotValid(field, "Write a few words first.")
    return cleaned


def clean_optional_text(text: str | None, *, field: str, longest: int) -> str | None:
    """The same for a text that may be left out: blank is None."""
    if text is None:
        return None
    lines = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    seen = "".join(sign for sign in lines if not deceives(sign)).strip()
    if any(unicodedata.category(sign) in NOT_TEXT and sign not in "\n\t" for sign in seen):
        raise InputNotValid(field, "That text holds a sign that cannot be shown. Please type it again.")
    if is_longer(seen, longest):
        raise InputNotValid(field, f"Please keep it to {longest} characters.")
    return seen or None
