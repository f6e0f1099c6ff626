import pytest
from playwright.async_api import expect

from tests.browser.phone import Phone

pytestmark = pytest.mark.browser


async def test_it_goes_quiet_after_a_minute_and_the_touch_that_wakes_it_does_nothing_else(timed: Phone) -> None:
    first = await timed.question.inner_text()
    veil = timed.page.locator(".veil")
    await expect(veil).not_to_have_class("quiet")

    await timed.page.clock.fast_forward(61_000)
    await expect(veil).to_have_css("opacity", "1")
    await timed.button("Asked").click(force=True)

    await expect(veil).to_have_css("opacity", "0")
    await expect(timed.question).to_have_text(first)
    await timed.button("Asked").click()
    await expect(timed.question).not_to_have_text(first)


async def test_it_goes_quiet_as_the_phone_is_lowered_and_wakes_as_it_is_raised(timed: Phone) -> None:
    sensor = await timed.context.new_cdp_session(timed.page)
    veil = timed.page.locator(".veil")

    async def hold(beta: float) -> None:
        """Holds the phone with its top so many degrees up, until the page has heard of it."""
        await timed.page.evaluate("""() => {
            window.held = [];
            window.ondeviceorientation = (event) => window.held.push(event.beta);
        }""")
        await sensor.send("DeviceOrientation.setDeviceOrientationOverride", {"alpha": 0, "beta": beta, "gamma": 0})
        await timed.page.evaluate(
            """(beta) => new Promise((heard) => {
                if (held.includes(beta)) heard();
                else addEventListener('deviceorientation', (event) => event.beta === beta && heard());
            })""",
            beta,
        )

    await hold(50)
    await hold(-60)
    await timed.page.clock.run_for(1_000)
    await expect(veil).to_have_css("opacity", "1")
    await hold(50)

    await expect(veil).to_have_css("opacity", "0")


async def test_after_its_time_a_line_to_close_with_is_offered_but_never_while_something_is_written(
    timed: Phone,
) -> None:
    offer = timed.page.get_by_text("About 20 minutes. If you like:")
    await timed.button("They need…").click()
    await timed.page.get_by_label("In your words").fill("a dry shed")
    await timed.page.clock.fast_forward(20 * 60_000)
    await expect(timed.page.get_by_role("dialog")).to_be_visible()
    await expect(offer).to_be_hidden()

    await timed.button("Keep").click()
    await expect(offer).to_be_visible()
    await timed.button("Put this away").click()
    await expect(offer).to_be_hidden()
    await timed.reload()

    await expect(timed.question).to_be_visible()
    await expect(offer).to_be_hidden()
