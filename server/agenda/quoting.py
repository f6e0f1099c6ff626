"""The telling clause of what somebody wrote: a literal piece of it, short enough to stand above a question.

It never changes, joins or completes words, and gives nothing rather than a piece that says nothing.
"""

import re
from functools import lru_cache
from itertools import chain

from server.agenda.clauses import (
    CLAUSE_END,
    WORDS,
    Span,
    Writing,
    clauses_of,
    is_blank,
    is_closed,
    is_torn,
    sentences_of,
    tidied,
)

#: The longest quotation that a phone shows above a prompt, in code points.
AT_MOST = 80
#: What is worth quoting stands near the beginning; nobody reads a card further than this.
_READ_AT_MOST = 1_000

#: A piece with this many words, letters, or characters of a dense script can stand alone.
_SUBSTANTIAL_WORDS, _SUBSTANTIAL_LETTERS, _SUBSTANTIAL_DENSE = 3, 14, 4
_FEWEST_LETTERS, _FEWEST_DENSE = 3, 2
#: Letters by category, yet nothing to see: the Hangul fillers.
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0")

_COURTESY = re.compile(
    rf"(?:{'|'.join(map(re.escape, WORDS['greetings']))})(?:\s+\w+){{0,2}}\W*"
    rf"|(?:{'|'.join(map(re.escape, WORDS['names']))})\s+\w+(?:\s+\w+)?\W*"
    rf"|(?:{'|'.join(map(re.escape, WORDS['fillers']))})\W*",
    re.IGNORECASE,
)
_NO_ANSWER = frozenset(WORDS["no_answer"])


#: So many texts stay read: the cards of the people who are meeting just now, quoted again at each of their scans.
_TEXTS_KEPT = 4_096


@lru_cache(maxsize=_TEXTS_KEPT)
def telling_clause(words: str | None, at_most: int = AT_MOST) -> str | None:
    """The first piece of `words` that says something, as a literal substring, or None where none does.

    A whole sentence if one fits in `at_most` code points, else as many of its clauses as fit; only a
    clause longer than that is cut between words (between characters where a script has no spaces).
    """
    if words is None:
        return None
    writing = Writing.beginning(words, _READ_AT_MOST)
    if writing.of(tidied(writing, writing.whole)).rstrip("!?").casefold() in _NO_ANSWER:
        return None
    for sentence in _sentences_worth_trying(writing, at_most):
        quote = writing.of(_fitted(writing, sentence, at_most))
        if _says_something(quote):
            return quote
    return None


def _sentences_worth_trying(writing: Writing, at_most: int) -> list[Span]:
    """Sentences that can stand alone first; a short list of single words ("Bees! Bread!") as a whole."""
    sentences = [sentence for sentence in sentences_of(writing) if _says_something(writing.of(sentence))]
    substantial = [sentence for sentence in sentences if _is_substantial(writing.of(sentence))]
    whole = tidied(writing, writing.whole)
    is_short = whole.end - whole.start <= at_most and len(writing.of(whole).splitlines()) == 1
    if sentences and not substantial and is_short:
        return [whole]
    return substantial or sentences


def _fitted(writing: Writing, sentence: Span, at_most: int) -> Span:
    """The sentence from its first clause that is no courtesy, as far as whole clauses fit."""
    clauses = [clause for clause in clauses_of(writing, sentence) if writing.of(clause)]
    told = [clause for clause in clauses if not _COURTESY.fullmatch(writing.of(clause))] or [sentence]
    for clause in told:
        run = _longest_run(writing, Span(clause.start, sentence.end), at_most)
        if run is not None and (_is_substantial(writing.of(run)) or run.end == sentence.end):
            return run
    return _cut_between_words(writing, told[0], at_most)


def _longest_run(writing: Writing, rest: Span, at_most: int) -> Span | None:
    """The clauses from the beginning of `rest` that fit, ending where no bracket is left open."""
    best = None
    ends = (mark.end() for mark in CLAUSE_END.finditer(writing.text, *rest))
    for end in chain(ends, [rest.end]):
        run = tidied(writing, Span(rest.start, end))
        if run.end - run.start > at_most:
            break
        words = writing.of(run)
        if words and end in writing.borders and not is_torn(words) and (is_closed(words) or end == rest.end):
            best = run
    return best


def _cut_between_words(writing: Writing, clause: Span, at_most: int) -> Span:
    text = writing.text
    end = min(clause.end, clause.start + at_most)
    if end < clause.end and not is_blank(text[end]):
        spaces = [at for at in range(clause.start + at_most // 2, end) if is_blank(text[at])]
        end = spaces[-1] if spaces else end
    return _without_dangling_words(writing, tidied(writing, Span(clause.start, end)), clause)


def _without_dangling_words(writing: Writing, cut: Span, clause: Span) -> Span:
    """Without short last words ("for the", "und") that would leave a cut hanging in the air."""
    while cut.end < clause.end:
        last = writing.text.rfind(" ", cut.start + AT_MOST // 4, cut.end)
        if last < 0 or cut.end - last > 4 or not writing.text[last + 1 : cut.end].islower():
            break
        cut = tidied(writing, Span(cut.start, last))
    return cut


def _says_something(piece: str) -> bool:
    letters, dense = _letters(piece)
    return letters >= _FEWEST_LETTERS or dense >= _FEWEST_DENSE


def _is_substantial(piece: str) -> bool:
    if _COURTESY.fullmatch(piece):
        return False
    letters, dense = _letters(piece)
    return (
        (len(piece.split()) >= _SUBSTANTIAL_WORDS and letters >= _FEWEST_LETTERS)
        or letters >= _SUBSTANTIAL_LETTERS
        or dense >= _SUBSTANTIAL_DENSE
    )


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
