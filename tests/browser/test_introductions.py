"""An introduction from the idea to the two contacts, on three phones."""

import pytest
from playwright.async_api import expect

from server.db import Pool
from tests.browser.conftest import Phones
from tests.browser.waiting import becomes
from tests.world import Attendee, World

pytestmark = pytest.mark.browser

ANSWERED = "SELECT count(*) FROM introductions WHERE first_says_yes"


@pytest.fixture
async def three(world: World) -> tuple[Attendee, Attendee, Attendee]:
    """Ana shares with Ben, who seeks what Cem offers, and with Cem; both are open to introductions."""
    event = await world.event()
    ana = await world.attendee(event, "Ana Duarte", open_to_introductions=True)
    ben = await world.attendee(
        event, "Ben Okafor", seeking="somebody who knows old boilers", open_to_introductions=True
    )
    cem = await world.attendee(
        event, "Cem Aydin", offering="heating engineer, thirty years of gas boilers", open_to_introductions=True,
        good_introduction="people with cold schools",
    )  # fmt: skip
    await world.swap(ana, ben)
    await world.swap(ana, cem)
    return ana, ben, cem


async def test_two_who_both_say_yes_get_each_others_contact_and_the_reason(
    phones: Phones, pool: Pool, three: tuple[Attendee, Attendee, Attendee]
) -> None:
    ana, ben, cem = three
    hers = await phones(ana)
    page = await hers.open("/introductions")
    await expect(page.get_by_role("heading", name="You could introduce")).to_be_visible()
    await expect(page.get_by_text("somebody who knows old boilers")).to_be_visible()
    await hers.button("Introduce Ben and Cem").click()
    await expect(page.get_by_text("“people with cold schools”")).to_be_visible()
    assert await hers.barriers() == []
    await page.get_by_label("Why they should meet").fill("You both care for old boilers")
    await hers.button("Ask Ben").click()
    await expect(page.get_by_text("No answer yet")).to_be_visible()

    his = await phones(ben)
    asked = await his.open("/introductions")
    await expect(asked.get_by_role("heading", name="Cem Aydin")).to_be_visible()
    await expect(asked.get_by_text("You both care for old boilers")).to_be_visible()
    assert await his.barriers() == []
    await his.is_kept_on_the_phone()
    await his.go_offline()
    await his.button("Yes, introduce me to Cem").click()
    await expect(asked.get_by_text("You said yes.")).to_be_visible()
    await his.button("Undo").click()
    await his.button("Yes, introduce me to Cem").click()
    await expect(asked.get_by_text("1 thing waits for the network")).to_be_visible()
    await his.go_online()
    await becomes(pool, ANSWERED, 1)

    theirs = await phones(cem)
    last = await theirs.open("/introductions")
    await expect(last.get_by_role("heading", name="Ben Okafor")).to_be_visible()
    await theirs.button("Yes, introduce me to Ben").click()
    await expect(last.get_by_text("You were introduced to")).to_be_visible()
    await expect(last.get_by_role("link", name=ben.person.email)).to_be_visible()
    assert await theirs.barriers() == []
    await theirs.button("I thanked Ana").click()
    await becomes(pool, "SELECT count(*) FROM introductions WHERE second_thanked_at IS NOT NULL", 1)
    await hers.reload()
    await expect(page.get_by_text("You introduced")).to_be_visible()


async def test_a_contact_who_agreed_is_asked_and_alone_sees_who_might_fit(
    phones: Phones, pool: Pool, three: tuple[Attendee, Attendee, Attendee]
) -> None:
    ana, ben, _ = three
    await pool.execute("UPDATE people SET may_be_asked = true WHERE id = $1", ana.person.id)
    his = await phones(ben)
    page = await his.open("/introductions")
    await his.button("Ana Duarte").click()
    await page.get_by_label("What you need").fill("somebody who can look at a gas boiler")
    await his.button("Ask Ana").click()
    await becomes(pool, "SELECT count(*) FROM introduction_requests", 1)
    assert "Cem" not in await page.inner_text("main")

    hers = await phones(ana)
    asked = await hers.open("/introductions")
    await expect(asked.get_by_text("somebody who can look at a gas boiler")).to_be_visible()
    await hers.button("Cem Aydin").first.click()
    await expect(asked.get_by_label("Why they should meet")).not_to_have_value("")
    await hers.button("Ask Ben").click()

    await expect(asked.get_by_text("No answer yet")).to_be_visible()
    await becomes(pool, "SELECT count(*) FROM introduction_requests WHERE settled_at IS NOT NULL", 1)
