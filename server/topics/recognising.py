"""Finds topics in what somebody wrote, in any language of the table and without being told which.

Whole words only, the longest name first; what the writer takes back is not found. It guesses nothing: a word that
no name in the table covers stays a word.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import chain, zip_longest
from operator import itemgetter

from server.topics import asides
from server.topics.bending import Bases
from server.topics.compounds import COMPOUNDING, Compounds, Parts
from server.topics.languages import LANGUAGES
from server.topics.models import CardTopics, Mention
from server.topics.names import EXACT, EXACT_WITH_CAPITALS, context_of, single_words, typed_otherwise
from server.topics.refusing import taken_back
from server.topics.senses import senses
from server.topics.sifting import Found, pieces_of, sifted
from server.topics.signs import Signs, signs
from server.topics.table import TopicTable, topic_table
from server.topics.words import Word, spelled, words_of

#: A name of so few capital letters ("KI", "GIS") counts only when it is written in capitals.
_SHORT_CAPITALS = 3
#: Of so many words it is remembered what they may stand for: the common ones come up in every card.
_WORDS_KEPT = 32768
#: How a word ends that names something done, in the languages whose doing words could stand before a thing.
_DOING = ("ing", "en", "er", "ar", "ir", "re")
#: A doubtful word that stands alone, or with one beside it, is meant as the table has it.
_STANDS_ALONE = 2

#: What a word of a name is known by.
Stem = tuple[str, str]


@dataclass(slots=True)
class _Node:
    """A place in the tree of names: where the next word leads, and which topics a name that ends here stands for.

    An idiom that ends here stands for none, whatever else its words could mean.
    """

    next: dict[Stem, "_Node"] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)
    is_idiom: bool = False


class Recogniser:
    """The names of a table, laid out so that a text is read once."""

    def __init__(self, table: TopicTable, told_by: Signs) -> None:
        self._table = table
        self._signs = told_by
        self._root = _Node()
        #: Words that count just as they are: by how they may be spelled, or by "^" and their letters as written.
        self._unbent: dict[str, set[Stem]] = {}
        bending: set[Stem] = set()
        for topic in table.topics.values():
            for language, names in topic.names.items():
                for name in chain(names, typed_otherwise(names, language)):
                    bending |= self._add(name, language, topic.key)
        for language, known in LANGUAGES.items():
            for idiom in known.idioms:
                bending |= self._add(idiom, language, None)
        self._bases = Bases(bending)
        self._compounds = [Compounds(tag, single_words(table, tag)) for tag in COMPOUNDING]
        self._stems = lru_cache(maxsize=_WORDS_KEPT)(self._stems_of)
        self._inside = lru_cache(maxsize=_WORDS_KEPT)(self._parts_in)
        self._unless = {
            topic.key: [context_of(name) for name in topic.unless] for topic in table.topics.values() if topic.unless
        }

    def _add(self, name: str, language: str, topic: str | None) -> set[Stem]:
        """Makes the name known, and gives those of its words that may bend."""
        mark = name[0] if name[0] in {EXACT, EXACT_WITH_CAPITALS} else ""
        words = words_of(name.removeprefix(mark))
        bends = LANGUAGES[language].bends_every_word if language in LANGUAGES else False
        node, bending = self._root, set[Stem]()
        for place, word in enumerate(words):
            stem = self._stem(word, mark, language, may_bend=bends or place == len(words) - 1)
            if stem[0]:
                bending.add(stem)
            node = node.next.setdefault(stem, _Node())
        if topic is None:
            node.is_idiom = True
        elif topic not in node.topics:
            node.topics.append(topic)
        return bending

    def _stem(self, word: Word, mark: str, language: str, *, may_bend: bool) -> Stem:
        """What one word of a name is known by: its language and itself, or itself alone where it does not bend."""
        letters = word.written.replace(".", "")
        if mark == EXACT_WITH_CAPITALS or (
            letters.isupper() and letters.isalpha() and len(letters) <= _SHORT_CAPITALS and letters.isascii()
        ):
            stem = ("", f"^{word.written}")
            self._unbent.setdefault(f"^{word.written}", set()).add(stem)
        elif mark == EXACT or not may_bend:
            stem = ("", word.folded)
            for spelling in spelled((word.folded,), language):
                self._unbent.setdefault(spelling, set()).add(stem)
        else:
            stem = (language, word.folded)
        return stem

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The topics that `text` speaks of, each once, in the order in which they come up."""
        words = words_of(text)
        refused, pieces, read = taken_back(words), pieces_of(words), list(self._read(words))
        idioms = {place for start, end, parts in read if not parts.topics for place in range(start, end)}
        kept = [each for each in read if each[2].topics and refused.isdisjoint(range(each[0], each[1]))]
        found = sorted(
            (*self._named(words, kept, pieces), *self._signed(words, read, refused | idioms, pieces)), key=itemgetter(0)
        )
        return sifted(self._by_the_way(words, found, pieces), self._table)

    def _by_the_way(
        self, words: Sequence[Word], found: Sequence[tuple[int, Found]], pieces: Sequence[int]
    ) -> Iterator[Found]:
        """What is said only by the way marked as such, and without what is only dealt in."""
        for_whom = asides.for_whom(words, pieces, [place for place, _ in found])
        dealt_in = asides.dealt_in(words, pieces)
        for place, each in found:
            if each.doubtful and not self._is_confirmed(each, words, found):
                continue
            if place not in dealt_in or not self._table.is_practised(each.topic):
                by_the_way = place in for_whom and self._table.is_wide(each.topic)
                yield replace(each, aside=True) if by_the_way else each

    def _is_confirmed(self, doubtful: Found, words: Sequence[Word], found: Sequence[tuple[int, Found]]) -> bool:
        """Whether the text, or the shortness of it, says that a word of several senses is meant as the topic."""
        if len(words) <= _STANDS_ALONE:
            return True
        others = [each for _, each in found if each.words != doubtful.words]
        if any(self._table.are_near(doubtful.topic, each.topic) for each in others):
            return True
        return self._signs.knows(
            doubtful.topic, (word.folded for word in words if word.folded != doubtful.words.casefold())
        )

    def _signed(
        self,
        words: Sequence[Word],
        names: Sequence[tuple[int, int, Parts]],
        without: AbstractSet[int],
        pieces: Sequence[int],
    ) -> Iterator[tuple[int, Found]]:
        said = frozenset(word.folded for word in words)
        named = [range(start, end) for start, end, _ in names]
        read = ((place, word.folded) for place, word in enumerate(words) if place not in without)
        for topic, places in self._signs.found(read):
            if not self._is_ruled_out(topic, said) and not any(
                all(place in name for place in places) for name in named
            ):
                spoken = " … ".join(words[place].written for place in places)
                yield places[0], Found(topic, spoken, frozenset(pieces[place] for place in places), aside=False)

    def _named(
        self, words: Sequence[Word], read: Sequence[tuple[int, int, Parts]], pieces: Sequence[int]
    ) -> Iterator[tuple[int, Found]]:
        said = frozenset(word.folded for word in words)
        for (start, end, parts), following in zip_longest(read, read[1:]):
            leads_on = following is not None and end == start + 1 and self._leads_on(words, start, following)
            spoken = " ".join(word.written for word in words[start:end])
            end_says_what = self._say_what(parts.topics)
            for topic in (*parts.topics, *parts.aside):
                if not self._means_another_thing(topic, words[start:end], said):
                    aside = leads_on or (end_says_what and topic not in parts.topics)
                    doubtful = end == start + 1 and senses().is_doubtful(words[start].folded)
                    yield start, Found(topic, spoken, frozenset({pieces[start]}), aside, doubtful)

    def _leads_on(self, words: Sequence[Word], place: int, following: tuple[int, int, Parts]) -> bool:
        """Whether this one word only tells more of what follows at once: the rose in "rose wine tasting".

        Something done is no such word: "drawing animals" is about drawing.
        """
        start, _, parts = following
        is_done = words[place].folded.endswith(_DOING)
        return start == place + 1 and words[start].joined and not is_done and self._say_what(parts.topics)

    def _say_what(self, topics: Iterable[str]) -> bool:
        """Whether any of them is more than where or for whom."""
        return any(not self._table.topics[topic].setting for topic in topics)

    def _means_another_thing(self, topic: str, spoken: Sequence[Word], said: frozenset[str]) -> bool:
        """Whether the text also holds words that give the name another sense: a Python among snakes."""
        if len(spoken) == 1 and senses().is_another_thing(spoken[0].folded, topic, said):
            return True
        return self._is_ruled_out(topic, said)

    def _is_ruled_out(self, topic: str, said: frozenset[str]) -> bool:
        return any(all(not forms.isdisjoint(said) for forms in each) for each in self._unless.get(topic, ()))

    def _read(self, words: Sequence[Word]) -> Iterator[tuple[int, int, Parts]]:
        """The longest name at each place, left to right, none inside another."""
        start = 0
        while start < len(words):
            end, topics = self._longest(words, start)
            if end > start:
                yield start, end, Parts(topics)
                start = end
                continue
            inside = self._inside(words[start].folded, words[start].written[0].isupper())
            if inside.topics:
                yield start, start + 1, inside
            start += 1

    def _parts_in(self, folded: str, begins_capital: bool) -> Parts:
        """What the first language finds that takes this word apart."""
        for compounds in self._compounds:
            parts = compounds.parts_of(folded, begins_capital=begins_capital)
            if parts.topics:
                return parts
        return Parts()

    def _longest(self, words: Sequence[Word], start: int) -> tuple[int, tuple[str, ...]]:
        nodes, best, topics = [self._root], start, tuple[str, ...]()
        for end in range(start, len(words)):
            word = words[end]
            if end > start and not word.joined:
                break
            nodes = [
                node.next[stem]
                for stem in self._stems(word.folded, word.written)
                for node in nodes
                if stem in node.next
            ]
            if not nodes:
                break
            if any(node.is_idiom for node in nodes):
                best, topics = end + 1, ()
            elif ending := {topic for node in nodes for topic in node.topics}:
                best, topics = end + 1, tuple(sorted(ending))
        return best, topics

    def _stems_of(self, folded: str, written: str) -> tuple[Stem, ...]:
        as_it_is = (self._unbent.get(spelling, ()) for spelling in (folded, f"^{written}"))
        return tuple(chain(self._bases.of(folded), *as_it_is))


