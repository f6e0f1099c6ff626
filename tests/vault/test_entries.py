"""What an entry says to whoever scans the badge, and what nobody reads of it without."""

from collections.abc import Callable

from tests.vault.conftest import FetchingPhone
from tests.vault.reading import read_body
from tests.world import World

PhoneOf = Callable[..., FetchingPhone]


async def test_an_entry_holds_the_card_and_prompts_for_both_sides(world: World, phone_of: PhoneOf) -> None:
    event = await world.event()
    ben = await world.attendee(event, "Ben Okafor", pronouns="he/him", seeking="a kiln", topics=["clay"], new_here=True)
    phone = phone_of(await world.attendee(event))
    await phone.fetch()

    content = phone.kept.scan(ben.badge.token, event.id)

    assert content is not None
    assert content["isOpen"] is True
    assert content["card"] | {"upTo": ""} == {
        "name": "Ben Okafor", "pronouns": "he/him", "upTo": "", "seeking": "a kiln", "offering": None,
        "askMeAbout": None, "goodIntroduction": None, "newHere": True, "returning": False,
        "betweenThings": False, "topics": ["clay"],
    }  # fmt: skip
    prompts = list(phone.kept.prompts(content))
    assert 12 <= len(prompts) <= 16
    assert {prompt.side for prompt in prompts} == {"A", "B"}
    assert {prompt["quote"] for prompt in content["prompts"]} - {None} <= {"a kiln", content["card"]["upTo"]}


async def test_nothing_but_the_texts_of_prompts_can_be_read_without_a_badge(world: World, phone_of: PhoneOf) -> None:
    """Canaries in every field of a card, a place and a person; the body holds none of them, not even inflated."""
    event = await world.event()
    texts = {
        "pronouns": "CnryPronouns", "up_to": "CnryUpto", "seeking": "CnrySeeking", "offering": "CnryOffering",
        "ask_me_about": "CnryAsk", "good_introduction": "CnryIntroduction",
    }  # fmt: skip
    for is_open in (True, False):
        person = await world.person(email=f"cnry{is_open}@example.org", name="CnryPerson")
        await world.registration(
            event, name="CnryTicket Place", person=person,
            card=texts | {"name": "CnryFirst CnryLast", "topics": ["CnryTopic"], "open_to_event": is_open},
        )  # fmt: skip
    phone = phone_of(await world.attendee(event))

    response = await phone.ask()

    body = read_body(response.content)
    seen = response.content.lower() + str(body.texts).lower().encode() + str(response.headers).lower().encode()
    assert len(body.entries) == 2
    assert b"cnry" not in seen
    assert b"place" not in str(body.header).encode()


async def test_a_closed_card_gives_a_first_name_and_quotes_nothing(world: World, phone_of: PhoneOf) -> None:
    event = await world.event()
    closed = await world.attendee(
        event, "Mira CnryLast", pronouns="CnryPronouns", up_to="CnryUpto", seeking="CnrySeeking",
        offering="CnryOffering", ask_me_about="CnryAsk", good_introduction="CnryIntroduction", topics=["CnryTopic"],
        new_here=True, between_things=True, open_to_event=False,
    )  # fmt: skip
    phone = phone_of(await world.attendee(event))
    await phone.fetch()

    content = phone.kept.scan(closed.badge.token, event.id)

    assert content is not None
    assert content["isOpen"] is False
    assert {key: said for key, said in content["card"].items() if said} == {"name": "Mira"}
    assert {prompt["quote"] for prompt in content["prompts"]} == {None}
    assert len(content["prompts"]) >= 12
    assert "Cnry" not in str(content)


async def test_no_contact_field_is_in_any_entry(world: World, phone_of: PhoneOf) -> None:
    event = await world.event()
    ben = await world.attendee(event, "Ben Okafor")
    await world.pool.execute(
        "UPDATE people SET contact_email = 'cnry@example.org', contact_phone = '+351 cnry', contact_links = '{cnry}',"
        " shares_always = true, shares_fields = '{EMAIL,PHONE,LINKS}' WHERE id = $1",
        ben.person.id,
    )
    ana = await world.attendee(event)
    await world.swap(ana, ben)
    phone = phone_of(ana)
    await phone.fetch()

    content = str(phone.kept.scan(ben.badge.token, event.id))

    assert "Ben Okafor" in content
    assert "cnry" not in content
    assert ben.person.email not in content
