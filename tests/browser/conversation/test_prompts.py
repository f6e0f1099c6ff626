from typing import Literal

import pytest
from playwright.async_api import expect

from server.db import Pool
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.world import Attendee

pytestmark = pytest.mark.browser


async def states(pool: Pool, who: Attendee) -> list[str]:
    rows = await pool.fetch(
        "SELECT state FROM agenda_prompts WHERE registration_id = $1 ORDER BY place", who.registration_id
    )
    return [row["state"] for row in rows]


async def test_prompts_are_marked_and_going_back_undoes_it(hers: Phone, pool: Pool, ana: Attendee) -> None:
    first = await hers.question.inner_text()

    await hers.button("Asked").click()
    await expect(hers.question).not_to_have_text(first)
    await hers.button("Another").click()
    await becomes(pool, "SELECT count(*) FROM agenda_prompts WHERE state <> 'WAITING'", 2)
    assert (await states(pool, ana))[:3] == ["ASKED", "SKIPPED", "WAITING"]

    await hers.button("The one before").click()
    await hers.button("The one before").click()
    await expect(hers.question).to_have_text(first)
    await becomes(pool, "SELECT count(*) FROM agenda_prompts WHERE state <> 'WAITING'", 0)


async def test_it_goes_on_at_the_first_prompt_that_waits(hers: Phone, pool: Pool) -> None:
    await hers.button("Asked").click()
    await hers.button("Asked").click()
    await becomes(pool, "SELECT count(*) FROM agenda_prompts WHERE state = 'ASKED'", 2)
    third = await hers.question.inner_text()

    await hers.reload()

    await expect(hers.question).to_have_text(third)


async def test_arrow_keys_walk_through_the_prompts(hers: Phone, pool: Pool, ana: Attendee) -> None:
    first = await hers.question.inner_text()

    await hers.page.keyboard.press("ArrowRight")
    await expect(hers.question).not_to_have_text(first)
    await becomes(pool, "SELECT count(*) FROM agenda_prompts WHERE state = 'SKIPPED'", 1)
    await hers.page.keyboard.press("ArrowLeft")

    await expect(hers.question).to_have_text(first)
    await becomes(pool, "SELECT count(*) FROM agenda_prompts WHERE state = 'SKIPPED'", 0)


async def test_why_a_prompt_is_asked_is_told_on_request(hers: Phone, pool: Pool, ana: Attendee) -> None:
    why = await pool.fetchval(
        "SELECT why FROM agenda_prompts WHERE registration_id = $1 ORDER BY place LIMIT 1", ana.registration_id
    )
    await expect(hers.page.get_by_text(why)).to_be_hidden()

    await hers.button("Why ask this?").click()

    await expect(hers.page.get_by_text(why)).to_be_visible()


async def test_the_talk_ends_graciously_and_asks_how_it_was(hers: Phone, pool: Pool) -> None:
    while await hers.button("Asked").count():
        await hers.button("Asked").click()
    await expect(hers.page.get_by_text("The rest of the talk is yours.")).to_be_visible()

    await hers.button("I learned something").click()
    await expect(hers.page.locator("[aria-pressed=true]")).to_have_count(1)
    again = hers.page.get_by_role("button", name="We should talk again")
    await expect(again).to_contain_text("they are told only if they say so too")
    await again.click()
    await expect(hers.page.locator("[aria-pressed=true]")).to_have_count(2)
    await again.click()
    await expect(hers.page.locator("[aria-pressed=true]")).to_have_count(1)

    await becomes(pool, "SELECT string_agg(feeling, ',') FROM feelings", "LEARNED")


async def test_nothing_about_oneself_is_on_it(hers: Phone, ana: Attendee) -> None:
    mine = ("Ana", "Duarte", "seed library", ana.badge.code, ana.person.email)

    for _ in range(9):
        shown = await hers.page.evaluate("document.querySelector('main').innerText + document.title")
        assert [words for words in mine if words in shown] == []
        if await hers.button("Asked").count() == 0:
            break
        await hers.button("Asked").click()
    await expect(hers.page.get_by_text("The rest of the talk is yours.")).to_be_visible()


async def test_the_whole_of_it_works_by_keyboard(phones: Phones, pool: Pool, ana: Attendee, ben: Attendee) -> None:
    phone = await phones(ana)
    await phone.open("/")
    await phone.tab_to("Scan a badge")
    await phone.page.keyboard.press("Enter")
    await phone.tab_to("Type the code")
    await phone.page.keyboard.press("Enter")
    await phone.page.keyboard.type(ben.badge.code)
    await phone.page.keyboard.press("Enter")
    await expect(phone.quotation).to_have_text("“mending bicycles”")

    await phone.tab_to("They need…")
    await phone.page.keyboard.press("Enter")
    await phone.page.keyboard.type("a dry shed")
    await phone.tab_to("Keep")
    await phone.page.keyboard.press("Enter")
    await expect(phone.page.get_by_role("dialog")).to_be_hidden()
    await phone.tab_to("Asked")
    await phone.page.keyboard.press("Enter")

    await becomes(pool, "SELECT text FROM notes", "a dry shed")
    await becomes(pool, "SELECT count(*) FROM agenda_prompts WHERE state = 'ASKED'", 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_screen_readers_can_use_the_conversation(hers: Phone, scheme: Literal["light", "dark"]) -> None:
    await hers.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await hers.button("Why ask this?").click()
    assert await hers.barriers() == []

    await hers.button("I promised…").click()
    assert await hers.barriers() == []
    await hers.button("Cancel").click()
    while await hers.button("Asked").count():
        await hers.button("Asked").click()
    assert await hers.barriers() == []
