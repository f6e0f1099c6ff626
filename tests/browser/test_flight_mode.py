"""Both radios off: a scan shows the other's card and a first prompt all the same, and later comes to one swap."""

import asyncio

import pytest
from asyncpg import Record
from playwright.async_api import Route, expect

from server.db import Pool
from server.events.models import Event
from tests.browser.conftest import Phones
from tests.browser.live_server import LiveServer
from tests.browser.phone import Phone
from tests.browser.photo import photo_of_code
from tests.browser.waiting import becomes
from tests.world import Attendee, World

pytestmark = pytest.mark.browser

NOT_HERE = "is not on this phone yet"


@pytest.mark.parametrize("first_back", ["hers", "his"])
async def test_two_phones_in_flight_mode_meet_and_later_it_was_one_meeting(
    server: LiveServer, phones: Phones, pool: Pool, ana: Attendee, ben: Attendee, first_back: str
) -> None:
    hers = await phones(ana, sees=ben.badge.address(server.url))
    his = await phones(ben, sees=ana.badge.address(server.url))
    for phone in (hers, his):
        await phone.open("/")
        await phone.is_ready_for_flight_mode()
        await phone.go_offline()
        await phone.open("/")  # a cold start, with nothing but the phone
        await phone.page.get_by_role("link", name="Scan a badge").click()

    await expect(hers.page.get_by_role("heading", name="Ben Okafor")).to_be_visible()
    await expect(his.page.get_by_role("heading", name="Ana Duarte")).to_be_visible()
    await expect(hers.question).to_be_visible()
    await expect(his.question).to_be_visible()
    opened = {id(phone): await phone.question.inner_text() for phone in (hers, his)}
    assert opened[id(hers)] != opened[id(his)]
    assert "tool library" not in await his.page.inner_text("main")
    await hers.write("They need…", "In your words", "somebody with a van")
    await hers.write("I learned…", "In your words", "the caretaker stayed on")

    server.restart()
    for count, phone in enumerate([hers, his] if first_back == "hers" else [his, hers], start=1):
        await phone.go_online()
        await becomes(pool, "SELECT count(*) FROM scans", count)

    for phone in (hers, his):
        await expect(phone.question).to_have_text(opened[id(phone)])
    await becomes(pool, "SELECT string_agg(text, ', ') FROM notes", "somebody with a van")
    await becomes(pool, "SELECT string_agg(insight, ', ') FROM agenda_prompts", "the caretaker stayed on")
    await becomes(pool, "SELECT count(*) FROM swaps", 1)
    assert await pool.fetchval("SELECT swapped_at FROM swaps") == await pool.fetchval(
        "SELECT min(happened_at) FROM scans"
    )
    for who, phone in ((ana, hers), (ben, his)):
        agenda = await agenda_of(pool, who)
        assert agenda[0]["text"] == opened[id(phone)]
        assert len({prompt["day"] for prompt in agenda}) == 1
        assert {"OPEN", "CLOSE"} <= {prompt["phase"] for prompt in agenda}


async def test_one_phone_scans_in_flight_mode_and_the_other_hears_once_it_is_back(
    server: LiveServer, phones: Phones, pool: Pool, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana)
    his = await phones(ben)
    await hers.open("/")
    await hers.is_ready_for_flight_mode()
    await hers.go_offline()

    await scan(hers, ben.badge.address(server.url))
    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")
    opened = await hers.question.inner_text()
    assert await hers.barriers() == []
    await hers.button("Let them scan you too").click()
    await expect(hers.page.get_by_role("img", name="Your badge, for them to scan")).to_be_visible()
    await hers.button("Done").click()
    await hers.button("Asked").click()
    await expect(hers.question).not_to_have_text(opened)
    second = await hers.question.inner_text()

    # The app is closed and opened again, still without a network: everything is as it was.
    await hers.open("/")
    await expect(hers.page.get_by_text("Ben Okafor")).to_be_visible()
    assert "Nobody yet" not in await hers.page.inner_text("main")
    await hers.page.get_by_role("link", name="Ben Okafor").click()
    await expect(hers.question).to_have_text(second)
    # Scanned again, it is the same conversation.
    await scan(hers, ben.badge.address(server.url))
    await expect(hers.question).to_have_text(second)

    await his.open("/")
    await expect(his.page.get_by_text("Nobody yet")).to_be_visible()
    await hers.go_online()

    await expect(his.page.get_by_role("heading", name="Ana Duarte")).to_be_visible()
    await expect(his.quotation).to_have_text("“starting a seed library”")
    await expect(hers.question).to_have_text(second)
    agenda = await agenda_of(pool, ana)
    assert [prompt["text"] for prompt in agenda[:2]] == [opened, second]
    await becomes(pool, "SELECT count(*) FROM agenda_prompts WHERE state = 'ASKED'", 1)
    await becomes(pool, "SELECT count(*) FROM scans", 1)
    await expect(hers.page.get_by_text("scanned your badge")).to_have_count(0)


