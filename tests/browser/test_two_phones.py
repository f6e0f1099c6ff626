import pytest
from playwright.async_api import expect

from server.db import Pool
from tests.browser.conftest import Phones
from tests.browser.live_server import LiveServer
from tests.browser.waiting import becomes
from tests.world import Attendee

pytestmark = pytest.mark.browser


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


async def test_a_typed_code_opens_it_on_both_phones_as_well(phones: Phones, ana: Attendee, ben: Attendee) -> None:
    hers = await phones(ana)
    his = await phones(ben)
    await his.open("/")
    await expect(his.page.get_by_text("Nobody yet")).to_be_visible()

    await hers.open("/scan")
    await hers.type_code(f"{ben.badge.code[:4]} {ben.badge.code[4:]}".lower())

    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")
    await expect(his.quotation).to_have_text("“starting a seed library”")


async def test_somebody_who_is_not_showing_their_badge_is_told_and_not_interrupted(
    phones: Phones, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana)
    his = await phones(ben)
    await his.open("/you")
    await expect(his.page.get_by_role("heading", name="What I share")).to_be_visible()
    await his.is_followed()

    await hers.open("/scan")
    await hers.type_code(ben.badge.code)

    await expect(his.page.get_by_text("scanned your badge.")).to_be_visible()
    await expect(his.page).to_have_url(f"{his.url}/you")
    await his.page.get_by_role("link", name="See what to ask").click()
    await expect(his.quotation).to_have_text("“starting a seed library”")
    await expect(his.page.get_by_text("scanned your badge")).to_have_count(0)
    await expect(hers.page.get_by_text("scanned your badge")).to_have_count(0)


async def test_somebody_who_scanned_while_the_phone_was_away_is_listed_when_it_comes_back(
    phones: Phones, ana: Attendee, ben: Attendee
) -> None:
    his = await phones(ben)
    await his.open("/")
    await expect(his.page.get_by_text("Nobody yet")).to_be_visible()
    await his.go_offline()
    hers = await phones(ana)
    await hers.open("/scan")
    await hers.type_code(ben.badge.code)
    await expect(hers.question).to_be_visible()

    await his.go_online()
    await his.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    await expect(his.quotation).to_have_text("“starting a seed library”")


async def test_both_scanning_each_other_is_one_conversation_and_nobody_is_told_of_their_own_scan(
    server: LiveServer, phones: Phones, pool: Pool, ana: Attendee, ben: Attendee
) -> None:
    hers = await phones(ana, sees=ben.badge.address(server.url))
    his = await phones(ben, sees=ana.badge.address(server.url))

    await hers.open("/scan")
    await his.open("/scan")

    await expect(hers.quotation).to_have_text("“turning a closed school into a tool library”")
    await expect(his.quotation).to_have_text("“starting a seed library”")
    await expect(hers.page.get_by_text("scanned your badge")).to_have_count(0)
    await expect(his.page.get_by_text("scanned your badge")).to_have_count(0)
    await becomes(pool, "SELECT count(*) FROM swaps", 1)
    await becomes(pool, "SELECT count(*) FROM scans", 2)
