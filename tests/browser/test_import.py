"""The list comes in: an organizer chooses a spreadsheet, says what a column holds, sees a bad row, and brings it in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from server.db import Pool
from server.events.models import Event
from server.jobs.kinds import Post
from server.jobs.working import Jobs
from server.notifications.mail import Mailer
from server.settings import Settings
from server.worker import Worker
from tests.browser.conftest import Phones
from tests.clock import Clock
from tests.imports.workbooks import workbook
from tests.mailbox import Mailbox
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
async def worker(settings: Settings, dsn: str, pool: Pool, clock: Clock) -> AsyncIterator[None]:
    """Reads and brings in what is sent, and mails those who are on it."""
    post = Post(Mailer(sender="Handsel <handsel@handsel.test>", outbox=settings.outbox), settings.public_url)
    async with Worker(dsn, Jobs(pool, clock, settings.secrets(), post=post)):
        yield


async def test_a_list_is_looked_at_and_brought_in_and_the_second_time_changes_nothing(
    phones: Phones, world: World, event: Event, worker: None, tmp_path: Path, pool: Pool, settings: Settings
) -> None:
    header = ("Ticket number", "Wer", "E-Mail", "Company")
    people = [(101, "Ana Duarte", "ana@example.org", "Oficina"), (102, "Ben Okafor", "ben@example.org", "")]
    path = tmp_path / "guests.xlsx"
    path.write_bytes(workbook(header, *people, (103, "Cem", "nobody", "")))
    hers = await phones(await world.team(event))
    page = await hers.open(f"/organize/{event.slug}/import")
    assert await hers.barriers() == []

    await page.locator("input[type=file]").set_input_files(path)
    await expect(page.get_by_role("heading", name="Which column holds the names?")).to_be_visible(timeout=30_000)
    await page.get_by_label("Wer").select_option(label="Name")
    await hers.button("Read it with these columns").click()
    await expect(page.get_by_role("heading", name="What this list would change")).to_be_visible(timeout=30_000)
    await expect(page.get_by_role("row", name="This does not look like a mail address")).to_contain_text("4")
    change = page.get_by_role("region", name="Changes").get_by_role("listitem").first
    await expect(change).to_contain_text("New, line 2")
    await expect(hers.button("Bring in")).to_be_disabled()
    assert await hers.barriers() == []
    assert await pool.fetchval("SELECT count(*) FROM registrations WHERE name = 'Ana Duarte'") == 0

    await page.get_by_role("switch", name="Leave out the 1 row").check()
    await hers.button("Bring in").click()
    await expect(page.get_by_role("heading", name="The list is in")).to_be_visible(timeout=30_000)
    await expect(page.get_by_role("region", name="Brought in before")).to_contain_text("2 added")
    assert await pool.fetchval("SELECT external_id FROM registrations WHERE name = 'Ana Duarte'") == "101"

    await hers.button("Mail them their place").click()
    await expect(page.get_by_role("dialog", name="Send 2 mails?")).to_be_visible()
    assert await hers.barriers() == []
    await hers.button("Send").click()
    await expect(page.get_by_text("All 2 mails have left.")).to_be_visible(timeout=30_000)
    assert sorted(mail.to for mail in Mailbox(settings.outbox).mails()) == ["ana@example.org", "ben@example.org"]

    # The next file of that shape needs nothing.
    path.write_bytes(workbook(header, *people))
    await page.locator("input[type=file]").set_input_files(path)
    await expect(page.get_by_role("heading", name="Nothing would change")).to_be_visible(timeout=30_000)
    await hers.button("Bring in").click()
    await expect(page.get_by_role("heading", name="Nothing changed")).to_be_visible(timeout=30_000)
    assert await hers.barriers() == []

    await hers.button("Show keys").click()
    await hers.button("Make a key").click()
    await page.get_by_label("Name", exact=True).fill("Our shop")
    await hers.button("Make the key").click()
    await expect(page.get_by_text("Our shop is ready. Copy this now")).to_be_visible()
    await expect(page.locator("code").first).to_contain_text("hsi_")
    assert await hers.barriers() == []
