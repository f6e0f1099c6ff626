"""Which badges go on paper, and that it is written down."""

import asyncio
import threading
from typing import Any

import numpy as np
import pypdfium2
import pytest

from server.badges.operations import issue_badge
from server.badges.tokens import badge_secret
from server.events.models import Event
from server.sheets.by_host import print_badges
from server.sheets.drawing import grouped
from server.sheets.errors import BadgesChanged, NothingToPrint
from server.sheets.formats import FormatName
from server.sheets.models import BadgesWanted, Print, PrintedBy, SheetOrder, Sheets
from server.sheets.operations import prints_of
from tests.badges.poor_pictures import read_by_zxing
from tests.world import World


async def printed(world: World, event: Event, **changes: Any) -> Sheets:
    said: dict[str, Any] = {
        "event_id": event.id,
        "wanted": BadgesWanted.ALL,
        "format_name": FormatName.A4_63X38,
        "order": SheetOrder.NAME,
        "secrets": world.secrets,
        "public_url": "https://meet.example.org",
        "now": world.clock(),
    }
    async with world.pool.acquire() as connection:
        return await print_badges(connection, **(said | changes))


async def log(world: World, event: Event) -> list[Print]:
    async with world.pool.acquire() as connection:
        return await prints_of(connection, event_id=event.id)


