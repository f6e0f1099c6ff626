"""An organizer adds the theme of the day from an example, mends what is refused, and takes it away again."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from server.events.models import Event, Role
from tests.browser.conftest import Phones
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


async def test_an_organizer_adds_mends_switches_and_removes_a_pack(
    phones: Phones, world: World, event: Event, tmp_path: Path
) -> None:
    hers = await phones(await world.team(event))
    page = await hers.open("/you")
    await page.get_by_role("link", name="Set-up of").click()
    await page.get_by_role("link", name="Prompts", exact=True).click()
    await expect(page.get_by_role("heading", name="No pack yet")).to_be_visible()
    assert await hers.barriers() == []

    await hers.button("Start from First evening, English").click()
    field = page.get_by_label("The pack", exact=True)
    good = await field.input_value()
    await field.fill(good.replace("What tipped the scales for coming tonight?", "Do you like it here?"))
    await hers.button("Add this pack").click()
    await expect(page.get_by_text("prompt open-decided: it can be answered with yes or no")).to_be_visible()
    assert "Do you like it here?" in await field.input_value()
    assert await hers.barriers() == []
    await field.fill(good)
    await hers.is_written()
    await hers.reload()
    await expect(field).to_have_value(good)
    await hers.button("Add this pack").click()
    await expect(page.get_by_text("“First evening” is added.")).to_be_visible()
    await expect(field).to_have_value("")

    await page.get_by_text("Look at the questions").click()
    await expect(page.get_by_text("Who made you feel welcome tonight?")).to_be_visible()
    await expect(page.get_by_role("switch", name="Ask from it")).to_be_checked()
    assert await hers.barriers() == []
    await page.get_by_role("switch", name="Ask from it").click()
    await expect(page.get_by_text("Nobody gets new questions from it.")).to_be_visible()

    better = tmp_path / "better.toml"
    better.write_text(good.replace("First evening", "Our first evening", 2), encoding="utf-8")
    await page.locator("input[type=file]").set_input_files(better)
    await hers.button("Add this pack").click()
    await hers.button("Put it in its place").click()
    await expect(page.get_by_role("heading", name="Our first evening")).to_be_visible()
    await expect(page.get_by_role("heading", name="First evening", exact=True)).to_have_count(0)

    await hers.button("Remove Our first evening").click()
    await hers.button("Remove").click()
    await expect(page.get_by_role("heading", name="No pack yet")).to_be_visible()


async def test_packs_are_closed_to_a_helper(phones: Phones, world: World, event: Event) -> None:
    his = await phones(await world.team(event, Role.DOOR_HELPER))
    await his.open(f"/organize/{event.slug}/prompts")
    await expect(his.page.get_by_role("heading", name="For organizers")).to_be_visible()
