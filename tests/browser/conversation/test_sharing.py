import pytest
from playwright.async_api import expect

from schema.ids import Kind, global_id
from server.db import Pool
from server.events.models import Event
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.world import Attendee

pytestmark = pytest.mark.browser


async def test_contact_crosses_only_when_both_agree(
    hers: Phone, phones: Phones, pool: Pool, event: Event, ana: Attendee, ben: Attendee
) -> None:
    swap = global_id(Kind.SWAP, await pool.fetchval("SELECT id FROM swaps"), event.id)
    his = await phones(ben)
    await his.open(f"/conversations/{swap}")
    await expect(his.question).to_be_visible()
    await hers.button("Share my contact").click()
    await hers.button("Share").click()
    await expect(hers.page.get_by_text("You offered yours.")).to_be_visible()

    await expect(his.page.get_by_text("shared their contact with you. Yours would be your mail.")).to_be_visible()
    await his.button("Share mine back").click()

    await expect(his.page.get_by_role("link", name=ana.person.email)).to_have_attribute(
        "href", f"mailto:{ana.person.email}"
    )
    await expect(hers.page.get_by_role("link", name=ben.person.email)).to_be_visible()
    await expect(his.page.get_by_text("You share with each other.")).to_be_visible()


async def test_withdrawing_takes_it_from_both_phones_at_once(
    hers: Phone, phones: Phones, pool: Pool, event: Event, ben: Attendee
) -> None:
    swap = global_id(Kind.SWAP, await pool.fetchval("SELECT id FROM swaps"), event.id)
    his = await phones(ben)
    await his.open(f"/conversations/{swap}")
    await expect(his.quotation).to_have_text("“starting a seed library”")

    await hers.button("More").click()
    await hers.button("Withdraw…").click()
    await hers.button("Withdraw").click()

    gone = "This conversation is not here any more"
    await expect(hers.page.get_by_role("heading", name=gone)).to_be_visible()
    await expect(his.page.get_by_role("heading", name=gone)).to_be_visible()
    await hers.page.get_by_role("link", name="Back to Today").click()
    await expect(hers.page.get_by_text("Nobody yet")).to_be_visible()
