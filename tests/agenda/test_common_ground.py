"""What two cards share, said in the words of the other's card."""

from dataclasses import replace
from uuid import UUID

import pytest

from server.agenda.circumstances import Shared
from server.agenda.models import CardField, Circumstance
from server.agenda.pairs.common_ground import words_shared
from server.agenda.pairs.models import Participant
from server.registrations.models import Card

COMMON, OFFER, SEEK = Circumstance.COMMON_TOPIC, Circumstance.THEY_OFFER, Circumstance.THEY_SEEK


def somebody(*, dropped: tuple[str, ...] = (), is_open: bool = True, **texts: str) -> Participant:
    card = replace(Card("Ana", open_to_event=is_open), **texts)  # type: ignore[arg-type] # the five texts
    return Participant(UUID(int=0), card, dropped_topics=dropped)


def shared(reader: Participant, other: Participant) -> dict[Circumstance, dict[CardField, str]]:
    """What there is, without what there is not."""
    found: Shared = words_shared(reader, other)
    return {circumstance: dict(quotes) for circumstance, quotes in found.items() if quotes}


def test_an_offer_that_meets_what_the_reader_seeks_is_quoted_from_the_offer() -> None:
    reader = somebody(seeking="recruiting engineers")
    other = somebody(offering="A large quiet room in the old school, with a view. Advice on hiring, if you like.")

    assert shared(reader, other) == {OFFER: {CardField.OFFERING: "Advice on hiring, if you like"}}


def test_a_need_that_the_reader_can_meet_is_quoted_from_the_need() -> None:
    reader = somebody(offering="advice on hiring")
    other = somebody(seeking="recruiting engineers")

    assert shared(reader, other) == {SEEK: {CardField.SEEKING: "recruiting engineers"}}


def test_ground_is_found_across_languages_and_quoted_in_the_writers() -> None:
    reader = somebody(ask_me_about="beekeeping")
    other = somebody(up_to="Ich baue ein Haus und nebenbei die Imkerei meines Onkels wieder auf")

    assert shared(reader, other)[COMMON] == {CardField.UP_TO: other.card.up_to}


def test_the_clause_that_speaks_of_it_is_quoted_and_not_the_first() -> None:
    long = "We turned a closed school at the end of the tram line into a place for all neighbours, "
    other = somebody(up_to=f"{long}beekeeping on its roof, and soup on Fridays.")

    quoted = shared(somebody(up_to="beekeeping"), other)[COMMON][CardField.UP_TO]

    assert quoted == "beekeeping on its roof, and soup on Fridays"
    assert quoted in (other.card.up_to or "")


def test_a_clause_too_long_to_quote_is_not_torn_apart_for_its_topic() -> None:
    other = somebody(up_to="something " * 12 + "beekeeping")

    assert shared(somebody(up_to="beekeeping"), other) == {}


def test_what_both_look_for_and_offer_is_no_common_topic_besides() -> None:
    found = shared(somebody(seeking="beekeeping"), somebody(offering="beekeeping"))

    assert found.keys() == {OFFER}


@pytest.mark.parametrize("dropped_by", ["the reader", "the other"])
def test_a_topic_that_either_dropped_has_no_part_in_it(dropped_by: str) -> None:
    keys = ("beekeeping", "bees")
    reader = somebody(up_to="beekeeping", dropped=keys if dropped_by == "the reader" else ())
    other = somebody(up_to="beekeeping", dropped=keys if dropped_by == "the other" else ())

    assert shared(reader, other) == {}


def test_a_closed_card_shares_nothing_with_its_reader_while_ones_own_may_be_closed() -> None:
    opened, closed = somebody(up_to="beekeeping"), somebody(up_to="beekeeping", is_open=False)

    assert shared(opened, closed) == {}
    assert shared(closed, opened) == {COMMON: {CardField.UP_TO: "beekeeping"}}
