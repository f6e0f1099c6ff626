"""What is written without a network: kept on the phone, shown at once, and on the server exactly once in the end."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from server.db import Pool
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.world import Attendee

pytestmark = pytest.mark.browser


@pytest.fixture
async def hers(phones: Phones, ana: Attendee, ben: Attendee) -> Phone:
    """Ana's phone, which can open without a network, at the first prompt of her conversation with Ben."""
    phone = await phones(ana)
    await phone.open("/scan")
    await phone.type_code(ben.badge.code)
    await expect(phone.quotation).to_have_text("“turning a closed school into a tool library”")
    await phone.is_kept_on_the_phone()
    await phone.reload()
    await expect(phone.quotation).to_have_text("“turning a closed school into a tool library”")
    return phone


async def kept(phone: Phone, *stores: str) -> list[int]:
    """How much lies in each of these stores of the phone's database."""
    count = """async (stores) => {
        const done = (asked) => new Promise((resolve, reject) => {
            asked.onsuccess = () => resolve(asked.result);
            asked.onerror = () => reject(asked.error);
        });
        const db = await done(indexedDB.open("handsel"));
        const counts = await Promise.all(stores.map((store) => done(db.transaction(store).objectStore(store).count())));
        db.close();
        return counts;
    }"""
    counts: list[int] = await phone.page.evaluate(count, list(stores))
    return counts


async def everything_is_sent(phone: Phone) -> None:
    for _ in range(300):
        if await kept(phone, "outbox") == [0]:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("something still waits on the phone")


async def write_everything(hers: Phone) -> None:
    await hers.write("I learned…", "In your words", "Chains are the easy part.")
    await hers.write("I promised…", "In a few words", "the truing stand")
    await hers.write("They need…", "In your words", "a dry shed")
    await hers.button("I did this: the truing stand").click()
    await hers.button("Asked").click()


async def reopened(hers: Phone) -> Phone:
    """The app closed and opened again, at the same place, on the same phone."""
    address = hers.page.url.removeprefix(hers.url)
    await hers.is_written()
    await hers.page.close()
    phone = await Phone.in_context(hers.context, hers.url)
    phone.expects_no_network()
    await phone.open(address)
    return phone


async def test_what_was_written_without_a_network_survives_closing_the_app_and_arrives_once(
    hers: Phone, pool: Pool
) -> None:
    await hers.go_offline()
    await write_everything(hers)

    phone = await reopened(hers)

    await phone.button("4 things wait for the network").click()
    await expect(phone.page.get_by_role("dialog").get_by_role("listitem")).to_have_count(4)
    assert await phone.barriers() == []
    await phone.button("Close").click()
    shown = phone.page.get_by_role("region", name="What you wrote")
    for words in ("Chains are the easy part.", "the truing stand", "kept", "a dry shed"):
        await expect(shown.get_by_text(words, exact=words != "kept")).to_be_visible()
    assert await pool.fetchval("SELECT count(*) FROM notes") == 0

    await phone.go_online()
    await everything_is_sent(phone)

    await expect(phone.page.get_by_text("wait for the network")).to_have_count(0)
    await expect(shown.get_by_text("a dry shed")).to_have_count(1)
    await becomes(pool, "SELECT count(*) FROM notes", 1)
    await becomes(pool, "SELECT count(*) FROM promises WHERE kept_at IS NOT NULL", 1)
    learned = await pool.fetch("SELECT state, insight FROM agenda_prompts WHERE state <> 'WAITING'")
    assert [tuple(row) for row in learned] == [("ASKED", "Chains are the easy part.")]
    assert phone.complaints == []


async def test_answers_that_are_lost_on_the_way_make_nothing_twice(hers: Phone, pool: Pool) -> None:
    lost: list[str] = []

    async def lose(route: Route) -> None:
        asked = route.request.post_data or ""
        if '"key"' not in asked or asked in lost:
            await route.continue_()
            return
        lost.append(asked)
        await route.fetch()
        await route.abort("internetdisconnected")

    hers.expects_no_network()
    await hers.page.route("**/graphql", lose)
    await hers.write("They need…", "In your words", "a dry shed")
    await hers.write("I promised…", "In a few words", "the truing stand")

    await everything_is_sent(hers)

    assert len(lost) == 2
    await becomes(pool, "SELECT count(*) FROM notes", 1)
    await becomes(pool, "SELECT count(*) FROM promises", 1)
    shown = hers.page.get_by_role("region", name="What you wrote")
    await expect(shown.get_by_text("a dry shed")).to_have_count(1)


async def test_both_tabs_of_a_phone_show_what_one_of_them_wrote(hers: Phone, pool: Pool) -> None:
    other = await Phone.in_context(hers.context, hers.url)
    await other.open(hers.page.url.removeprefix(hers.url))
    await expect(other.quotation).to_be_visible()
    other.expects_no_network()
    await hers.go_offline()

    await hers.write("They need…", "In your words", "a dry shed")

    shown = other.page.get_by_role("region", name="What you wrote")
    await expect(shown.get_by_text("a dry shed")).to_be_visible()
    await hers.go_online()
    await becomes(pool, "SELECT count(*) FROM notes", 1)
    await expect(shown.get_by_text("a dry shed")).to_have_count(1)
    assert other.complaints == []


async def test_what_the_server_does_not_take_is_told_with_its_words_and_can_be_sent_in_others(
    hers: Phone, pool: Pool
) -> None:
    await hers.write("They need…", "In your words", "a dry\u0007shed")

    await hers.button("1 thing could not be kept").click()
    assert await hers.barriers() == []
    await hers.page.get_by_label("Your words", exact=True).fill("a dry shed")
    await hers.button("Send again").click()

    await expect(hers.page.get_by_text("could not be kept")).to_have_count(0)
    await everything_is_sent(hers)
    await becomes(pool, "SELECT text FROM notes", "a dry shed")


async def test_signing_out_asks_what_to_do_with_what_waits(hers: Phone, pool: Pool) -> None:
    await hers.page.get_by_role("link", name="Today").click()
    await hers.page.get_by_role("link", name="You", exact=True).click()
    await expect(hers.page.get_by_role("heading", name="What I share")).to_be_visible()
    await hers.page.go_back()
    await hers.page.go_back()
    hers.expects_no_network()
    await hers.page.route("**/graphql", lambda route: route.abort("internetdisconnected"))
    await hers.write("They need…", "In your words", "a dry shed")
    await hers.page.get_by_role("link", name="Today").click()
    await hers.page.get_by_role("link", name="You", exact=True).click()

    await hers.button("Sign out").click()
    await expect(hers.page.get_by_text("1 thing you wrote is on this phone only.")).to_be_visible()
    await expect(hers.button("Sign out and lose 1 thing")).to_be_visible()
    await hers.button("Send first").click()
    await expect(hers.page.get_by_text("It could not be sent just now.")).to_be_visible()
    await hers.page.unroute("**/graphql")
    await (
        hers.page.get_by_role("button", name="Send first")
        .or_(hers.page.get_by_role("dialog").get_by_role("button", name="Sign out", exact=True))
        .click()
    )

    await expect(hers.page.get_by_label("Your mail address")).to_be_visible()
    await becomes(pool, "SELECT text FROM notes", "a dry shed")
    assert await kept(hers, "outbox", "scansMade", "answers") == [0, 0, 0]
