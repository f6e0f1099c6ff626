"""The contact file of a swap: there while contact is shared, gone with it, and never on one's own details."""

import pytest

from schema.ids import Kind, global_id
from tests.contacts.reading import read_card
from tests.front_door import FrontDoor
from tests.world import Attendee, World

FILE = "query ($id: ID!) { swap(id: $id) { contact { email phone links file { name content } } } }"
SHARE = "mutation ($id: ID!, $fields: [ContactField!]!) { shareBack(swap: $id, fields: $fields) { __typename } }"
DECLINE = "mutation ($id: ID!) { declineShare(swap: $id) { __typename } }"
WITHDRAW = "mutation ($id: ID!) { withdraw(swap: $id) { __typename } }"


@pytest.fixture
async def pair(world: World) -> tuple[Attendee, Attendee, str]:
    """Ana and Ben, who offer each other their mail address, and their swap."""
    event = await world.event(title="Repair Summit")
    ana, ben = await world.attendee(event, "Ana Duarte"), await world.attendee(event, "Ben Okafor")
    swap_id = await world.swap(ana, ben)
    await world.pool.execute(
        "UPDATE people SET contact_email = 'me@ben.example', contact_phone = '+351 900 000 001',"
        " contact_links = ARRAY['https://ben.example/'] WHERE id = $1",
        ben.person.id,
    )
    return ana, ben, global_id(Kind.SWAP, swap_id, event.id)


async def file_of(front_door: FrontDoor, who: Attendee, swap: str) -> dict[str, str] | None:
    found = (await front_door.as_(who.token).ask(FILE, id=swap))["swap"]
    file: dict[str, str] | None = found and found["contact"] and found["contact"]["file"]
    return file


async def test_the_file_holds_the_fields_that_are_shared_here_and_no_other(
    front_door: FrontDoor, pair: tuple[Attendee, Attendee, str]
) -> None:
    ana, ben, swap = pair
    first = await file_of(front_door, ana, swap)
    await front_door.as_(ben.token).ask(SHARE, id=swap, fields=["PHONE", "LINKS"])

    then = await file_of(front_door, ana, swap)

    assert first is not None
    assert then is not None
    assert first["name"] == then["name"] == "Ben Okafor.vcf"
    note = ("NOTE", "Met at Repair Summit, 22 April 2027")
    assert read_card(first["content"])[2:] == [("EMAIL", "me@ben.example"), note]
    assert read_card(then["content"])[2:] == [("TEL", "+351 900 000 001"), ("URL", "https://ben.example/"), note]


async def test_what_is_declined_or_withdrawn_has_no_file(
    front_door: FrontDoor, pair: tuple[Attendee, Attendee, str]
) -> None:
    ana, ben, swap = pair
    await front_door.as_(ana.token).ask(DECLINE, id=swap)
    assert await file_of(front_door, ana, swap) is None

    await front_door.as_(ana.token).ask(SHARE, id=swap, fields=["EMAIL"])
    assert await file_of(front_door, ana, swap) is not None
    await front_door.as_(ben.token).ask(WITHDRAW, id=swap)

    assert await file_of(front_door, ana, swap) is None


async def test_a_closed_card_gives_a_first_name_alone(
    front_door: FrontDoor, world: World, pair: tuple[Attendee, Attendee, str]
) -> None:
    ana, _, swap = pair
    await world.pool.execute("UPDATE cards SET open_to_event = false")
    await world.pool.execute(
        "UPDATE swap_sides SET offers = NULL, offered_at = NULL WHERE registration_id = $1", ana.registration_id
    )

    file = await file_of(front_door, ana, swap)

    assert file is not None
    assert file["name"] == "Ben.vcf"
    assert "Okafor" not in file["content"]


async def test_my_own_details_are_no_file(front_door: FrontDoor, pair: tuple[Attendee, Attendee, str]) -> None:
    ana, _, _ = pair

    data = await front_door.as_(ana.token).ask("{ me { contact { file { name } } } }")

    assert data["me"]["contact"]["file"] is None
