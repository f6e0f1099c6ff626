from datetime import timedelta

import pytest
from playwright.async_api import expect

from server.db import Pool
from server.events.models import Event
from tests.browser.phone import Phone
from tests.browser.waiting import becomes

pytestmark = pytest.mark.browser


async def test_what_was_learned_promised_needed_and_noted_is_kept_and_shown(
    hers: Phone, pool: Pool, event: Event
) -> None:
    await hers.write("I learned…", "In your words", "Chains are the easy part.")
    await hers.button("I promised…").click()
    await hers.button("Introduce them").click()
    await hers.button("Today").click()
    await hers.page.get_by_label("In a few words").fill("to Mei, who has a truing stand")
    await hers.button("Keep").click()
    await expect(hers.page.get_by_role("dialog")).to_be_hidden()
    await hers.write("They need…", "In your words", "a dry shed")
    await hers.write("Write a note", "In your words", "Rides a blue one.")

    shown = hers.page.get_by_role("region", name="What you wrote")
    for words in ("Chains are the easy part.", "to Mei, who has a truing stand", "a dry shed", "Rides a blue one."):
        await expect(shown.get_by_text(words)).to_be_visible()
    await becomes(pool, "SELECT count(*) FROM notes", 2)
    learned = await pool.fetchrow("SELECT state, insight FROM agenda_prompts WHERE insight IS NOT NULL")
    assert dict(learned or {}) == {"state": "ASKED", "insight": "Chains are the easy part."}
    promise = await pool.fetchrow("SELECT kind, text, due_on FROM promises")
    today = event.day_of(event.starts_at + timedelta(hours=1))
    assert dict(promise or {}) == {"kind": "INTRODUCE", "text": "to Mei, who has a truing stand", "due_on": today}
    notes = await pool.fetch("SELECT kind, text FROM notes ORDER BY written_at")
    assert [tuple(note) for note in notes] == [("NEED", "a dry shed"), ("NOTE", "Rides a blue one.")]


async def test_everything_takes_two_taps_and_a_thumb(hers: Phone, pool: Pool) -> None:
    """The first tap begins the writing or opens the feelings, the second ends it; all of it lies in the lower half."""
    for opener, words in (
        ("I learned…", "In your words"),
        ("I promised…", "In a few words"),
        ("They need…", "In your words"),
    ):
        await hers.thumb(opener)
        await expect(hers.page.get_by_label(words)).to_be_focused()
        await hers.page.keyboard.type("a truing stand")
        await hers.thumb("Keep")
        await expect(hers.page.get_by_role("dialog")).to_be_hidden()
    await hers.thumb("How was it?")
    await hers.thumb("I learned something")

    await becomes(pool, "SELECT count(*) FROM feelings", 1)
    await becomes(pool, "SELECT count(*) FROM notes", 1)
    await becomes(pool, "SELECT count(*) FROM promises", 1)
    await becomes(pool, "SELECT count(*) FROM agenda_prompts WHERE insight IS NOT NULL", 1)


async def test_words_that_find_no_room_on_the_phone_stay_in_the_field(hers: Phone, pool: Pool) -> None:
    await hers.page.evaluate("""() => {
        window.add = IDBObjectStore.prototype.add;
        IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };
    }""")
    await hers.button("They need…").click()
    await hers.page.get_by_label("In your words").fill("a dry shed")
    await hers.button("Keep").click()
    await expect(hers.page.get_by_text("Your words are still here.")).to_be_visible()

    await hers.page.evaluate("() => { IDBObjectStore.prototype.add = window.add; }")
    await hers.button("Keep").click()

    await expect(hers.page.get_by_role("dialog")).to_be_hidden()
    await becomes(pool, "SELECT count(*) FROM notes", 1)


async def test_it_opens_without_a_network_in_the_middle_of_what_was_being_written(hers: Phone, pool: Pool) -> None:
    question = await hers.question.inner_text()
    await hers.is_kept_on_the_phone()
    need = hers.page.get_by_label("In your words")
    await hers.button("They need…").click()
    await need.fill("a dry shed, not too far from")
    await hers.reload()
    await expect(hers.question).to_have_text(question)

    await hers.go_offline()
    await hers.reload()

    await expect(need).to_have_value("a dry shed, not too far from")
    await hers.page.keyboard.press("Escape")
    await expect(hers.question).to_have_text(question)
    await expect(hers.quotation).to_have_text("“mending bicycles”")
    await hers.page.get_by_role("button", name="Go on writing").click()
    await need.fill("a dry shed, not too far from the river")
    await hers.button("Keep").click()
    await hers.go_online()
    await becomes(pool, "SELECT text FROM notes", "a dry shed, not too far from the river")
    await expect(hers.page.get_by_role("button", name="Go on writing")).to_be_hidden()
