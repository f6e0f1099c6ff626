"""The card on a phone: the topics found in it are shown at once, and what is taken off stays off."""

import pytest
from playwright.async_api import expect

from server.db import Pool
from tests.browser.conftest import Phones
from tests.browser.waiting import becomes
from tests.world import World

pytestmark = pytest.mark.browser


async def test_topics_are_shown_taken_off_and_asked_about_in_my_language(
    phones: Phones, world: World, pool: Pool
) -> None:
    ana = await world.attendee(await world.event(), "Ana Duarte", up_to=None)
    phone = await phones(ana)
    page = await phone.open("/card")
    await page.get_by_label("What I\u2019m up to").fill("bees, chess and a tool library")
    await page.get_by_role("button", name="Save my card").click()

    await expect(page.get_by_text("Your card is saved.")).to_be_visible()
    await page.get_by_role("button", name="Take off chess").click()
    await expect(page.get_by_role("button", name="Put back chess")).to_be_visible()
    assert await phone.barriers() == []
    await page.get_by_role("link", name="Done").click()
    await expect(page.get_by_text("Ana Duarte").first).to_be_visible()
    await becomes(pool, "SELECT dropped_topics FROM cards", ["chess"])

    await phone.open("/you")
    await page.get_by_role("button", name="Deutsch").click()
    await expect(page.get_by_role("button", name="Deutsch")).to_have_attribute("aria-pressed", "true")
    assert await phone.barriers() == []
    await phone.open("/card")
    await expect(page.get_by_role("button", name="Take off Imkerei")).to_be_visible()
