"""Doors without a network: a phone paired by PIN, a helper who is signed in, and the same ticket at both."""

import pytest
from playwright.async_api import expect

from server.badges.tokens import ticket_code
from server.db import Pool
from server.events.models import Event, Role
from tests.browser.conftest import Phones
from tests.browser.door_steps import at_main_door, event_with_doors, has_its_list, pairing_at, type_ticket, verdict
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.doors.paired import with_pin
from tests.world import Attendee, World

pytestmark = pytest.mark.browser

#: Keeps the camera closed until a test opens it: a ticket lies before it from the start.
CLOSED_CAMERA = """
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (...asked) => localStorage.getItem('test:camera')
        ? open(...asked) : Promise.reject(new DOMException('closed', 'NotAllowedError'));
"""


@pytest.fixture
async def event(world: World) -> Event:
    return await event_with_doors(world)


@pytest.fixture
async def zoe(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Zoë Müller-Ngũgĩ")


async def paired(phones: Phones, world: World, event: Event, *, sees: str | None = None) -> Phone:
    """A phone at the garden gate in the hands of Ines, without anybody's sign-in. Its camera is closed at first."""
    _, pin = await with_pin(world, event, "Ines")
    code = await pairing_at(world, event, "Garden gate")
    hers = await phones(None, sees=sees)
    await hers.context.add_init_script(CLOSED_CAMERA)
    await hers.open(f"/pair#{code}")
    await expect(hers.page.get_by_role("heading", name="Become a door")).to_be_visible()
    assert hers.page.url == f"{hers.url}/pair"
    assert await hers.barriers() == []
    await hers.page.get_by_label("Your PIN").fill(pin)
    await hers.button("Stand at this door").click()
    await expect(hers.page.get_by_role("heading", name="Garden gate")).to_be_visible()
    return hers


async def opened_again_without_a_network(phone: Phone) -> None:
    """As a helper whose phone has been in the pocket: the app is on it, and opens from there."""
    await phone.is_kept_on_the_phone()
    await phone.reload()
    await has_its_list(phone)
    await phone.go_offline()
    await phone.reload()


async def test_one_ticket_at_two_doors_without_a_network_is_let_in_twice_and_told_at_both_later(
    phones: Phones, world: World, pool: Pool, event: Event, zoe: Attendee
) -> None:
    helper = await world.team(event, Role.DOOR_HELPER)
    his, hers = await phones(helper), await paired(phones, world, event, sees=zoe.ticket)
    await at_main_door(his, event)
    for phone in (his, hers):
        await opened_again_without_a_network(phone)

    await hers.page.evaluate("localStorage.setItem('test:camera', 'open')")
    await hers.page.reload()
    await type_ticket(his, zoe.ticket)
    for phone in (his, hers):
        await expect(verdict(phone)).to_contain_text("Welcome")
        await expect(verdict(phone)).to_contain_text("Zoë Müller-Ngũgĩ")
        await expect(verdict(phone)).to_contain_text("Judged here")
    assert await his.barriers() == []
    for phone in (his, hers):
        await phone.page.keyboard.press("Escape")
        await expect(phone.page.get_by_role("button", name="Offline · 1 waiting")).to_be_visible()

    for phone in (his, hers):
        await phone.go_online()
    await becomes(pool, "SELECT count(*) FROM check_ins", 2)
    await becomes(pool, "SELECT count(*) FROM admissions", 1)
    for phone in (his, hers):
        await phone.button("1 to look at, when there is time").click()
        await expect(phone.page.get_by_role("heading", name="Zoë Müller-Ngũgĩ")).to_be_visible()
        await expect(phone.page.get_by_text("Garden gate, Ines, without a connection")).to_be_visible()
    assert await his.barriers() == []
    await his.button("Put away: Zoë Müller-Ngũgĩ").click()
    await expect(his.page.get_by_text("There is nothing to look at.")).to_be_focused()


async def test_scans_that_wait_outlive_a_killed_page_and_reach_the_log_once_each(
    phones: Phones, world: World, pool: Pool, event: Event
) -> None:
    places = [await world.registration(event, name=f"Person {number}") for number in range(5)]
    his = await phones(await world.team(event, Role.DOOR_HELPER))
    await at_main_door(his, event)
    await opened_again_without_a_network(his)
    for number, (registration_id, _) in enumerate(places):
        await type_ticket(his, ticket_code(world.secrets, registration_id))
        await expect(verdict(his)).to_contain_text(f"Person {number}")
        if number < len(places) - 1:
            await his.page.keyboard.press("Escape")
            await expect(verdict(his)).to_be_hidden()

    await his.page.close()  # at once, as a phone does that needs the room: nothing of the page is asked
    his.page = await his.context.new_page()
    await his.page.goto(f"{his.url}/organize/{event.slug}/door")
    await expect(his.page.get_by_role("button", name="Offline · 5 waiting")).to_be_visible()
    await his.go_online()

    await expect(his.page.get_by_role("button", name="All sent")).to_be_visible()
    await becomes(pool, "SELECT count(*) FROM check_ins WHERE verdict = 'ADMITTED' AND is_offline", 5)
    await becomes(pool, "SELECT count(*) FROM check_ins", 5)


async def test_a_phone_that_is_taken_off_its_door_is_told_so_and_forgets_the_list(
    phones: Phones, world: World, pool: Pool, event: Event, zoe: Attendee
) -> None:
    hers = await paired(phones, world, event)
    await has_its_list(hers)
    await hers.page.get_by_role("button", name="About this door").click()
    await expect(hers.page.get_by_text("Held by Ines.")).to_be_visible()
    assert await hers.barriers() == []

    await pool.execute("UPDATE door_phones SET revoked_at = now()")
    await hers.open("/door")

    await expect(hers.page.get_by_role("heading", name="No longer a door")).to_be_visible()
    await expect(hers.page.get_by_text("Everything that was scanned here is sent.")).to_be_visible()
    assert await hers.barriers() == []
    kept = "() => new Promise((done) => { indexedDB.open('handsel').onsuccess = ({ target }) => {"
    kept += " const all = target.result.transaction('doorRosterParts').objectStore('doorRosterParts').count();"
    kept += " all.onsuccess = () => { target.result.close(); done(all.result); }; }; })"
    assert await hers.page.evaluate(kept) == 0
