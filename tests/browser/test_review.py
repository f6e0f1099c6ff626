"""A weekly review, from its three people to its end, on a phone."""

import pytest
from playwright.async_api import Locator, expect

from server.db import Pool
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.reviews.people_known import meet
from tests.world import Attendee, World

pytestmark = pytest.mark.browser

STATES = "SELECT string_agg(state, ' ' ORDER BY place) FROM review_follow_ups"
HOUR = "SELECT review_weekday || ' ' || review_at FROM people WHERE name = 'Ana Duarte'"
NO_REVIEW = "SELECT review_weekday IS NULL FROM people WHERE name = 'Ana Duarte'"


@pytest.fixture
async def ana(world: World) -> Attendee:
    """Ana promised Ben an article long ago, and spoke with Olu and Mei even longer ago."""
    event = await world.event()
    ana, ben, olu, mei = [
        await world.attendee(event, name, up_to=up_to)
        for name, up_to in (
            ("Ana Duarte", "mending what others throw away"),
            ("Ben Okafor", "an article on soil"),
            ("Olu Bankole", "turning an old mill into a workshop"),
            ("Mei Tanaka", "teaching children to sew"),
        )
    ]
    await world.promise(ana, await meet(world, ana, ben, days_ago=120), "the article on soil sensors")
    await meet(world, ana, olu, days_ago=110)
    await meet(world, ana, mei, days_ago=100)
    await world.pool.execute("UPDATE people SET timezone = 'Asia/Tokyo' WHERE id = $1", olu.person.id)
    return ana


def title(phone: Phone, words: str) -> Locator:
    return phone.page.get_by_role("heading", name=words)


async def test_a_review_is_three_people_and_then_that_is_all(phones: Phones, pool: Pool, ana: Attendee) -> None:
    hers = await phones(ana)
    await hers.context.add_init_script("navigator.share = async ({ text }) => { window.shared = text; }")
    page = await hers.open("/you")
    await page.get_by_role("link", name="Weekly review").click()
    await expect(title(hers, "Three people this week")).to_be_visible()
    await expect(page.get_by_text("You promised:")).to_be_visible()
    assert await hers.barriers() == []

    await hers.button("Edit the words to Ben").click()
    await page.get_by_label("Your words to Ben").fill("Ben, here it is. Are you free on Monday?")
    await hers.button("Send…").click()
    await expect(title(hers, "Two people this week")).to_be_visible()
    assert await page.evaluate("window.shared") == "Ben, here it is. Are you free on Monday?"
    await hers.button("Undo").click()
    await expect(title(hers, "Three people this week")).to_be_visible()
    await becomes(pool, STATES, "OPEN OPEN OPEN")

    await hers.button("We talked already").click()
    await expect(page.get_by_text("in Tokyo").first).to_be_visible()
    await hers.button("Later").click()
    await hers.button("In 3 days").click()
    await hers.button("Not this").click()
    await expect(title(hers, "That\u2019s all for this week")).to_be_visible()
    await becomes(pool, STATES, "DONE LATER DISMISSED")
    assert await hers.barriers() == []

    await hers.reload()
    await expect(title(hers, "That\u2019s all for this week")).to_be_visible()
    await page.get_by_label("Day", exact=True).select_option("Sundays")
    await page.get_by_label("Hour", exact=True).fill("19:30")
    await becomes(pool, HOUR, "7 19:30:00")


async def test_a_review_is_read_and_answered_without_a_network(phones: Phones, pool: Pool, ana: Attendee) -> None:
    hers = await phones(ana)
    page = await hers.open("/review")
    await expect(title(hers, "Three people this week")).to_be_visible()
    await hers.go_offline()

    await hers.button("We talked already").click()
    await expect(title(hers, "Two people this week")).to_be_visible()
    await page.get_by_label("Day", exact=True).select_option("No weekly review")
    await expect(page.get_by_label("Hour", exact=True)).to_have_count(0)
    await hers.button("That\u2019s all for this week").click()
    await expect(page.get_by_text("Whoever is left comes up again in their time.")).to_be_visible()
    await hers.button("Go on after all").click()
    await expect(title(hers, "Two people this week")).to_be_visible()
    await hers.button("That\u2019s all for this week").click()
    await expect(title(hers, "That\u2019s all for this week")).to_be_visible()
    await hers.go_online()

    await becomes(pool, STATES, "DONE OPEN OPEN")
    await becomes(pool, NO_REVIEW, expected=True)
    await becomes(pool, "SELECT count(*) FROM review_weeks WHERE ended_at IS NOT NULL", 1)
