"""Parts a text into words, in any script, and knows how a word may end. It knows no topic."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from server.topics.languages import COMMON_WORDS, LANGUAGES, Language

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
ENDINGS_AFTER_UMLAUT = ("", "e", "n", "en", "er", "ern")
_NEVER_WITH_UMLAUT = ("ung", "ion", "keit", "heit", "schaft", "ik", "ie", "ei", "e", "or", "um", "us", "a", "o")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
#: Latin letters without their marks.
WITHOUT_MARKS = str.maketrans(
    {chr(sign): unicodedata.normalize("NFD", chr(sign))[0] for sign in range(0xC0, 0x250)}
    | {"\N{LATIN SMALL LETTER DOTLESS I}": "i", "ł": "l", "ø": "o", "đ": "d"}
)


class Word(NamedTuple):
    """One word of a text: as written, and folded for comparing. `joined` and `breaks` tell of the gap before it."""

    written: str
    folded: str
    joined: bool
    breaks: bool


def words_of(text: str) -> list[Word]:
    """The words in order. Any text has some or none; nothing is raised."""
    if text.isascii() and text.replace(" ", "").isalpha():  # nine names in ten, and the table holds many
        return [Word(written, written.lower(), joined=True, breaks=False) for written in text.split(" ") if written]
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
    small = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", small.replace("i\u0307", "i"))  # the Turkish capital İ is an i


@lru_cache(maxsize=65536)
def forms(word: str, language: str) -> frozenset[str]:
    """Every way in which this folded word may stand in a text of that language.

    A form that is a common word of any language is none: nobody says in which one they write.
    """
    known = LANGUAGES.get(language)
    if known is None:
        return spelled((word,), language)
    stems = {word, *_with_endings(word, known)}
    if known.umlaut_in_plural:
        stems.update(_plurals_with_umlaut(word))
    for prefix in known.prefixes:
        stems.update([prefix + stem for stem in tuple(stems)])
    return spelled(stems, language) - (COMMON_WORDS - {word} if word in COMMON_WORDS else COMMON_WORDS)


def spelled(stems: Iterable[str], language: str) -> frozenset[str]:
    """These folded words in every way in which that language spells them.

    Also as typed on a keyboard without the letter's marks: "ae" for "ä", "a" for "ã".
    """
    known = LANGUAGES.get(language)
    if known and known.spellings and any(map(_spelled_in_two_ways(language).search, stems)):
        for one, other in known.spellings:
            stems = {*stems, *[stem.replace(one, other) for stem in stems if one in stem]}
    found = set(stems)
    for stem in stems:
        if not stem.isascii() and (bare := stem.translate(WITHOUT_MARKS)).isascii():
            found.update((bare, stem.translate(_UMLAUTS)))
    return frozenset(found)


@cache
def _spelled_in_two_ways(language: str) -> regex.Pattern[str]:
    """Finds any letters that the language also spells otherwise: few words have them."""
    return regex.compile("|".join(regex.escape(one) for one, _ in LANGUAGES[language].spellings))


def _with_endings(word: str, language: Language) -> Iterator[str]:
    """The first rule that fits the word's end says what may stand there instead."""
    for after, instead in language.endings:
        if word.endswith(after) and len(word) > len(after):
            stem = word.removesuffix(after)
            yield from (stem + ending for ending in instead)
            return


def _plurals_with_umlaut(word: str) -> Iterator[str]:
    """As "Garten" is "Gärten" and "Wald" is "Wälder". What is no word of the language stands in no text."""
    if word.endswith(_NEVER_WITH_UMLAUT):
        return
    for place in range(len(word) - 1, 0, -1):
        if word[place] in "aou":
            at = place - 1 if word[place - 1 : place + 1] == "au" else place
            stem = word[:at] + {"a": "ä", "o": "ö", "u": "ü"}[word[at]] + word[at + 1 :]
            yield from (stem + ending for ending in ENDINGS_AFTER_UMLAUT)
            return
        if word[place] in "äöüei":
            return


def runs_of(phrases: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Each phrase as its folded words, also as typed without its apostrophes ("dont ask me")."""
    typed = (each for phrase in phrases for each in {phrase, without_apostrophes(phrase)})
    return frozenset(tuple(word.folded for word in words_of(phrase)) for phrase in typed)


def without_apostrophes(text: str) -> str:
    """As on a phone: "children's" is "childrens"."""
    return text.replace("'", "").replace("\u2019", "")
