"""What I say about myself at one event."""

from typing import Any

import pytest

from schema.ids import Kind, global_id
from server.db import Pool
from server.events.models import Event
from tests.front_door import FrontDoor
from tests.sessions.steps import ME
from tests.world import Attendee, World

UPDATE = """
    mutation ($event: ID!, $card: CardInput!) {
        updateCard(event: $event, card: $card) {
            __typename
            ... on Registration { openToEvent openToIntroductions
                card { name pronouns upTo seeking offering askMeAbout goodIntroduction
                       newHere returning betweenThings } }
            ... on Problem { message }
            ... on InputNotValid { field } } }
"""
BLANK = dict.fromkeys(["pronouns", "upTo", "seeking", "offering", "askMeAbout", "goodIntroduction"]) | {
    "newHere": False,
    "returning": False,
    "betweenThings": False,
}


async def update(door: FrontDoor, event: Event, **card: Any) -> dict[str, Any]:
    variables = {"event": global_id(Kind.EVENT, event.id), "card": {"name": "Ana Duarte"} | card}
    answer: dict[str, Any] = (await door.ask(UPDATE, **variables))["updateCard"]
    return answer


@pytest.fixture
async def ana(world: World) -> Attendee:
    return await world.attendee(await world.event(), "Ana Duarte", open_to_event=False)


@pytest.fixture
def door(front_door: FrontDoor, ana: Attendee) -> FrontDoor:
    return front_door.as_(ana.token)


async def test_a_card_is_kept_whole(door: FrontDoor, ana: Attendee) -> None:
    written = {
        "name": "Ana Duarte",
        "pronouns": "she/her",
        "upTo": "turning a closed school into a tool library",
        "seeking": "somebody who knows insurance",
        "offering": "grant applications",
        "askMeAbout": "seed libraries\nand sailing",
        "goodIntroduction": "people who run repair evenings",
        "newHere": True,
        "returning": False,
        "betweenThings": True,
    }

    answer = await update(door, ana.event, **written)

    assert answer["card"] == written
    assert (await door.ask(ME))["me"]["registrations"][0]["card"] == written


async def test_what_is_blank_or_left_out_is_removed(door: FrontDoor, ana: Attendee) -> None:
    await update(door, ana.event, pronouns="she/her", upTo="bees", seeking="hives", newHere=True)

    answer = await update(door, ana.event, pronouns=" ", upTo="\n \t", seeking=None)

    assert answer["card"] == {"name": "Ana Duarte"} | BLANK


async def test_one_who_has_been_here_before_says_so_and_is_then_not_new(door: FrontDoor, ana: Attendee) -> None:
    assert (await update(door, ana.event, newHere=True))["card"]["returning"] is False

    answer = await update(door, ana.event, returning=True)

    assert (answer["card"]["newHere"], answer["card"]["returning"]) == (False, True)


async def test_opening_is_my_choice_and_stays_as_it_is_when_left_out(door: FrontDoor, ana: Attendee) -> None:
    opened = await update(door, ana.event, openToEvent=True, openToIntroductions=True)
    left_out = await update(door, ana.event)
    nothing = await update(door, ana.event, openToEvent=None, openToIntroductions=None)
    closed = await update(door, ana.event, openToEvent=False)

    assert [(each["openToEvent"], each["openToIntroductions"]) for each in (opened, left_out, nothing, closed)] == [
        (True, True),
        (True, True),
        (True, True),
        (False, True),
    ]


async def test_a_change_moves_the_cards_time_and_the_accounts_name(
    door: FrontDoor, ana: Attendee, world: World, pool: Pool
) -> None:
    now = world.clock.advance(minutes=5)

    await update(door, ana.event, name="Ana  D.")

    assert await pool.fetchval("SELECT updated_at FROM cards") == now
    assert (await door.ask(ME))["me"]["name"] == "Ana D."


async def test_texts_are_composed_and_lengths_are_counted_as_readers_count(door: FrontDoor, ana: Attendee) -> None:
    family, flag = "👨‍👩‍👧‍👦", "🏳️‍🌈"

    answer = await update(door, ana.event, name="e\u0301" * 120, upTo=family * 280, pronouns=flag * 40)

    assert answer["__typename"] == "Registration"
    assert answer["card"]["name"] == "é" * 120
    assert answer["card"]["upTo"] == family * 280


@pytest.mark.parametrize(
    ("card", "field"),
    [
        ({"name": ""}, "card.name"),
        ({"name": " \u200b "}, "card.name"),
        ({"name": "a" * 121}, "card.name"),
        ({"name": "Ana\u202eetrauD"}, "card.name"),
        ({"name": "Ana\u0007"}, "card.name"),
        ({"pronouns": "x" * 41}, "card.pronouns"),
        ({"upTo": "x" * 281}, "card.upTo"),
        ({"upTo": "x" + "\u0301" * 12 * 280}, "card.upTo"),
        ({"seeking": "help\u2066"}, "card.seeking"),
        ({"offering": "\u001b[31mred"}, "card.offering"),
        ({"askMeAbout": "a\u202db"}, "card.askMeAbout"),
        ({"goodIntroduction": "\ue000"}, "card.goodIntroduction"),
        ({"newHere": True, "returning": True}, "card.returning"),
    ],
)
async def test_what_cannot_be_shown_is_refused_in_words_and_changes_nothing(
    card: dict[str, Any], field: str, door: FrontDoor, ana: Attendee
) -> None:
    before = (await door.ask(ME))["me"]["registrations"][0]["card"]

    answer = await update(door, ana.event, **card)

    assert (answer["__typename"], answer["field"]) == ("InputNotValid", field)
    assert answer["message"].endswith(".")
    assert (await door.ask(ME))["me"]["registrations"][0]["card"] == before


async def test_each_event_has_its_own_card(door: FrontDoor, ana: Attendee, world: World) -> None:
    other = await world.event()
    await world.registration(other, name="Ana", person=ana.person)

    await update(door, ana.event, upTo="bees")

    cards = {each["event"]["slug"]: each["card"]["upTo"] for each in (await door.ask(ME))["me"]["registrations"]}
    assert cards[ana.event.slug] == "bees"
    assert cards[other.slug] != "bees"


async def test_nobody_changes_another_card(front_door: FrontDoor, ana: Attendee, world: World, pool: Pool) -> None:
    before = await pool.fetch("SELECT * FROM cards")
    stranger, desk = await world.person(), await world.team(ana.event)

    answers = [await update(front_door.as_(who.token), ana.event, upTo="mine now") for who in (stranger, desk)]

    assert [answer["__typename"] for answer in answers] == ["NotFound", "NotFound"]
    assert await pool.fetch("SELECT * FROM cards") == before
    event = global_id(Kind.EVENT, ana.event.id)
    assert await front_door.refusal(UPDATE, event=event, card={"name": "x"}) == "UNAUTHENTICATED"


async def test_an_event_that_is_none_is_not_found(door: FrontDoor, ana: Attendee) -> None:
    for event in ("", "nonsense", ana.gid, global_id(Kind.EVENT, ana.registration_id)):
        answer = (await door.ask(UPDATE, event=event, card={"name": "Ana"}))["updateCard"]
        assert answer["__typename"] == "NotFound"
