"""Practising a talk: the screen that people meet with, with somebody who is not real, and no trace of it anywhere."""

import pytest
from playwright.async_api import expect

from server.db import Pool
from tests.browser.conftest import Phones
from tests.world import World

pytestmark = pytest.mark.browser

LABEL = "Practice \u00b7 Robin is not a real person"

#: Everything a real talk would have left on the server.
TRACES = """
    SELECT (SELECT count(*) FROM swaps) + (SELECT count(*) FROM scans) + (SELECT count(*) FROM conversations)
         + (SELECT count(*) FROM agenda_prompts) + (SELECT count(*) FROM notes) + (SELECT count(*) FROM promises)
         + (SELECT count(*) FROM feelings) + (SELECT count(*) FROM follow_ups)
"""

#: What waits on the phone to be sent, and what was begun there.
WAITING = """async () => {
    const database = await new Promise((resolve) => {
        const opening = indexedDB.open('handsel');
        opening.onsuccess = () => resolve(opening.result);
    });
    const count = (store) => new Promise((resolve) => {
        const asked = database.transaction(store).objectStore(store).count();
        asked.onsuccess = () => resolve(asked.result);
    });
    const counts = [await count('outbox'), await count('drafts'), await count('scansMade')];
    database.close();
    return counts;
}"""


async def test_it_is_offered_once_works_without_a_network_and_leaves_no_trace(
    phones: Phones, world: World, pool: Pool
) -> None:
    ana = await world.attendee(await world.event(), "Ana Duarte", up_to="bees")
    phone = await phones(ana)
    page = await phone.open()
    await phone.is_ready_for_flight_mode()
    await expect(page.get_by_role("link", name="Practise")).to_be_visible()
    await phone.is_written()
    await phone.go_offline()
    await page.get_by_role("link", name="Practise").click()

    await expect(page.get_by_text(LABEL)).to_be_visible()
    assert await phone.barriers() == []
    await page.get_by_role("button", name="Scan it").click()
    await expect(page.get_by_role("main").get_by_text(LABEL)).to_be_visible()
    assert await phone.barriers() == []
    await phone.button("Asked").click()
    await phone.button("I learned\u2026").click()
    await expect(page.get_by_role("dialog").get_by_text(LABEL)).to_be_visible()
    await page.get_by_label("In your words").fill("the goose was first")
    await phone.button("Keep").click()
    await expect(page.get_by_text("It now stands beneath the question")).to_be_visible()
    await phone.write("I promised\u2026", "In a few words", "a better basket")
    await phone.button("Asked").click()
    await phone.button("Asked").click()
    await expect(page.get_by_text("Nothing of this is kept.")).to_be_visible()
    await phone.button("I learned something").click()
    await expect(page.get_by_role("main").get_by_text(LABEL)).to_be_visible()
    await page.get_by_role("link", name="Done").click()

    await expect(page.get_by_text("Nobody yet.")).to_be_visible()
    await expect(page.get_by_role("link", name="Practise")).to_be_hidden()
    await phone.is_written()
    assert await page.evaluate(WAITING) == [0, 0, 0]
    await phone.go_online()
    await phone.open("/you")
    await page.get_by_role("link", name="Practise").click()
    await expect(page.get_by_role("button", name="Scan it")).to_be_visible()
    assert await pool.fetchval(TRACES) == 0
