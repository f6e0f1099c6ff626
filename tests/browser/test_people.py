"""The people somebody keeps up with, on a phone: found again, kept, and let go of at once when they withdraw."""

import re
from uuid import UUID

import pytest
from playwright.async_api import Locator, expect

from schema.ids import Kind, global_id
from server.db import Pool
from server.events.models import Event
from server.relationships import operations
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.clock import Clock
from tests.encounters.documents import WITHDRAW
from tests.front_door import FrontDoor
from tests.world import Attendee, World

pytestmark = pytest.mark.browser


async def share(world: World, one: Attendee, other: Attendee) -> UUID:
    """A swap at which both offer their mail address, with what begins by it."""
    swap_id = await world.swap(one, other)
    async with world.pool.acquire() as connection:
        await operations.begin(connection, event_id=one.event.id, swap_id=swap_id, now=world.clock())
    return swap_id


@pytest.fixture
async def mei(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Mei Tanaka", up_to="running repair evenings")


def title(phone: Phone, words: str) -> Locator:
    return phone.page.get_by_role("heading", name=words, level=1)


async def test_somebody_is_found_again_and_what_went_between_us_is_kept(
    phones: Phones, pool: Pool, world: World, ana: Attendee, ben: Attendee, mei: Attendee
) -> None:
    await world.promise(ana, await share(world, ana, ben), "the article on soil sensors")
    await world.note(ana, await share(world, ana, mei), "Knows a Töpferin in Évora")
    hers = await phones(ana)
    page = await hers.open("/")
    await page.get_by_role("link", name="People").click()
    await expect(page.get_by_role("link", name="Ben Okafor")).to_be_visible()
    assert await hers.barriers() == []

    await page.get_by_label("Find somebody").fill("topferin")
    await expect(page.get_by_role("link", name="Ben Okafor")).to_be_hidden()
    await expect(page.get_by_role("link", name="Mei Tanaka")).to_be_visible()
    await page.get_by_label("Find somebody").fill("ókafor")
    await page.get_by_role("link", name="Ben Okafor").click()

    await expect(title(hers, "Ben Okafor")).to_be_visible()
    await expect(page.get_by_text("turning a closed school")).to_be_visible()
    await expect(page.get_by_role("link", name=ben.person.email)).to_be_visible()
    assert await hers.barriers() == []
    await hers.button("Get to know").click()
    await becomes(pool, "SELECT count(*) FROM relationships WHERE kind = 'GET_TO_KNOW'", 1)

    await hers.button("We talked").click()
    await page.get_by_label("What did you give?").fill("A jar of honey")
    await page.get_by_label("Kind of what you got").select_option("ADVICE")
    assert await hers.barriers() == []
    await hers.button("Keep").click()
    await expect(page.get_by_text("A jar of honey")).to_be_visible()
    await becomes(pool, "SELECT count(*) FROM gifts", 2)
    await hers.button("Undo").click()
    await expect(page.get_by_text("A jar of honey")).to_be_hidden()
    await becomes(pool, "SELECT count(*) FROM gifts", 0)

    await hers.button("I did this: the article on soil sensors").click()
    await becomes(pool, "SELECT count(*) FROM gifts WHERE kind = 'PROMISE'", 1)
    await expect(page.get_by_text(re.compile("You gave · a kept promise"))).to_be_visible()
    await hers.button("Let it rest for a month").click()
    await becomes(pool, "SELECT count(*) FROM relationships WHERE resting_until IS NOT NULL", 1)


async def test_without_a_network_people_are_there_and_what_is_noted_goes_later(
    phones: Phones, pool: Pool, world: World, ana: Attendee, ben: Attendee, mei: Attendee
) -> None:
    await share(world, ana, ben)
    await share(world, ana, mei)
    hers = await phones(ana)
    page = await hers.open("/people")
    await page.get_by_role("link", name="Ben Okafor").click()
    await expect(title(hers, "Ben Okafor")).to_be_visible()
    await expect(page.get_by_role("link", name=ben.person.email)).to_be_visible()
    await page.get_by_role("main").get_by_role("link", name="People").click()
    await hers.is_kept_on_the_phone()
    await hers.reload()
    await expect(page.get_by_role("link", name="Mei Tanaka")).to_be_visible()
    await hers.go_offline()

    await page.get_by_label("Find somebody").fill("schoo")
    await expect(page.get_by_text("You are offline. Found among the people this phone knows")).to_be_visible()
    await expect(page.get_by_role("link", name="Mei Tanaka")).to_be_hidden()
    await page.get_by_role("link", name="Ben Okafor").click()
    await hers.button("We talked").click()
    await page.get_by_label("What did you get?").fill("The name of a roofer")
    await hers.button("Keep").click()
    await expect(page.get_by_text("The name of a roofer")).to_be_visible()
    await hers.reload()
    await expect(page.get_by_text("The name of a roofer")).to_be_visible()
    await expect(page.get_by_role("link", name=ben.person.email)).to_be_visible()
    await page.get_by_role("main").get_by_role("link", name="People").click()
    await page.get_by_label("Find somebody").fill("roofer")
    await expect(page.get_by_role("link", name="Mei Tanaka")).to_be_hidden()
    await expect(page.get_by_role("link", name="Ben Okafor")).to_be_visible()

    await hers.go_online()
    await becomes(pool, "SELECT count(*) FROM gifts WHERE direction = 'RECEIVED'", 1)


async def test_who_withdraws_is_gone_from_people_at_once_and_my_words_stay(
    phones: Phones, world: World, clock: Clock, front_door: FrontDoor, ana: Attendee, ben: Attendee
) -> None:
    swap_id = await share(world, ana, ben)
    await world.note(ana, swap_id, "Keeps bees too")
    hers = await phones(ana)
    page = await hers.open("/people")
    await page.get_by_role("link", name="Ben Okafor").click()
    await expect(title(hers, "Ben Okafor")).to_be_visible()
    await hers.is_followed()
    swap = global_id(Kind.SWAP, swap_id, ana.event.id)
    clock.advance(seconds=1)
    await front_door.as_(ben.token).ask(WITHDRAW, swap=swap)

    await expect(title(hers, "Someone you met at")).to_be_visible()
    await expect(page.get_by_text(ben.person.email)).to_be_hidden()
    await expect(page.get_by_text("Keeps bees too")).to_be_visible()
    assert await hers.barriers() == []
    await page.get_by_role("main").get_by_role("link", name="People").click()
    await expect(page.get_by_role("link", name="Someone you met at")).to_be_visible()
    assert "Okafor" not in await page.content()
