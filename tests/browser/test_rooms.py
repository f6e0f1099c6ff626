"""Session rooms: an organizer writes the programme, and a helper counts who comes."""

from datetime import timedelta

import pytest
from playwright.async_api import Locator, expect

from schema.ids import Kind, global_id
from server.db import Pool
from server.events.models import Event, Role, day_starts_at
from server.ids import new_id
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.doors.paired import with_pin
from tests.front_door import FrontDoor
from tests.rooms.phone import RoomPhone
from tests.world import World

pytestmark = pytest.mark.browser

#: One that is under way, with a single place.
SESSION = """
    INSERT INTO room_sessions (event_id, id, key, title, room, starts_at, ends_at, capacity, created_at)
    VALUES ($1, $2, $2, 'Mending zips', 'Room 2', $3, $3::timestamptz + interval '1 hour', 1, $3)
"""
PROGRAMME = "Title,Room,Start,End,Places\nMending zips,Room 2,10:00,11:00,1\nGlue,Hall,soon,12:00,\n"


@pytest.fixture
async def event(world: World) -> Event:
    """All of today, so that the programme is on one of its days at whatever hour this runs."""
    starts_at = day_starts_at("Europe/Lisbon", world.clock())
    return await world.event(scans_people_out=True, starts_at=starts_at, ends_at=starts_at + timedelta(days=1))


async def test_a_programme_is_pasted_mended_changed_given_a_phone_and_taken_back(
    phones: Phones, front_door: FrontDoor, world: World, event: Event
) -> None:
    hers = await phones(await world.team(event))
    page = await hers.open(f"/organize/{event.slug}/rooms")
    await expect(page.get_by_role("heading", name="No sessions yet")).to_be_visible()
    assert await hers.barriers() == []

    await page.get_by_label("The programme").fill(PROGRAMME)
    await expect(page.get_by_text("Line 3: Its start is no time, such as 10:30.")).to_be_visible()
    assert await hers.barriers() == []
    await hers.button("Add them").click()
    await expect(page.get_by_role("heading", name="Mending zips")).to_be_visible()
    await expect(page.get_by_label("The programme")).to_have_value("Title,Room,Start,End,Places\nGlue,Hall,soon,12:00,")

    await hers.button("Change Mending zips").click()
    await page.get_by_role("dialog").get_by_label("Title").fill("Zips")
    assert await hers.barriers() == []
    await hers.button("Change it").click()
    await expect(page.get_by_role("heading", name="Zips", exact=True)).to_be_visible()
    await expect(page.get_by_text("0 of 1 in the room, 0 came")).to_be_visible()

    await hers.button("Pair a phone with Zips").click()
    await expect(page.get_by_role("heading", name="Bring a phone to Zips")).to_be_focused()
    assert await hers.barriers() == []
    _, pin = await with_pin(world, event, "Lea")
    paired = await phones(None)
    await paired.open("/pair#" + (await page.locator(".typed").inner_text()).replace(" ", ""))
    await paired.page.get_by_label("Your PIN").fill(pin)
    await paired.button("Stand at this door").click()
    await expect(paired.page.get_by_role("heading", name="Zips")).to_be_visible()
    # Somebody else counts at the same room.
    other = await RoomPhone.beside(front_door, world, event, await only_session(world, event))
    await other.scan((await world.attendee(event)).ticket)
    await expect(paired.page.get_by_text("1 of 1 in the room, 1 came")).to_be_visible()
    await hers.button("End this code").click()
    await expect(page.get_by_text("Phones that are paired stay paired.")).to_be_visible()

    await hers.button("Remove Zips").click()
    await expect(page.get_by_role("heading", name="No sessions yet")).to_be_visible()
    await hers.button("Undo").click()
    await expect(page.get_by_role("heading", name="Zips", exact=True)).to_be_visible()


async def test_a_helper_counts_without_a_network_and_it_counts_once_there_is_one(
    phones: Phones, world: World, pool: Pool, event: Event
) -> None:
    ana = await world.attendee(event, "Ana Duarte")
    ben = await world.attendee(event, "Ben Okafor")
    await pool.execute(SESSION, event.id, new_id(), world.clock())
    his = await phones(await world.team(event, Role.DOOR_HELPER), sees=ana.badge.address("https://handsel.test"))
    page = await his.open(f"/organize/{event.slug}/rooms")
    await page.get_by_role("link", name="Count at Mending zips").click()
    await expect(said(his, "Counted")).to_be_visible()
    await expect(page.get_by_role("region", name="Verdict")).to_contain_text("Ana Duarte")
    assert await his.barriers() == []
    await expect(page.locator("main").get_by_text("1 of 1 in the room, 1 came")).to_be_visible()

    await his.go_offline()
    await type_code(his, ben.badge.token)
    await expect(said(his, "Noted")).to_be_visible()
    await his.page.keyboard.press("Escape")
    await expect(page.get_by_text("1 scan waits to be sent.")).to_be_visible()
    assert await his.barriers() == []
    await becomes(pool, "SELECT came FROM room_sessions", 1)

    # Nobody comes back to the room of a session that is over: it goes from wherever they are.
    await his.button("Back").click()
    await expect(page.get_by_role("heading", name="Rooms")).to_be_visible()
    await his.go_online()
    await becomes(pool, "SELECT came FROM room_sessions", 2)
    await page.get_by_role("link", name="Count at Mending zips").click()
    await expect(page.locator("main").get_by_text("2 of 1 in the room, 2 came")).to_be_visible()
    assert await pool.fetchval("SELECT verdict FROM room_check_ins WHERE is_offline") == "FULL"


async def only_session(world: World, event: Event) -> str:
    return global_id(Kind.ROOM_SESSION, await world.pool.fetchval("SELECT id FROM room_sessions"), event.id)


def said(phone: Phone, word: str) -> Locator:
    return phone.page.get_by_role("region", name="Verdict").get_by_text(word, exact=True)


async def type_code(phone: Phone, code: str) -> None:
    await phone.button("Type code").click()
    await phone.page.get_by_label("The code on the badge or the ticket").fill(code)
    await phone.button("Count them").click()
