"""What the host can ask: alive, ready, how busy. The figures hold no client's word and are the host's alone."""

import asyncio
import re
from dataclasses import replace

import httpx
from prometheus_client import REGISTRY
from pydantic import SecretStr
from starlette.applications import Starlette

from schema.root import schema
from schema.trusted import load
from server.db import Pool
from server.events.models import Role
from server.jobs.evenings import EVENING_LISTS
from server.jobs.working import Jobs
from server.worker import Worker
from tests.clock import Clock
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.http.socket_line import socket_line
from tests.sessions.steps import request_sign_in
from tests.world import World

CHECK_IN = """
    mutation ($event: ID!, $scan: CheckInInput!) { checkIn(event: $event, checkIn: $scan) { __typename } }
"""


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def asked(operation: str, outcome: str) -> float:
    return counted("handsel_requests_total", operation=operation, outcome=outcome)


async def test_alive_and_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).text == "ok\n"
    assert (await client.get("/readyz")).text == "ready\n"


async def test_requests_are_counted_and_timed_by_the_names_of_our_own_documents(
    production_client: httpx.AsyncClient, world: World
) -> None:
    documents = load(schema._schema).by_id  # noqa: SLF001 - as in server.app
    me = next(key for key, each in documents.items() if each.name == "Me")
    card = next(key for key, each in documents.items() if each.name == "UpdateCard")
    organizer = await world.team(await world.event())
    before = (
        asked("Me", "answered"),
        asked("UpdateCard", "refused"),
        asked("other", "answered"),
        asked("other", "refused"),
    )
    timed = counted("handsel_request_seconds_count", operation="Me")

    await production_client.post("/graphql", json={"documentId": me, "operationName": "Canary9f3a"})
    await production_client.post("/graphql", json={"documentId": card, "variables": {"event": "x"}})
    await production_client.post(
        "/graphql",
        json={"query": "query Canary9f3a { canary9f3a: me { id } }", "operationName": "Canary9f3a"},
        headers={"authorization": f"Bearer {organizer.token}"},
    )
    await production_client.post("/graphql", json={"documentId": "sha256:Canary9f3a"})
    await production_client.post("/graphql", content=b"Canary9f3a")

    after = (
        asked("Me", "answered"),
        asked("UpdateCard", "refused"),
        asked("other", "answered"),
        asked("other", "refused"),
    )
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 1, 2]
    assert counted("handsel_request_seconds_count", operation="Me") == timed + 1
    text = (await production_client.get("/metrics")).text
    assert "Canary" not in text
    assert 'handsel_request_seconds_bucket{le="0.25",operation="Me"}' in text
    names = {each.name for each in documents.values()} | {"other"}
    assert set(re.findall(r'operation="([^"]*)"', text)) <= names


async def test_a_bug_is_counted_as_ours(app: Starlette, front_door: FrontDoor, world: World) -> None:
    somebody = await world.person()
    before = asked("other", "failed")
    await world.pool.execute("ALTER TABLE event_roles RENAME TO roles_away")
    try:
        answer = await front_door.as_(somebody.token).answer("{ me { roles { role } } }")
    finally:
        await world.pool.execute("ALTER TABLE roles_away RENAME TO event_roles")

    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert asked("other", "failed") == before + 1


async def test_what_is_watched_is_counted(app: Starlette, world: World) -> None:
    before = asked("other", "watched"), asked("other", "refused")
    async with socket_line(app, token=(await world.person()).token) as line:
        await line.subscribe(query='subscription { swapChanged(event: "x") { __typename } }')
        await line.refusal()
        await line.subscribe("2", query="{ me { id } }")
        await line.receive()

    assert (asked("other", "watched") - before[0], asked("other", "refused") - before[1]) == (1, 1)


async def test_scans_check_ins_and_mails_are_counted_once_each_by_what_came_of_them(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    helper, door = await world.team(event, Role.DOOR_HELPER), await world.door(event)
    names = {
        "swapped": ("handsel_scans_total", {"outcome": "SWAPPED"}),
        "unknown": ("handsel_scans_total", {"outcome": "NOT_RECOGNISED"}),
        "admitted": ("handsel_check_ins_total", {"verdict": "ADMITTED"}),
        "already in": ("handsel_check_ins_total", {"verdict": "ALREADY_IN"}),
        "mailed": ("handsel_mails_total", {"outcome": "delivered"}),
    }
    before = {what: counted(name, **labels) for what, (name, labels) in names.items()}

    scan = scan_of(ben.badge.token, at=clock())
    for sent in (scan, scan, scan_of("0" * 26, at=clock())):
        await front_door.as_(ana.token).ask(SWAP_BADGES, event=id_of(event), scan=sent)
    for _ in range(2):
        made = {"code": ana.ticket, "door": door, "key": world.new_key(), "scannedAt": clock().isoformat()}
        await front_door.as_(helper.token).ask(CHECK_IN, event=id_of(event), scan=made)
        clock.advance(minutes=1)
    await request_sign_in(front_door, "ana@example.org")

    after = {what: counted(name, **labels) for what, (name, labels) in names.items()}
    assert {what: after[what] - before[what] for what in names} == dict.fromkeys(names, 1)


async def test_figures_are_given_to_this_machine_alone_until_the_host_makes_a_token(app: Starlette) -> None:
    """Counted live, they could tell somebody in the room that two people just met."""

    async def status(address: str, **headers: str) -> int:
        transport = httpx.ASGITransport(app=app.state.asgi, client=(address, 4000))
        async with httpx.AsyncClient(transport=transport, base_url="http://handsel.test") as client:
            return (await client.get("/metrics", headers=headers)).status_code

    assert [await status(address) for address in ("127.0.0.1", "::1", "192.168.1.7", "2001:db8::1", "")] == [
        200, 200, 403, 403, 403,
    ]  # fmt: skip
    assert await status("127.0.0.1", **{"x-forwarded-for": "192.0.2.1"}) == 403

    services = app.state.services
    settings = services.settings.model_copy(update={"metrics_token": SecretStr("spell")})
    app.state.services = replace(services, settings=settings)
    assert await status("192.0.2.1", authorization="Bearer spell") == 200
    assert await status("127.0.0.1") == 403
    assert await status("192.0.2.1", authorization="Bearer spel") == 403


async def test_a_job_is_counted_when_it_is_done(dsn: str, pool: Pool, world: World, clock: Clock) -> None:
    event = await world.event()
    await world.swap(await world.attendee(event), await world.attendee(event))
    clock.now = event.evening_starts_at(event.day_of(clock()))
    before = counted("handsel_jobs_total", job=EVENING_LISTS, outcome="done")

    async with Worker(dsn, Jobs(pool, clock, world.secrets)), asyncio.timeout(30):
        while counted("handsel_jobs_total", job=EVENING_LISTS, outcome="done") == before:  # noqa: ASYNC110 - see the name
            await asyncio.sleep(0.02)

    assert counted("handsel_jobs_total", job=EVENING_LISTS, outcome="done") == before + 1
