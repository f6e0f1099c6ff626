"""Attendance taken along by an organizer: as a file, and as a page that is printed."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
import python_calamine
from playwright.async_api import expect

from schema.ids import Kind, read_row
from server.db import Pool
from server.events.models import Event, Role
from server.jobs.working import Jobs
from server.settings import Settings
from server.worker import Worker
from tests.browser.conftest import Phones
from tests.clock import Clock
from tests.world import World

pytestmark = pytest.mark.browser

COUNT = """
    INSERT INTO attendance_counters (event_id, day, door_id, minute, slot, came, arrivals, departures)
    VALUES ($1, $2, $3, date_trunc('minute', $4::timestamptz), 0, $5, $5, $6)
"""
KINDS = 14
DOORS = 12
PAPERS = {"A4": (595, 842), "Letter": (612, 792)}


@pytest.fixture
async def worker(settings: Settings, dsn: str, pool: Pool, clock: Clock) -> AsyncIterator[None]:
    """Writes what is asked for."""
    async with Worker(dsn, Jobs(pool, clock, settings.secrets())):
        yield


async def counted(world: World, event: Event, door: UUID, *, at: datetime, came: int, left: int = 0) -> None:
    await world.pool.execute(COUNT, event.id, event.day_of(event.starts_at), door, at, came, left)


async def a_full_day(world: World, clock: Clock) -> tuple[Event, Event]:
    """Many hours of coming and going, more doors and kinds of tickets than a page has lines, and the edition before."""
    begins = clock().replace(minute=0, second=0, microsecond=0) - timedelta(days=2)
    times: dict[str, Any] = {"starts_at": begins, "ends_at": begins + timedelta(hours=14), "scans_people_out": True}
    last = await world.event(title="Repair Summit, last time", **times)
    last_door = read_row(await world.door(last), Kind.DOOR)[1]
    await counted(world, last, last_door, at=begins, came=9)
    event = await world.event(continues_id=last.id, uses_check_in=True, **times)
    for number in range(DOORS):
        door = read_row(await world.door(event, f"Door number {number} by the old orchard"), Kind.DOOR)[1]
        await world.registration(event, name=f"Guest {number}", ticket_type=f"Kind {number} with dinner and a workshop")
        for quarter in range(number, 62, DOORS):
            at = begins + timedelta(minutes=15 * quarter)
            if event.day_of(at) == event.day_of(begins):
                await counted(world, event, door, at=at, came=1 + quarter % 7, left=quarter % 3)
    # One kind is called as tickets of no kind are.
    for kind in ("Ticket", None):
        await world.registration(event, ticket_type=kind)
    return event, last


async def test_an_organizer_takes_a_day_along_as_a_file_and_as_one_printed_page(
    phones: Phones, world: World, clock: Clock, worker: None, tmp_path: Path
) -> None:
    event, last = await a_full_day(world, clock)
    organizer = await world.team(event)
    await world.role(organizer, last, Role.OWNER)
    hers = await phones(organizer)
    page = await hers.open(f"/organize/{event.slug}/attendance")
    await expect(page.get_by_role("heading", name="Beside Repair Summit, last time")).to_be_visible()
    await expect(page.get_by_role("table", name="Tickets").get_by_role("row")).to_have_count(KINDS + 1)
    assert await hers.barriers() == []

    await hers.button("Make the file").click()
    save = page.get_by_role("button", name="Save the file")
    await expect(save).to_be_visible()
    async with page.expect_download() as saving:
        await save.click()
    await (await saving.value).save_as(tmp_path / "people.xlsx")

    book = python_calamine.CalamineWorkbook.from_path(tmp_path / "people.xlsx")
    assert len(book.get_sheet_by_index(0).to_python()) == KINDS + 1
    await expect(page.get_by_role("listitem").filter(has_text="Excel · saved")).to_contain_text("You, ")

    await page.get_by_role("link", name="A page to print").click()
    await expect(page.get_by_role("table", name="By the hour")).to_be_visible()
    assert await hers.barriers() == []
    for paper, size in PAPERS.items():
        printed = pypdfium2.PdfDocument(await page.pdf(format=paper, prefer_css_page_size=True))
        assert len(printed) == 1
        assert printed[0].get_size() == pytest.approx(size, abs=1)
        words = printed[0].get_textpage().get_text_range()
        assert "Repair Summit" in words
        assert "6 other kinds" in words
        assert "Print this page" not in words


async def test_an_event_of_several_days_is_one_printed_page_too(phones: Phones, world: World, clock: Clock) -> None:
    begins = clock() - timedelta(days=2)
    event = await world.event(uses_check_in=True, starts_at=begins, ends_at=begins + timedelta(days=1))
    await counted(world, event, read_row(await world.door(event), Kind.DOOR)[1], at=begins, came=7)
    hers = await phones(await world.team(event))
    page = await hers.open(f"/organize/{event.slug}/summary")

    choices = page.get_by_role("group", name="Day").get_by_role("button")
    await choices.first.click()
    await expect(choices.first).to_be_focused()
    await expect(page.get_by_role("table", name="By the hour")).to_be_visible()
    await choices.filter(has_text="All days").click()

    days = page.get_by_role("table", name="By the day").get_by_role("row")
    await expect(days).to_have_count(len(event.days()) + 1)
    await expect(days.nth(1).get_by_role("cell").nth(1)).to_have_text("7")
    await expect(page.get_by_text("Nobody arrived.")).to_have_count(len(event.days()) - 1)
    assert await hers.barriers() == []
    assert len(pypdfium2.PdfDocument(await page.pdf(format="A4", prefer_css_page_size=True))) == 1
