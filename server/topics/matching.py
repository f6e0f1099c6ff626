"""The one matcher: what two cards have in common, and what one offers that the other seeks, best first.

It weighs topics and never people: no score of a person, no ranking of anybody, nothing kept.
"""

from collections.abc import Iterable, Mapping

from server.topics.models import CardTopics, Ground, GroundKind
from server.topics.table import FEW_BELOW, TopicTable, topic_table

#: How near two topics are, by the steps between them. Somebody who knows soil sensors can help who looks for sensors;
#: who knows sensors can perhaps help who looks for soil sensors, but who knows music need not know how to tune a piano:
#: a broader offer counts only where few topics stand below it, or where the table calls it all-round, as a lawyer is.
#: Two steps away it is only the same part of life.
SAME = 1.0
OFFER_IS_NARROWER = 0.7
OFFER_IS_BROADER = 0.5
RELATED = 0.5
#: Below this nobody would see why the two should talk.
NEAR_ENOUGH = 0.5

#: A need that meets an offer is worth more than a wish that meets an interest, and that more than something in common.
_WORTH_OF_KIND: Mapping[GroundKind, float] = {
    GroundKind.FIRST_SEEKS: 1.0,
    GroundKind.SECOND_SEEKS: 1.0,
    GroundKind.FIRST_WISHES: 0.75,
    GroundKind.SECOND_WISHES: 0.75,
    GroundKind.COMMON: 0.5,
}


def common_and_complementary(first: CardTopics, second: CardTopics) -> tuple[Ground, ...]:
    """Every ground between two cards, the most worthwhile first; empty where there is none.

    Each pair of topics stands once, under its best kind.
    """
    table = topic_table()
    seen: set[frozenset[str]] = set()
    grounds = []
    for ground in sorted(_all_grounds(first, second, table), key=_order):
        pair = frozenset({ground.topic, ground.other})
        if pair not in seen:
            seen.add(pair)
            grounds.append(ground)
    return tuple(grounds)


def meets(sought: Iterable[str], offered: Iterable[str]) -> Ground | None:
    """The best ground on which an offer meets a need, or None: the first seeks, the second offers."""
    grounds = _met(GroundKind.FIRST_SEEKS, sought, offered, topic_table())
    return min(grounds, key=_order, default=None)


def nearness(sought: str, offered: str) -> float:
    """How well what is offered answers what is sought, from 0 (not at all) to 1 (the same topic)."""
    return _nearness(sought, offered, topic_table())


def _all_grounds(first: CardTopics, second: CardTopics, table: TopicTable) -> list[Ground]:
    return [
        *_met(GroundKind.FIRST_SEEKS, first.sought, second.offered, table),
        *_met(GroundKind.SECOND_SEEKS, second.sought, first.offered, table),
        *_met(GroundKind.FIRST_WISHES, first.wished, second.told | second.offered, table),
        *_met(GroundKind.SECOND_WISHES, second.wished, first.told | first.offered, table),
        *(
            Ground(GroundKind.COMMON, topic, topic, _worth(GroundKind.COMMON, topic, SAME))
            for topic in first.all & second.all
        ),
    ]


def _met(kind: GroundKind, wanted: Iterable[str], given: Iterable[str], table: TopicTable) -> list[Ground]:
    given = tuple(given)
    return [
        Ground(kind, want, give, _worth(kind, want, near))
        for want in wanted
        for give in given
        if (near := _nearness(want, give, table)) >= NEAR_ENOUGH
    ]


def _nearness(want: str, give: str, table: TopicTable) -> float:
    if want == give:
        return SAME
    if table.steps_up(give, want) == 1:
        return OFFER_IS_NARROWER
    if table.steps_up(want, give) == 1 and (table.topics[give].all_round or table.below[give] <= FEW_BELOW):
        return OFFER_IS_BROADER
    if give in table.topics[want].related or want in table.topics[give].related:
        return RELATED
    return 0.0


def _worth(kind: GroundKind, topic: str, near: float) -> float:
    """A narrow topic tells more than a wide one: "soil sensors" is a better reason than "software"."""
    return _WORTH_OF_KIND[kind] * near / (1 + topic_table().below.get(topic, 0) / 20)


def _order(ground: Ground) -> tuple[float, str, str, str]:
    """The most worthwhile first; among equals the same order on every machine."""
    return (-ground.worth, ground.kind, ground.topic, ground.other)
