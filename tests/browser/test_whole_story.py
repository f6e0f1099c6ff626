"""The story that the README tells, played on the demo event by three people who sign in by mailed code."""

import asyncio
import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from server.db import Pool
from server.demo.operations import ensure_demo
from server.evening.making import make_evenings
from server.events.models import Event
from server.events.operations import find_event_by_slug
from server.settings import Settings
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.clock import Clock
from tests.mailbox import Mail, Mailbox

pytestmark = pytest.mark.browser


@pytest.fixture
async def demo(pool: Pool, settings: Settings, clock: Clock) -> Event:
    async with pool.acquire() as connection:
        await ensure_demo(connection, secrets=settings.secrets(), now=clock())
        event = await find_event_by_slug(connection, slug="demo")
    assert event is not None
    return event


async def signed_in(phones: Phones, mailbox: Mailbox, address: str) -> Phone:
    """A phone of somebody who went the way of the Welcome screen."""
    already = len(mailbox.mails(address))
    phone = await phones(None)
    page = await phone.open("/")
    await page.get_by_label("Your mail address").fill(address)
    await phone.button("Mail me a code").click()
    digits = page.get_by_label("The six digits")
    await expect(digits).to_be_visible()
    await digits.fill((await newest_mail(mailbox, address, after=already)).code)
    await phone.button("Sign in").click()
    await expect(phone.button("Sign in")).to_be_hidden()
    return phone


async def newest_mail(mailbox: Mailbox, address: str, *, after: int) -> Mail:
    """The next mail to the address; it leaves a moment after the answer."""
    async with asyncio.timeout(60):
        while len(mailbox.mails(address)) == after:  # noqa: ASYNC110 - a folder tells nobody that a file came
            await asyncio.sleep(0.05)
    return mailbox.newest(address)


async def badge_code(phone: Phone) -> str:
    """The eight characters beneath the badge, as its owner reads them out."""
    await phone.button("Badge").click()
    await expect(phone.page.get_by_role("button", name=re.compile("^Your badge"))).to_be_visible()
    found = re.search(r"\b[2-9A-Z]{4}\W?[2-9A-Z]{4}\b", await phone.page.inner_text("main"))
    assert found is not None
    return found[0]


async def test_the_story_of_the_readme(phones: Phones, mailbox: Mailbox, demo: Event, pool: Pool, clock: Clock) -> None:
    hers = await signed_in(phones, mailbox, "ana@demo.example")
    his = await signed_in(phones, mailbox, "ben@demo.example")
    await expect(hers.page.get_by_role("heading", name=re.compile("Ana$"))).to_be_visible()
    await expect(his.page.get_by_role("heading", name=re.compile("Ben$"))).to_be_visible()

    await hers.page.get_by_role("link", name="Scan a badge").click()
    await hers.type_code(await badge_code(his))
    await expect(hers.page.get_by_role("heading", name="Ben Okafor")).to_be_visible()
    await expect(his.page.get_by_role("heading", name="Ana Duarte")).to_be_visible()
    assert await hers.question.inner_text() != await his.question.inner_text()

    await hers.write("I learned…", "In your words", "The doors were the easy part.")
    await hers.write("I promised…", "In a few words", "the article on soil sensors")

    async with pool.acquire() as connection:
        day = demo.day_of(clock())
        evening = max(demo.evening_starts_at(day), clock() + timedelta(minutes=1))
        await make_evenings(connection, event=demo, day=day, now=evening)
    await hers.page.get_by_role("link", name="Today").first.click()
    await hers.page.get_by_role("link", name="Evening", exact=True).click()
    await expect(hers.page.get_by_text("You promised Ben")).to_be_visible()
    await expect(hers.page.get_by_text("the article on soil sensors").first).to_be_visible()

    desk = await signed_in(phones, mailbox, "desk@demo.example")
    await expect(desk.page.get_by_role("link", name="Attendance of Repair Summit")).to_be_visible()
    await desk.page.get_by_role("link", name="Attendance of Repair Summit").click()
    came = desk.page.get_by_text("Came", exact=True).first
    await expect(came).to_be_visible()
    await expect(desk.page.get_by_text("Live · ")).to_be_visible()
    before = await desk.page.inner_text("main")

    door = await signed_in(phones, mailbox, "desk@demo.example")
    await door.open(f"/organize/{demo.slug}/door")
    await door.button("Main door").click()
    missing = await pool.fetchval(
        "SELECT name FROM registrations WHERE event_id = $1 AND NOT EXISTS (SELECT 1 FROM admissions"
        " WHERE admissions.event_id = $1 AND admissions.registration_id = registrations.id) ORDER BY name LIMIT 1",
        demo.id,
    )
    await door.button("Find by name").click()
    await door.page.get_by_role("searchbox", name="Name").fill(missing)
    await door.page.get_by_role("button", name=re.compile(re.escape(missing))).first.click()
    await expect(door.page.get_by_role("region", name="Verdict")).to_contain_text("Welcome")
    await expect(desk.page.locator("main")).not_to_have_text(before)
    await expect(desk.page.get_by_text("Live · ")).to_be_visible()
