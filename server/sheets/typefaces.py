"""The fonts that names are written in, and which of them has which sign. Draws nothing.

All are Noto Sans in its variable form, each from a package of fonts alone (see docs/decisions). A sheet gets a cut of
them that holds just the signs it prints, at two weights.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import regex
import uharfbuzz

CLUSTER = regex.compile(r"\X")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_HANGUL = regex.compile(r"\p{Hangul}")
#: Makes a digit an emoji.
_KEYCAP = "\u20e3"


class Weight(IntEnum):
    """How heavy a text is set, on the fonts' own scale."""

    REGULAR = 400
    BOLD = 700


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """One font file. `ascent` and `descent` are what its tallest letters take of a line, in parts of the type size."""

    name: str
    package: str
    ascent: float = 1.0
    descent: float = 0.3

    @property
    def path(self) -> Path:
        """The file. Its folder bears the same name as the font does, in small letters."""
        folder = files(self.package) / "fonts" / "ofl" / self.name.lower()
        axes = "wght" if self.package == "justmytype_intl_cjk" else "wdth,wght"
        return Path(str(folder / f"{self.name}[{axes}].ttf"))


_SANS = Typeface("NotoSans", "justmytype_western_core", 1.05)
_JAPANESE = Typeface("NotoSansJP", "justmytype_intl_cjk")
_KOREAN = Typeface("NotoSansKR", "justmytype_intl_cjk")
_SIMPLIFIED = Typeface("NotoSansSC", "justmytype_intl_cjk")
_TRADITIONAL = Typeface("NotoSansTC", "justmytype_intl_cjk")

#: In the order in which they are asked. The first has Latin, Greek and Cyrillic.
_ALPHABETS = (
    _SANS,
    Typeface("NotoSansArabic", "justmytype_intl_rtl", 1.1, 0.5),
    Typeface("NotoSansHebrew", "justmytype_intl_rtl"),
    Typeface("NotoSansDevanagari", "justmytype_intl_south_asia", 1.05, 0.45),
    Typeface("NotoSansBengali", "justmytype_intl_south_asia", 1.05, 0.45),
    Typeface("NotoSansTamil", "justmytype_intl_south_asia", 1.05, 0.45),
    Typeface("NotoSansTelugu", "justmytype_intl_south_asia", 1.05, 0.6),
    Typeface("NotoSansThai", "justmytype_intl_sea", 1.2, 0.4),
    Typeface("NotoSansLao", "justmytype_intl_sea", 1.2, 0.45),
    Typeface("NotoSansKhmer", "justmytype_intl_sea", 1.1, 0.7),
    Typeface("NotoSansMyanmar", "justmytype_intl_sea", 1.1, 0.7),
    Typeface("NotoSansEthiopic", "justmytype_intl_africa"),
)


def order_for(text: str) -> tuple[Typeface, ...]:
    """Which fonts to ask for `text`. Han characters are drawn as its own kana or Hangul say, else as in China.

    A line of a text is asked for by the order of the whole text, or a name might change its look half-way.
    """
    if _KANA.search(text):
        return (*_ALPHABETS, _JAPANESE, _KOREAN, _SIMPLIFIED, _TRADITIONAL)
    if _HANGUL.search(text):
        return (*_ALPHABETS, _KOREAN, _SIMPLIFIED, _TRADITIONAL, _JAPANESE)
    return (*_ALPHABETS, _SIMPLIFIED, _TRADITIONAL, _JAPANESE, _KOREAN)


@cache
def covered(typeface: Typeface) -> frozenset[int]:
    """The code points this font has a glyph for."""
    return frozenset(_face(typeface).unicodes)


@cache
def _face(typeface: Typeface) -> uharfbuzz.Face:
    """The whole font, read from its file as it is needed."""
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(typeface.path)))


def _to_be_seen(sign: str) -> bool:
    """Joiners and variation selectors need no glyph of their own."""
    return unicodedata.category(sign) != "Cf" and not 0xFE00 <= ord(sign) <= 0xFE0F


def set_in(line: str, order: tuple[Typeface, ...]) -> list[tuple[str, Typeface | None]]:
    """Each character of the line as a reader counts them, with the font that has all of its signs; None where none has.

    Spaces, digits and punctuation stay in the font of what stands before them, if it has them.
    """
    before: Typeface | None = None
    parts: list[tuple[str, Typeface | None]] = []
    for cluster in CLUSTER.findall(line):
        first = order if before is None or not _is_neutral(cluster) else (before, *order)
        typeface = _first_with(cluster, first)
        parts.append((cluster, typeface))
        before = typeface or before
    return parts


def signs_needed(text: str, *, always: str = "") -> dict[Typeface, set[str]]:
    """The signs that each font must have to set `text`, wherever its lines are broken; `always` in each of them."""
    order = order_for(text)
    parts = set_in(text, order)
    needed: dict[Typeface, set[str]] = {typeface: set(always) for _, typeface in parts if typeface is not None}
    neutral = [cluster for cluster in CLUSTER.findall(text + always) if _is_neutral(cluster)]
    for cluster in neutral:  # at the beginning of a line nothing stands before them
        if (alone := _first_with(cluster, order)) is not None:
            needed.setdefault(alone, set(always))
    for cluster, typeface in parts:
        if typeface is not None:
            needed[typeface].update(cluster)
    for signs in needed.values():
        signs.update(*neutral)
    return needed


def _is_neutral(cluster: str) -> bool:
    """Of no script of its own: a space, a digit, punctuation."""
    return unicodedata.category(cluster[0])[0] in "ZNP"


@lru_cache(maxsize=4096)
def _first_with(cluster: str, order: tuple[Typeface, ...]) -> Typeface | None:
    needed = {ord(sign) for sign in cluster if _to_be_seen(sign)}
    return next((typeface for typeface in order if needed <= covered(typeface)), None)


def without_unwritable_symbols(text: str) -> str:
    """The text without the emoji and other symbols that no font here has. Letters stay, whether one has them or not."""
    kept = "".join(
        cluster
        for cluster, typeface in set_in(text, order_for(text))
        if typeface is not None or not _is_symbol(cluster)
    )
    return " ".join(kept.split())


def unwritable(text: str) -> str:
    """The characters of `text` that no font here has, each once."""
    return "".join(dict.fromkeys(cluster for cluster, typeface in set_in(text, order_for(text)) if typeface is None))


def _is_symbol(cluster: str) -> bool:
    """A sign beside the words, or one newer than this Python knows (which so far have been emoji)."""
    return unicodedata.category(cluster[0]) in {"So", "Sk", "Sm", "Sc", "Cn"} or _KEYCAP in cluster


def cut(typeface: Typeface, weight: Weight, signs: Iterable[str], folder: Path) -> Path:
    """A font file in `folder` with the glyphs that these signs need, shaping rules included, at one weight."""
    face = _face(typeface)
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update({ord(sign) for sign in signs} | {ord(" ")})
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.invert()  # all of them
    wanted.pin_all_axes_to_default(face)
    wanted.pin_axis_location(face, "wght", float(weight))
    made = folder / f"{typeface.name}-{weight.name.lower()}.ttf"
    made.write_bytes(uharfbuzz.subset(face, wanted).blob.data)
    return made
