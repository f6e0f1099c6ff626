"""Attendance on an organizer's screen, live while a helper scans at a door."""

from datetime import timedelta

import pytest
from playwright.async_api import Locator, expect

from server.db import Pool
from server.events.models import Event, Role
from tests.browser.conftest import Phones
from tests.browser.door_steps import at_main_door, event_with_doors, type_ticket, verdict
from tests.browser.phone import Phone
from tests.clock import Clock
from tests.world import Attendee, Somebody, World

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 800}


@pytest.fixture
async def event(world: World) -> Event:
    return await event_with_doors(world)


@pytest.fixture
async def zoe(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Zoë Müller-Ngũgĩ")


@pytest.fixture
async def organizer(world: World, event: Event) -> Somebody:
    return await world.team(event)


def figure(phone: Phone, name: str) -> Locator:
    """The figure under that name."""
    return phone.page.locator("dl > div").filter(has_text=name).locator("dd").first


def row(phone: Phone, name: str) -> Locator:
    return phone.page.get_by_role("row").filter(has_text=name)


async def attendance(phone: Phone, event: Event) -> None:
    await phone.page.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})
    await phone.open(f"/organize/{event.slug}/attendance")
    await expect(phone.page.get_by_text("Live · ")).to_be_visible()


async def test_a_check_in_at_a_door_appears_on_the_organizers_screen_by_itself(
    phones: Phones, world: World, event: Event, zoe: Attendee, organizer: Somebody
) -> None:
    await world.attendee(event, "Ben Okafor")
    hers = await phones(organizer)
    await attendance(hers, event)
    await expect(figure(hers, "Expected")).to_have_text("2")
    await expect(figure(hers, "Came")).to_have_text("0")
    await expect(row(hers, zoe.name)).to_contain_text("Not yet")
    assert await hers.barriers() == []

    his = await phones(await world.team(event, Role.DOOR_HELPER))
    await at_main_door(his, event)
    await type_ticket(his, zoe.ticket)
    await expect(verdict(his)).to_contain_text("Welcome")

    await expect(figure(hers, "Came")).to_have_text("1")
    await expect(figure(hers, "Here now")).to_have_text("1")
    await expect(figure(hers, "Not yet")).to_have_text("1")
    await expect(figure(hers, "Main door")).to_have_text("1")
    await expect(row(hers, zoe.name)).to_contain_text("Main door")
    await expect(hers.page.locator("canvas")).to_be_visible()

    await his.button(f"Undo for {zoe.name}").click()
    await expect(figure(hers, "Came")).to_have_text("0")
    await expect(row(hers, zoe.name)).to_contain_text("Not yet")
    assert await hers.barriers() == []


