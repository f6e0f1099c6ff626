"""The talk to practise on, in every language there is."""

import pytest

from server.agenda.library import languages, library_in
from server.agenda.models import PromptPhase
from server.agenda.practice import practice_in
from tests.front_door import FrontDoor
from tests.world import World

ASK = "query ($language: String!) { practice(language: $language) { card { name upTo } prompts { quote text why } } }"


@pytest.mark.parametrize("language", sorted(languages()))
def test_it_is_short_follows_the_arc_and_shows_a_quotation(language: str) -> None:
    practice = practice_in(language)

    assert [prompt.phase for prompt in practice.prompts] == [PromptPhase.OPEN, PromptPhase.LEARN, PromptPhase.CLOSE]
    assert practice.card.name == "Robin"
    assert [prompt.quote for prompt in practice.prompts if prompt.quote] != []
    known = library_in(language).by_key
    assert all(prompt.text == known[prompt.key].text for prompt in practice.prompts)


def test_a_language_without_prompts_practises_in_english() -> None:
    assert practice_in("tlh-Latn") == practice_in("en")
    assert practice_in("de-AT") == practice_in("de")


async def test_it_is_the_same_for_everybody_and_changes_nothing(front_door: FrontDoor, world: World) -> None:
    ana, stranger = await world.attendee(await world.event()), await world.person()

    answers = [await front_door.as_(who.token).ask(ASK, language="de") for who in (ana, stranger, ana)]

    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["practice"]["card"]["upTo"].startswith("einem sehr alten Hund")
    assert await world.pool.fetchval("SELECT (SELECT count(*) FROM swaps) + (SELECT count(*) FROM agenda_prompts)") == 0
