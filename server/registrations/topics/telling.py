"""Which topics a card shows: those its texts speak of, in the order of the card. Finding them is `server.topics`."""

from collections.abc import Iterable

from server.registrations.cards import CardDraft
from server.registrations.models import Card
from server.topics.recognising import topics_in
from server.topics.table import topic_table


def telling_topics(card: Card | CardDraft, *, without: Iterable[str] = ()) -> tuple[str, ...]:
    """The keys of the topics found in the five texts of a card, each once, but `without` those its owner dropped.

    Where a narrower topic is found as well, the broader one is left out: "bicycle repair" says more than "repair".
    """
    texts = (card.up_to, card.seeking, card.offering, card.ask_me_about, card.good_introduction)
    found = dict.fromkeys(topic for text in texts for topic in topics_in(text))
    above = topic_table().above
    left_out = {broader for topic in found for broader in above[topic]} | set(without)
    return tuple(topic for topic in found if topic not in left_out)
