"""The host opens the page of the jobs, reads what failed, and has it tried again."""

import pytest
from playwright.async_api import expect

from server.db import Pool
from tests.browser.conftest import Phones

pytestmark = pytest.mark.browser


async def test_the_host_has_a_failed_job_tried_again(phones: Phones, pool: Pool) -> None:
    await pool.execute(
        "INSERT INTO pgqueuer (priority, entrypoint, payload, status) VALUES (0, 'evening lists', '{}', 'failed')"
    )
    hers = await phones(None)
    page = hers.page
    await page.goto(f"{hers.url}/jobs")

    await expect(page.get_by_text("1 job failed and waits for you.")).to_be_visible()
    assert await hers.barriers() == []
    await page.get_by_role("button", name="Try again: evening lists").click()

    await expect(page.get_by_text("Nothing has failed. 0 running, 1 waiting.")).to_be_visible()
    assert await hers.barriers() == []
