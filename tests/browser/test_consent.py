"""Sharing, withdrawing, blocking and reporting as two phones and an organizer's laptop meet them."""

from datetime import time

import pytest
from playwright.async_api import expect

from schema.ids import Kind, global_id
from server.events.models import Event
from tests.browser.conftest import Phones
from tests.browser.live_server import LiveServer
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.world import Attendee, World

pytestmark = pytest.mark.browser

#: Found nowhere but on Ana's card and in her contact details.
CANARIES = ("Quenneville", "glass harmonicas", "cellist", "+351 555 010 001")

#: All that the page's own origin keeps in databases, as one text.
EVERYTHING_KEPT = """async () => {
    const found = [];
    for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((resolve, reject) => {
            const asked = indexedDB.open(name);
            asked.onsuccess = () => resolve(asked.result);
            asked.onerror = () => reject(asked.error);
        });
        for (const store of database.objectStoreNames) {
            found.push(await new Promise((resolve, reject) => {
                const asked = database.transaction(store).objectStore(store).getAll();
                asked.onsuccess = () => resolve(asked.result);
                asked.onerror = () => reject(asked.error);
            }));
        }
        database.close();
    }
    return JSON.stringify([found, localStorage, sessionStorage, document.title, history.state]);
}"""


@pytest.fixture
async def event(world: World) -> Event:
    """Its evening began at four in the morning: there is one to open."""
    return await world.event(title="Repair Summit", slug="summit", evening_at=time(4))


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    ana = await world.attendee(event, "Ana Quenneville", up_to="tuning glass harmonicas", seeking="a cellist")
    await world.pool.execute("UPDATE people SET contact_phone = $2 WHERE id = $1", ana.person.id, CANARIES[-1])
    return ana


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ben Okafor", up_to="a tool library")


async def meet(phone: Phone, other: Attendee) -> None:
    await phone.open("/scan")
    await phone.type_code(other.badge.code)
    await expect(phone.question).to_be_visible()


async def canaries_on(phone: Phone) -> list[str]:
    """What of Ana's is left on this phone: on the screen, and in everything it keeps."""
    said = await phone.page.inner_text("body") + await phone.page.evaluate(EVERYTHING_KEPT)
    return [each for each in CANARIES if each in said]


async def has_no_canaries(phone: Phone) -> None:
    """The last of it goes a moment after the screen."""
    for _ in range(400):
        if not await canaries_on(phone):
            return
        await phone.page.wait_for_timeout(50)
    assert await canaries_on(phone) == []


async def test_nothing_of_the_card_is_on_the_others_phone_after_a_withdrawal(
    server: LiveServer, phones: Phones, world: World, ana: Attendee, ben: Attendee
) -> None:
    hers, his = await phones(ana), await phones(ben, sees=ana.badge.address(server.url))
    await his.open("/")
    await expect(his.page.get_by_text("Ready for flight mode")).to_be_visible()
    await his.page.get_by_role("link", name="Scan a badge").click()
    await expect(his.question).to_be_visible()
    await becomes(world.pool, "SELECT count(*) FROM swaps", 1)
    await world.promise(ben, await world.pool.fetchval("SELECT id FROM swaps"), "Send the tuning table")
    await meet(hers, ben)
    await hers.button("Share my contact").click()
    await hers.button("Phone").click()
    await hers.button("Share").click()
    await expect(his.page.get_by_text("shared their contact with you").first).to_be_visible()
    await his.open("/evening")
    await expect(his.page.get_by_text("Ana").first).to_be_visible()
    assert await canaries_on(his) == list(CANARIES)

    await hers.button("More").click()
    await hers.button("Withdraw…").click()
    await hers.button("Withdraw").click()
    await expect(hers.page.get_by_role("heading", name="This conversation is not here any more")).to_be_visible()

    await expect(his.page.get_by_text("Ana")).to_have_count(0)
    await has_no_canaries(his)
    await his.open("/")
    await expect(his.page.get_by_text("Nobody yet")).to_be_visible()
    assert "Ben Okafor" not in await hers.page.evaluate(EVERYTHING_KEPT)


