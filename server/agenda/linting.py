"""Says in words what keeps a prompt file from being worth asking, and what it still lacks.

A structural fault refuses the file (`library`); what is said here is advice that the committed libraries
are held to. It does not judge tone: that is for reading aloud.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from server.agenda.circumstances import LEFT_OPEN
from server.agenda.library import LibraryNotValid, parse_library
from server.agenda.models import CardField, Library, Prompt, PromptPhase, Side

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


def complaints(content: str, *, source: str) -> tuple[str, ...]:
    """Everything that is wrong with the prompt file written in `content`; nothing when it is well."""
    try:
        library = parse_library(content, source=source)
    except LibraryNotValid as error:
        return error.faults
    said = complaints_about(library.prompts, rules=tomllib.loads(content).get("lint", {}))
    return (*said, *shortages(library))


def complaints_about(prompts: Iterable[Prompt], *, rules: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What is wrong with each of these, whatever else their file holds. `rules` are a language's words of `[lint]`."""
    never, open_words = rules.get("never", []), rules.get("open_words", [])
    return tuple(
        f"prompt {prompt.key}: {complaint}"
        for prompt in prompts
        for complaint in _about(prompt, never=never, open_words=open_words)
    )


def _about(prompt: Prompt, *, never: Iterable[str], open_words: Iterable[str]) -> Iterator[str]:
    text = prompt.text
    is_question = text.endswith(("?", "\uff1f", "\u061f", "\u037e"))
    if len(text) > MOST_LETTERS or len(text.split()) > MOST_WORDS:
        yield f"the text is longer than {MOST_WORDS} words or {MOST_LETTERS} letters; it must be read at a glance"
    if len(prompt.why) > MOST_LETTERS_OF_A_REASON:
        yield f"the reason is longer than {MOST_LETTERS_OF_A_REASON} letters; it is one line"
    if not is_question and prompt.phase is not PromptPhase.CLOSE:
        yield "the text is no question; only a closing may be an invitation"
    if not is_question and not text.endswith((".", "\u3002")):
        yield "an invitation ends with a full stop"
    if prompt.phase in {PromptPhase.OPEN, PromptPhase.LEARN} and not _holds(text, open_words):
        yield "it can be answered with yes or no; begin with one of the open words"
    if re.search(r"[{}<>\"!\u201c\u201d\u00ab\u00bb]", text):
        yield "it holds a quotation, a placeholder or an exclamation mark; the other's words stand above it"
    for words in never:
        if _holds(f"{text} {prompt.why}", [words]):
            yield f"it says {words!r}, which no prompt should"
    if prompt.about is not None and prompt.about in {LEFT_OPEN.get(circumstance) for circumstance in prompt.when}:
        yield f"it quotes {prompt.about} and wants it empty: it can never be chosen"


def _holds(text: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in words)


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
                yield f"{phase} has {count} prompts that suit anybody for side {side}; it needs {fewest}"


def _too_few_for_fields(library: Library) -> Iterator[str]:
    for side in Side:
        of_side = [prompt for prompt in library.prompts if prompt.side is side]
        for card_field in CardField:
            count = sum(prompt.about is card_field for prompt in of_side)
            if count < FEWEST_FOR_A_FIELD:
                yield f"{count} prompts quote {card_field} for side {side}; it needs {FEWEST_FOR_A_FIELD}"
        for circumstance in LEFT_OPEN:
            count = sum(circumstance in prompt.when for prompt in of_side)
            if count < FEWEST_FOR_AN_EMPTY_FIELD:
                yield f"no prompt of side {side} asks what {circumstance} leaves open"


def differences(content: str, *, leading: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How a language's file differs from the `leading` one, in words; and the keys that it lacks.

    A key means the same question in every language, or a pair would hear it twice. Both files must be whole.
    """
    library, lead = parse_library(content, source="it"), parse_library(leading, source="the leading file")
    said = []
    for prompt in library.prompts:
        other = lead.by_key.get(prompt.key)
        if other is None:
            said.append(f"prompt {prompt.key}: the English file has no such key; add it there first")
            continue
        said += [
            f"prompt {prompt.key}: {word} is {_said(here)} here and {_said(there)} in English"
            for word in ("phase", "side", "about", "when", "minutes")
            if (here := getattr(prompt, word)) != (there := getattr(other, word))
        ]
    return tuple(said), tuple(prompt.key for prompt in lead.prompts if prompt.key not in library.by_key)


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return " and ".join(map(str, value)) or "nothing"
    return "nothing" if value is None else str(value)
