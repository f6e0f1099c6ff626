"""Several servers, several requests and a change, all at the same moment."""

import asyncio
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.app import create_app
from server.db import Pool
from server.settings import Settings
from server.vault import keeping, operations, queries
from server.vault.contents import mark_of_rules
from server.vault.keeping import VaultKeeper, count_stale, keep_ready, make_some
from server.vault.queries import SELECT_STALE
from tests.clock import Clock
from tests.lifespan import running
from tests.vault.conftest import FetchingPhone
from tests.vault.reading import Phone, read_body
from tests.world import Attendee, World

PhoneOf = Callable[..., FetchingPhone]


async def crowd(world: World, size: int) -> list[Attendee]:
    event = await world.event()
    return [await world.attendee(event, f"Attendee {number}") for number in range(size)]


async def counts(pool: Pool) -> tuple[int, int, int]:
    """Entries kept, different versions among them, and the event's counter."""
    row = await pool.fetchrow(
        "SELECT count(made_from), count(DISTINCT vault_entries.version), max(vaults.version) FROM vaults"
        " JOIN vault_entries ON vault_entries.event_id = vaults.event_id"
    )
    assert row is not None
    return row[0], row[1], row[2]


async def test_two_servers_make_each_entry_once(
    world: World, settings: Settings, dsn: str, pool: Pool, clock: Clock, app: Starlette
) -> None:
    people = await crowd(world, 120)
    async with running(create_app(settings, dsn=dsn, clock=clock)) as second:
        clients = [
            httpx.AsyncClient(transport=httpx.ASGITransport(app=each), base_url="http://handsel.test")
            for each in (app.state.asgi, second.app)
        ]
        phones = [FetchingPhone(clients[number % 2], person) for number, person in enumerate(people[:8])]
        await asyncio.gather(*(phone.fetch() for phone in phones))
        for client in clients:
            await client.aclose()

    assert {len(phone.kept.entries) for phone in phones} == {119}
    assert await counts(pool) == (120, 120, 120)


async def test_no_change_is_lost_to_phones_that_ask_meanwhile(world: World, pool: Pool, phone_of: PhoneOf) -> None:
    people = await crowd(world, 12)
    phones = [phone_of(person) for person in people[:3]]

    async def change(number: int) -> None:
        who = people[3 + number % 9]
        if number % 4 == 3:
            await pool.execute(
                "UPDATE registrations SET cancelled_at = CASE WHEN cancelled_at IS NULL THEN now() END WHERE id = $1",
                who.registration_id,
            )
        else:
            await pool.execute(
                "UPDATE cards SET name = $2 WHERE registration_id = $1", who.registration_id, f"N{number}"
            )

    async def follow(phone: FetchingPhone) -> None:
        for _ in range(8):
            response = await phone.ask(since=phone.kept.cursor, tag=phone.tag)
            if response.status_code == 200:
                phone.tag = response.headers["etag"]
                phone.kept = _taken(phone.kept, response)

    await asyncio.gather(*(follow(phone) for phone in phones), *(change(number) for number in range(40)))

    for phone in phones:
        response = await phone.ask(since=phone.kept.cursor)
        phone.kept = _taken(phone.kept, response)
        assert phone.kept.entries == (await phone.fetch_whole()).entries


def _taken(kept: Phone, response: httpx.Response) -> Phone:
    """The phone after this answer. An entry that went while the answer was on its way came as gone."""
    body = read_body(response.content)
    entries = {} if body.header["whole"] else dict(kept.entries)
    for lookup in body.gone:
        entries.pop(lookup, None)
    return Phone(entries | body.entries, body.texts or kept.texts, body.header["cursor"])