async def test_a_vault_that_broke_off_is_not_used_and_the_one_before_stays_whole(
    server: LiveServer, phones: Phones, world: World, event: Event, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana)
    network = BreakingOff()
    await hers.page.route("**/vault**", network.handle)
    await hers.open("/")
    await expect(hers.page.get_by_text("Not ready for flight mode yet.")).to_be_visible()
    network.breaks = False
    await hers.open("/")
    await hers.is_ready_for_flight_mode()

    await world.attendee(event, "Chris Sato")
    await make_old(hers)
    network.breaks = True
    network.broke.clear()
    await hers.reload()
    await asyncio.wait_for(network.broke.wait(), timeout=20)
    await expect(hers.page.get_by_text("1 card")).to_be_visible()
    await hers.go_offline()
    await scan(hers, ben.badge.address(server.url))
    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")

    network.breaks = False
    await hers.go_online()
    await hers.open("/")
    await expect(hers.page.get_by_text("2 cards")).to_be_visible()


async def test_a_badge_whose_card_is_not_here_is_kept_and_shown_when_the_network_is_back(
    server: LiveServer, phones: Phones, world: World, event: Event, ana: Attendee
) -> None:
    hers = await phones(ana)
    await hers.open("/")
    await hers.is_ready_for_flight_mode()
    chris = await world.attendee(event, "Chris Sato", up_to="keeping bees on roofs")
    await hers.go_offline()

    await scan(hers, chris.badge.address(server.url))
    await expect(hers.page.get_by_text(NOT_HERE)).to_be_visible()
    assert await hers.barriers() == []
    await expect(hers.button("Let them scan you too")).to_be_visible()
    await hers.open("/")
    await expect(hers.page.get_by_text("You will see them when you are back online")).to_be_visible()

    await hers.go_online()
    await expect(hers.page.get_by_role("link", name="Chris Sato")).to_be_visible()
    await hers.page.get_by_role("link", name="Chris Sato").click()
    await expect(hers.quotation).to_have_text("“keeping bees on roofs”")


async def test_my_badge_is_drawn_and_told_at_once_and_a_typed_code_says_that_it_needs_a_connection(
    server: LiveServer, phones: Phones, pool: Pool, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana)
    await hers.open("/")
    await hers.is_ready_for_flight_mode()
    await hers.go_offline()

    await hers.open("/")
    mine = hers.page.get_by_role("region", name="My badge")
    await expect(mine.get_by_role("img", name="Your badge, for somebody to scan")).to_be_visible()
    await expect(mine.get_by_text(ana.badge.code)).to_be_visible()
    await scan(hers, ana.badge.address(server.url))
    await expect(hers.page.get_by_text("This is your own badge.")).to_be_visible()
    await hers.button("Scan again").click()
    await hers.button("Type the code").click()
    await expect(hers.page.get_by_text("a typed code needs a connection")).to_be_visible()
    assert await pool.fetchval("SELECT count(*) FROM scans") == 0


async def test_a_scan_that_the_server_refuses_says_so_and_takes_the_card_away(
    server: LiveServer, phones: Phones, pool: Pool, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana)
    await hers.open("/")
    await hers.is_ready_for_flight_mode()
    await hers.go_offline()
    await scan(hers, ben.badge.address(server.url))
    await expect(hers.page.get_by_role("heading", name="Ben Okafor")).to_be_visible()

    await pool.execute(
        "UPDATE badges SET revoked_at = now() - interval '1 hour' WHERE registration_id = $1", ben.registration_id
    )
    await hers.go_online()

    await expect(hers.page.get_by_text("This badge is not known here.")).to_be_visible()
    await expect(hers.page.get_by_role("heading", name="Ben Okafor")).to_have_count(0)
    await hers.open("/")
    await expect(hers.page.get_by_text("Nobody yet")).to_be_visible()
    assert "Ben Okafor" not in await hers.page.inner_text("body")


async def make_old(phone: Phone) -> None:
    """As if the phone had last looked for newer cards long ago."""
    await phone.page.evaluate("""() => new Promise((resolve, reject) => {
        const opening = indexedDB.open('handsel');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
            const transaction = opening.result.transaction('vaults', 'readwrite');
            const cursor = transaction.objectStore('vaults').openCursor();
            cursor.onsuccess = () => {
                const { result } = cursor;
                if (result === null) return;
                const { current } = result.value;
                result.update({ ...result.value, current: { ...current, checkedAt: current.checkedAt - 600_000 } });
                result.continue();
            };
            transaction.oncomplete = () => { opening.result.close(); resolve(undefined); };
        };
    })""")


class BreakingOff:
    """A network on which the vault ends in the middle of a record, for as long as it `breaks`."""

    def __init__(self) -> None:
        self.breaks = True
        self.broke = asyncio.Event()
        self._whole: tuple[bytes, dict[str, str]] | None = None

    async def handle(self, route: Route) -> None:
        if not self.breaks:
            await route.continue_()
            return
        if self._whole is None:
            response = await route.fetch()
            self._whole = await response.body(), response.headers
        body, headers = self._whole
        kept = {name: value for name, value in headers.items() if name != "content-length"}
        await route.fulfill(headers=kept, body=body[:-40])
        self.broke.set()


async def scan(phone: Phone, text: str) -> None:
    """Scans by a photo of the badge: quicker than a camera, and the same from there on."""
    await phone.open("/scan")
    await phone.page.locator("input[type=file]").set_input_files(photo_of_code(text))


async def agenda_of(pool: Pool, who: Attendee) -> list[Record]:
    """The prompts of somebody's only conversations, in their order."""
    return await pool.fetch(
        "SELECT day, phase, text FROM agenda_prompts WHERE registration_id = $1 ORDER BY day, place",
        who.registration_id,
    )
