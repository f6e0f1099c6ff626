"""An organizer brings a phone to a door, names a helper, sees who was let in twice, and takes the phone off."""

import pypdfium2
import pytest
from playwright.async_api import expect

from server.events.models import Event, Role
from tests.browser.conftest import Phones
from tests.doors.paired import paired
from tests.doors.phone import CHECK_IN, DoorPhone
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


async def test_an_organizer_sets_up_doors_and_sees_what_happens_there(
    phones: Phones, front_door: FrontDoor, world: World, event: Event
) -> None:
    main, garden = await world.door(event, "Main door"), await world.door(event, "Garden gate")
    ana = await world.attendee(event, "Ana Duarte")
    held = await paired(world, event, garden, helper="Kim")
    at_garden = DoorPhone(front_door.as_phone(held.token), event, garden, world.clock)
    at_main = await DoorPhone.at(front_door, world, event, "Cellar")
    kept = at_garden.made(ana.ticket, offline=True, shown="ADMITTED")
    await at_main.front_door.ask(CHECK_IN, event=id_of(event), scan=at_main.made(ana.ticket, door=main))
    await at_garden.replay(kept)

    hers = await phones(await world.team(event))
    page = await hers.open(f"/organize/{event.slug}/doors")
    await expect(page.get_by_role("heading", name="Let in twice")).to_be_visible()
    await expect(page.get_by_role("heading", name="Ana Duarte")).to_be_visible()
    await expect(page.get_by_text("Kim, without a network")).to_be_visible()
    await expect(page.get_by_text("was in already", exact=False).first).to_be_visible()
    assert await hers.barriers() == []
    await hers.button("Seen: Ana Duarte").click()
    await expect(page.get_by_text("Seen by the desk")).to_be_visible()
    await expect(page.get_by_role("heading", name="Let in twice")).to_be_focused()

    await page.get_by_label("Another helper").fill("Lea")
    await hers.button("Add and show the PIN").click()
    await expect(page.get_by_text("The PIN of Lea")).to_be_visible()
    await hers.button("Pair a phone with Garden gate").click()
    await expect(page.get_by_role("img", name="The pairing code")).to_be_visible()
    assert await hers.barriers() == []

    for _ in range(2):  # put off with Escape, it can be asked for again
        await hers.button("Rename Garden gate").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(hers.button("Rename Garden gate")).to_be_focused()

    await hers.button("Take the phone of Kim off its door").click()
    await expect(page.get_by_text("That phone is off its door")).to_be_visible()
    assert await at_garden.front_door.refusal("{ doorPhone { id } }") == "DOOR_PHONE_REVOKED"


async def test_the_doors_are_closed_to_a_helper(phones: Phones, world: World, event: Event) -> None:
    his = await phones(await world.team(event, Role.DOOR_HELPER))
    await his.open(f"/organize/{event.slug}/doors")
    await expect(his.page.get_by_role("heading", name="For organizers")).to_be_visible()


async def test_the_page_for_helpers_prints_on_one_sheet_with_every_word(
    phones: Phones, world: World, event: Event
) -> None:
    hers = await phones(await world.team(event))
    page = await hers.open(f"/organize/{event.slug}/doors")

    await page.get_by_role("link", name="The page for helpers, to print").click()

    await expect(page.get_by_role("heading", name="At the door")).to_be_visible()
    assert await hers.barriers() == []
    for paper in ("A4", "Letter"):
        printed = pypdfium2.PdfDocument(await page.pdf(format=paper, prefer_css_page_size=True))
        assert len(printed) == 1
        words = printed[0].get_textpage().get_text_range()
        assert "Before the doors open" in words
        assert "Please keep it at the door." in words
        assert "Print this page" not in words
