"""From the bytes of a list to its text.

UTF-8, UTF-16 and Windows-1252 are told apart by rule, so the same file is always read the same way; other
legacy encodings are judged by charset-normalizer. Refuses what is not text.
"""

import codecs
import unicodedata
from dataclasses import dataclass

from charset_normalizer import from_bytes

from server.imports.errors import (
    EmptyFile,
    EncodingNotRecognised,
    NotPlainText,
)

#: UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)

#: Beyond ASCII and no letters, yet at home inside words: apostrophes, dashes, the Catalan dot.
_IN_WORDS = frozenset("\u2018\u2019\u2013\u2014\u2026\u00b7")

#: What spreadsheets of the last decades wrote, in the order in which a tie is decided.
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "iso8859_2", "koi8_r", "mac_roman", "cp850", "cp852", "cp866",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip

#: So many of the letters beyond ASCII may stand oddly and a text still reads well: some people do write `ÄÖÜ`.
_ODD_SIGNS = 0.02

#: As much of the file as the judge gets to see: only lines with letters beyond ASCII, which alone can tell.
_SAMPLE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Text:
    """The text without a byte order mark, and the name of its encoding as shown to the organizer."""

    characters: str
    encoding: str
    #: True where the encoding was inferred rather than known, so that the organizer is asked to look.
    is_guess: bool


def decode(data: bytes) -> Text:
    """The text of a file.

    Raises `EmptyFile`, `NotPlainText` or `EncodingNotRecognised`.
    """
    if not data.strip():
        raise EmptyFile
    text = _decode_marked(data) or _decode_unmarked(data)
    if "\0" in text.characters:
        raise NotPlainText
    if not text.characters.strip():
        raise EmptyFile
    return text


def _decode_marked(data: bytes) -> Text | None:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            try:
                return Text(data.decode(codec), name, is_guess=False)
            except UnicodeDecodeError as error:
                raise EncodingNotRecognised from error
    return None


def _decode_unmarked(data: bytes) -> Text:
    if b"\0" in data:
        raise NotPlainText
    try:
        return Text(data.decode("utf-8"), "UTF-8", is_guess=False)
    except UnicodeDecodeError:
        return _decode_legacy(data)


def _decode_legacy(data: bytes) -> Text:
    sample = _lines_beyond_ascii(data)
    likely = [codec for codec in _LEGACY if _reads_well(_decoded(sample, codec))]
    codec = "cp1252" if "cp1252" in likely else _judged(sample, likely) or "cp1252"
    characters = _decoded(data, codec)
    if characters is None:
        raise EncodingNotRecognised
    return Text(characters, _shown(codec), is_guess=True)


def _lines_beyond_ascii(data: bytes) -> bytes:
    lines = (line for line in data.splitlines() if not line.isascii())
    sample = bytearray()
    for line in lines:
        sample += line + b"\n"
        if len(sample) > _SAMPLE_BYTES:
            break
    return bytes(sample)


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _reads_well(text: str | None) -> bool:
    """Whether letters hardly ever stand as nobody writes them, which is what a wrong encoding makes of a text.

    That is: three accented Latin letters in a row (Cyrillic or Greek misread), a capital after a small letter
    (Mac OS Roman, KOI8), a symbol inside a word (DOS code pages, Polish, Czech).
    """
    if text is None:
        return False
    telling = [window for window in zip(text, text[1:], text[2:], strict=False) if not window[1].isascii()]
    return sum(_is_misread(*window) for window in telling) <= len(telling) * _ODD_SIGNS


def _is_misread(before: str, sign: str, after: str) -> bool:
    if not sign.isalpha():
        in_word = before.isalpha() and after.isalpha()
        return in_word and sign not in _IN_WORDS and unicodedata.category(sign) not in {"Mn", "Cf"}
    return (sign.isupper() and before.islower()) or all(map(_is_accented, (before, sign, after)))


def _is_accented(sign: str) -> bool:
    return "À" <= sign <= "ɏ"


def _judged(sample: bytes, likely: list[str]) -> str | None:
    best = from_bytes(sample, cp_isolation=likely or _LEGACY, preemptive_behaviour=False).best()
    return None if best is None else best.encoding


def _shown(codec: str) -> str:
    """`cp1252` → `Windows-1252`; other names as Python has them."""
    return f"Windows-{codec[2:]}" if codec.startswith("cp125") else codec.replace("_", "-").upper()
