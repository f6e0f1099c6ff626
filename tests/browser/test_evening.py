"""An attendee's evening, from the list to its end, on a phone."""

from datetime import time, timedelta

import pytest
from playwright.async_api import Locator, expect

from server.db import Pool
from server.evening.making import evening_day, make_evenings
from server.events.models import Event
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.clock import Clock
from tests.world import Attendee, World

pytestmark = pytest.mark.browser

#: An evening that begins with its day is always there; one that begins a minute before the next never is.
AT_ONCE, NOT_YET = time(4), time(3, 59)


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(evening_at=AT_ONCE)


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    """Ana promised Ben an article, wants to talk to Olu again as he does to her, and has something to thank Mei for."""
    ana, ben, olu, mei = [
        await world.attendee(event, name) for name in ("Ana Duarte", "Ben Okafor", "Olu Bankole", "Mei Tanaka")
    ]
    await world.promise(ana, await world.swap(ana, ben), "the article on soil sensors")
    again = await world.swap(ana, olu)
    await world.feeling(ana, again)
    await world.feeling(olu, again)
    await world.note(ana, await world.swap(ana, mei), "Mei showed me how to free a stuck bobbin")
    return ana


def title(phone: Phone, words: str) -> Locator:
    return phone.page.get_by_role("heading", name=words)


async def test_an_evening_is_a_few_things_and_then_that_is_all(phones: Phones, pool: Pool, ana: Attendee) -> None:
    hers = await phones(ana)
    await hers.context.add_init_script("navigator.share = async ({ text }) => { window.shared = text; }")
    page = await hers.open("/")
    await page.get_by_role("link", name="Evening").click()
    await expect(title(hers, "Three things for tonight")).to_be_visible()
    await expect(page.get_by_text("Then that\u2019s all.")).to_be_visible()
    await expect(page.get_by_text("You promised Ben")).to_be_visible()
    assert await hers.barriers() == []

    await hers.button("Edit the words to Ben").click()
    await page.get_by_label("Your words to Ben").fill("Ben, here is the article. Look at page four.")
    await hers.button("Send…").click()
    await expect(title(hers, "Two things for tonight")).to_be_visible()
    assert await page.evaluate("window.shared") == "Ben, here is the article. Look at page four."
    await becomes(pool, "SELECT kept_at IS NOT NULL FROM promises", expected=True)

    await hers.button("Later").click()
    await hers.button("In 3 days").click()
    await expect(title(hers, "One thing for tonight")).to_be_visible()
    await hers.button("Not this").click()
    await expect(title(hers, "That\u2019s all for tonight")).to_be_visible()
    assert await hers.barriers() == []
    await becomes(pool, "SELECT count(*) FROM follow_ups WHERE state = 'OPEN'", 0)

    await hers.reload()
    await expect(title(hers, "That\u2019s all for tonight")).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text="You promised Ben")).to_contain_text("Done")
    await expect(page.get_by_role("listitem").filter(has_text="Twenty minutes with Olu")).to_contain_text("Later")
    await expect(page.get_by_role("listitem").filter(has_text="bobbin")).to_contain_text("Let go")


async def test_what_was_done_last_can_be_taken_back_until_something_else_is_done(
    phones: Phones, pool: Pool, ana: Attendee
) -> None:
    hers = await phones(ana)
    await hers.context.add_init_script("navigator.share = async () => undefined")
    page = await hers.open("/evening")
    await hers.button("Send…").click()
    await expect(page.get_by_role("status").filter(has_text="Done.")).to_be_focused()

    await hers.button("Undo").click()

    await expect(title(hers, "Three things for tonight")).to_be_visible()
    await expect(page.get_by_text("You promised Ben")).to_be_visible()
    await becomes(pool, "SELECT kept_at IS NULL FROM promises", expected=True)
    await hers.button("Send…").click()
    await hers.button("Not this").click()
    await expect(page.get_by_text("Let go. Nobody is told.")).to_be_visible()
    await expect(hers.button("Undo")).to_have_count(1)


async def test_closing_the_share_sheet_leaves_everything_as_it_was(phones: Phones, ana: Attendee) -> None:
    hers = await phones(ana)
    await hers.context.add_init_script("navigator.share = async () => { throw new DOMException('', 'AbortError'); }")
    await hers.open("/evening")

    await hers.button("Send…").click()

    await expect(title(hers, "Three things for tonight")).to_be_visible()
    await expect(hers.button("Undo")).to_have_count(0)


