"""Session rooms: an organizer writes the programme, and a helper counts who comes."""

import pytest
from playwright.async_api import expect

from server.events.models import Event
from tests.browser.conftest import Phones
from tests.world import World

pytestmark = pytest.mark.browser

PROGRAMME = "Title,Room,Start,End,Places\nMending zips,Room 2,10:00,11:00,1\nGlue,Hall,soon,12:00,\n"


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(scans_people_out=True)


async def test_a_programme_is_pasted_mended_changed_and_taken_back(phones: Phones, world: World, event: Event) -> None:
    hers = await phones(await world.team(event))
    page = await hers.open(f"/organize/{event.slug}/rooms")
    await expect(page.get_by_role("heading", name="No sessions yet")).to_be_visible()
    assert await hers.barriers() == []

    await page.get_by_label("The programme").fill(PROGRAMME)
    await expect(page.get_by_text("Line 3: Its start is no time, such as 10:30.")).to_be_visible()
    assert await hers.barriers() == []
    await hers.button("Add them").click()
    await expect(page.get_by_role("heading", name="Mending zips")).to_be_visible()
    await expect(page.get_by_label("The programme")).to_have_value("Title,Room,Start,End,Places\nGlue,Hall,soon,12:00,")

    await hers.button("Change Mending zips").click()
    await page.get_by_role("dialog").get_by_label("Title").fill("Zips")
    assert await hers.barriers() == []
    await hers.button("Change it").click()
    await expect(page.get_by_role("heading", name="Zips", exact=True)).to_be_visible()
    await expect(page.get_by_text("0 of 1 in the room, 0 came")).to_be_visible()

    await hers.button("Remove Zips").click()
    await expect(page.get_by_role("heading", name="No sessions yet")).to_be_visible()
    await hers.button("Undo").click()
    await expect(page.get_by_role("heading", name="Zips", exact=True)).to_be_visible()
