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


async def test_what_somebody_chooses_without_a_network_holds_over_a_reload_and_is_sent_when_it_is_back(
    phones: Phones, world: World, pool: Pool
) -> None:
    ana = await world.attendee(await world.event(), "Ana Duarte")
    phone = await phones(ana)
    page = await phone.open("/you")
    await with_device(world, ana.person.id, "https://fcm.googleapis.com/of-ana")
    await page.get_by_role("link", name="Choose what you are told").click()
    await expect(phone.button("Remove A phone")).to_be_visible()
    await phone.is_kept_on_the_phone()
    await phone.reload()
    await expect(phone.button("Remove A phone")).to_be_visible()
    await phone.is_written()
    await phone.go_offline()

    by_mail = phone.button("Your evening by mail")
    for tap in ("false", "true", "false"):
        await by_mail.click()
        await expect(by_mail).to_have_attribute("aria-pressed", tap)
    await page.get_by_label("From").fill("21:00")
    await phone.button("Save quiet hours").click()
    await phone.button("Remove A phone").click()
    await phone.button("Send me a test").click()
    await expect(page.get_by_text("A test goes out only with a connection.")).to_be_visible()
    await expect(phone.button("3 things wait for the network")).to_be_visible()
    await page.get_by_role("link", name="You", exact=True).last.click()
    await page.get_by_label("Contacts may ask whom I know").click()
    await phone.button("Deutsch").click()
    await phone.reload()

    await expect(page.get_by_label("Contacts may ask whom I know")).to_be_checked()
    await expect(phone.button("Deutsch")).to_have_attribute("aria-pressed", "true")
    await page.get_by_role("link", name="Choose what you are told").click()
    await expect(by_mail).to_have_attribute("aria-pressed", "false")
    await expect(page.get_by_label("From")).to_have_value("21:00")
    await expect(phone.button("Remove A phone")).to_have_count(0)
    assert await phone.barriers() == []
    assert await pool.fetchval("SELECT count(*) FROM notice_switches") == 0

    await phone.go_online()
    await becomes(pool, "SELECT count(*) FROM notice_switches WHERE NOT is_on AND kind = 'EVENING_READY'", 1)
    await becomes(pool, "SELECT to_char(quiet_from, 'HH24:MI') FROM quiet_hours", "21:00")
    await becomes(pool, "SELECT count(*) FROM push_subscriptions", 0)
    await becomes(pool, "SELECT locale FROM people WHERE may_be_asked", "de")
    await expect(page.get_by_text("for the network")).to_have_count(0)
    await expect(by_mail).to_have_attribute("aria-pressed", "false")
