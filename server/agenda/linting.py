"""Says in words what keeps a prompt file from being worth asking, and what it still lacks.

A structural fault refuses the file (`library`); what is said here is advice that the committed libraries
are held to. It does not judge tone: that is for reading aloud.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations

from server.agenda.circumstances import LEFT_OPEN
from server.agenda.library import LibraryNotValid, parse_library
from server.agenda.models import CardField, Circumstance, Library, Prompt, PromptPhase, Side

MOST_WORDS = 12
MOST_LETTERS = 80
MOST_LETTERS_OF_A_REASON = 110

#: Prompts that suit anybody on any card, for each side: enough that a pair can meet three times.
FEWEST_FOR_ANYBODY = {
    PromptPhase.OPEN: 3,
    PromptPhase.LEARN: 6,
    PromptPhase.HELP: 3,
    PromptPhase.WHO_ELSE: 3,
    PromptPhase.CLOSE: 3,
}
#: Prompts that quote each field, for each side.
FEWEST_FOR_A_FIELD = 3
#: Prompts for each thing a card can leave open, for each side.
FEWEST_FOR_AN_EMPTY_FIELD = 1
#: Of the words of two questions, the part that both have, from which on they sound like one.
ALIKE = 0.75

#: The field that a prompt about help must quote, so that it is plain what is meant.
_QUOTES_WITH = {Circumstance.THEY_OFFER: CardField.OFFERING, Circumstance.THEY_SEEK: CardField.SEEKING}
#: What can never be so at once.
_AT_ODDS = (
    (Circumstance.FIRST_MEETING, Circumstance.AGAIN),
    (Circumstance.FIRST_MEETING, Circumstance.SECOND_MEETING),
    (Circumstance.FIRST_MEETING, Circumstance.THIRD_MEETING),
    (Circumstance.FIRST_MEETING, Circumstance.READER_PROMISED),
    (Circumstance.FIRST_MEETING, Circumstance.READER_KEPT),
    (Circumstance.FIRST_MEETING, Circumstance.NEED_NOTED),
    (Circumstance.SECOND_MEETING, Circumstance.THIRD_MEETING),
    (Circumstance.NEWCOMER, Circumstance.READER_NEWCOMER),
)


def complaints(content: str, *, source: str) -> tuple[str, ...]:
    """Everything that is wrong with the prompt file written in `content`; nothing when it is well."""
    try:
        library = parse_library(content, source=source)
    except LibraryNotValid as error:
        return error.faults
    said = complaints_about(library.prompts, rules=tomllib.loads(content).get("lint", {}))
    return (*said, *_sounding_alike(library), *shortages(library))


def complaints_about(prompts: Iterable[Prompt], *, rules: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What is wrong with each of these, whatever else their file holds. `rules` are a language's words of `[lint]`."""
    never, open_words = rules.get("never", []), rules.get("open_words", [])
    return tuple(
        f"prompt {prompt.key}: {complaint}"
        for prompt in prompts
        for complaint in (*_about(prompt, never=never, open_words=open_words), *_about_conditions(prompt))
    )


def _about(prompt: Prompt, *, never: Iterable[str], open_words: Iterable[str]) -> Iterator[str]:
    """What is wrong with its words, and what to do about it."""
    text = prompt.text
    is_question = text.endswith(_QUESTION_MARKS)
    words = len(text.split())
    if len(text) > MOST_LETTERS or words > MOST_WORDS:
        yield (
            f"the text has {words} words and {len(text)} letters; cut it to {MOST_WORDS} words and {MOST_LETTERS} "
            "letters, to be read at a glance"
        )
    if len(prompt.why) > MOST_LETTERS_OF_A_REASON:
        yield f"the why has {len(prompt.why)} letters; cut it to one line of {MOST_LETTERS_OF_A_REASON}"
    if not is_question and prompt.phase is not PromptPhase.CLOSE:
        yield "the text is no question; end it with a question mark, for only a closing may be an invitation"
    if not is_question and not text.endswith((".", "\u3002")):
        yield "the text ends without a mark; end a question with a question mark and an invitation with a full stop"
    if sum(text.count(mark) for mark in _QUESTION_MARKS) > 1:
        yield "it asks two things at once; keep the better question"
    if prompt.phase in {PromptPhase.OPEN, PromptPhase.LEARN} and not _found(text, open_words):
        yield f"it can be answered with yes or no; ask with one of: {', '.join(open_words) or 'the open_words'}"
    if re.search(r"[{}<>\"!\u201c\u201d\u201e\u00ab\u00bb]", text):
        yield (
            "it holds a quotation, a placeholder or an exclamation mark; leave that out, for the other's words stand "
            'above it, and say "this"'
        )
    found = _found(f"{text} {prompt.why}", never)
    if found:
        said = " and ".join(map(repr, found))
        yield f"it says {said}, which no prompt should, for it pries, sells or sorts people; say it without"


