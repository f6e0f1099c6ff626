"""The telling clause of what somebody wrote: a literal piece of it, short enough to stand above a question.

It never changes, joins or completes words, and gives nothing rather than a piece that says nothing.
"""

import re
from collections.abc import Callable, Iterator
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
    unwrapped,
)
from server.agenda.telling import is_courtesy, is_pitch, is_substantial, says_something, width

#: The longest quotation that a phone shows above a prompt, in code points.
AT_MOST = 80
#: Short sentences are quoted together as far as this: more is not read at a glance. A dense script counts twice.
_SHORT = 60
#: What is worth quoting stands near the beginning; nobody reads a card further than this.
_READ_AT_MOST = 1_000
#: So many texts stay read: the cards of the people who are meeting just now, quoted again at each of their scans.
_TEXTS_KEPT = 4_096

_NO_ANSWER = frozenset(WORDS["no_answer"])
_JOINING, _LEANING = frozenset(WORDS["joining"]), frozenset(WORDS["leaning"])
_WORD = re.compile(r"\S+")


@lru_cache(maxsize=_TEXTS_KEPT)
def telling_clause(words: str | None, at_most: int = AT_MOST) -> str | None:
    """The first piece of `words` that says something, as a literal substring, or None where none does.

    A short text as a whole, else a whole sentence if one fits in `at_most` code points, else as many of its clauses
    as fit; only a clause longer than that is cut, before a word that joins or leans if there is one.
    """
    if words is None:
        return None
    writing = Writing.beginning(words, _READ_AT_MOST)
    if writing.of(tidied(writing, writing.whole)).rstrip("!?").casefold() in _NO_ANSWER:
        return None
    for sentence in _sentences_worth_trying(writing, at_most):
        quote = _with_the_rest(writing, _fitted(writing, sentence, at_most), sentence, min(at_most, _SHORT))
        if says_something(writing.of(quote)):
            return writing.of(unwrapped(writing, quote))
    return None


def clause_that(words: str, speaks_of_it: Callable[[str], bool]) -> str | None:
    """The piece of `words` to quote where only what `speaks_of_it` will do, or None where nothing that fits does."""
    return next(filter(speaks_of_it, quotable_pieces(words)), None)


@lru_cache(maxsize=_TEXTS_KEPT)
def quotable_pieces(words: str) -> tuple[str, ...]:
    """All that could be quoted of `words`: the telling clause, then from each clause on as many as fit in `AT_MOST`.

    None is torn apart.
    """
    telling = telling_clause(words)
    writing = Writing.beginning(words, _READ_AT_MOST)
    pieces = dict.fromkeys([telling] if telling is not None else [])
    for sentence in sentences_of(writing):
        clauses = [] if is_pitch(writing.of(sentence)) else list(clauses_of(writing, sentence))
        for clause in clauses:
            if is_courtesy(writing.of(clause)) or (clause is not clauses[0] and _begins_in_midair(writing, clause)):
                continue
            run = _longest_run(writing, Span(clause.start, sentence.end), AT_MOST)
            quote = "" if run is None else writing.of(unwrapped(writing, run))
            if says_something(quote):
                pieces[quote] = None
    return tuple(pieces)


def _sentences_worth_trying(writing: Writing, at_most: int) -> list[Span]:
    """Sentences that can stand alone first; a short list of single words ("Bees! Bread!") as a whole."""
    said = [each for each in sentences_of(writing) if not is_pitch(writing.of(each))]
    sentences = [sentence for sentence in said if says_something(writing.of(sentence))]
    substantial = [sentence for sentence in sentences if is_substantial(writing.of(sentence))]
    whole = tidied(writing, writing.whole)
    if sentences and not substantial and _is_one_short_line(writing, whole, at_most):
        return [whole]
    return substantial or sentences


def _with_the_rest(writing: Writing, quote: Span, sentence: Span, at_most: int) -> Span:
    """The quotation with all that follows it, where the little that somebody wrote can stand as it is.

    Two short sentences belong together ("Our shop is closed. I am still clearing up."); the first alone may be unkind.
    """
    rest = tidied(writing, Span(quote.start, writing.whole.end))
    is_whole = quote.end == sentence.end and _is_one_short_line(writing, rest, at_most)
    follows = writing.of(Span(quote.end, rest.end)) if is_whole else ""
    return rest if says_something(follows) and not is_pitch(follows) else quote


def _is_one_short_line(writing: Writing, span: Span, at_most: int) -> bool:
    return width(writing.of(span)) <= at_most and len(writing.of(span).splitlines()) == 1


def _fitted(writing: Writing, sentence: Span, at_most: int) -> Span:
    """The sentence from its first clause that is no courtesy, as far as whole clauses fit."""
    clauses = [clause for clause in clauses_of(writing, sentence) if writing.of(clause)]
    told = [clause for clause in clauses if not is_courtesy(writing.of(clause))] or [sentence]
    if sentence.end - told[0].start <= at_most:
        return tidied(writing, Span(told[0].start, sentence.end))
    whole_thoughts = [told[0], *(clause for clause in told[1:] if not _begins_in_midair(writing, clause))]
    announced = [clause for clause in whole_thoughts[1:] if writing.is_announced(clause)][:1]
    for clause in chain(announced, whole_thoughts):
        run = _longest_run(writing, Span(clause.start, sentence.end), at_most)
        if run is not None and (is_substantial(writing.of(run)) or run.end == sentence.end):
            return run
        cut = _cut_before(_JOINING, writing, clause, at_most) if run is None else None
        if cut is not None:
            return cut
    return _cut_before(_LEANING, writing, told[0], at_most) or _cut_between_words(writing, told[0], at_most)


def _begins_in_midair(writing: Writing, clause: Span) -> bool:
    """Whether a clause from the middle of a sentence leans on what stood before it ("for schools", "which is why")."""
    first = _WORD.match(writing.text, *clause)
    return first is not None and first.group().casefold() in _JOINING | _LEANING


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


def _cut_before(words: frozenset[str], writing: Writing, clause: Span, at_most: int) -> Span | None:
    """The clause as far as the last of these words that leaves enough before it, or None where there is none."""
    best = None
    for word in _WORD.finditer(writing.text, clause.start, min(clause.end, clause.start + at_most + 1)):
        if word.group().casefold() in words and word.start() - clause.start >= at_most // 3:
            cut = _without_dangling_words(writing, tidied(writing, Span(clause.start, word.start())))
            best = cut if is_substantial(writing.of(cut)) and is_closed(writing.of(cut)) else best
    return best


def _cut_between_words(writing: Writing, clause: Span, at_most: int) -> Span:
    text = writing.text
    end = min(clause.end, clause.start + at_most)
    if end < clause.end and not is_blank(text[end]):
        spaces = [at for at in range(clause.start + at_most // 2, end) if is_blank(text[at])]
        end = spaces[-1] if spaces else end
    cut = tidied(writing, Span(clause.start, end))
    return _without_dangling_words(writing, cut) if cut.end < clause.end else cut


def _without_dangling_words(writing: Writing, cut: Span) -> Span:
    """Without last words that would leave a cut hanging in the air ("and for the", "und")."""
    while True:
        last = list(_words_in(writing, cut))[-1:]
        if not last or last[0].group().casefold() not in _JOINING | _LEANING:
            return cut
        shorter = tidied(writing, Span(cut.start, last[0].start()))
        if shorter.end - shorter.start < AT_MOST // 4:
            return cut
        cut = shorter


def _words_in(writing: Writing, span: Span) -> Iterator[re.Match[str]]:
    return _WORD.finditer(writing.text, *span)
