"""An organizer creates an event, copies it, and invites a helper, who says yes by mail and is removed at once."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.mailbox import Mailbox
from tests.world import World

pytestmark = pytest.mark.browser


async def give_it_another_word(hers: Phone) -> None:
    """At first one that is none: what was refused is where the keyboard goes on, however far the button is."""
    word = hers.page.get_by_label("Word in its address")
    await word.fill("The fair!")
    await hers.button("Save changes").click()
    await expect(hers.page.get_by_text("Use lower-case letters, digits and hyphens")).to_be_visible()
    await expect(word).to_be_focused()
    await word.fill("fair-of-spring")
    await hers.button("Save changes").click()
    await expect(hers.page).to_have_url(f"{hers.url}/organize/fair-of-spring/set-up")


async def test_an_event_is_created_copied_and_given_a_helper_who_is_removed_at_once(
    phones: Phones, world: World, mailbox: Mailbox
) -> None:
    olu = await world.person(name="Olu Adeyemi")
    await world.pool.execute("UPDATE people SET may_create_events = true WHERE id = $1", olu.id)
    hers = await phones(olu)
    page = await hers.open("/you")

    await page.get_by_role("link", name="All events, and a new one").click()
    await page.get_by_role("link", name="Create an event").click()
    await page.get_by_label("Title").fill("Spring Fair")
    await page.get_by_label("Begins").fill("2031-04-22T09:00")
    assert await hers.barriers() == []
    await hers.button("Create it").click()
    await expect(page.get_by_role("heading", name="Set-up")).to_be_visible()
    await expect(page.get_by_label("Ends")).to_have_value("2031-04-22T17:00")

    await page.get_by_label("Places").fill("80")
    await expect(hers.button("Save changes")).to_be_visible()
    await hers.reload()
    await expect(page.get_by_label("Places")).to_have_value("80")
    await hers.button("Save changes").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    assert await hers.barriers() == []
    await hers.button("Undo").click()
    await expect(page.get_by_text("It is as it was before.")).to_be_visible()
    await expect(page.get_by_label("Places")).to_have_value("")

    await give_it_another_word(hers)

    await page.get_by_role("link", name="All events").click()
    await page.get_by_role("link", name="Create an event").click()
    await page.get_by_label("Begin with").select_option(label="A copy of Spring Fair")
    await expect(page.get_by_label("Begins")).to_have_value("2032-04-20T09:00")
    await hers.button("Create the next edition").click()
    before = page.get_by_label("The edition before this one").locator("option:checked")
    await expect(before).to_have_text("Spring Fair, April 2031")

    await page.get_by_role("link", name="Team", exact=True).click()
    await page.get_by_label("Mail address").fill("helper@example.org")
    await hers.button("Send the invitation").click()
    await expect(page.get_by_text("helper@example.org gets a mail")).to_be_visible()
    assert await hers.barriers() == []

    theirs = await phones(None)
    await theirs.open("/" + mailbox.mails()[-1].link.removeprefix(theirs.url).lstrip("/"))
    await expect(theirs.page.get_by_role("heading", name="You are asked to help")).to_be_visible()
    assert await theirs.barriers() == []
    await theirs.page.get_by_role("button", name="Yes, I").click()
    await theirs.page.get_by_role("link", name="Door of Spring Fair").click()
    await expect(theirs.page.get_by_text("Entrance").first).to_be_visible()

    await hers.reload()
    await hers.button("Remove helper@example.org").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(page.get_by_text("helper@example.org is no longer in the team.")).to_be_visible()
    await expect(theirs.page.get_by_role("heading", name="For the event")).to_be_visible()