async def test_the_curve_is_a_table_too_and_has_departures_as_soon_as_they_are_counted(
    phones: Phones, world: World, pool: Pool, event: Event, organizer: Somebody
) -> None:
    hers = await phones(organizer)
    his = await phones(await world.team(event, Role.DOOR_HELPER))
    await at_main_door(his, event)
    await type_ticket(his, (await world.attendee(event)).ticket)
    await expect(verdict(his)).to_contain_text("Welcome")
    await attendance(hers, event)

    await hers.page.get_by_text("As a table").click()

    table = hers.page.get_by_role("table", name="Arrivals by quarter of an hour")
    await expect(table.get_by_role("row").nth(1).get_by_role("cell").first).to_have_text("1")

    for counts, heading in ((False, "Arrivals"), (True, "Arrivals and departures")):
        await pool.execute("UPDATE events SET scans_people_out = $2 WHERE id = $1", event.id, counts)
        await pool.execute("SELECT pg_notify('handsel_live', $1)", f"attendance:{event.id}")
        await expect(hers.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        await expect(hers.page.locator("canvas")).to_be_visible()


async def test_people_are_found_by_name_and_by_where_they_are(
    phones: Phones, world: World, event: Event, zoe: Attendee, organizer: Somebody
) -> None:
    ben = await world.attendee(event, "Ben Okafor")
    await world.admit(ben)
    hers = await phones(organizer)
    await attendance(hers, event)

    await hers.page.get_by_role("searchbox", name="Find a name").fill("ngugi")
    await expect(row(hers, ben.name)).to_have_count(0)
    await expect(row(hers, zoe.name)).to_be_visible()
    await hers.page.get_by_role("searchbox", name="Find a name").fill("")
    await hers.button("Came").click()
    await expect(row(hers, zoe.name)).to_have_count(0)
    await expect(row(hers, ben.name)).to_be_visible()


async def test_a_long_list_comes_a_page_at_a_time(
    phones: Phones, world: World, event: Event, organizer: Somebody
) -> None:
    for number in range(60):
        await world.registration(event, name=f"Guest {number:02}")
    hers = await phones(organizer)
    await attendance(hers, event)
    await expect(hers.page.get_by_role("status").filter(has_text="60 people")).to_be_attached()
    await expect(row(hers, "Guest")).to_have_count(50)

    await hers.button("Show more").click()

    await expect(row(hers, "Guest")).to_have_count(60)
    await expect(row(hers, "Guest 50")).to_be_focused()
    await expect(hers.button("Show more")).to_have_count(0)


async def test_each_day_of_an_event_has_its_own_figures(phones: Phones, world: World, clock: Clock) -> None:
    event = await world.event(
        uses_check_in=True, starts_at=clock() - timedelta(days=1), ends_at=clock() + timedelta(minutes=1)
    )
    await world.attendee(event)
    hers = await phones(await world.team(event))
    await attendance(hers, event)
    days = hers.page.get_by_role("group", name="Day", exact=True).get_by_role("button")
    await expect(days).to_have_count(2)
    await expect(figure(hers, "Not yet")).to_have_text("1")

    await days.first.click()
    await expect(days.first).to_be_focused()

    await expect(figure(hers, "No-shows")).to_have_text("1")
    await expect(hers.page.get_by_text("Here now")).to_have_count(0)

    await hers.open(f"/organize/{event.slug}/afterwards")
    await expect(hers.page.get_by_text("They come a day after the end")).to_be_visible()
    assert await hers.barriers() == []


async def test_while_the_line_is_down_the_figures_say_how_old_they_are(
    phones: Phones, event: Event, organizer: Somebody
) -> None:
    hers = await phones(organizer)
    await attendance(hers, event)

    await hers.go_offline()
    await expect(hers.page.get_by_text("Reconnecting; figures as of ")).to_be_visible()
    await hers.page.wait_for_event("websocket")  # a try that finds no network, after which it is tried again
    await hers.go_online()

    await expect(hers.page.get_by_text("Live · ")).to_be_visible()


async def test_the_figures_are_closed_to_a_helper_and_to_a_stranger(
    phones: Phones, world: World, event: Event, zoe: Attendee
) -> None:
    his = await phones(await world.team(event, Role.DOOR_HELPER))
    await his.open(f"/organize/{event.slug}/attendance")
    await expect(his.page.get_by_role("heading", name="For organizers")).to_be_visible()
    assert await his.barriers() == []

    for somebody in (zoe, await world.person()):
        theirs = await phones(somebody)
        await theirs.open(f"/organize/{event.slug}/attendance")
        await expect(theirs.page.get_by_role("heading", name="For the event\u2019s team")).to_be_visible()
        assert zoe.name not in await theirs.page.inner_text("main")


async def test_who_is_no_longer_an_organizer_is_told_so_at_the_next_check_in(
    phones: Phones, world: World, pool: Pool, event: Event, zoe: Attendee, organizer: Somebody
) -> None:
    hers = await phones(organizer)
    await attendance(hers, event)
    await pool.execute("DELETE FROM event_roles WHERE person_id = $1", organizer.id)
    his = await phones(await world.team(event, Role.DOOR_HELPER))
    await at_main_door(his, event)

    await type_ticket(his, zoe.ticket)

    await expect(hers.page.get_by_text("These figures are not open to you any more.")).to_be_visible()
    await expect(hers.page.get_by_text(zoe.name)).to_have_count(0)
