import pytest
from playwright.async_api import expect

from server.events.models import Event
from tests.browser.conftest import Phones
from tests.browser.live_server import LiveServer
from tests.world import Attendee, World

pytestmark = pytest.mark.browser


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana Duarte", up_to="starting a seed library", pronouns="she/her")


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(
        event, "Ben Okafor", up_to="turning a closed school into a tool library", pronouns="he/him"
    )


async def test_one_scan_opens_the_conversation_on_both_phones_each_about_the_other(
    server: LiveServer, phones: Phones, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana, sees=ben.badge.address(server.url))
    his = await phones(ben)
    await his.open("/")
    await expect(his.page.get_by_text("Nobody yet")).to_be_visible()

    await hers.open("/")
    await hers.page.get_by_role("link", name="Scan a badge").click()

    await expect(hers.page.get_by_role("heading", name="Ben Okafor")).to_be_visible()
    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")
    await expect(his.page.get_by_role("heading", name="Ana Duarte")).to_be_visible()
    await expect(his.quotation).to_have_text("“starting a seed library”")
    assert await hers.question.inner_text() != await his.question.inner_text()
    assert "seed library" not in await hers.page.inner_text("body")
    assert "tool library" not in await his.page.inner_text("body")
