"""Says in words what keeps the topic table from finding what people mean, or makes it find what they do not.

A structural fault refuses the table (`table`); what is said here is advice that the committed table is held to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from server.topics.languages import COMMON_WORDS
from server.topics.models import EVERYWHERE, Topic
from server.topics.senses import faults_of_senses
from server.topics.table import NOT_NAMES, TopicTable, TopicTableNotValid, parse_table
from server.topics.words import folded, forms, words_of

#: Every topic has a name in each of these.
COMPLETE_LANGUAGES = ("en", "de")
LONGEST_NAME_IN_WORDS = 6
#: A name of fewer letters stands in too many texts by chance. Written in capitals ("GIS") or with a mark it may.
SHORTEST_NAME = 3


def complaints(files: Mapping[str, str]) -> tuple[str, ...]:
    """Everything that is wrong with the table in `files` (name to content); nothing when it is well."""
    try:
        topics = parse_table(files).topics
    except TopicTableNotValid as error:
        return error.faults
    said = [f"{topic.key}: {complaint}" for topic in topics.values() for complaint in _about(topic)]
    return (*said, *_names_of_two(topics), *_names_of_two_languages(topics))


def complaints_about_senses(content: str, table: TopicTable) -> tuple[str, ...]:
    """Everything that is wrong with the words of several senses in `content`, for that table."""
    return tuple(faults_of_senses(content, table.topics, _single_words_in_all_forms(table)))


def _single_words_in_all_forms(table: TopicTable) -> frozenset[str]:
    each = {
        (words[0].folded, language)
        for topic in table.topics.values()
        for language, names in topic.names.items()
        for name in names
        if len(words := words_of(name)) == 1
    }
    return frozenset[str]().union(*(forms(word, language) for word, language in each))


def _about(topic: Topic) -> Iterator[str]:
    for language in COMPLETE_LANGUAGES:
        if language not in topic.names and EVERYWHERE not in topic.names:
            yield f'it has no name in {language}; a name that is the same everywhere goes into any = ["…"]'
    for language, names in topic.names.items():
        for name in names:
            yield from (f"{name!r} ({language}) {fault}" for fault in _faults_of(name))
        yield from (f"{name!r} stands twice under {language}" for name in _twice(names))
    for word in NOT_NAMES:
        yield from (f"{each!r} stands twice under {word}" for each in _twice(getattr(topic, word)))
    if len(topic.together) == 1:
        yield "together needs two topics or more"


def _faults_of(name: str) -> Iterator[str]:
    words = words_of(name)
    letters = "".join(word.written for word in words)
    dense = any(ord(letter) > 0x2E80 for letter in letters)
    if not words:
        yield "holds no word"
    elif not all(word.joined for word in words[1:]):
        yield "holds a comma or another sign that no name crosses"
    elif len(words) > LONGEST_NAME_IN_WORDS and not dense:
        yield f"is longer than {LONGEST_NAME_IN_WORDS} words; write the part that nobody leaves out"
    elif len(letters) < SHORTEST_NAME and letters.islower() and not dense and name[0] not in "=^":
        yield "is so short that it stands in many texts by chance; write it in capitals, or =so to mean it as it is"
    elif len(words) == 1 and words[0].folded in COMMON_WORDS and name[0] != "^" and not letters.isupper():
        yield "is a common word, in one language or another; write a longer name"
    if name != " ".join(name.split()):
        yield "has spaces to spare"


def _names_of_two(topics: Mapping[str, Topic]) -> Iterator[str]:
    """A name under two topics is found as both, which is seldom meant."""
    holders: dict[tuple[str, str], list[str]] = {}
    for topic in topics.values():
        for language, names in topic.names.items():
            for name in dict.fromkeys(folded(name) for name in names):
                holders.setdefault((language, name), []).append(topic.key)
    for (language, name), keys in holders.items():
        if len(keys) > 1:
            yield f"{name!r} ({language}) stands under {' and '.join(keys)}; keep it where it says most"


def _names_of_two_languages(topics: Mapping[str, Topic]) -> Iterator[str]:
    """One word under two topics that have nothing to do with each other: nobody says in which language they write."""
    holders: dict[str, dict[str, str]] = {}
    for topic in topics.values():
        for language, names in topic.names.items():
            for word in {folded(name) for name in names if len(words_of(name)) == 1 and name[0] not in "=^"}:
                holders.setdefault(word, {})[topic.key] = language
    for word, keys in holders.items():
        for one, other in combinations(keys, 2):
            if keys[one] != keys[other] and not _are_near(topics[one], topics[other]):
                yield f"{word!r} is {one} ({keys[one]}) and {other} ({keys[other]}); write a longer name for one"


def _are_near(one: Topic, other: Topic) -> bool:
    links = {*one.broader, *one.related} & {*other.broader, *other.related}
    return bool(links) or one.key in (*other.broader, *other.related) or other.key in (*one.broader, *one.related)


def _twice(words: Iterable[str]) -> list[str]:
    counted = Counter(folded(word) for word in words)
    return [word for word, times in counted.items() if times > 1]
