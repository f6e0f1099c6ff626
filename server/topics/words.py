"""Parts a text into words, in any script, and knows how a word may end. It knows no topic."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from server.topics.languages import LANGUAGES, Language

#: Scripts that are written without spaces are read sign by sign; everything else word by word. A plus or a number
#: sign belongs to the word before it ("C++", "C#").
_DENSE = r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}"
_WORD = regex.compile(
    rf"[{_DENSE}]\p{{M}}*|[\p{{Katakana}}ー]+|(?:(?![{_DENSE}\p{{Katakana}}])[\p{{L}}\p{{M}}\p{{N}}])+[+#]*"
)
#: Between the words of one name: spaces, or one sign that joins.
_JOINING = regex.compile(r"\s*|[-\u2010\u2011'\u2019./_\u00b7\u30fb]|['\u2019]\s|\s?&\s?")
#: The end of a thought: nothing said before it denies what comes after.
_BREAKING = regex.compile(r"[,;:.!?()\[\]\n\u2013\u2014\u3001\u3002\uff0c\u060c\u061b]|\s[-/]\s")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Word(NamedTuple):
    """One word of a text: as written, and folded for comparing. `joined` and `breaks` tell of the gap before it."""

    written: str
    folded: str
    joined: bool
    breaks: bool


def words_of(text: str) -> list[Word]:
    """The words in order. Any text has some or none; nothing is raised."""
    whole = unicodedata.normalize("NFKC", text)
    words, end = [], 0
    for match in _WORD.finditer(whole):
        start, written = match.start(), match.group()
        joined, breaks = _gap(whole[end:start])
        words.append(Word(written, folded(written), joined, breaks))
        end = match.end()
    return words


@lru_cache(maxsize=512)
def _gap(gap: str) -> tuple[bool, bool]:
    """Whether it joins the words around it into one name, and whether it ends a thought."""
    return bool(_JOINING.fullmatch(gap)), bool(_BREAKING.search(gap))


def folded(text: str) -> str:
    """The text for comparing: compatible forms made one, no difference between capitals and small letters."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=16384)
def forms(word: str, language: str) -> frozenset[str]:
    """Every way in which this folded word may stand in a text of that language."""
    known = LANGUAGES.get(language)
    stems = {word}
    if known is not None:
        stems |= set(_with_endings(word, known))
        stems |= {prefix + stem for prefix in known.prefixes for stem in stems}
    return frozenset(spelling for stem in stems for spelling in _spellings(stem))


def _with_endings(word: str, language: Language) -> Iterator[str]:
    """The first rule that fits the word's end says what may stand there instead."""
    for after, instead in language.endings:
        if word.endswith(after) and len(word) > len(after):
            stem = word.removesuffix(after)
            yield from (stem + ending for ending in instead)
            return


def _spellings(word: str) -> tuple[str, ...]:
    """As typed on a keyboard without the letter's marks, too: "ae" for "ä", "a" for "ã"."""
    if word.isascii():
        return (word,)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    is_latin = bare.isascii()
    return (word, word.translate(_UMLAUTS), bare) if is_latin else (word,)


def runs_of(phrases: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Each phrase as its folded words."""
    return frozenset(tuple(word.folded for word in words_of(phrase)) for phrase in phrases)
