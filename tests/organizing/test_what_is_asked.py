"""Which questions people are asked at an event: from what its cards ask, in the languages it offers."""

from typing import Any
from uuid import uuid4

import pytest

from server.agenda.library import language_at, library_in
from server.agenda.packs.keeping import put_pack
from server.agenda.packs.libraries import packs_on
from server.events.models import CardQuestion, Event
from server.registrations.models import Card
from server.vault.asking import asked_at
from server.vault.contents import AS_USUAL, AskedHere, content_for, leading_library, mark_of_rules, mark_of_texts
from server.vault.contents import texts_of as texts_in
from tests.agenda.packs.files import file_of
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World

WITHOUT_SEEKING = frozenset(CardQuestion) - {CardQuestion.SEEKING}


async def prompts_of(front_door: FrontDoor, world: World, reader: Attendee, other: Attendee) -> list[dict[str, Any]]:
    scan = scan_of(other.badge.token, at=world.clock())
    answer = await front_door.as_(reader.token).ask(SWAP_BADGES, event=id_of(reader.event), scan=scan)
    prompts: list[dict[str, Any]] = answer["swapBadges"]["agenda"]["prompts"]
    return prompts


async def met(front_door: FrontDoor, world: World, event: Event, locale: str) -> set[str]:
    """The languages whose library holds every question that a reader of this language is asked."""
    reader, other = await world.attendee(event), await world.attendee(event)
    await world.pool.execute("UPDATE people SET locale = $2 WHERE id = $1", reader.person.id, locale)
    asked = {prompt["text"] for prompt in await prompts_of(front_door, world, reader, other)}
    assert asked
    return {tag for tag in ("en", "de", "pt") if asked <= {prompt.text for prompt in library_in(tag).prompts}}


async def test_no_question_grows_from_what_the_cards_do_not_ask(front_door: FrontDoor, world: World) -> None:
    for questions, grows in ((frozenset(CardQuestion), True), (WITHOUT_SEEKING, False)):
        event = await world.event(card_questions=questions)
        ana = await world.attendee(event, "Ana", up_to=None)
        ben = await world.attendee(event, "Ben", up_to=None, seeking="somebody with a kiln for large pots")

        prompts = await prompts_of(front_door, world, ana, ben)

        assert any(prompt["about"] == "seeking" for prompt in prompts) is grows
        assert any("kiln" in (prompt["quote"] or "") for prompt in prompts) is grows


@pytest.mark.parametrize(
    ("offered", "locale", "expected"),
    [
        ((), "pt", "pt"),
        (("de",), "de", "de"),
        (("de",), "en", "de"),
        (("en", "de"), "pt", "en"),
        (("de", "pt"), "fr", "de"),
    ],
)
async def test_a_reader_is_asked_in_a_language_that_the_event_offers(
    front_door: FrontDoor, world: World, offered: tuple[str, ...], locale: str, expected: str
) -> None:
    event = await world.event(languages=offered)

    assert expected in await met(front_door, world, event, locale)
    assert language_at(event, locale) == expected


def test_an_entry_quotes_nothing_that_is_not_asked_and_still_shows_the_card() -> None:
    card = Card("Ben", seeking="somebody with a kiln", open_to_event=True)

    usual, less = (
        content_for(card, leading_library(), asked).decode()
        for asked in (AS_USUAL, AskedHere(questions=WITHOUT_SEEKING))
    )

    assert (usual.count("kiln") > 1, less.count("kiln")) == (True, 1)
    assert mark_of_rules(AskedHere(questions=WITHOUT_SEEKING)) != mark_of_rules()


def test_a_phone_without_a_network_finds_under_each_language_what_is_asked_in_its_place() -> None:
    libraries = [library_in(tag) for tag in ("en", "de", "pt")]

    texts = texts_in(libraries, AskedHere(languages=("de",))).decode()

    assert library_in("en").prompts[0].text not in texts
    assert mark_of_texts(AskedHere(languages=("de",))) != mark_of_texts()
    assert texts_in(libraries) == texts_in(libraries, AskedHere(languages=("en", "de", "pt")))


async def test_packs_in_a_language_that_is_not_offered_ask_nobody(world: World) -> None:
    event = await world.event(languages=("de",))
    async with world.pool.acquire() as connection:
        await put_pack(
            connection, event_id=event.id, content=file_of(), key=uuid4(), person_id=None, now=world.clock()
        )  # fmt: skip
        assert [pack.language for pack in await packs_on(connection, event_id=event.id)] == ["en"]
        asked = await asked_at(connection, event_id=event.id)

    assert asked == AskedHere(languages=("de",))
