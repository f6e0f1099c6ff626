"""What a closed card told before is not told any longer."""

import pytest

from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World

AGENDA = "query ($id: ID!) { swap(id: $id) { card { name upTo } agenda { prompts { id quote text state insight } } } }"
MARK = """
    mutation ($prompt: ID!, $insight: String!) { markPrompt(prompt: $prompt, state: ASKED, insight: $insight) {
        ... on Prompt { id quote insight } } }
"""
CLOSE = """
    mutation ($event: ID!, $name: String!, $open: Boolean!) {
        updateCard(event: $event, card: {name: $name, upTo: "Building a kiln", openToEvent: $open}) { __typename } }
"""
SHARE = "mutation ($swap: ID!) { shareBack(swap: $swap, fields: [EMAIL]) { __typename } }"


@pytest.fixture
async def pair(world: World) -> tuple[Attendee, Attendee]:
    event = await world.event()
    ana = await world.attendee(event, "Ana Duarte")
    return ana, await world.attendee(
        event, "Ben Okafor", up_to="Building a kiln", seeking="Clay, and somebody to try it"
    )


async def test_a_prompt_quotes_the_other_only_while_their_card_is_open_to_me(
    front_door: FrontDoor, world: World, pair: tuple[Attendee, Attendee]
) -> None:
    ana, ben = pair
    of_ana, of_ben = front_door.as_(ana.token), front_door.as_(ben.token)
    scan = scan_of(ben.badge.token, at=world.clock())
    swap = (await of_ana.ask(SWAP_BADGES, event=id_of(ana.event), scan=scan))["swapBadges"]["id"]
    before = (await of_ana.ask(AGENDA, id=swap))["swap"]["agenda"]["prompts"]
    used, unused = [each for each in before if each["quote"]][:2]
    await of_ana.ask(MARK, prompt=used["id"], insight="Fires at cone six")

    await of_ben.ask(CLOSE, event=id_of(ben.event), name="Ben Okafor", open=False)

    closed = (await of_ana.ask(AGENDA, id=swap))["swap"]
    prompts = {each["id"]: each for each in closed["agenda"]["prompts"]}
    assert closed["card"] == {"name": "Ben", "upTo": None}
    assert {each["quote"] for each in prompts.values()} == {None}
    assert prompts[used["id"]]["insight"] == "Fires at cone six"
    assert unused["id"] not in prompts
    assert [each for each in prompts.values() if each["state"] == "WAITING"] == [
        each for each in before if each["quote"] is None
    ]
    again = await of_ana.ask(MARK, prompt=used["id"], insight="Cone ten")
    assert again["markPrompt"] == {"id": used["id"], "quote": None, "insight": "Cone ten"}

    for door in (of_ana, of_ben):
        await door.ask(SHARE, swap=swap)
    mutual = (await of_ana.ask(AGENDA, id=swap))["swap"]
    assert mutual["card"]["upTo"] == "Building a kiln"
    assert [each["quote"] for each in mutual["agenda"]["prompts"]] == [each["quote"] for each in before]