async def test_a_phone_that_was_closed_forgets_as_soon_as_it_is_opened_and_can_block_all_the_same(
    phones: Phones, world: World, event: Event, ana: Attendee, ben: Attendee
) -> None:
    hers, his = await phones(ana), await phones(ben)
    await meet(his, ana)
    await his.open("/")
    await expect(his.page.get_by_text("Ana Quenneville")).to_be_visible()
    address = his.page.url
    swap = global_id(Kind.SWAP, await world.pool.fetchval("SELECT id FROM swaps"), event.id)
    await his.page.goto("about:blank")
    await meet(hers, ben)
    await hers.button("More").click()
    await hers.button("Withdraw…").click()
    await hers.button("Withdraw").click()
    await expect(hers.page.get_by_role("heading", name="This conversation is not here any more")).to_be_visible()

    await his.page.goto(address)

    await expect(his.page.get_by_text("Nobody yet")).to_be_visible()
    await has_no_canaries(his)

    await his.open(f"/conversations/{swap}")
    await his.button("Block or report…").click()
    await his.button("Block").click()
    await becomes(world.pool, "SELECT count(*) FROM blocks", 1)


async def test_blocking_asks_first_tells_nobody_reports_and_can_be_taken_back(
    phones: Phones, world: World, event: Event, ana: Attendee, ben: Attendee
) -> None:
    organizer = await world.team(event)
    hers, his, desk = await phones(ana), await phones(ben), await phones(organizer)
    await meet(hers, ben)
    await his.open("/")
    await expect(his.page.get_by_text("Ana Quenneville")).to_be_visible()

    await hers.button("More").click()
    await hers.button("Block or report…").click()
    await expect(hers.page.get_by_text("They are not told")).to_be_visible()
    await hers.button("Tell the organizers what happened").click()
    await hers.page.get_by_label("What happened").fill("Would not leave me alone")
    assert await hers.barriers() == []
    await hers.button("Block and report").click()

    await expect(hers.page.get_by_text("Blocked. Neither of you is shown to the other again")).to_be_visible()
    await expect(hers.page.get_by_text("Ben Okafor")).to_have_count(0)
    await expect(his.page.get_by_text("Nobody yet")).to_be_visible()
    await has_no_canaries(his)

    await desk.page.set_viewport_size({"width": 1280, "height": 800})
    await desk.open("/organize/summit/reports")
    await expect(desk.page.get_by_role("heading", name="Ben Okafor")).to_be_visible()
    await expect(desk.page.get_by_text("Would not leave me alone")).to_be_visible()
    assert "Ana" not in await desk.page.inner_text("body")
    assert await desk.barriers() == []
    await desk.button("Mark as settled: Ben Okafor").click()
    await expect(desk.page.get_by_text("Nothing waits for you here.")).to_be_visible()

    await hers.page.get_by_role("link", name="You").click()
    line = hers.page.get_by_text("Somebody you met at")
    await expect(line).to_contain_text("Repair Summit")
    assert await hers.barriers() == []
    await hers.page.get_by_role("button", name="Unblock: Somebody you met at").click()
    await expect(hers.page.get_by_text("If you scan their badge, you meet anew.")).to_be_visible()
    await meet(hers, ben)


async def test_a_block_is_undone_right_after_and_one_that_was_not_sent_never_is(
    phones: Phones, world: World, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana)
    await meet(hers, ben)
    await hers.is_kept_on_the_phone()
    await hers.reload()
    await expect(hers.question).to_be_visible()
    await hers.go_offline()
    await hers.button("More").click()
    await hers.button("Block or report…").click()
    await hers.button("Block").click()
    await expect(hers.page.get_by_text("Ben Okafor")).to_have_count(0)

    await hers.button("Undo").click()

    await expect(hers.page.get_by_text("Ben Okafor")).to_be_visible()
    await hers.go_online()
    await expect(hers.page.get_by_text("Unblocked.")).to_be_visible()
    await becomes(world.pool, "SELECT count(*) FROM blocks", 0)
    await becomes(world.pool, "SELECT count(*) FROM swaps WHERE withdrawn_at IS NULL", 1)


async def test_an_offer_is_answered_in_one_tap_wherever_the_phone_is(
    phones: Phones, world: World, ana: Attendee, ben: Attendee
) -> None:
    await world.pool.execute(
        "UPDATE people SET shares_fields = ARRAY['PHONE'], contact_phone = '+44 1' WHERE id = $1", ben.person.id
    )
    hers, his = await phones(ana), await phones(ben)
    await his.open("/you")
    await his.is_followed()
    await meet(hers, ben)
    await expect(his.page.get_by_text("scanned your badge.")).to_be_visible()
    await hers.button("Share my contact").click()
    await hers.button("Share").click()

    await expect(his.page.get_by_text("Yours would be your phone.")).to_be_visible()
    assert await his.barriers() == []
    await his.button("Share mine back").click()

    await hers.open("/")
    await hers.page.get_by_text("Ben Okafor").click()
    await expect(hers.page.get_by_text("+44 1").first).to_be_attached()
