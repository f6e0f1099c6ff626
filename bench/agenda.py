"""How long choosing takes: both agendas of a pair, from two cards, what they have had, and the topics they share.

python bench/agenda.py
"""

import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from time import process_time
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.agenda.choosing import choose_agenda
from server.agenda.library import library_in
from server.agenda.models import PairHistory, Side
from server.agenda.pairs.common_ground import clause_about, topics_of_text, words_shared
from server.agenda.pairs.models import Participant
from server.agenda.quoting import quotable_pieces, telling_clause
from server.agenda.reviewing import read_cards
from server.registrations.models import Card
from server.topics.recognising import recogniser

CARDS = Path(__file__).parent.parent / "tests" / "prompts" / "cards.toml"
LANGUAGES = ("en", "de", "pt")


def main() -> None:
    print(f"the library of each language loads once, in {_seconds(_load_libraries) * 1000:.0f} ms together")
    print(f"the table of topics loads once, in {_seconds(recogniser) * 1000:.0f} ms")
    samples = read_cards(CARDS.read_text(encoding="utf-8"))
    written = [replace(sample.card, open_to_event=True) for sample in samples]
    full = [_with_full_fields(written, place) for place in range(len(written))]
    for name, cards in (("eighty invented cards", written), ("cards of five full fields", full)):
        for told, prepare in (("read for the first time", _forget_texts), ("read before", _choose_both)):
            times = [_time_of_both(one, two, prepare) for one, two in pairwise(cards)]
            median, slowest = statistics.median(times), max(times)
            print(f"both agendas, {name}, {told}: median {median:.2f} ms, slowest {slowest:.2f} ms")


def _load_libraries() -> None:
    for language in LANGUAGES:
        library_in(language)


def _forget_texts(_lower: Participant, _upper: Participant) -> None:
    for kept in (telling_clause, quotable_pieces, topics_of_text, clause_about):
        kept.cache_clear()


def _time_of_both(one: Card, two: Card, prepare: Callable[[Participant, Participant], None]) -> float:
    lower, upper = Participant(UUID(int=1), one), Participant(UUID(int=2), two)
    prepare(lower, upper)
    return _seconds(lambda: _choose_both(lower, upper)) * 1000


def _choose_both(lower: Participant, upper: Participant) -> None:
    made: Sequence[str] = ()
    for reader, other, side in ((lower, upper, Side.A), (upper, lower, Side.B)):
        agenda = choose_agenda(
            reader=reader.written,
            other=other.card,
            history=PairHistory(asked_by_other=tuple(made)),
            shared=words_shared(reader, other),
            shown=(),
            side=side,
            seed=b"a swap",
            library=library_in("en"),
        )
        made = [prompt.key for prompt in agenda.prompts]


def _with_full_fields(cards: Sequence[Card], place: int) -> Card:
    """The texts of many cards run together until each field holds the 280 letters that it can."""
    texts = [text for card in (*cards[place:], *cards[:place]) for text in (card.up_to, card.offering) if text]
    fields = [" ".join(texts[at::5])[:280] for at in range(5)]
    up_to, seeking, offering, ask_me_about, good_introduction = fields
    return Card(
        "Ana",
        up_to=up_to,
        seeking=seeking,
        offering=offering,
        ask_me_about=ask_me_about,
        good_introduction=good_introduction,
        open_to_event=True,
    )


def _seconds(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return process_time() - started


if __name__ == "__main__":
    main()
