"""The words of a suggestion: why, for the introducer, and what could be said to the two. Read from `words/`."""

from hashlib import sha256
from pathlib import Path

from server.agenda.pairs.common_ground import clause_about
from server.agenda.quoting import telling_clause
from server.drafts.reading import DraftBook
from server.introductions.suggesting.models import Match, NeedSource, Suggestion
from server.registrations.models import Card
from server.topics.table import topic_table

#: What was only heard is named by its topic; what stands on a card is quoted.
BOOK = DraftBook(
    folder=Path(__file__).with_name("words"),
    places={
        NeedSource.HEARD: frozenset({"first", "second", "topic", "offer"}),
        NeedSource.SEEKING: frozenset({"first", "second", "quote", "offer"}),
    },
)


def told(match: Match, *, language: str) -> Suggestion:
    """The match in words of that language, the same whenever it is read."""
    drafts = BOOK.in_language(language)
    names = {"first": Card(match.first.name).first_name, "second": Card(match.second.name).first_name}
    quote = clause_about(match.need.text, match.topic) or telling_clause(match.need.text) or match.need.text
    offer = clause_about(match.second.offering, match.other) or match.second.offering or ""
    topic = topic_table().topics[match.topic].shown_as(language)
    seed = sha256(match.first.swap_id.bytes + match.second.swap_id.bytes).digest()
    return Suggestion(
        match,
        reason=drafts.reason(match.need.source, **names, offer=offer, quote=quote),
        words=drafts.draft(match.need.source, seed=seed, place=0, **names, topic=topic, offer=offer, quote=quote),
    )
