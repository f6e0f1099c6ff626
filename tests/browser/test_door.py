"""A helper at a door, with a camera, a keyboard and a list of names."""

import re

import pytest
from playwright.async_api import expect

from server.db import Pool
from server.events.models import Event, Role
from tests.browser.conftest import Phones
from tests.browser.door_steps import at_main_door, event_with_doors, type_ticket, verdict
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.world import Attendee, Somebody, World

pytestmark = pytest.mark.browser


@pytest.fixture
async def event(world: World) -> Event:
    return await event_with_doors(world)


@pytest.fixture
async def zoe(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Zoë Müller-Ngũgĩ")


@pytest.fixture
async def helper(world: World, event: Event) -> Somebody:
    return await world.team(event, Role.DOOR_HELPER)


async def goes_on(phone: Phone) -> None:
    """To the next ticket, by the key: a verdict also leaves by itself, and then there is no button to press."""
    await phone.page.keyboard.press("Escape")
    await expect(verdict(phone)).to_be_hidden()


async def test_a_ticket_before_the_camera_is_welcomed_by_name_and_the_camera_comes_back_by_itself(
    phones: Phones, pool: Pool, event: Event, zoe: Attendee, helper: Somebody
) -> None:
    his = await phones(helper, sees=zoe.ticket)
    await at_main_door(his, event)

    await expect(verdict(his)).to_contain_text("Welcome")
    await expect(verdict(his)).to_contain_text("Zoë Müller-Ngũgĩ")
    await expect(verdict(his)).to_contain_text("Day ticket")
    await expect(his.page.get_by_role("alert")).to_have_text("Welcome. Zoë Müller-Ngũgĩ. Day ticket")

    await expect(verdict(his)).to_be_hidden()
    await expect(his.page.get_by_text("Point at a ticket")).to_be_visible()
    # The ticket is still in the picture, and was read once.
    await becomes(pool, "SELECT count(*) FROM check_ins", 1)

    await type_ticket(his, zoe.ticket.lower())
    await expect(verdict(his).get_by_text(re.compile(r"^Already in, \d\d:\d\d at Main door$"))).to_be_visible()
    await expect(verdict(his)).to_contain_text("Zoë Müller-Ngũgĩ")
    assert await his.barriers() == []


async def test_the_phone_remembers_its_door_until_another_is_chosen(
    phones: Phones, event: Event, helper: Somebody
) -> None:
    his = await phones(helper)
    await his.open(f"/organize/{event.slug}/door")
    await expect(his.button("Main door")).to_be_visible()
    assert await his.barriers() == []
    await his.button("Main door").click()
    await expect(his.page.get_by_role("heading", name="Main door")).to_be_visible()

    await his.reload()
    await expect(his.page.get_by_role("heading", name="Main door")).to_be_visible()
    assert await his.barriers() == []
    await his.button("Change the door").click()
    await his.button("Garden gate").click()

    await expect(his.page.get_by_role("heading", name="Garden gate")).to_be_visible()


async def test_a_code_that_is_no_ticket_says_which_and_never_blocks_the_next(
    phones: Phones, world: World, event: Event, zoe: Attendee, helper: Somebody
) -> None:
    other = await world.event(title="Seed Fair")
    await world.role(helper, other, Role.DOOR_HELPER)
    elsewhere = await world.attendee(other)
    his = await phones(helper)
    await at_main_door(his, event)

    for code, words in (
        ("ABCDEFGHJK", "Not known here"),
        (zoe.badge.code, "This is a badge, not a ticket"),
        (elsewhere.ticket, "Another event of yours"),
        (zoe.ticket, "Welcome"),
    ):
        await type_ticket(his, code)
        await expect(verdict(his)).to_contain_text(words)
        assert await his.barriers() == []
        await goes_on(his)


async def test_a_cancelled_ticket_is_refused_by_name(
    phones: Phones, world: World, pool: Pool, event: Event, helper: Somebody
) -> None:
    gone = await world.attendee(event, "Oskar Nyman")
    await pool.execute("UPDATE registrations SET cancelled_at = now() WHERE id = $1", gone.registration_id)
    his = await phones(helper)
    await at_main_door(his, event)

    await type_ticket(his, gone.ticket)

    await expect(verdict(his)).to_contain_text("Cancelled")
    await expect(verdict(his)).to_contain_text("Oskar Nyman")
    await expect(his.button("Undo")).to_have_count(0)


async def test_somebody_is_found_by_name_let_in_and_taken_back(
    phones: Phones, pool: Pool, event: Event, zoe: Attendee, helper: Somebody
) -> None:
    his = await phones(helper)
    await at_main_door(his, event)
    await his.button("Find by name").click()
    await his.page.get_by_role("searchbox", name="Name").fill("zoe mul")
    found = his.page.get_by_role("button", name=zoe.name)
    await expect(found).to_contain_text("Not yet")
    assert await his.barriers() == []

    await found.click()
    await expect(verdict(his)).to_contain_text("Welcome")
    # The one on the verdict; a moment later, the one in the list.
    await his.page.get_by_role("button", name=re.compile("^Undo")).first.click()

    await expect(verdict(his)).to_contain_text("Taken back")
    await becomes(pool, "SELECT count(*) FROM admissions", 0)
    await expect(verdict(his)).to_be_hidden()
    await expect(his.button(f"Undo for {zoe.name}")).to_have_count(0)


async def test_a_slip_noticed_late_can_still_be_taken_back(
    phones: Phones, event: Event, zoe: Attendee, helper: Somebody
) -> None:
    his = await phones(helper)
    await at_main_door(his, event)
    await type_ticket(his, zoe.ticket)
    await goes_on(his)

    await his.button(f"Undo for {zoe.name}").click()

    await expect(verdict(his)).to_contain_text("Taken back")


async def test_somebody_without_a_ticket_is_registered_let_in_and_shown_one(
    phones: Phones, pool: Pool, event: Event, helper: Somebody
) -> None:
    his = await phones(helper)
    await at_main_door(his, event)
    await his.button("No ticket").click()
    await his.button("Register and let in").click()
    await expect(his.page.get_by_text("Please write a name.")).to_be_visible()

    await his.page.get_by_label("Their name").fill("Ifeoma Nwachukwu")
    await his.button("Register and let in").click()

    await expect(verdict(his)).to_contain_text("Ifeoma Nwachukwu")
    await expect(verdict(his).get_by_role("img", name="Their ticket")).to_be_visible()
    assert await his.barriers() == []
    await becomes(pool, "SELECT count(*) FROM admissions WHERE is_in", 1)


async def test_people_are_scanned_out_where_the_event_does_that(
    phones: Phones, pool: Pool, event: Event, zoe: Attendee, helper: Somebody
) -> None:
    his = await phones(helper)
    await at_main_door(his, event)
    await type_ticket(his, zoe.ticket)
    await goes_on(his)

    await his.button("Out").click()
    await type_ticket(his, zoe.ticket)

    await expect(verdict(his)).to_contain_text("Goodbye")
    assert not await pool.fetchval("SELECT is_in FROM admissions")


async def test_a_hardware_scanner_is_heard_at_any_moment(
    phones: Phones, world: World, event: Event, zoe: Attendee, helper: Somebody
) -> None:
    ben = await world.attendee(event, "Ben Okafor")
    his = await phones(helper)
    await at_main_door(his, event)
    await expect(his.page.get_by_role("heading", name="Main door")).to_be_visible()

    await wedge(his, zoe.ticket)
    await expect(verdict(his)).to_contain_text(zoe.name)
    await wedge(his, ben.ticket)

    await expect(verdict(his)).to_contain_text("Ben Okafor")


async def wedge(phone: Phone, code: str) -> None:
    """Types as a scanner does: all at once, then Enter."""
    await phone.page.evaluate(
        """(keys) => keys.forEach((key) => (document.activeElement ?? document.body).dispatchEvent(
               new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))""",
        [*code, "Enter"],
    )


async def test_the_sound_is_off_until_the_helper_turns_it_on(phones: Phones, event: Event, helper: Somebody) -> None:
    his = await phones(helper)
    await at_main_door(his, event)

    await his.button("Sound off").click()

    await expect(his.button("Sound on")).to_have_attribute("aria-pressed", "true")


async def test_a_door_is_closed_to_whoever_is_not_in_the_team(phones: Phones, event: Event, zoe: Attendee) -> None:
    hers = await phones(zoe)

    await hers.open(f"/organize/{event.slug}/door")

    await expect(hers.page.get_by_role("heading", name="For the event\u2019s team")).to_be_visible()
    assert await hers.barriers() == []