async def test_requests_that_come_together_share_one_look(
    world: World, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await crowd(world, 3)
    looks: list[str] = []
    may_go_on = asyncio.Event()
    plain = queries.select_stale

    async def slow(*arguments: Any, **named: Any) -> object:
        looks.append("begun")
        await may_go_on.wait()
        return await plain(*arguments, **named)

    monkeypatch.setattr(queries, "select_stale", slow)
    keeper = VaultKeeper(pool, world.secrets)
    first = [asyncio.create_task(keeper.bring_up_to_date(people[0].event.id)) for _ in range(20)]
    while not looks:  # noqa: ASYNC110 - the first of them looks
        await asyncio.sleep(0)
    later = [asyncio.create_task(keeper.bring_up_to_date(people[0].event.id)) for _ in range(20)]
    await asyncio.sleep(0)
    may_go_on.set()

    await asyncio.gather(*first, *later)

    assert len(looks) == 2  # the one under way began too early for those that came after it


async def test_requests_one_after_the_other_are_each_answered_as_things_are_then(
    world: World, pool: Pool, phone_of: PhoneOf
) -> None:
    people = await crowd(world, 2)
    phone = phone_of(people[0])
    for number in range(6):
        await pool.execute("UPDATE cards SET name = $1", f"Name {number}")
        await phone.fetch()
        assert phone.sees(people[1]) == f"Name {number}"


async def test_a_look_that_fails_is_no_look(world: World, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    people = await crowd(world, 3)
    keeper = VaultKeeper(pool, world.secrets)
    monkeypatch.setattr("server.vault.keeping.content_for", lambda *_: 1 / 0)
    failed = await asyncio.gather(
        *(keeper.bring_up_to_date(people[0].event.id) for _ in range(3)), return_exceptions=True
    )
    monkeypatch.undo()

    await keeper.bring_up_to_date(people[0].event.id)

    assert {type(each) for each in failed} == {ZeroDivisionError}
    assert await counts(pool) == (3, 3, 3)


async def test_what_was_made_half_way_stays_made(
    world: World, pool: Pool, phone_of: PhoneOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await crowd(world, 7)
    phone = phone_of(people[0])
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    monkeypatch.setattr(keeping, "PATIENCE", 3.0)  # enough for two pieces, however slow the machine
    plain = keeping.make_some
    made: list[int] = []

    async def slow(*arguments: Any, **named: Any) -> int:
        if len(made) == 2:
            await asyncio.sleep(60)
        made.append(await plain(*arguments, **named))
        return made[-1]

    monkeypatch.setattr(keeping, "make_some", slow)
    response = await phone.ask()
    monkeypatch.undo()

    assert (response.status_code, response.headers["retry-after"]) == (503, "10")
    assert response.text == "The cards of this event are being prepared. Try again in a few seconds.\n"
    assert (await counts(pool))[0] == 4
    await phone.fetch()
    assert len(phone.kept.entries) == 6


async def test_entries_are_made_ahead_and_forgotten_after(world: World, pool: Pool, clock: Clock) -> None:
    people = await crowd(world, 3)
    async with pool.acquire() as connection:
        assert await count_stale(connection, now=clock()) == 3

        assert await keep_ready(pool, secrets=world.secrets, now=clock()) == 3

        assert await count_stale(connection, now=clock()) == 0
    assert await keep_ready(pool, secrets=world.secrets, now=clock()) == 0

    clock.now = people[0].event.ends_at
    clock.advance(hours=12, seconds=1)
    assert await keep_ready(pool, secrets=world.secrets, now=clock()) == 0
    assert await pool.fetchval("SELECT count(*) FROM vault_entries") == 0


async def test_an_event_that_was_forgotten_meanwhile_needs_no_entries(world: World, pool: Pool) -> None:
    people = await crowd(world, 2)
    stale = [row[0] for row in await pool.fetch(SELECT_STALE, people[0].event.id, mark_of_rules())]
    await pool.execute("DELETE FROM events")

    async with pool.acquire() as connection:
        made = await make_some(connection, event_id=people[0].event.id, badge_ids=stale, secrets=world.secrets)

    assert made == 0


async def test_an_answer_under_way_says_gone_for_what_goes_meanwhile(world: World, app: Starlette, pool: Pool) -> None:
    """Entries are read piece by piece; one that its owner's cancelling emptied is not sent from memory."""
    people = await crowd(world, 4)
    services = app.state.services
    answer = await operations.answer_reader(
        pool, services.vaults, slug=people[0].event.slug, person_id=people[0].person.id, since=None, seen=(),
        limiter=services.limiter, secrets=services.secrets, now=services.clock(),
    )  # fmt: skip
    await pool.execute("UPDATE registrations SET cancelled_at = now() WHERE id = $1", people[1].registration_id)
    await services.vaults.bring_up_to_date(people[0].event.id)

    raw = b"".join([piece async for piece in operations.body_of(pool, answer)])

    body = read_body(raw)
    assert (len(body.entries), len(body.gone)) == (2, 1)


async def test_versions_tell_nothing_of_who_came_when(world: World, pool: Pool, clock: Clock) -> None:
    """Lists are often brought in by the alphabet, and places get their ids in that order."""
    people = await crowd(world, 60)

    await keep_ready(pool, secrets=world.secrets, now=clock())

    numbered = await pool.fetch("SELECT badge_id FROM vault_entries ORDER BY version")
    drawn = sorted((person.badge_id for person in people), key=lambda badge_id: sha256(badge_id.bytes).digest())
    assert [row["badge_id"] for row in numbered] == drawn


async def test_making_ahead_can_be_cut_off_anywhere(world: World, pool: Pool, clock: Clock) -> None:
    people = await crowd(world, 120)
    await keep_ready(pool, secrets=world.secrets, now=clock())
    await pool.execute("UPDATE cards SET up_to = 'something else'")
    for pause in (0.0, 0.01, 0.05, 0.1):
        ahead = asyncio.create_task(keep_ready(pool, secrets=world.secrets, now=clock()))
        await asyncio.sleep(pause)
        ahead.cancel()
        await asyncio.wait({ahead})

    await VaultKeeper(pool, world.secrets).bring_up_to_date(people[0].event.id)

    assert await counts(pool) == (120, 120, 240)
