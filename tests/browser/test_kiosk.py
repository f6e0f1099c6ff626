"""A tablet at the entrance at which people let themselves in."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from server.db import Pool
from server.doors.phones.models import PhoneKind
from server.events.models import Event
from server.sessions.tokens import PLAIN_DOOR_COOKIE
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.doors.paired import paired, with_pin
from tests.front_door import FrontDoor
from tests.world import World

pytestmark = pytest.mark.browser

#: A slow server is not waited for, and then the name is not known: the test below asks for it with the time held.
WELCOME = re.compile(r"^Welcome(, Zoë)?\. Please come in\.$")

OPEN_KIOSK = "mutation ($door: ID!) { openPairing(door: $door, kind: KIOSK) { ... on Pairing { address } } }"


async def at_the_entrance(phones: Phones, world: World, event: Event, *, sees: str | None = None) -> Phone:
    """A tablet that is paired as a kiosk."""
    kiosk = await phones(None, sees=sees)
    await kiosk.page.set_viewport_size({"width": 820, "height": 1180})
    token = (await paired(world, event, await world.door(event), kind=PhoneKind.KIOSK)).token
    await kiosk.context.add_cookies([{"name": PLAIN_DOOR_COOKIE, "value": token, "url": kiosk.url}])
    await kiosk.open("/kiosk")
    return kiosk


async def test_a_ticket_before_the_camera_is_welcomed_and_the_next_may_come(
    phones: Phones, world: World, pool: Pool
) -> None:
    event = await world.event(uses_check_in=True)
    zoe = await world.attendee(event, "Zoë Müller-Ngũgĩ")
    kiosk = await at_the_entrance(phones, world, event, sees=zoe.ticket)
    page = kiosk.page

    await expect(page.get_by_role("alert")).to_have_text(WELCOME)
    assert await kiosk.barriers() == []
    await expect(page.get_by_role("alert")).to_be_empty()
    await expect(page.get_by_text("Hold your ticket in front of the camera.")).to_be_visible()
    assert await kiosk.barriers() == []
    await becomes(pool, "SELECT count(*) FROM admissions WHERE is_in", 1)

    await kiosk.button("Deutsch").click()
    await kiosk.button("Code eintippen").click()
    await page.get_by_label("Der Code auf deinem Ticket").fill(zoe.ticket)
    assert await kiosk.barriers() == []
    await kiosk.button("Einchecken").click()
    await expect(page.get_by_role("alert")).to_have_text("Bitte geh zum Empfang. Dort hilft dir jemand.")
    # Whoever comes next begins anew, in the tablet's own language.
    await expect(page.get_by_text("Hold your ticket in front of the camera.")).to_be_visible()


async def test_it_greets_by_first_name_forgets_who_walks_away_goes_on_without_a_network_and_is_left_by_a_pin_alone(
    phones: Phones, world: World, pool: Pool
) -> None:
    event = await world.event(uses_check_in=True)
    ana, zoe = await world.attendee(event, "Ana Duarte"), await world.attendee(event, "Zoë Müller-Ngũgĩ")
    ben = await world.attendee(event, "Ben Okafor")
    _, pin = await with_pin(world, event, "Lea")
    kiosk = await at_the_entrance(phones, world, event)
    page = kiosk.page
    await expect(kiosk.button("Type the code instead")).to_be_visible()
    # With the time held no answer is late.
    await page.clock.install()
    await page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=1))
    await kiosk.open("/you")
    await expect(kiosk.button("Type the code instead")).to_be_visible()
    await kiosk.button("For the team").click()
    await expect(page.get_by_text("The list, without names, is on this tablet")).to_be_visible()
    await kiosk.button("Back").click()
    await kiosk.button("Type the code instead").click()
    await page.get_by_label("The code on your ticket").fill(zoe.ticket)
    await kiosk.button("Check in").click()
    await expect(page.get_by_role("alert")).to_have_text("Welcome, Zoë. Please come in.")
    await expect(page.get_by_text("Müller")).to_have_count(0)
    await the_next_one_is_read_by_a_hardware_scanner(page, ben.ticket)
    await page.clock.fast_forward(3_500)
    await expect(page.get_by_role("alert")).to_be_empty()
    await somebody_chooses_german_by_a_screen_reader_and_walks_away(kiosk)
    await page.clock.resume()

    await kiosk.button("Type the code instead").click()
    await page.get_by_label("The code on your ticket").fill(ana.ticket[:4])
    await page.clock.fast_forward(21_000)
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await kiosk.button("Type the code instead").click()
    await expect(page.get_by_label("The code on your ticket")).to_have_value("")

    await kiosk.go_offline()
    await page.get_by_label("The code on your ticket").fill(ana.ticket)
    await kiosk.button("Check in").click()
    await expect(page.get_by_role("alert")).to_have_text("Welcome. Please come in.")
    await page.clock.fast_forward(3_500)
    await kiosk.go_online()
    await page.clock.fast_forward(11_000)
    await becomes(pool, "SELECT count(*) FROM check_ins WHERE is_offline AND verdict = 'ADMITTED'", 1)

    await kiosk.button("For the team").click()
    await expect(page.get_by_text("Everything is sent.")).to_be_visible()
    await page.get_by_label("Your PIN").fill(f"{(int(pin) + 1) % 10**6:06}")
    await kiosk.button("End the kiosk").click()
    await expect(page.get_by_label("Your PIN")).to_have_attribute("aria-invalid", "true")
    assert await kiosk.barriers() == []
    await page.get_by_label("Your PIN").fill(pin)
    await kiosk.button("End the kiosk").click()
    await expect(page.get_by_role("heading", name="Become a door")).to_be_visible()
    await becomes(pool, "SELECT count(*) FROM door_phones WHERE revoked_at IS NULL", 0)


async def the_next_one_is_read_by_a_hardware_scanner(page: Page, ticket: str) -> None:
    """The scanner has told them so, while the answer before still stands."""
    await page.keyboard.type(ticket)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("Welcome, Ben. Please come in.")


async def somebody_chooses_german_by_a_screen_reader_and_walks_away(kiosk: Phone) -> None:
    """Screen readers press without a pointer, and without a key."""
    await kiosk.button("Deutsch").evaluate("button => button.click()")
    await expect(kiosk.page.get_by_role("heading", name="Willkommen")).to_be_visible()
    await kiosk.page.clock.fast_forward(21_000)
    await expect(kiosk.page.get_by_role("heading", name="Welcome")).to_be_visible()


async def test_a_kiosks_code_asks_for_no_pin(phones: Phones, front_door: FrontDoor, world: World) -> None:
    event = await world.event(uses_check_in=True)
    organizer = front_door.as_((await world.team(event)).token)
    opened = await organizer.ask(OPEN_KIOSK, door=await world.door(event))
    tablet = await phones(None)
    await tablet.open("/pair#" + opened["openPairing"]["address"].partition("#")[2])
    await expect(tablet.page.get_by_role("heading", name="Become a kiosk")).to_be_visible()
    await expect(tablet.page.get_by_label("Your PIN")).to_have_count(0)
    assert await tablet.barriers() == []
    await tablet.button("Make it a kiosk").click()
    await expect(tablet.button("Type the code instead")).to_be_visible()
