"""Choosing what one is told: on the phone, readable without a network, and said plainly."""

import pytest
from playwright.async_api import expect

from server.db import Pool
from tests.browser.conftest import Phones
from tests.browser.waiting import becomes
from tests.notifications.steps import was_told, with_device
from tests.world import World

pytestmark = pytest.mark.browser


async def test_somebody_chooses_what_they_are_told_and_reads_what_was_sent(
    phones: Phones, world: World, pool: Pool
) -> None:
    ana = await world.attendee(await world.event(), "Ana Duarte")
    phone = await phones(ana)
    await was_told(world, ana.person.id)
    page = await phone.open("/you")
    await with_device(world, ana.person.id, "https://fcm.googleapis.com/of-ana")
    await page.get_by_role("link", name="Choose what you are told").click()

    await expect(page.get_by_role("heading", name="Pushes on this device")).to_be_visible()
    await expect(page.get_by_text("Mail: waits until then")).to_be_visible()
    assert await phone.barriers() == []
    await phone.button("Your evening by mail").click()
    await becomes(pool, "SELECT count(*) FROM notice_switches WHERE NOT is_on AND kind = 'EVENING_READY'", 1)
    await page.get_by_label("From").fill("21:00")
    await phone.button("Save quiet hours").click()
    await becomes(pool, "SELECT to_char(quiet_from, 'HH24:MI') FROM quiet_hours", "21:00")
    await expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    await phone.button("Remove A phone").click()
    await expect(page.get_by_role("heading", name="Devices that take pushes")).to_have_count(0)
    await phone.button("Send me a test").click()
    await becomes(pool, "SELECT count(*) FROM notices WHERE kind = 'TEST'", 1)

    await phone.is_kept_on_the_phone()
    await phone.reload()
    await expect(page.get_by_label("From")).to_have_value("21:00")
    await phone.is_written()
    await phone.go_offline()
    await page.reload()
    await expect(page.get_by_label("From")).to_have_value("21:00")
    await expect(phone.button("Your evening by mail")).to_have_attribute("aria-pressed", "false")
