"""Where the other's card speaks of what the two share, in the other's own words. The weighing is `server.topics`.

Only what the reader may see of the other counts, and no topic that either of the two dropped.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from server.agenda.circumstances import Shared
from server.agenda.models import CardField, Circumstance
from server.agenda.pairs.models import Participant
from server.agenda.quoting import clause_that
from server.registrations.models import Card
from server.topics.matching import common_and_complementary
from server.topics.models import CardTopics, Ground, GroundKind
from server.topics.recognising import topics_in

#: So many texts stay read: the cards of the people who are meeting just now.
_TEXTS_KEPT = 4_096
_MET_BY: Mapping[GroundKind, Circumstance] = {
    GroundKind.FIRST_SEEKS: Circumstance.THEY_OFFER,
    GroundKind.SECOND_SEEKS: Circumstance.THEY_SEEK,
    GroundKind.COMMON: Circumstance.COMMON_TOPIC,
}
_FIELDS_OF: Mapping[Circumstance, tuple[CardField, ...]] = {
    Circumstance.THEY_OFFER: (CardField.OFFERING,),
    Circumstance.THEY_SEEK: (CardField.SEEKING,),
    Circumstance.COMMON_TOPIC: tuple(CardField),
}


def words_shared(reader: Participant, other: Participant) -> Shared:
    """For each circumstance that both cards bring about, the clause of each of the other's fields that does."""
    mine = _topics_of(reader.written, reader.dropped_topics)
    theirs = _topics_of(other.card, other.dropped_topics)
    grounds = common_and_complementary(mine, theirs)
    return {circumstance: dict(_quoted(circumstance, grounds, other.card)) for circumstance in _FIELDS_OF}


def _quoted(circumstance: Circumstance, grounds: Iterable[Ground], other: Card) -> Iterator[tuple[CardField, str]]:
    """Of each field the words on its best ground; a ground whose words do not stand in one clause is passed over."""
    topics = [_theirs(ground) for ground in grounds if _MET_BY.get(ground.kind) is circumstance]
    for field in _FIELDS_OF[circumstance]:
        for topic in topics:
            quote = clause_about(field.of(other), topic)
            if quote is not None:
                yield field, quote
                break


def _theirs(ground: Ground) -> str:
    """The topic of a ground that stands on the other's card; they are the second of the two."""
    return ground.topic if ground.kind is GroundKind.SECOND_SEEKS else ground.other


def _topics_of(card: Card, dropped: Iterable[str]) -> CardTopics:
    without = frozenset(dropped)
    found = {field: frozenset(topics_of_text(field.of(card))) - without for field in CardField}
    return CardTopics(
        sought=found[CardField.SEEKING],
        offered=found[CardField.OFFERING],
        wished=found[CardField.GOOD_INTRODUCTION],
        told=found[CardField.UP_TO] | found[CardField.ASK_ME_ABOUT],
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def topics_of_text(text: str | None) -> tuple[str, ...]:
    """The keys of the topics that it speaks of, kept for the next who meets them."""
    return topics_in(text)


@lru_cache(maxsize=_TEXTS_KEPT)
def clause_about(text: str | None, topic: str) -> str | None:
    """The clause that speaks of it; None too where another part of the text takes it back."""
    if text is None or topic not in topics_of_text(text):
        return None
    return clause_that(text, _speaks_of(topic))


def _speaks_of(topic: str) -> Callable[[str], bool]:
    return lambda quote: topic in topics_of_text(quote)
