"""Whether a piece of writing tells a stranger something: a courtesy, a date, a link or a pitch does not.

It only judges; where a text may be cut is known to `clauses`, and what is quoted of it is decided in `quoting`.
"""

import re

from server.agenda.clauses import WORDS

#: A piece with this many words, letters, or characters of a dense script can stand alone.
_SUBSTANTIAL_WORDS, _SUBSTANTIAL_LETTERS, _SUBSTANTIAL_DENSE = 3, 14, 4
_FEWEST_LETTERS, _FEWEST_DENSE = 3, 2
#: Letters by category, yet nothing to see: the Hangul fillers.
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0")
_BARE = frozenset(WORDS["bare"])
#: Short names that people know things by: capitals ("AI"), or letters around a digit ("k8s").
_ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,}|(?=\w*\d)(?=\w*[A-Za-z]\w*[A-Za-z])[A-Za-z0-9]{3,})\b", re.ASCII)


def _any_of(words: list[str]) -> str:
    return "|".join(map(re.escape, words))


_COURTESY = re.compile(
    rf"(?:{_any_of(WORDS['greetings'])})(?:\s+\w+){{0,2}}\W*"
    rf"|(?:{_any_of(WORDS['names'])})\s+\w+(?:\s+\w+)?\W*"
    rf"|(?:{_any_of(WORDS['fillers'])})\W*",
    re.IGNORECASE,
)
_PITCH = re.compile(rf"(?<!\w)(?:{_any_of(WORDS['pitch'])})(?!\w)", re.IGNORECASE)


def is_courtesy(piece: str) -> bool:
    """Whether the piece is only a greeting, a name or a filler."""
    return _COURTESY.fullmatch(piece) is not None


def is_pitch(piece: str) -> bool:
    """Whether the piece holds a phrase that is said to sell."""
    return _PITCH.search(piece) is not None


def says_something(piece: str) -> bool:
    """Whether there is enough in it to ask about."""
    letters, dense = _letters(piece)
    if dense >= _FEWEST_DENSE:
        return True
    if letters >= _FEWEST_LETTERS:
        return not all(word.isdigit() or word.casefold() in _BARE for word in re.findall(r"[^\W\d_]+|\d+", piece))
    return letters > 0 and _ABBREVIATION.search(piece) is not None


def is_substantial(piece: str) -> bool:
    """Whether it can stand alone, beside other pieces of the same text."""
    if is_courtesy(piece):
        return False
    letters, dense = _letters(piece)
    return (
        (len(piece.split()) >= _SUBSTANTIAL_WORDS and letters >= _FEWEST_LETTERS)
        or letters >= _SUBSTANTIAL_LETTERS
        or dense >= _SUBSTANTIAL_DENSE
    )


def width(piece: str) -> int:
    """How long it is to read, in characters of which those of a dense script count twice."""
    return len(piece) + sum(map(_is_dense, piece))


def _letters(piece: str) -> tuple[int, int]:
    """How many letters, and how many of them in a dense script.

    A piece that holds an address counts for nothing: a link or a mail address is nothing to ask about.
    """
    if "://" in piece or "@" in piece or "www." in piece.casefold():
        return 0, 0
    letters = [character for character in piece if character.isalpha() and character not in _INVISIBLE]
    return len(letters), sum(map(_is_dense, letters))


def _is_dense(character: str) -> bool:
    """Kana, ideographs and Hangul syllables say about as much as a syllable or a word does elsewhere."""
    point = ord(character)
    return 0x3040 <= point <= 0x9FFF or 0xAC00 <= point <= 0xD7A3 or 0x20000 <= point <= 0x3FFFF