@cache
def recogniser() -> Recogniser:
    """The recogniser of the committed table.

    It lives as long as the process: nobody need look through its hundred thousand objects for garbage, which would stop
    everything for 40 ms each time.
    """
    known = Recogniser(topic_table(), signs())
    gc.freeze()
    return known


def topics_in(text: str | None, *, without: Iterable[str] = ()) -> tuple[str, ...]:
    """The keys of the topics that `text` speaks of, in its order. `without` are those its writer dropped."""
    if not text:
        return ()
    dropped = frozenset(without)
    return tuple(mention.topic for mention in recogniser().mentions(text) if mention.topic not in dropped)


def topics_of_card(
    *,
    up_to: str | None = None,
    seeking: str | None = None,
    offering: str | None = None,
    ask_me_about: str | None = None,
    good_introduction: str | None = None,
    without: Iterable[str] = (),
) -> CardTopics:
    """The topics of a card by field. A topic somebody dropped is in none of them."""
    dropped = tuple(without)
    return CardTopics(
        sought=frozenset(topics_in(seeking, without=dropped)),
        offered=frozenset(topics_in(offering, without=dropped)),
        wished=frozenset(topics_in(good_introduction, without=dropped)),
        told=frozenset((*topics_in(up_to, without=dropped), *topics_in(ask_me_about, without=dropped))),
    )
