"""A camera that lets people down, and what the scan screen and the door make of it."""

import json
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
import qrcode
from playwright.async_api import expect

from server.db import Pool
from server.events.models import Role
from tests.badges.poor_pictures import Sight, read_by_opencv, read_by_zxing, seen
from tests.browser.conftest import Phones
from tests.browser.film import film_of_codes, film_of_two_codes
from tests.browser.live_server import LiveServer
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.world import Attendee, World

pytestmark = pytest.mark.browser

#: Each time the camera is asked for, the phone gives the next of `kinds`, and the last one from then on: the `film`;
#: a picture that is `frozen` or `black` after half a second until `window.isLit`; a `held` one, which is at
#: `window.inView`; or the browser's no when `denied`.
_CAMERA = """(kinds) => {
    const { getUserMedia } = MediaDevices.prototype;
    window.streams = [];
    MediaDevices.prototype.getUserMedia = async function (wanted) {
        const kind = kinds[Math.min(window.streams.length, kinds.length - 1)];
        if (kind === 'denied') throw new DOMException('Permission denied', 'NotAllowedError');
        const stream = kind === 'film' ? await getUserMedia.call(this, wanted) : painted(kind);
        window.streams.push(stream);
        return stream;
    };
    function painted(kind) {
        const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
        const context = canvas.getContext('2d');
        let frame = 0;
        const held = new Image();
        setInterval(() => {
            frame += 1;
            if (kind === 'held') {
                if (held.src !== window.inView) held.src = window.inView;
                context.fillStyle = 'rgb(96 96 96)';
                context.fillRect(0, 0, 640, 480);
                context.drawImage(held, 120 + 4 * (frame % 3), 40);
                return;
            }
            const isAlive = frame < 10 || window.isLit;
            if (kind === 'frozen' && !isAlive) return;
            context.fillStyle = isAlive ? `rgb(90 90 ${90 + frame % 9})` : 'black';
            context.fillRect(0, 0, 640, 480);
        }, 50);
        return canvas.captureStream(15);
    }
}"""
_STATES = "window.streams.flatMap((stream) => stream.getTracks()).map((track) => track.readyState)"


async def gives(phone: Phone, *kinds: str) -> None:
    await phone.context.add_init_script(f"({_CAMERA})({json.dumps(kinds)})")


async def holds(phone: Phone, text: str) -> None:
    """Holds a code before the camera, until another one is held."""
    code = qrcode.QRCode(box_size=8)
    code.add_data(text)
    file = BytesIO()
    code.make_image().save(file, "PNG")
    picture = f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"
    await phone.page.evaluate("(picture) => { window.inView = picture; }", picture)


async def test_a_picture_that_freezes_or_goes_black_comes_back_by_itself(
    server: LiveServer, phones: Phones, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana, sees=ben.badge.address(server.url))
    await gives(hers, "frozen", "black", "film")

    await hers.open("/scan")

    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")
    assert await hers.page.evaluate(_STATES) == ["ended", "ended", "ended"]


async def test_a_camera_that_stays_black_offers_the_other_ways_and_is_used_when_there_is_light(
    phones: Phones, ana: Attendee
) -> None:
    hers = await phones(ana)
    await gives(hers, "black")
    await hers.open("/scan")

    words = "The camera shows only black. Is something over the lens? Use a photo, or type the code."
    await expect(hers.page.get_by_text(words)).to_be_visible(timeout=20_000)
    await expect(hers.button("Type the code")).to_be_enabled()
    await expect(hers.button("Try the camera again")).to_be_visible()
    assert await hers.barriers() == []
    assert await hers.page.evaluate(_STATES) == ["ended", "ended", "live"]

    await hers.page.evaluate("window.isLit = true")
    await expect(hers.page.get_by_text("Point at a badge")).to_be_visible()


async def test_a_camera_that_may_not_be_used_says_where_to_allow_it(phones: Phones, ana: Attendee) -> None:
    hers = await phones(ana)
    await gives(hers, "denied")
    await hers.open("/scan")

    said = hers.page.get_by_role("status").filter(has_text="camera")
    await expect(said).to_contain_text("Handsel may not use the camera yet. Use a photo, or type the code.")
    await expect(said).to_contain_text("Click the sign to the left of the address")
    await expect(hers.button("Try the camera again")).to_be_visible()
    assert await hers.barriers() == []


