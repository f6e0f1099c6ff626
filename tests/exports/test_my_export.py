import json

import httpx
import pytest

from server.events.models import Role
from server.sessions.tokens import PLAIN_COOKIE
from tests.contacts.reading import read_card
from tests.exports.asking import ask_for_export, read_export
from tests.front_door import FrontDoor
from tests.world import Attendee, World


@pytest.fixture
async def ana(world: World) -> Attendee:
    """Somebody at an event with a helper's role at another, and a door she went through."""
    ana = await world.attendee(await world.event(title="Repair Summit"), "Ana Duarte", up_to="mending clocks")
    await world.role(ana.person, await world.event(title="Tool Fair"), Role.DOOR_HELPER)
    return ana


@pytest.fixture
async def ben(world: World, ana: Attendee) -> Attendee:
    return await world.attendee(ana.event, "Ben Okafor", up_to="a tool library")


async def test_an_export_holds_the_account_the_places_and_what_was_written(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap = await world.swap(ana, ben)
    await world.note(ana, swap, "Likes brass screws")
    await world.promise(ana, swap, "Send the drawing")
    await world.feeling(ana, swap, "LEARNED")

    export = await ask_for_export(front_door, ana.token)

    assert export.data["account"]["signs_in_with"] == ana.person.email
    assert export.data["roles"][0]["event"] == "Tool Fair"
    assert [each["kind"] for each in export.data["signed_in"]] == ["BEARER"]
    (place,) = export.data["events"]
    assert place["event"]["title"] == "Repair Summit"
    assert place["card"]["up_to"] == "mending clocks"
    assert place["registration"]["ticket_type"] == "Day ticket"
    assert len(place["badges"]) == 1
    (met,) = place["people_met"]
    assert met["name"] == "Ben Okafor"
    assert met["their_card"]["up_to"] == "a tool library"
    assert [each["text"] for each in met["notes"]] == ["Likes brass screws"]
    assert [each["text"] for each in met["promises"]] == ["Send the drawing"]
    assert [each["feeling"] for each in met["feelings"]] == ["LEARNED"]
    assert "Everything Handsel keeps about you" in export.readme


async def test_each_contact_shared_with_me_is_a_file_of_one_person(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    namesake = await world.attendee(ana.event, "Ben Okafor")
    silent = await world.attendee(ana.event, "Cem Aydin")
    for other in (ben, namesake):
        await world.swap(ana, other)
    await world.swap(ana, silent, mutual=False)

    export = await ask_for_export(front_door, ana.token)

    assert sorted(export.contacts) == ["Ben Okafor (2).vcf", "Ben Okafor.vcf"]
    mails = {dict(read_card(content))["EMAIL"] for content in export.contacts.values()}
    assert mails == {ben.person.email, namesake.person.email}


async def test_what_was_withdrawn_leaves_my_own_words_and_nothing_of_theirs(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap = await world.swap(ana, ben, withdrawn_at=world.clock())
    await world.note(ana, swap, "Likes brass screws")

    export = await ask_for_export(front_door, ana.token)

    (met,) = export.data["events"][0]["people_met"]
    assert met["name"] == "Someone you met at Repair Summit"
    assert [each["text"] for each in met["notes"]] == ["Likes brass screws"]
    assert export.contacts == {}
    assert "Okafor" not in export.words
    assert "tool library" not in export.words


async def test_more_people_than_are_read_at_once_are_all_there_once(
    front_door: FrontDoor, world: World, ana: Attendee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.exports.operations.AT_ONCE", 2)
    others = [await world.attendee(ana.event, f"Person {number}") for number in range(5)]
    for other in others:
        await world.swap(ana, other)

    export = await ask_for_export(front_door, ana.token)

    assert sorted(export.contacts) == [f"Person {number}.vcf" for number in range(5)]
    assert len(export.data["events"][0]["people_met"]) == 5


async def test_it_holds_no_token_no_hash_and_no_id(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap = await world.swap(ana, ben)

    words = (await ask_for_export(front_door, ana.token)).words

    secrets = [ana.token, ana.ticket, ana.badge.token, ana.badge.code, ben.badge.token]
    ids = [str(each) for each in (swap, ana.registration_id, ana.person.id, ben.registration_id, ana.badge_id)]
    assert [each for each in (*secrets, *ids) if each in words] == []


async def test_somebody_who_has_been_nowhere_gets_their_account(front_door: FrontDoor, world: World) -> None:
    somebody = await world.person()

    export = await ask_for_export(front_door, somebody.token)

    assert export.data["account"]["signs_in_with"] == somebody.email
    assert export.data["events"] == []


async def test_the_answer_is_one_persons_file_that_no_cache_keeps(front_door: FrontDoor, ana: Attendee) -> None:
    response = await front_door.client.get("/me/export", headers={"authorization": f"Bearer {ana.token}"})

    assert response.headers["content-type"] == "application/zip"
    assert response.headers["content-disposition"] == 'attachment; filename="handsel-2027-04-22.zip"'
    assert response.headers["cache-control"] == "no-store"
    assert int(response.headers["content-length"]) == len(response.content)


async def test_it_opens_under_the_rules_of_every_other_request(
    front_door: FrontDoor, world: World, ana: Attendee
) -> None:
    client: httpx.AsyncClient = front_door.client
    signed_out = await client.get("/me/export")
    stranger = await client.get("/me/export", headers={"authorization": "Bearer nothing"})
    client.cookies.set(PLAIN_COOKIE, ana.token)
    cookie_alone = await client.get("/me/export")
    elsewhere = await client.get("/me/export", headers={"handsel-client": "pwa", "origin": "https://elsewhere.example"})
    own = await client.get("/me/export", headers={"handsel-client": "pwa"})

    assert [each.status_code for each in (signed_out, stranger, cookie_alone, elsewhere)] == [401, 401, 403, 403]
    assert all(each.headers["cache-control"] == "no-store" for each in (signed_out, cookie_alone, elsewhere))
    assert read_export(own.content).data["account"]["signs_in_with"] == ana.person.email


async def test_asking_again_and_again_is_told_to_wait(front_door: FrontDoor, world: World, ana: Attendee) -> None:
    for _ in range(6):
        await ask_for_export(front_door, ana.token)
    other = await world.person()

    response = await front_door.client.get("/me/export", headers={"authorization": f"Bearer {ana.token}"})

    assert response.status_code == 429
    assert "hour" in response.text
    await ask_for_export(front_door, other.token)


async def test_words_of_every_script_and_quotes_arrive_as_they_were_written(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    text = '=1+1 "quoted" \\ 山田 שלום\nsecond line'
    await world.note(ana, await world.swap(ana, ben), text)

    export = await ask_for_export(front_door, ana.token)

    assert export.data["events"][0]["people_met"][0]["notes"][0]["text"] == text
    assert "山田" in json.dumps(export.data, ensure_ascii=False)