def words(sheets: Sheets) -> str:
    document = pypdfium2.PdfDocument(sheets.pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


async def test_the_host_prints_and_the_log_says_so(world: World) -> None:
    event = await world.event()
    await world.registration(event, name="Ana Duarte")
    await world.registration(event, name="Ben Okafor")

    sheets = await printed(world, event)
    world.clock.advance(minutes=1)
    await printed(world, event, format_name=FormatName.A6)

    assert (sheets.printed, sheets.pages) == (2, 1)
    assert "Ana" in words(sheets)
    assert [(each.by, each.person_id, each.badges, each.format) for each in await log(world, event)] == [
        (PrintedBy.HOST, None, 2, "a6"),
        (PrintedBy.HOST, None, 2, "a4-63x38"),
    ]


async def test_printing_says_when_and_checks_nobody_in(world: World) -> None:
    event = await world.event(uses_check_in=True)
    _, badge_id = await world.registration(event, name="Ana Duarte")

    await printed(world, event)

    assert await world.pool.fetchval("SELECT printed_at FROM badges WHERE id = $1", badge_id) == world.clock()
    assert await world.pool.fetchval("SELECT count(*) FROM check_ins") == 0
    assert await world.pool.fetchval("SELECT count(*) FROM admissions") == 0


async def test_only_new_ones_are_those_never_printed_and_then_there_is_nothing(world: World) -> None:
    event = await world.event()
    await world.registration(event, name="Ana Duarte")
    await printed(world, event)
    await world.registration(event, name="Ben Okafor")

    sheets = await printed(world, event, wanted=BadgesWanted.NEW)

    assert sheets.printed == 1
    assert "Ben" in words(sheets)
    assert "Ana" not in words(sheets)
    with pytest.raises(NothingToPrint, match="printed before"):
        await printed(world, event, wanted=BadgesWanted.NEW)
    assert len(await log(world, event)) == 2


async def test_a_reissued_badge_prints_its_new_code_and_the_old_one_never_again(world: World) -> None:
    event = await world.event()
    registration_id, old_id = await world.registration(event, name="Ana Duarte")
    await printed(world, event)
    async with world.pool.acquire() as connection:
        new = await issue_badge(
            connection, event_id=event.id, registration_id=registration_id, secrets=world.secrets, now=world.clock()
        )

    sheets = await printed(world, event, wanted=BadgesWanted.NEW)

    assert grouped(badge_secret(world.secrets, new.id).code) in words(sheets)
    assert grouped(badge_secret(world.secrets, old_id).code) not in words(sheets)


async def test_cancelled_places_and_other_events_are_not_printed(world: World) -> None:
    event, elsewhere = await world.event(), await world.event()
    await world.registration(event, name="Ana Duarte")
    await world.registration(event, name="Ben Okafor", cancelled_at=world.clock())
    await world.registration(elsewhere, name="Cleo Marsh")

    told = words(await printed(world, event))

    assert "Ana" in told
    assert "Ben" not in told
    assert "Cleo" not in told


async def test_a_card_that_is_not_open_prints_its_name_alone(world: World) -> None:
    event = await world.event()
    texts = {"pronouns": "she/her", "ask_me_about": "beekeeping"}
    await world.registration(event, name="Ana Duarte", card=texts | {"open_to_event": False})

    closed = words(await printed(world, event))
    await world.pool.execute("UPDATE cards SET open_to_event = true")
    opened = words(await printed(world, event))

    assert "Ana" in closed
    assert "she/her" not in closed
    assert "beekeeping" not in closed
    assert "Ask me about" not in closed
    assert "she/her" in opened
    assert "beekeeping" in opened


async def test_unseen_signs_in_a_name_change_nothing_on_paper(world: World) -> None:
    event = await world.event()
    await world.registration(event, name="Ana\u202e etrauD\u200f\u0007\u2028 x")

    tricked = await printed(world, event)
    await world.pool.execute("UPDATE cards SET name = 'Ana etrauD x'")
    plain = await printed(world, event)

    assert tricked.pdf == plain.pdf


async def test_a_name_no_font_has_is_left_out_and_told_and_stays_new(world: World) -> None:
    event = await world.event()
    await world.registration(event, name="Ana 🌻 Duarte")
    _, georgian = await world.registration(event, name="ნინო")

    sheets = await printed(world, event)

    assert (sheets.printed, sheets.shortened) == (1, 1)
    assert [(each.name, each.signs) for each in sheets.left_out] == [("ნინო", "ნიო")]
    assert await world.pool.fetchval("SELECT printed_at FROM badges WHERE id = $1", georgian) is None
    with pytest.raises(NothingToPrint) as refusal:
        await printed(world, event, wanted=BadgesWanted.NEW)
    assert refusal.value.left_out == sheets.left_out


async def test_of_walk_ins_only_those_without_a_print_are_wanted(world: World) -> None:
    event = await world.event()
    await world.registration(event, name="Ana Duarte")
    await world.registration(event, name="Wim Walkin")
    await world.pool.execute("UPDATE registrations SET walk_in_key = id WHERE name LIKE 'Wim%'")

    sheets = await printed(world, event, wanted=BadgesWanted.NEW_WALK_INS)

    assert sheets.printed == 1
    assert "Wim" in words(sheets)
    with pytest.raises(NothingToPrint, match="on the spot"):
        await printed(world, event, wanted=BadgesWanted.NEW_WALK_INS)


async def test_a_test_sheet_is_nobodys_and_is_not_logged(world: World) -> None:
    event = await world.event()
    _, badge_id = await world.registration(event, name="Zoe Hartley")

    sheets = await printed(world, event, wanted=BadgesWanted.NOBODYS, format_name=FormatName.A4_80X50)

    assert (sheets.printed, sheets.pages) == (10, 1)
    assert "Zoe" not in words(sheets)
    assert badge_secret(world.secrets, badge_id).code[:4] not in words(sheets)
    assert await log(world, event) == []
    assert await world.pool.fetchval("SELECT count(*) FROM badges WHERE printed_at IS NOT NULL") == 0
    page = pypdfium2.PdfDocument(sheets.pdf)[0].render(scale=3).to_pil().convert("L")
    codes = read_by_zxing(np.asarray(page))
    assert set(codes) == {"HTTPS://MEET.EXAMPLE.ORG/B/" + "0" * 26}


async def test_badges_lie_by_name_or_by_ticket_and_name(world: World) -> None:
    event = await world.event()
    await world.registration(event, name="Ana Duarte", ticket_type="Workshop")
    await world.registration(event, name="Ben Okafor", ticket_type="Day ticket")
    await world.registration(event, name="Cleo Marsh", ticket_type="Workshop")

    by_name = words(await printed(world, event, format_name=FormatName.A6))
    by_ticket = words(await printed(world, event, format_name=FormatName.A6, order=SheetOrder.TICKET))

    assert by_name.index("Ana") < by_name.index("Ben") < by_name.index("Cleo")
    assert by_ticket.index("Ben") < by_ticket.index("Ana") < by_ticket.index("Cleo")


async def test_sheets_made_while_a_badge_was_replaced_are_thrown_away(world: World) -> None:
    event = await world.event()
    registration_id, _ = await world.registration(event, name="Ana Duarte")
    began, replaced = asyncio.Event(), threading.Event()

    async def replace() -> None:
        await began.wait()
        async with world.pool.acquire() as connection:
            await issue_badge(
                connection, event_id=event.id, registration_id=registration_id, secrets=world.secrets, now=world.clock()
            )
        replaced.set()

    replacing = asyncio.create_task(replace())
    with pytest.raises(BadgesChanged):
        await printed(world, event, begin=lambda _: began.set(), progress=lambda _: replaced.wait(60))
    await replacing

    assert await log(world, event) == []
    assert await world.pool.fetchval("SELECT count(*) FROM badges WHERE printed_at IS NOT NULL") == 0
