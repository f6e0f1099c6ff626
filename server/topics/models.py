"""A topic, where a text speaks of one, and the ground that two people share. Plain values, nothing personal kept."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum

#: Names that are the same in every language.
EVERYWHERE = "any"
FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people do, know or care about. docs/topics.md says what each word of the table means.

    `names` are by language, the first of each the one that is shown; marks are taken off in `shown_as` only. A
    `setting` says where or for whom; who offers what is `all_round` can help with every topic one step below it. What
    is `practised` people do: whoever sells things for it need not do it.
    """

    key: str
    names: Mapping[str, tuple[str, ...]]
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    _: KW_ONLY
    setting: bool = False
    all_round: bool = False
    practised: bool = False

    def shown_as(self, language: str) -> str:
        """Its name in that language (a tag such as de or de-AT), else its name everywhere, else in English."""
        for tag in (language.casefold(), language.casefold().partition("-")[0], EVERYWHERE, FALLBACK_LANGUAGE):
            if self.names.get(tag):
                return self.names[tag][0].lstrip("=^")
        return self.key


@dataclass(frozen=True, slots=True)
class Mention:
    """A topic in a text, and the words that spoke of it, as written."""

    topic: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardTopics:
    """The topics of one card, by what their owner does with them. `wished` is what they hope others bring."""

    sought: frozenset[str] = frozenset()
    offered: frozenset[str] = frozenset()
    wished: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        return self.sought | self.offered | self.wished | self.told


class GroundKind(StrEnum):
    """Why two people might talk: what they have in common, or what one has and the other looks for."""

    FIRST_SEEKS = "first_seeks"
    SECOND_SEEKS = "second_seeks"
    FIRST_WISHES = "first_wishes"
    SECOND_WISHES = "second_wishes"
    COMMON = "common"


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for two people to talk, and how much it is worth (above 0, at most 1).

    `topic` is the narrower of the two that meet: what is sought, or what both mention; `other` is what meets it on
    the other card, mostly the same.
    """

    kind: GroundKind
    topic: str
    other: str
    worth: float
