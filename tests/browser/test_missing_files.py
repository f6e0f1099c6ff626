import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Phones
from tests.world import World

pytestmark = pytest.mark.browser

NOT_LOADED = "This part of the app did not load"


async def gone(route: Route) -> None:
    await route.fulfill(status=404)


async def test_a_screen_whose_file_does_not_come_says_so_and_can_be_tried_again(phones: Phones, world: World) -> None:
    phone = await phones(await world.attendee(await world.event(), "Ana Duarte"))
    await phone.context.add_init_script("delete Navigator.prototype.serviceWorker")  # which has every file
    await phone.open("/")
    missing = phone.page.get_by_role("heading", name=NOT_LOADED)
    await expect(phone.page.get_by_role("link", name="Scan a badge")).to_be_visible()

    await phone.go_offline()
    await phone.page.get_by_role("link", name="You", exact=True).click()
    await expect(missing).to_be_visible()
    await expect(phone.button("Update now")).to_be_hidden()
    await phone.button("Try again").click()
    await expect(phone.page.get_by_text("Still no network.")).to_be_visible()
    await phone.go_online()
    await phone.button("Try again").click()
    await expect(phone.page.get_by_role("heading", name="This phone")).to_be_visible()

    await phone.context.route("**/assets/evening-*.js", gone)
    await phone.page.get_by_role("link", name="Evening", exact=True).click()
    await expect(missing).to_be_visible()
    await phone.context.unroute("**/assets/evening-*.js", gone)
    await phone.button("Try again").click()
    await expect(missing).to_be_hidden()
    phone.complaints = [said for said in phone.complaints if "404" not in said]
