"""Badges on paper: an organizer has them made and saves the file; an attendee sees that, and replaces a lost one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.async_api import Locator, expect

from server.badges.tokens import badge_secret
from server.db import Pool
from server.events.models import Event, Role
from server.jobs.working import Jobs
from server.printing.making import Printer
from server.settings import Settings
from server.worker import Worker
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.clock import Clock
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(uses_check_in=True)


@pytest.fixture
async def worker(settings: Settings, dsn: str, pool: Pool, clock: Clock) -> AsyncIterator[None]:
    """Draws what is asked for."""
    secrets = settings.secrets()
    printer = Printer(pool, secrets=secrets, public_url=settings.public_url, clock=clock)
    async with Worker(dsn, Jobs(pool, clock, secrets, printer=printer)):
        yield


def row(phone: Phone, name: str) -> Locator:
    return phone.page.get_by_role("listitem").filter(has_text=name)


async def test_an_organizer_has_badges_made_saves_them_and_an_attendee_sees_it(
    phones: Phones, world: World, event: Event, worker: None, tmp_path: Path
) -> None:
    ana = await world.attendee(event, "Ana Duarte")
    await world.registration(event, name="Ben Okafor")
    hers = await phones(await world.team(event))
    page = await hers.open("/you")
    await page.get_by_role("link", name="Set-up of").click()
    await page.get_by_role("link", name="Badges", exact=True).click()
    await expect(row(hers, "Ana Duarte")).to_contain_text("not printed")
    assert await hers.barriers() == []

    await page.get_by_text("A4, 10 name badges").click()
    await hers.button("Make the PDF: 2 badges on 1 page").click()
    await expect(page.get_by_role("heading", name="2 badges on 1 page, ready")).to_be_visible(timeout=30_000)
    assert await hers.barriers() == []
    async with page.expect_download() as saving:
        await hers.button("Save the PDF").click()
    await (await saving.value).save_as(tmp_path / "badges.pdf")

    assert "Ana\r\nDuarte" in pypdfium2.PdfDocument(tmp_path / "badges.pdf")[0].get_textpage().get_text_range()
    await expect(page.get_by_text("Written down as printed")).to_be_visible()
    await expect(row(hers, "Ana Duarte")).not_to_contain_text("not printed")
    await expect(page.get_by_text("2 badges, by an organizer of the event")).to_be_visible()

    anas = await phones(ana)
    await anas.open("/you")
    await expect(anas.page.get_by_text("by an organizer of the event.")).to_be_visible()
    assert await anas.barriers() == []


async def test_a_lost_badge_is_replaced_at_the_desk_and_on_ones_own_phone(
    phones: Phones, world: World, event: Event, pool: Pool
) -> None:
    ana = await world.attendee(event, "Ana Duarte")
    anas = await phones(ana)
    await anas.open("/you")
    await anas.button("Replace my badge").click()
    await anas.button("Replace it").click()
    await expect(anas.page.get_by_text("You have a new badge.")).to_be_visible()
    await anas.is_kept_on_the_phone()

    await anas.go_offline()
    await anas.open("/")
    await anas.button("Badge").click()
    badge = anas.page.get_by_role("region", name="My badge")
    secret = badge_secret(world.secrets, await pool.fetchval("SELECT id FROM badges WHERE revoked_at IS NULL"))
    await expect(badge).to_contain_text(secret.code)
    await expect(badge).not_to_contain_text(ana.badge.code)

    desk = await phones(await world.team(event))
    page = await desk.open(f"/organize/{event.slug}/badges")
    await desk.button("Replace the badge of Ana Duarte").click()
    assert await desk.barriers() == []
    await desk.button("Replace it").click()
    await expect(page.get_by_text("Ana Duarte has a new badge.")).to_be_visible()
    await becomes(pool, "SELECT count(*) FROM badges WHERE revoked_at IS NOT NULL", 2)


async def test_printing_is_closed_to_a_helper_and_to_an_attendee(phones: Phones, world: World, event: Event) -> None:
    ana = await world.attendee(event, "Ana Duarte")
    his = await phones(await world.team(event, Role.DOOR_HELPER))
    await his.open(f"/organize/{event.slug}/badges")
    await expect(his.page.get_by_role("heading", name="For organizers")).to_be_visible()

    hers = await phones(ana)
    await hers.open(f"/organize/{event.slug}/badges")
    await expect(hers.page.get_by_role("heading", name="For the event\u2019s team")).to_be_visible()
