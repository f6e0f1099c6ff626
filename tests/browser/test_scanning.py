from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from schema.ids import Kind, global_id
from server.db import Pool
from tests.browser.conftest import Phones
from tests.browser.live_server import LiveServer
from tests.browser.photo import photo_of_code
from tests.browser.waiting import becomes
from tests.world import Attendee

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("HTTPS://HANDSEL.EVIL.EXAMPLE/B/01JD9Q6Z3K7H8M2N4P5R6S7T8V", "This badge belongs to another Handsel, at "),
        ("javascript:location='https://evil.example'", "This is a small program, not a badge. It was not run."),
        ("WIFI:T:WPA;S:Venue;P:secret;;", "This is a Wi-Fi code, not a badge."),
    ],
)
async def test_a_foreign_code_is_refused_in_words_and_never_followed(
    phones: Phones, pool: Pool, ana: Attendee, text: str, words: str
) -> None:
    hers = await phones(ana, sees=text)

    await hers.open("/scan")

    await expect(hers.page.get_by_role("status").filter(has_text=words)).to_be_visible()
    await expect(hers.page).to_have_url(f"{hers.url}/scan")
    assert await pool.fetchval("SELECT count(*) FROM scans") == 0


async def test_a_photo_of_a_badge_is_read_on_the_phone(
    server: LiveServer, phones: Phones, tmp_path: Path, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana)
    await hers.open("/scan")
    await expect(hers.page.get_by_text("No camera was found on this device.")).to_be_visible()

    await hers.page.locator("input[type=file]").set_input_files(photo_of_code(ben.badge.address(server.url)))

    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")


async def test_a_photo_without_a_code_says_what_to_do(phones: Phones, ana: Attendee) -> None:
    hers = await phones(ana)
    await hers.open("/scan")

    await hers.page.locator("input[type=file]").set_input_files(photo_of_code(None))

    await expect(hers.page.get_by_text("No code was found in that photo.")).to_be_visible()


async def test_a_badge_that_a_camera_app_opened_ends_in_the_conversation(
    server: LiveServer, phones: Phones, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana)
    await hers.open(f"/B/{ben.badge.token}")

    await hers.button("I met this person").click()

    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")


async def test_the_camera_is_let_go_when_the_screen_is_left(server: LiveServer, phones: Phones, ana: Attendee) -> None:
    hers = await phones(ana, sees="nothing of ours")
    await hers.open("/")
    await hers.page.evaluate("""() => {
        const { getUserMedia } = MediaDevices.prototype;
        window.tracks = [];
        MediaDevices.prototype.getUserMedia = async function (wanted) {
            const stream = await getUserMedia.call(this, wanted);
            window.tracks.push(...stream.getTracks());
            return stream;
        };
    }""")
    await hers.page.get_by_role("link", name="Scan a badge").click()
    await expect(hers.page.locator("video.shown")).to_be_visible()

    await hers.button("Back").click()

    await expect(hers.page.get_by_text("Nobody yet")).to_be_visible()
    assert await hers.page.evaluate("window.tracks.map((track) => track.readyState)") == ["ended"]


async def test_my_own_badge_and_an_unknown_one_are_answered_in_words(
    server: LiveServer, phones: Phones, ana: Attendee
) -> None:
    hers = await phones(ana)
    await hers.open("/scan")

    await hers.type_code(ana.badge.code)
    await expect(hers.page.get_by_text("This is your own badge.")).to_be_visible()
    await hers.button("Scan again").click()
    await hers.type_code("22222222")
    await expect(hers.page.get_by_text("This badge is not known here.")).to_be_visible()


async def test_a_mistyped_code_is_told_before_anything_is_sent(phones: Phones, pool: Pool, ana: Attendee) -> None:
    hers = await phones(ana)
    await hers.open("/scan")

    await hers.type_code("2345O789")

    await expect(hers.page.get_by_text("One of these is not in any code")).to_be_visible()
    assert await pool.fetchval("SELECT count(*) FROM scans") == 0


async def test_without_a_connection_the_scan_is_kept_and_becomes_its_conversation_when_it_is_back(
    phones: Phones, pool: Pool, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana)
    await hers.open("/scan")
    await hers.is_kept_on_the_phone()
    await hers.reload()
    await expect(hers.button("Type the code")).to_be_enabled()
    await hers.go_offline()
    await hers.type_code(ben.badge.code)
    await expect(hers.page.get_by_text("The scan is kept on this phone")).to_be_visible()
    await hers.button("They need…").click()
    await hers.page.get_by_label("In your words").fill("a dry sh")

    await hers.go_online()

    await expect(hers.page.get_by_role("heading", name="Ben Okafor")).to_be_attached()
    await hers.page.get_by_label("In your words").fill("a dry shed")
    await hers.button("Keep").click()
    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")
    swap = global_id(Kind.SWAP, await pool.fetchval("SELECT id FROM swaps"), ana.event.id)
    await expect(hers.page).to_have_url(f"{hers.url}/conversations/{swap}")
    await expect(hers.page.get_by_text("a dry shed")).to_be_visible()
    await becomes(pool, "SELECT count(*) FROM scans", 1)


async def test_an_answer_that_was_lost_on_the_way_makes_no_second_scan(
    phones: Phones, pool: Pool, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana)
    lost: list[str] = []

    async def lose(route: Route) -> None:
        if "scannedAt" not in (route.request.post_data or "") or lost:
            await route.continue_()
            return
        lost.append(await (await route.fetch()).text())
        await route.abort("internetdisconnected")

    await hers.page.route("**/graphql", lose)
    await hers.open("/scan")
    hers.expects_no_network()
    await hers.type_code(ben.badge.code)

    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")
    assert '"Swap"' in lost[0]
    await becomes(pool, "SELECT count(*) FROM scans", 1)
    await expect(hers.page.get_by_text("have met.")).to_have_count(0)


async def test_screen_readers_can_use_the_scan_screen(phones: Phones, ana: Attendee) -> None:
    hers = await phones(ana)
    await hers.open("/scan")
    await expect(hers.page.get_by_text("No camera was found")).to_be_visible()
    assert await hers.barriers() == []

    await hers.button("Type the code").click()
    assert await hers.barriers() == []