def _about_conditions(prompt: Prompt) -> Iterator[str]:
    """What of its conditions can never be so, and what is missing for it to make sense."""
    if prompt.about is not None and prompt.about in {LEFT_OPEN.get(circumstance) for circumstance in prompt.when}:
        yield (
            f"it quotes {prompt.about} and wants it empty, so it can never be chosen; take away about or "
            f"empty_{prompt.about}"
        )
    for one, other in _AT_ODDS:
        if one in prompt.when and other in prompt.when:
            yield f"{one} and {other} are never so at once, so it can never be chosen; take one away"
    for circumstance, card_field in _QUOTES_WITH.items():
        if circumstance in prompt.when and prompt.about not in {card_field, None}:
            yield f'{circumstance} speaks of {card_field}; say about = "{card_field}"'


_QUESTION_MARKS = ("?", "\uff1f", "\u061f", "\u037e")


def _found(text: str, words: Iterable[str]) -> list[str]:
    """Those of the words that stand in the text, as they stand there. "sell*" finds "selling" as well."""
    return [found.group() for word in words if (found := _pattern_of(word).search(text))]


@cache
def _pattern_of(word: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in word.split("*")]
    return re.compile(r"(?<!\w)" + r"\w*".join(parts) + r"(?!\w)", re.IGNORECASE)


def _sounding_alike(library: Library) -> Iterator[str]:
    """Pairs of questions that are nearly the same words: in one talk they would sound like one asked twice."""
    for one, other in combinations(library.prompts, 2):
        if likeness(one.text, other.text) >= ALIKE:
            both = f"{one.key} and {other.key}"
            yield f"prompts {both} say nearly the same; keep the better one, or ask for something else"


def likeness(one: str, other: str) -> float:
    """Of all the words in the two, the part that stands in both: 0 for none, 1 for all."""
    of_one, of_other = _words_of(one), _words_of(other)
    return len(of_one & of_other) / max(1, len(of_one | of_other))


@lru_cache(maxsize=1_024)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def shortages(library: Library) -> tuple[str, ...]:
    """What this library lacks to give every pair a good agenda. A pack for one event may be smaller."""
    return tuple(_too_few_for_anybody(library)) + tuple(_too_few_for_fields(library))


def _too_few_for_anybody(library: Library) -> Iterator[str]:
    for phase, fewest in FEWEST_FOR_ANYBODY.items():
        for side in Side:
            count = sum(
                prompt.phase is phase and prompt.side is side and prompt.about is None and not prompt.when
                for prompt in library.prompts
            )
            if count < fewest:
                yield (
                    f"{phase} has {count} prompts for side {side} that suit anybody; write {fewest - count} more, "
                    "without about and when"
                )


def _too_few_for_fields(library: Library) -> Iterator[str]:
    for side in Side:
        of_side = [prompt for prompt in library.prompts if prompt.side is side]
        for card_field in CardField:
            count = sum(prompt.about is card_field for prompt in of_side)
            if count < FEWEST_FOR_A_FIELD:
                yield (
                    f"{count} prompts for side {side} quote {card_field}; write {FEWEST_FOR_A_FIELD - count} more, "
                    f'with about = "{card_field}"'
                )
        for circumstance in LEFT_OPEN:
            count = sum(circumstance in prompt.when for prompt in of_side)
            if count < FEWEST_FOR_AN_EMPTY_FIELD:
                yield (
                    f"no prompt for side {side} asks what {LEFT_OPEN[circumstance]} would have told; write one with "
                    f'when = ["{circumstance}"]'
                )


def differences(content: str, *, leading: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How a language's file differs from the `leading` one, in words; and the keys that it lacks.

    A key means the same question in every language, or a pair would hear it twice. Both files must be whole.
    """
    library, lead = parse_library(content, source="it"), parse_library(leading, source="the leading file")
    said = []
    for prompt in library.prompts:
        other = lead.by_key.get(prompt.key)
        if other is None:
            said.append(f"prompt {prompt.key}: the English file has no such key; add it there first, or mend the key")
            continue
        said += [
            f"prompt {prompt.key}: {word} is {_said(here)} here and {_said(there)} in English; make them alike"
            for word in ("phase", "side", "about", "when", "minutes")
            if (here := getattr(prompt, word)) != (there := getattr(other, word))
        ]
    return tuple(said), tuple(prompt.key for prompt in lead.prompts if prompt.key not in library.by_key)


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return " and ".join(map(str, value)) or "nothing"
    return "nothing" if value is None else str(value)
