"""The card on a phone: the topics found in it are shown at once, and what is taken off stays off."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from server.db import Pool
from tests.browser.conftest import Phones
from tests.browser.waiting import becomes
from tests.clock import Clock
from tests.world import World

pytestmark = pytest.mark.browser


async def test_topics_are_shown_taken_off_and_asked_about_in_my_language_and_the_zone_is_the_phones(
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

    travelled = await page.context.new_cdp_session(page)
    await travelled.send("Emulation.setTimezoneOverride", {"timezoneId": "Pacific/Auckland"})
    await phone.open("/you")
    await expect(page.get_by_text("Pacific/Auckland")).to_be_visible()
    await page.get_by_role("button", name="Deutsch").click()
    await expect(page.get_by_role("button", name="Deutsch")).to_have_attribute("aria-pressed", "true")
    assert await phone.barriers() == []
    await phone.open("/card")
    await expect(page.get_by_role("button", name="Take off Imkerei")).to_be_visible()


async def test_a_card_begins_with_the_one_from_the_last_event_and_keeps_what_is_written(
    phones: Phones, world: World, pool: Pool, clock: Clock
) -> None:
    ana = await world.attendee(await world.event(), "Ana Duarte", up_to=None)
    last = await world.event(
        title="Seed Fair", starts_at=clock() - timedelta(days=90), ends_at=clock() - timedelta(days=89)
    )
    earlier = {"up_to": "bees and chess", "seeking": "hives", "been_here": True, "dropped_topics": ["chess"]}
    await world.registration(last, name="Ana Duarte", person=ana.person, card=earlier)
    phone = await phones(ana)
    page = await phone.open("/card")
    await page.get_by_label("Where I\u2019d welcome help").fill("a quiet room")

    await page.get_by_role("button", name="Use your card from Seed Fair").click()
    await expect(page.get_by_label("What I\u2019m up to")).to_have_value("bees and chess")
    await expect(page.get_by_label("Where I\u2019d welcome help")).to_have_value("a quiet room")
    await page.get_by_role("button", name="Take them out again").click()
    await expect(page.get_by_label("What I\u2019m up to")).to_have_value("")
    assert await phone.barriers() == []

    await page.get_by_role("button", name="Use your card from Seed Fair").click()
    await page.get_by_role("button", name="Save my card").click()
    await expect(page.get_by_role("button", name="Put back chess")).to_be_visible()
    kept = await pool.fetchrow(
        "SELECT up_to, seeking, been_here FROM cards WHERE event_id = $1 AND registration_id = $2",
        ana.event.id, ana.registration_id,
    )  # fmt: skip
    assert kept is not None
    assert tuple(kept) == ("bees and chess", "a quiet room", False)


async def test_plainer_words_are_offered_for_a_pitch_and_can_be_put_back(phones: Phones, world: World) -> None:
    ana = await world.attendee(await world.event(), "Ana Duarte", up_to=None)
    phone = await phones(ana)
    page = await phone.open("/card")
    pitch = "We offer innovative solutions for event logistics"
    text = page.get_by_label("What I can help with")
    await text.fill(pitch)

    assert await phone.barriers() == []
    await page.get_by_role("button", name="Use these words").click()
    await expect(text).to_have_value("Help with event logistics")
    await page.get_by_role("button", name="Put back my words").click()
    await expect(text).to_have_value(pitch)
    await expect(page.get_by_role("button", name="Use these words")).to_be_hidden()
