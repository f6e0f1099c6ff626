from datetime import timedelta
from typing import Literal

import pytest
from playwright.async_api import expect

from schema.ids import Kind, global_id
from server.db import Pool
from server.events.models import Event
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.world import Attendee, World

pytestmark = pytest.mark.browser


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana Duarte", up_to="starting a seed library")


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ben Okafor", up_to="mending bicycles", pronouns="he/him")


@pytest.fixture
async def hers(phones: Phones, ana: Attendee, ben: Attendee) -> Phone:
    """Ana's phone, at the first prompt of her conversation with Ben."""
    phone = await phones(ana)
    await phone.open("/scan")
    await phone.type_code(ben.badge.code)
    await expect(phone.quotation).to_have_text("“mending bicycles”")
    return phone


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


async def test_contact_crosses_only_when_both_agree(
    hers: Phone, phones: Phones, pool: Pool, event: Event, ana: Attendee, ben: Attendee
) -> None:
    swap = global_id(Kind.SWAP, await pool.fetchval("SELECT id FROM swaps"), event.id)
    his = await phones(ben)
    await his.open(f"/conversations/{swap}")
    await expect(his.question).to_be_visible()
    await hers.button("Share my contact").click()
    await hers.button("Share").click()
    await expect(hers.page.get_by_text("You offered yours.")).to_be_visible()

    await expect(his.page.get_by_text("shared their contact with you. Yours would be your mail.")).to_be_visible()
    await his.button("Share mine back").click()

    await expect(his.page.get_by_role("link", name=ana.person.email)).to_have_attribute(
        "href", f"mailto:{ana.person.email}"
    )
    await expect(hers.page.get_by_role("link", name=ben.person.email)).to_be_visible()
    await expect(his.page.get_by_text("You share with each other.")).to_be_visible()


async def test_withdrawing_takes_it_from_both_phones_at_once(
    hers: Phone, phones: Phones, pool: Pool, event: Event, ben: Attendee
) -> None:
    swap = global_id(Kind.SWAP, await pool.fetchval("SELECT id FROM swaps"), event.id)
    his = await phones(ben)
    await his.open(f"/conversations/{swap}")
    await expect(his.quotation).to_have_text("“starting a seed library”")

    await hers.button("More").click()
    await hers.button("Withdraw…").click()
    await hers.button("Withdraw").click()

    gone = "This conversation is not here any more"
    await expect(hers.page.get_by_role("heading", name=gone)).to_be_visible()
    await expect(his.page.get_by_role("heading", name=gone)).to_be_visible()
    await hers.page.get_by_role("link", name="Back to Today").click()
    await expect(hers.page.get_by_text("Nobody yet")).to_be_visible()


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


@pytest.fixture
async def timed(phones: Phones, ana: Attendee, ben: Attendee) -> Phone:
    """Ana's phone at the first prompt, with a clock that the test moves and a sensor for how it is held."""
    phone = await phones(ana)
    await phone.context.grant_permissions(["accelerometer", "gyroscope"])
    await phone.page.clock.install()
    await phone.open("/scan")
    await phone.type_code(ben.badge.code)
    await expect(phone.quotation).to_have_text("“mending bicycles”")
    return phone


async def test_it_goes_quiet_after_a_minute_and_the_touch_that_wakes_it_does_nothing_else(timed: Phone) -> None:
    first = await timed.question.inner_text()
    veil = timed.page.locator(".veil")
    await expect(veil).not_to_have_class("quiet")

    await timed.page.clock.fast_forward(61_000)
    await expect(veil).to_have_css("opacity", "1")
    await timed.button("Asked").click(force=True)

    await expect(veil).to_have_css("opacity", "0")
    await expect(timed.question).to_have_text(first)
    await timed.button("Asked").click()
    await expect(timed.question).not_to_have_text(first)


async def test_it_goes_quiet_as_the_phone_is_lowered_and_wakes_as_it_is_raised(timed: Phone) -> None:
    sensor = await timed.context.new_cdp_session(timed.page)
    veil = timed.page.locator(".veil")

    async def hold(beta: float) -> None:
        await sensor.send("DeviceOrientation.setDeviceOrientationOverride", {"alpha": 0, "beta": beta, "gamma": 0})

    await hold(50)
    await hold(-60)
    for _ in range(20):  # the browser tells of its sensor when it likes
        await timed.page.clock.run_for(1_000)
        if await veil.evaluate("veil => veil.classList.contains('quiet')"):
            break
    await expect(veil).to_have_css("opacity", "1")
    await hold(50)

    await expect(veil).to_have_css("opacity", "0")


async def test_after_its_time_a_line_to_close_with_is_offered_but_never_while_something_is_written(
    timed: Phone,
) -> None:
    offer = timed.page.get_by_text("About 20 minutes. If you like:")
    await timed.button("They need…").click()
    await timed.page.get_by_label("In your words").fill("a dry shed")
    await timed.page.clock.fast_forward(20 * 60_000)
    await expect(timed.page.get_by_role("dialog")).to_be_visible()
    await expect(offer).to_be_hidden()

    await timed.button("Keep").click()
    await expect(offer).to_be_visible()
    await timed.button("Put this away").click()
    await expect(offer).to_be_hidden()
    await timed.reload()

    await expect(timed.question).to_be_visible()
    await expect(offer).to_be_hidden()


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
