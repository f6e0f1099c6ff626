"""An event that lets people in at two doors, and what a helper does at one of them."""

from playwright.async_api import Locator

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
