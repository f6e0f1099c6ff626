"""Says a ground in plain words, in the reader's language. Sentences are data, one file of them in `reasons.toml`.

Nobody's own words are bent into a sentence: it holds first names as written, and names of topics.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from server.topics.models import FALLBACK_LANGUAGE, Ground, GroundKind
from server.topics.table import topic_table

_REASONS = Path(__file__).with_name("reasons.toml")


def reason(ground: Ground, *, language: str, first: str | None, second: str | None) -> str:
    """The ground in one sentence. A name that is None is the reader's own: "you"."""
    reasons = _reasons()
    told = reasons.get(language.casefold().partition("-")[0], reasons[FALLBACK_LANGUAGE])
    spoken_of_first = ground.kind in {GroundKind.FIRST_SEEKS, GroundKind.FIRST_WISHES, GroundKind.COMMON}
    one, two = (first, second) if spoken_of_first else (second, first)
    return told[_sentence(ground, one, two)].format(
        one=one, two=two, topic=_name(ground.topic, language), other=_name(ground.other, language)
    )


def _sentence(ground: Ground, one: str | None, two: str | None) -> str:
    """The name of the sentence: `seeks_you_they_same` is "You look for help with …, which Ben offers"."""
    if ground.kind is GroundKind.COMMON:
        return "common_with_you" if one is None or two is None else "common"
    what = "seeks" if ground.kind in {GroundKind.FIRST_SEEKS, GroundKind.SECOND_SEEKS} else "wishes"
    near = "same" if ground.topic == ground.other else "near"
    return f"{what}_{'you' if one is None else 'they'}_{'you' if two is None else 'they'}_{near}"


def _name(topic: str, language: str) -> str:
    return topic_table().topics[topic].shown_as(language)


@cache
def _reasons() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_REASONS.read_text(encoding="utf-8"))
