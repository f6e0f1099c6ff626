"""The finished file over plain HTTP: for whoever asked for it, and logged the first time."""

from datetime import datetime

import pypdfium2
from starlette.applications import Starlette

from server.db import Pool
from server.events.models import Event, Role
from server.sessions.tokens import cookie_name
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.printing.documents import Desk
from tests.world import Somebody, World


async def test_the_first_fetch_is_the_print_and_a_second_one_changes_nothing(
    desk: Desk, world: World, event: Event, clock: Clock, pool: Pool
) -> None:
    await world.registration(event, name="Ana Duarte")
    made = await desk.made(world.new_key())
    before = await pool.fetchval("SELECT count(*) FROM badge_prints")
    asked_at = clock()

    first = await desk.fetched(made)
    clock.advance(minutes=1)
    again = await desk.fetched(made)

    assert before == 0
    assert first.content == again.content
    assert "Ana" in pypdfium2.PdfDocument(first.content)[0].get_textpage().get_text_range()
    seen = await desk.looked()
    [logged] = seen["prints"]
    assert (logged["by"], logged["badges"]) == ("ORGANIZER", 1)
    assert datetime.fromisoformat(logged["printedAt"]) == asked_at
    assert (seen["badges"], seen["newBadges"]) == (1, 0)
    assert await pool.fetchval("SELECT count(*) FROM printed_badges") == 1
    assert await pool.fetchval("SELECT count(*) FROM check_ins") == 0


async def test_the_answer_is_kept_nowhere_and_is_named_for_the_event(desk: Desk, world: World, event: Event) -> None:
    await world.registration(event)
    made = await desk.made(world.new_key())

    answer = await desk.fetched(made)

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == f'attachment; filename="badges-{event.slug}.pdf"'
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_test_sheet_is_fetched_without_being_logged(desk: Desk, world: World, event: Event, pool: Pool) -> None:
    made = await desk.made(world.new_key(), wanted="NOBODYS", paper="A4_80X50")

    answer = await desk.fetched(made)

    assert (made["badges"], made["pages"]) == (10, 1)
    assert answer.content.startswith(b"%PDF")
    assert await pool.fetchval("SELECT count(*) FROM badge_prints") == 0


async def test_what_is_not_ready_is_said_to_be_so(desk: Desk, world: World, event: Event) -> None:
    await world.registration(event)
    asked = await desk.ask_for(world.new_key())

    answer = await desk.fetched(asked)

    assert (answer.status_code, answer.text) == (409, "These sheets are not ready yet.")


async def test_nobody_else_fetches_it_and_nothing_is_logged(
    desk: Desk, front_door: FrontDoor, world: World, event: Event, pool: Pool
) -> None:
    attendee = await world.attendee(event)
    made = await desk.made(world.new_key())
    others = {
        "other organizer": (await world.team(event)).token,
        "attendee": attendee.token,
        "helper": (await world.team(event, Role.DOOR_HELPER)).token,
        "stranger": (await world.person()).token,
        "nobody": "nothing",
    }

    answers = {
        who: await front_door.client.post(desk.file(made), headers={"authorization": f"Bearer {token}"})
        for who, token in others.items()
    }

    assert {who: answer.status_code for who, answer in answers.items()} == {
        "other organizer": 404, "attendee": 403, "helper": 403, "stranger": 404, "nobody": 401,
    }  # fmt: skip
    assert not any(b"%PDF" in answer.content for answer in answers.values())
    assert await pool.fetchval("SELECT count(*) FROM badge_prints") == 0


async def test_a_role_that_has_ended_opens_nothing_any_more(
    desk: Desk, world: World, event: Event, pool: Pool, organizer: Somebody
) -> None:
    await world.registration(event)
    made = await desk.made(world.new_key())
    await pool.execute("DELETE FROM event_roles WHERE person_id = $1", organizer.id)

    assert (await desk.fetched(made)).status_code == 404


async def test_a_cookie_alone_fetches_nothing(
    app: Starlette, desk: Desk, front_door: FrontDoor, world: World, event: Event, organizer: Somebody, pool: Pool
) -> None:
    await world.registration(event)
    made = await desk.made(world.new_key())
    cookie = {"cookie": f"{cookie_name(is_secure=False)}={organizer.token}"}

    alone = await front_door.client.post(desk.file(made), headers=cookie)
    foreign = await front_door.client.post(
        desk.file(made), headers=cookie | {"handsel-client": "x", "origin": "https://elsewhere.example"}
    )
    logged = await pool.fetchval("SELECT count(*) FROM badge_prints")
    own = await front_door.client.post(desk.file(made), headers=cookie | {"handsel-client": "pwa"})

    assert (alone.status_code, foreign.status_code, logged) == (403, 403, 0)
    assert own.content.startswith(b"%PDF")


async def test_by_get_there_is_no_file_and_odd_addresses_are_not_found(
    desk: Desk, front_door: FrontDoor, world: World, event: Event
) -> None:
    await world.registration(event)
    made = await desk.made(world.new_key())
    bearer = {"authorization": f"Bearer {desk.somebody.token}"}

    got = await front_door.client.get(desk.file(made), headers=bearer)
    odd = [
        await front_door.client.post(path, headers=bearer)
        for path in (
            desk.file(made) + "x",
            "/events/x/badge-sheets/y",
            "/events/%00/badge-sheets/y",
            f"/events/%00/badge-sheets/{made['key']}",
            desk.file(made).replace("/events/", "/events/a"),
        )
    ]

    assert b"%PDF" not in got.content
    assert [answer.status_code for answer in odd] == [404] * 5