async def test_a_foreign_code_never_blocks_the_badge_after_it(
    server: LiveServer, phones: Phones, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana)
    await gives(hers, "held")
    await hers.open("/scan")

    await holds(hers, "WIFI:T:WPA;S:Venue;P:secret;;")
    await expect(hers.page.get_by_text("This is a Wi-Fi code, not a badge.")).to_be_visible()
    await holds(hers, ben.badge.address(server.url))
    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")


async def test_of_two_badges_in_view_the_one_nearest_the_middle_is_meant(
    server: LiveServer, phones: Phones, world: World, pool: Pool, tmp_path: Path, ana: Attendee, ben: Attendee
) -> None:
    chi = await world.attendee(ben.event, "Chi Nwosu", up_to="tuning pianos")
    at = [each.badge.address(server.url) for each in (chi, ben)]
    hers = await phones(ana, sees=film_of_two_codes(tmp_path / "both.y4m", *at))

    await hers.open("/scan")

    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")
    await becomes(pool, "SELECT count(*) FROM scans", 1)


async def test_a_door_reads_one_ticket_after_another_from_one_opened_camera(
    phones: Phones, world: World, pool: Pool, tmp_path: Path
) -> None:
    event = await world.event(uses_check_in=True)
    await world.door(event, "Main door")
    helper = await world.team(event, Role.DOOR_HELPER)
    people = [await world.attendee(event, name) for name in ("Zoë Müller-Ngũgĩ", "Ben Okafor")]
    film = film_of_codes(tmp_path / "queue.y4m", [each.ticket for each in people], seconds=1.5)
    his = await phones(helper, sees=film)
    await gives(his, "film")
    await his.open(f"/organize/{event.slug}/door")

    for each in people:
        await expect(his.page.get_by_role("alert")).to_contain_text(each.name)

    await becomes(pool, "SELECT count(*) FROM check_ins", 2)
    assert await his.page.evaluate(_STATES) == ["live"]


async def test_my_badge_as_the_phone_draws_it_is_read_by_two_decoders_from_afar(
    server: LiveServer, phones: Phones, ana: Attendee
) -> None:
    hers = await phones(ana)
    await hers.open("/")
    drawn = hers.page.get_by_role("img", name="Your badge, for somebody to scan")

    shot = cv2.imdecode(np.frombuffer(await drawn.screenshot(), np.uint8), cv2.IMREAD_GRAYSCALE)

    frames = [
        seen(np.asarray(shot, np.uint8), sight)
        for sight in (
            Sight(130, turned=12),
            Sight(160, turned=12, tilted=25),
            Sight(160, turned=-5, tilted=10, blur=1, noise=8),
            Sight(220, turned=4, tilted=-8),
        )
    ]
    address = [ana.badge.address(server.url)]
    assert [read_by_zxing(frame) for frame in frames] == [address] * len(frames)
    # It stumbles over one picture in a hundred, and a camera takes the next one.
    assert [read_by_opencv(frame) for frame in frames].count(address) >= len(frames) - 1


async def test_the_camera_is_let_go_while_the_page_is_hidden_and_asked_for_anew(phones: Phones, ana: Attendee) -> None:
    hers = await phones(ana, sees="nothing of ours")
    await gives(hers, "film")
    await hers.open("/scan")
    await expect(hers.page.locator("video.shown")).to_be_visible()

    await _show(hers, "hidden")
    await expect(hers.page.locator("video.shown")).to_have_count(0)
    assert await hers.page.evaluate(_STATES) == ["ended"]

    await _show(hers, "visible")
    await expect(hers.page.locator("video.shown")).to_be_visible()
    assert await hers.page.evaluate(_STATES) == ["ended", "live"]


async def _show(phone: Phone, state: str) -> None:
    """Tells the page that it is seen, or not, as a phone does when the app is left and opened again."""
    await phone.page.evaluate(
        """(state) => {
            Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
            document.dispatchEvent(new Event('visibilitychange'));
        }""",
        state,
    )
