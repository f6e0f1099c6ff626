"""Reads the topic table: the files under `table/`, each one part of life, read once and kept.

A table that is not whole is refused with every fault said in words; nothing is mended silently.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from server.topics.models import EVERYWHERE, Topic

TABLE = Path(__file__).with_name("table")
#: Up to so many topics below it, a topic is no whole field.
FEW_BELOW = 2
#: What an entry may hold besides its names.
LINKS = ("broader", "related", "together")
NOT_NAMES = (*LINKS, "unless")
#: What an entry may say of its topic with `= true`.
TRAITS = ("setting", "all_round", "practised")

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class TopicTableNotValid(ValueError):
    """A topic table that cannot be used. `faults` says each thing to mend, in words."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(["The topic table cannot be used:", *(f"  - {fault}" for fault in self.faults)]))


@dataclass(frozen=True, slots=True)
class TopicTable:
    """Every topic by its key, and above each key what is broader than it."""

    topics: Mapping[str, Topic]
    above: Mapping[str, Mapping[str, int]]
    #: The topics that stand for several others spoken of together.
    joined: tuple[Topic, ...] = ()
    #: How many topics stand below each that has any.
    below: Mapping[str, int] = field(default_factory=dict)

    def steps_up(self, topic: str, broader: str) -> int | None:
        """How many steps `broader` stands above `topic`: 0 for itself, None when it does not."""
        return 0 if topic == broader else self.above.get(topic, {}).get(broader)

    def are_near(self, one: str, other: str) -> bool:
        """Whether one is the other, above or below it, related to it, or beside it under the same broader topic."""
        above, also_above = self.above[one], self.above[other]
        return (
            one == other
            or one in also_above
            or other in above
            or other in self.topics[one].related
            or one in self.topics[other].related
            or not above.keys().isdisjoint(also_above)
        )

    def is_wide(self, topic: str) -> bool:
        """Whether it is a whole field: all-round, or with several topics below it."""
        return self.topics[topic].all_round or self.below.get(topic, 0) > FEW_BELOW

    def is_practised(self, topic: str) -> bool:
        """Whether people do it, rather than have or sell it: said of it or of a topic above it."""
        return self.topics[topic].practised or any(self.topics[above].practised for above in self.above[topic])


@cache
def topic_table() -> TopicTable:
    """The committed table."""
    return parse_table({path.name: path.read_text(encoding="utf-8") for path in sorted(TABLE.glob("*.toml"))})


def parse_table(files: Mapping[str, str]) -> TopicTable:
    """The table written in `files` (name to content); raises TopicTableNotValid with every fault of all of them."""
    faults: list[str] = []
    topics: dict[str, Topic] = {}
    for file, content in files.items():
        for key, entry in _entries(file, content, faults):
            if key in topics:
                faults.append(f"{file}: {key} stands in another file already")
            topics[key] = _topic(file, key, entry, faults)
    faults += [
        f"{topic.key}: {word} names {key!r}, which is no topic of the table"
        for topic in topics.values()
        for word in LINKS
        for key in getattr(topic, word)
        if key not in topics
    ]
    faults += [f"{key} is broader than itself by way of others" for key in _circles(topics)]
    if faults:
        raise TopicTableNotValid(faults)
    joined = tuple(topic for topic in topics.values() if topic.together)
    above = {key: _above(key, topics) for key in topics}
    return TopicTable(topics, above, joined, Counter(chain.from_iterable(above.values())))


def _entries(file: str, content: str, faults: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        written = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{file}: it is not TOML: {error}")
        return
    for key, entry in written.items():
        if isinstance(entry, dict):
            yield key, entry
        else:
            faults.append(f"{file}: {key} stands outside of a topic; a topic begins with a line like [beekeeping]")


def _topic(file: str, key: str, entry: Mapping[str, Any], faults: list[str]) -> Topic:
    if not _KEY.fullmatch(key):
        faults.append(f"{file}: {key}: a key is made of small letters, digits and single hyphens")
    lists: dict[str, tuple[str, ...]] = {}
    for word, value in entry.items():
        if word in TRAITS:
            if value is not True:
                faults.append(f"{file}: {key}: {word} is written {word} = true, or left out")
        elif word not in NOT_NAMES and not _LANGUAGE.fullmatch(word):
            faults.append(f"{file}: {key}: {word} is not a word this table knows, and no language")
        elif not isinstance(value, list) or not all(isinstance(each, str) and each.strip("=^ ") for each in value):
            faults.append(f'{file}: {key}: {word} must be a list of words, like {word} = ["bees"]')
        else:
            lists[word] = tuple(value)
    names = {word: value for word, value in lists.items() if word not in NOT_NAMES and value}
    if EVERYWHERE not in names and "en" not in names:
        faults.append(f'{file}: {key}: it has no English name: add a line like en = ["bees"]')
    return Topic(
        key,
        names,
        *(lists.get(word, ()) for word in NOT_NAMES),
        setting=entry.get("setting") is True,
        all_round=entry.get("all_round") is True,
        practised=entry.get("practised") is True,
    )


def _above(key: str, topics: Mapping[str, Topic]) -> dict[str, int]:
    """Everything broader than `key`, with the fewest steps that lead there."""
    steps: dict[str, int] = {}
    level, distance = list(topics[key].broader), 1
    while level:
        new = [each for each in dict.fromkeys(level) if each not in steps and each in topics]
        steps |= dict.fromkeys(new, distance)
        level, distance = [above for each in new for above in topics[each].broader], distance + 1
    return steps


def _circles(topics: Mapping[str, Topic]) -> list[str]:
    return [key for key in topics if key in _above(key, topics)]
