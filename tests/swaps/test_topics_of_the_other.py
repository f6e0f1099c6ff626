"""The topics of the other's card, named in the language of whoever reads them."""

from tests.clock import Clock
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import World

WRITE = """
    mutation ($event: ID!, $card: CardInput!) { updateCard(event: $event, card: $card) { __typename } }
"""
SPEAK = "mutation ($locale: String!) { updateSettings(locale: $locale) { __typename } }"
READ = "query ($id: ID!) { swap(id: $id) { card { topics } } }"


async def test_topics_are_named_in_the_language_of_their_reader(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event, "Ana"), await world.attendee(event, "Ben")
    hers, his = front_door.as_(ana.token), front_door.as_(ben.token)
    for door, name in ((hers, "Ana"), (his, "Ben")):
        await door.ask(WRITE, event=id_of(event), card={"name": name, "upTo": "keeping bees"})
    await hers.ask(SPEAK, locale="de")

    made = await hers.ask(SWAP_BADGES, event=id_of(event), scan=scan_of(ben.badge.token, at=clock()))

    swap = made["swapBadges"]["id"]
    assert (await hers.ask(READ, id=swap))["swap"]["card"]["topics"] == ["Imkerei"]
    assert (await his.ask(READ, id=swap))["swap"]["card"]["topics"] == ["beekeeping"]
