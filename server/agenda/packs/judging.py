"""Says in words what keeps a pack from being asked, and what would make it better.

A pack is shown to everybody at an event, so what docs/prompts.md forbids refuses it. Advice refuses nothing.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from server.agenda.library import PROMPTS, library_in
from server.agenda.linting import complaints_about
from server.agenda.models import PromptPhase, Side
from server.agenda.packs.errors import PackNotValid
from server.agenda.packs.models import Pack
from server.agenda.packs.reading import MOST_FAULTS, hides_signs, key_of, read_pack

#: Twelve words are the most, eight are good.
GOOD_WORDS = 8


def require_good(pack: Pack) -> None:
    """Raises `PackNotValid` with everything that docs/prompts.md forbids."""
    as_written = [replace(each.prompt, key=each.name) for each in pack.prompts]
    faults = list(complaints_about(as_written, rules=rules_of(pack.language)))
    faults += [
        f"prompt {prompt.key}: {what} holds a sign that cannot be seen; type it anew"
        for prompt in as_written
        for what, words in (("the text", prompt.text), ("the reason", prompt.why))
        if hides_signs(words)
    ]
    asked = _texts_of_library(pack.language)
    faults += [
        f"prompt {each.name}: everybody is asked this already ({asked[each.prompt.key]}); take it out, or ask otherwise"
        for each in pack.prompts
        if each.prompt.key in asked
    ]
    if faults:
        raise PackNotValid(faults[:MOST_FAULTS])


def is_written_as_pack(content: str) -> bool:
    """Whether the file means to be a pack, and not the prompts of a language."""
    return re.search(r"^(theme|title)\s*=", content, re.MULTILINE) is not None


def faults_of(content: str) -> tuple[str, ...]:
    """Everything that keeps the file from being added; nothing when it is well."""
    try:
        require_good(read_pack(content))
    except PackNotValid as refusal:
        return tuple(refusal.faults)
    return ()


def advice(pack: Pack) -> tuple[str, ...]:
    """What would make the pack better; nothing when it is well."""
    return tuple(_advice(pack))


def _advice(pack: Pack) -> Iterator[str]:
    long = [each.name for each in pack.prompts if len(each.prompt.text.split()) > GOOD_WORDS]
    if 2 * len(long) > len(pack.prompts):
        yield f"Most questions have more than {GOOD_WORDS} words. Shorter ones are read at a glance: {', '.join(long)}."
    if not any(each.prompt.about is None and not each.prompt.when for each in pack.prompts):
        yield "No question suits anybody, so empty cards get none of this pack. Add one without about and when."
    for side, other in ((Side.A, Side.B), (Side.B, Side.A)):
        if not any(each.prompt.side is side for each in pack.prompts):
            yield f"No question is for side {side}. Of two people who meet, mostly the one on side {other} gets them."
    openings = {each.prompt.side for each in pack.prompts if each.prompt.phase is PromptPhase.OPEN}
    if len(openings) == 1:
        yield f"Only side {openings.pop()} has an opening. Two people never open alike: write one for the other side."


@cache
def rules_of(language: str) -> Mapping[str, Sequence[str]]:
    """The words of a language that every prompt in it is held to."""
    library = tomllib.loads((PROMPTS / f"{language}.toml").read_text(encoding="utf-8"))
    rules: Mapping[str, Sequence[str]] = library["lint"]
    return rules


@cache
def _texts_of_library(language: str) -> Mapping[str, str]:
    """The library's keys by what they would be in a pack, to find the same question again."""
    return {key_of(prompt.text): prompt.key for prompt in library_in(language).prompts}
