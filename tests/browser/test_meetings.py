"""A 1-2-1 on two phones: proposed, accepted, put into a calendar, held, and told of; also without a network."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from schema.ids import Kind, global_id
from server.agenda.guided.operations import make_guided_agendas
from server.db import Pool
from server.events.models import Event
from server.ids import new_id
from server.relationships.operations import begin
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.waiting import becomes
from tests.meetings.test_calendar_file import read
from tests.world import Attendee, World

pytestmark = pytest.mark.browser

INSERT = """
    INSERT INTO meetings (event_id, id, swap_id, proposed_by, key, state, options, starts_at, minutes, place, sequence,
                          proposed_at, changed_at)
    VALUES ($1, $2, $3, $4, $2, 'AGREED', ARRAY[$5::timestamptz, $5::timestamptz + interval '1 day'],
            $5::timestamptz, 20, 'The bench by the river', 1, $6, $6)
"""


@pytest.fixture
async def swap(world: World, event: Event, ana: Attendee, ben: Attendee) -> str:
    """Ana and Ben share; he lives in New York."""
    swap_id = await world.swap(ana, ben)
    async with world.pool.acquire() as connection, connection.transaction():
        await begin(connection, event_id=event.id, swap_id=swap_id, now=world.clock())
    return global_id(Kind.SWAP, swap_id, event.id)


async def agreed(world: World, ana: Attendee, swap_id: str, *, hours: float) -> str:
    """The address of a 1-2-1 at so many hours from now, with questions for both."""
    event, meeting_id = ana.event, new_id()
    of_swap = await world.pool.fetchval("SELECT id FROM swaps")
    at = world.clock() + timedelta(hours=hours)
    before = world.clock() - timedelta(days=2)
    await world.pool.execute(INSERT, event.id, meeting_id, of_swap, ana.registration_id, at, before)
    async with world.pool.acquire() as connection, connection.transaction():
        await make_guided_agendas(
            connection, event=event, swap_id=of_swap, meeting_id=meeting_id, day=event.day_of(at), now=before
        )
    return f"/meetings/{global_id(Kind.MEETING, meeting_id, event.id)}"


async def choose(phone: Phone, *numbers: int) -> None:
    """Ticks some of the offered times."""
    boxes = phone.page.get_by_role("checkbox")
    await expect(boxes).to_have_count(3)
    for number in numbers:
        await boxes.nth(number).check()


async def test_times_are_proposed_in_a_talk_accepted_on_the_other_phone_and_put_into_a_calendar(
    phones: Phones, pool: Pool, ana: Attendee, ben: Attendee, swap: str
) -> None:
    hers, his = await phones(ana), await phones(ben)
    page = await hers.open(f"/conversations/{swap}")
    await hers.button("More").click()
    await page.get_by_role("link", name="Propose a 1-2-1").click()
    await expect(page.get_by_role("heading", name="1-2-1 with Ben Okafor")).to_be_visible()
    await hers.button("Propose these times").click()
    await expect(page.get_by_text("Choose two times at least")).to_be_visible()
    await choose(hers, 0, 2)
    await page.get_by_label("Where, or how").fill("The bench by the river")
    assert await hers.barriers() == []
    await hers.button("Propose these times").click()
    await expect(page.get_by_role("heading", name="Ben picks one of these")).to_be_visible()
    await becomes(pool, "SELECT count(*) FROM meetings WHERE state = 'PROPOSED'", 1)

    theirs = await his.open("/meetings")
    await expect(theirs.get_by_role("heading", name="Waiting for you")).to_be_visible()
    assert await his.barriers() == []
    await theirs.get_by_role("link", name="Ana Duarte").click()
    await theirs.get_by_role("radio").first.check()
    assert await his.barriers() == []
    await his.button("Accept").click()
    await expect(his.button("Put it in my calendar")).to_be_visible()
    await becomes(pool, "SELECT state FROM meetings", "AGREED")
    assert await his.barriers() == []

    await hers.reload()
    await expect(hers.button("Put it in my calendar")).to_be_visible()
    await hers.go_offline()
    async with page.expect_download() as saving:
        await hers.button("Put it in my calendar").click()
    saved = await saving.value
    told = read((await asyncio.to_thread(Path(await saved.path()).read_bytes)).decode())
    assert (told["method"], told["summary"], told["place"]) == (
        "PUBLISH", "1-2-1 with Ben Okafor", "The bench by the river",
    )  # fmt: skip


async def test_without_a_network_it_is_proposed_taken_back_and_proposed_again(
    phones: Phones, pool: Pool, ana: Attendee, swap: str
) -> None:
    hers = await phones(ana)
    page = await hers.open(f"/meetings/new?swap={swap}")
    await choose(hers)
    await hers.is_kept_on_the_phone()
    await hers.go_offline()
    await hers.reload()
    await choose(hers, 0, 1)
    await hers.button("Propose these times").click()
    await expect(page.get_by_text("It has not been sent yet.")).to_be_visible()
    await hers.button("Undo").click()
    await expect(page.get_by_role("heading", name="1-2-1s", exact=True)).to_be_visible()

    await hers.open(f"/meetings/new?swap={swap}")
    await choose(hers, 1, 2)
    await hers.button("Propose these times").click()
    await page.get_by_role("link", name="1-2-1s").click()
    await expect(page.get_by_role("heading", name="Waiting for them")).to_be_visible()
    assert await pool.fetchval("SELECT count(*) FROM meetings") == 0
    await hers.go_online()

    await becomes(pool, "SELECT count(*) FROM meetings WHERE state = 'PROPOSED'", 1)
    await page.get_by_role("link", name="Ben Okafor").click()
    await hers.button("Call it off…").click()
    await hers.button("Call it off").click()
    await becomes(pool, "SELECT state FROM meetings", "CANCELLED")
    await expect(page.get_by_text("Called off. That happens")).to_be_visible()


async def test_at_its_time_the_questions_come_out_and_afterwards_it_is_told(
    phones: Phones, world: World, pool: Pool, ana: Attendee, swap: str
) -> None:
    address = await agreed(world, ana, swap, hours=0.1)
    hers = await phones(ana)
    page = await hers.open(address)
    await expect(hers.question).to_be_visible()
    await hers.is_kept_on_the_phone()
    await hers.go_offline()
    await hers.reload()
    asked = await hers.question.inner_text()
    await hers.button("Asked").click()
    await expect(hers.question).not_to_have_text(asked)
    assert await hers.barriers() == []
    await hers.go_online()
    await becomes(pool, "SELECT count(*) FROM agenda_prompts WHERE state = 'ASKED' AND meeting_id IS NOT NULL", 1)

    await pool.execute(
        "UPDATE meetings SET starts_at = starts_at - interval '1 day', options = ARRAY[starts_at - interval '1 day',"
        " starts_at]"
    )
    await hers.open("/meetings")
    await expect(page.get_by_role("heading", name="Did it take place?")).to_be_visible()
    await page.get_by_role("link", name="Ben Okafor").click()
    await hers.button("Yes, we met").click()
    await page.get_by_label("What did you give?").fill("Whom to ask about kilns")
    await page.get_by_label("Kind of what you gave").select_option("ADVICE")
    assert await hers.barriers() == []
    await hers.button("Keep").click()

    await expect(page.get_by_text("You met.")).to_be_visible()
    await becomes(pool, "SELECT kind || ' ' || text FROM gifts", "ADVICE Whom to ask about kilns")
    await becomes(pool, "SELECT count(*) FROM conversations", 2)
