"""Knows, of a word as it stands in a text, which words of the table it may be a form of: "Gärten" of "Garten".

Forms are not written out beforehand: a word's possible endings are taken off it, and what is found that way counts only
if `forms` makes this word of it again.
"""

from collections.abc import Iterable
from itertools import chain

from server.topics.languages import LANGUAGES
from server.topics.words import ENDINGS_AFTER_UMLAUT, forms, spelled

_UMLAUTS = (("ä", "a"), ("ö", "o"), ("ü", "u"), ("ae", "a"), ("oe", "o"), ("ue", "u"))

#: A language and a folded word of it.
Base = tuple[str, str]


class Bases:
    """The words of some names, found by any of their forms."""

    def __init__(self, words: Iterable[Base]) -> None:
        """`words` with the language whose endings they take; a language without rules bends nothing."""
        self._by_spelling: dict[str, list[Base]] = {}
        tags: set[str] = set()
        for tag, word in dict.fromkeys(words):
            tags.add(tag)
            for spelling in spelled((word,), tag):
                self._by_spelling.setdefault(spelling, []).append((tag, word))
        known = [LANGUAGES[tag] for tag in sorted(tags & LANGUAGES.keys())]
        self._prefixes = tuple(dict.fromkeys(chain.from_iterable(language.prefixes for language in known)))
        self._has_umlauts = any(language.umlaut_in_plural for language in known)
        self._before: dict[str, tuple[str, ...]] = {"": ("",)}
        for language in known:
            for after, instead in language.endings:
                self._learn(spelled(instead, ""), spelled((after,), ""))
        if self._has_umlauts:
            self._learn(ENDINGS_AFTER_UMLAUT, ("",))
        self._longest = max(map(len, self._before))

    def _learn(self, endings: Iterable[str], befores: Iterable[str]) -> None:
        for ending in endings:
            self._before[ending] = tuple(dict.fromkeys((*self._before.get(ending, ()), *befores)))

    def of(self, form: str) -> tuple[Base, ...]:
        """The words that this folded word may be a form of."""
        spellings = self.unbent(form)
        for prefix in self._prefixes:
            if form.startswith(prefix) and len(form) > len(prefix):
                spellings |= self.unbent(form.removeprefix(prefix))
        return tuple(dict.fromkeys(base for spelling in spellings for base in self.spelled_as(spelling, form=form)))

    def spelled_as(self, spelling: str, *, form: str) -> Iterable[Base]:
        """The words with this spelling that have that form indeed."""
        bases = self._by_spelling.get(spelling, ())
        return [(language, word) for language, word in bases if form in forms(word, language)] if bases else ()

    def unbent(self, form: str) -> dict[str, None]:
        """What might be left of a folded word without its ending; much of it is no word."""
        found: dict[str, None] = {form: None}
        for cut in range(max(1, len(form) - self._longest), len(form) + 1):
            stem = form[:cut]
            for before in self._before.get(form[cut:], ()):
                found[stem + before] = None
        if self._has_umlauts:
            found |= dict.fromkeys(chain.from_iterable(map(_without_last_umlaut, tuple(found))))
        return found


def _without_last_umlaut(word: str) -> Iterable[str]:
    for umlaut, letter in _UMLAUTS:
        head, found, tail = word.rpartition(umlaut)
        if found:
            yield head + letter + tail
