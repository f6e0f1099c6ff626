"""An event that lets people in at two doors, and what a helper does at one of them."""

from playwright.async_api import Locator, expect

from server.doors.phones.models import PhoneKind, Place
from server.doors.phones.pairing.operations import open_pairing
from server.events.models import Event
from tests.browser.phone import Phone
from tests.world import World


async def event_with_doors(world: World) -> Event:
    event = await world.event(uses_check_in=True, scans_people_out=True)
    await world.door(event, "Main door")
    await world.door(event, "Garden gate")
    return event


async def at_main_door(phone: Phone, event: Event) -> None:
    await phone.open(f"/organize/{event.slug}/door")
    await phone.button("Main door").click()


def verdict(phone: Phone) -> Locator:
    return phone.page.get_by_role("region", name="Verdict")


async def type_ticket(phone: Phone, code: str) -> None:
    await phone.button("Type code").click()
    await phone.page.get_by_label("The code on the ticket").fill(code)
    await phone.button("Look it up").click()


async def pairing_at(world: World, event: Event, door: str) -> str:
    """A pairing code for the door of this name, as an organizer opens it."""
    organizer = await world.team(event)
    door_id = await world.pool.fetchval("SELECT id FROM doors WHERE event_id = $1 AND name = $2", event.id, door)
    async with world.pool.acquire() as connection:
        opened = await open_pairing(
            connection, event_id=event.id, place=Place(door_id=door_id, room_id=None), kind=PhoneKind.DOOR,
            person_id=organizer.id, now=world.clock(),
        )  # fmt: skip
    return opened.code


async def has_its_list(phone: Phone) -> None:
    """Waits until the list of names is on the phone."""
    await phone.page.get_by_role("button", name="About this door").click()
    await expect(phone.page.get_by_text("list, sealed, as of")).to_be_visible()
    await phone.button("Camera").click()
