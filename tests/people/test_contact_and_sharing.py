"""Contact details: what they may hold, and the standing choice to share them."""

from typing import Any

import pytest

from tests.front_door import FrontDoor
from tests.sessions.steps import ME
from tests.world import World

UPDATE = """
    mutation ($contact: ContactInput!) {
        updateContact(contact: $contact) {
            __typename ... on Done { message } ... on InputNotValid { field message } } }
"""
SHARE = """
    mutation ($always: Boolean!, $fields: [ContactField!]!) {
        setSharing(always: $always, fields: $fields) { __typename ... on Done { message } } }
"""


@pytest.fixture
async def door(front_door: FrontDoor, world: World) -> FrontDoor:
    return front_door.as_((await world.person()).token)


async def update(door: FrontDoor, **contact: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (await door.ask(UPDATE, contact=contact))["updateContact"]
    return answer


async def kept(door: FrontDoor) -> dict[str, Any]:
    contact: dict[str, Any] = (await door.ask(ME))["me"]["contact"]
    return contact


async def test_details_are_kept_whole(door: FrontDoor) -> None:
    await update(door, email="old@example.org", phone="112", links=["https://old.example"])

    answer = await update(
        door,
        email=" ana@bücher.example ",
        phone="+351 (21) 123-4567 ext. 8",
        links=["https://ana.example/about?me=1", "example.org/ana", "", "http://example.org:8080"],
    )

    assert answer["__typename"] == "Done"
    assert await kept(door) == {
        "email": "ana@bücher.example",
        "phone": "+351 (21) 123-4567 ext. 8",
        "links": ["https://ana.example/about?me=1", "https://example.org/ana", "http://example.org:8080"],
    }


async def test_what_is_left_out_or_blank_is_removed(door: FrontDoor) -> None:
    await update(door, email="ana@example.org", phone="112", links=["https://ana.example"])

    await update(door, email="  ", links=[" "])

    assert await kept(door) == {"email": None, "phone": None, "links": []}


async def test_digits_of_every_script_can_be_dialled(door: FrontDoor) -> None:
    await update(door, phone="٠٢١ ١٢٣ ٤٥٦٧")

    assert (await kept(door))["phone"] == "021 123 4567"


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        ({"email": "ana"}, "contact.email"),
        ({"email": "ana@example.org, ben@example.org"}, "contact.email"),
        ({"email": "ana\u202e@example.org"}, "contact.email"),
        ({"phone": "call me"}, "contact.phone"),
        ({"phone": "12"}, "contact.phone"),
        ({"phone": "1" * 41}, "contact.phone"),
        ({"phone": "123\u202e456"}, "contact.phone"),
        ({"phone": "123\n456\r\nTEL:789"}, "contact.phone"),
        ({"links": ["javascript:alert(1)"]}, "contact.links"),
        ({"links": ["mailto:ana@example.org"]}, "contact.links"),
        ({"links": ["ftp://example.org"]}, "contact.links"),
        ({"links": ["https://bank.example@evil.example"]}, "contact.links"),
        ({"links": ["https://"]}, "contact.links"),
        ({"links": ["https://[::"]}, "contact.links"),
        ({"links": ["https://example.org:port"]}, "contact.links"),
        ({"links": ["just words"]}, "contact.links"),
        ({"links": ["https://example.org/a b"]}, "contact.links"),
        ({"links": ["https://example.org/\nBEGIN:VCARD"]}, "contact.links"),
        ({"links": ["https://example.org/\u202egpj.exe"]}, "contact.links"),
        ({"links": ["https://example.org/" + "a" * 300]}, "contact.links"),
        ({"links": [f"https://example.org/{number}" for number in range(6)]}, "contact.links"),
    ],
)
async def test_what_cannot_be_taken_names_the_field_and_changes_nothing(
    contact: dict[str, Any], field: str, door: FrontDoor
) -> None:
    await update(door, email="ana@example.org", phone="112", links=["https://ana.example"])
    before = await kept(door)

    answer = await update(door, **contact)

    assert (answer["__typename"], answer["field"]) == ("InputNotValid", field)
    assert await kept(door) == before


async def test_the_same_link_twice_is_one(door: FrontDoor) -> None:
    await update(door, links=["https://ana.example"] * 6)

    assert (await kept(door))["links"] == ["https://ana.example"]


async def test_the_standing_choice_is_kept(door: FrontDoor) -> None:
    await door.ask(SHARE, always=True, fields=["PHONE", "EMAIL", "PHONE"])

    assert (await door.ask(ME))["me"]["sharing"] == {"always": True, "fields": ["EMAIL", "PHONE"]}

    await door.ask(SHARE, always=False, fields=[])

    assert (await door.ask(ME))["me"]["sharing"] == {"always": False, "fields": []}


async def test_my_details_and_choice_are_mine_alone(door: FrontDoor, front_door: FrontDoor, world: World) -> None:
    ben = front_door.as_((await world.person()).token)
    await update(door, email="ana@example.org")
    await door.ask(SHARE, always=True, fields=["EMAIL"])

    assert (await kept(ben))["email"] is None
    assert (await ben.ask(ME))["me"]["sharing"]["always"] is False


async def test_nobody_changes_anything_without_signing_in(front_door: FrontDoor) -> None:
    assert await front_door.refusal(UPDATE, contact={"email": "ana@example.org"}) == "UNAUTHENTICATED"
    assert await front_door.refusal(SHARE, always=True, fields=[]) == "UNAUTHENTICATED"