async def test_a_thing_is_put_off_to_a_day_of_ones_own(
    phones: Phones, pool: Pool, clock: Clock, event: Event, ana: Attendee
) -> None:
    hers = await phones(ana)
    page = await hers.open("/evening")
    day = event.day_of(clock()) + timedelta(days=9)
    await hers.button("Later").click()
    await hers.button("Pick a day").click()
    await expect(hers.button("Put off")).to_be_disabled()

    await page.get_by_label("Which day").fill(day.isoformat())
    await hers.button("Put off").click()

    await expect(title(hers, "Two things for tonight")).to_be_visible()
    await becomes(pool, "SELECT due_on FROM follow_ups WHERE state = 'LATER'", day)


async def test_before_its_hour_an_evening_says_when_it_comes_and_shows_a_list_made_early(
    phones: Phones, world: World, pool: Pool, clock: Clock
) -> None:
    event = await world.event(evening_at=NOT_YET)
    ana, ben = await world.attendee(event, "Ana Duarte"), await world.attendee(event, "Ben Okafor")
    await world.promise(ana, await world.swap(ana, ben), "the article on soil sensors")
    hers = await phones(ana)
    page = await hers.open("/evening")
    await expect(page.get_by_role("heading", name="at 03:59")).to_be_visible()
    assert await hers.barriers() == []

    day = evening_day(event, clock())
    async with pool.acquire() as connection:
        await make_evenings(connection, event=event, day=day, now=event.evening_starts_at(day))
    await page.get_by_role("link", name="Today").click()
    await page.get_by_role("link", name="Evening").click()

    await expect(title(hers, "One thing for tonight")).to_be_visible()


async def test_an_evening_without_anything_is_kind_and_ends(phones: Phones, world: World, event: Event) -> None:
    hers = await phones(await world.attendee(event))

    page = await hers.open("/evening")

    await expect(title(hers, "Nothing for tonight")).to_be_visible()
    await expect(page.get_by_text("Rest well.")).to_be_visible()


async def test_without_a_network_the_evening_is_answered_and_the_answers_are_sent_when_it_is_back(
    phones: Phones, pool: Pool, ana: Attendee
) -> None:
    hers = await phones(ana)
    await hers.context.add_init_script("navigator.share = async () => undefined")
    page = await hers.open("/evening")
    await expect(title(hers, "Three things for tonight")).to_be_visible()
    await hers.is_kept_on_the_phone()
    await hers.go_offline()
    await hers.reload()
    await expect(title(hers, "Three things for tonight")).to_be_visible()
    await expect(page.get_by_text("No connection just now.")).to_be_visible()

    await hers.button("Send…").click()
    await expect(title(hers, "Two things for tonight")).to_be_visible()
    await hers.reload()
    await expect(title(hers, "Two things for tonight")).to_be_visible()
    await expect(page.get_by_text("1 thing waits for the network")).to_be_visible()
    await hers.go_online()

    await expect(page.get_by_text("1 thing waits for the network")).to_have_count(0)
    await becomes(pool, "SELECT count(*) FROM follow_ups WHERE state = 'DONE'", 1)


async def test_an_evening_ends_when_its_person_says_so_and_is_as_long_as_they_want_it(
    phones: Phones, world: World, pool: Pool, event: Event
) -> None:
    ana = await world.attendee(
        event, "Ana Duarte", offering="twenty years of beekeeping", seeking="somebody who restores tower clocks"
    )
    ben = await world.attendee(event, "Ben Okafor", seeking="help with beekeeping", offering="tower clocks")
    mei = await world.attendee(event, "Mei Tanaka", up_to="a library of umbrella ribs", new_here=True)
    for other in (ben, mei):
        await world.swap(ana, other)
    hers = await phones(ana)
    page = await hers.open("/evening")
    await expect(title(hers, "Two things for tonight")).to_be_visible()
    await expect(page.get_by_text("Ben would welcome help with something you offer")).to_be_visible()
    await expect(page.get_by_text("Mei is new here, and up to this")).to_be_visible()
    await expect(page.get_by_text("Asking opens here once you have given Ben something")).to_be_visible()
    assert await hers.barriers() == []

    await hers.button("That\u2019s all for tonight").click()
    await expect(page.get_by_text("What is left stays where it is.")).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text="Mei is new here")).to_contain_text("Left for now")
    assert await hers.barriers() == []
    await becomes(pool, "SELECT count(*) FROM evenings WHERE ended_at IS NOT NULL", 1)
    await hers.button("Go on after all").click()
    await expect(title(hers, "Two things for tonight")).to_be_visible()
    await becomes(pool, "SELECT count(*) FROM evenings WHERE ended_at IS NOT NULL", 0)

    await page.get_by_role("link", name="You").click()
    group = page.get_by_role("group", name="At most so many suggestions")
    await expect(group.get_by_role("button", name="3")).to_have_attribute("aria-pressed", "true")
    await group.get_by_role("button", name="1").click()
    await becomes(pool, "SELECT count(*) FROM people WHERE evening_limit = 1", 1)
