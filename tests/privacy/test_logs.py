"""A whole story with a canary in every personal field, and everything that goes wrong in it: no line sings."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from server.db import Pool
from server.events.models import Event, Role
from server.jobs.working import Jobs
from server.logs import LibraryFormatter
from server.worker import Worker
from tests.clock import Clock
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.http.socket_line import socket_line
from tests.mailbox import Mailbox
from tests.permissions.questions import SCHEMA, fields_of, selection
from tests.sessions.steps import request_sign_in, sign_in
from tests.world import World

CANARY = "Cnry9f3a"
MAIL = "cnry9f3a@example.org"

#: A value with a canary in it for every argument and input field that takes a text, each refused by some rule.
REFUSED: dict[str, Any] = {
    "email": f"{CANARY} is no address", "code": CANARY, "attempt": CANARY, "badge": CANARY, "slug": CANARY,
    "search": CANARY, "swap": CANARY, "prompt": CANARY, "promise": CANARY, "followUp": CANARY, "registration": CANARY,
    "checkIn": CANARY, "event": CANARY, "id": CANARY, "after": CANARY, "key": CANARY, "text": f"{CANARY}\u0007",
    "insight": f"{CANARY}\u0007", "report": f"{CANARY}\u0007", "name": f"{CANARY}\u0007", "locale": CANARY,
    "timezone": CANARY,
}  # fmt: skip


@asynccontextmanager
async def quoting_faults(pool: Pool, *columns: str) -> AsyncIterator[None]:
    """A bug of ours in everything that writes there: PostgreSQL then quotes the whole row, canary and all."""
    named = [(column.split(".")[0], column.split(".")[1]) for column in columns]
    for table, column in named:
        await pool.execute(f"ALTER TABLE {table} ADD CONSTRAINT no_canary CHECK ({column} !~* 'cnry') NOT VALID")
    try:
        yield
    finally:
        for table, _ in named:
            await pool.execute(f"ALTER TABLE {table} DROP CONSTRAINT no_canary")


class Story:
    """The front door, with everything it was answered."""

    def __init__(self, front_door: FrontDoor) -> None:
        self.front_door = front_door
        self.answers: list[dict[str, Any]] = []

    async def tell(self, token: str | None, document: str, **variables: Any) -> dict[str, Any]:
        door = self.front_door if token is None else self.front_door.as_(token)
        answer = await door.answer(document, **variables)
        self.answers.append(answer)
        return answer

    @property
    def errors(self) -> str:
        """What was said of anything that was refused or broke."""
        said: list[object] = []

        def collect(found: object) -> None:
            if isinstance(found, dict):
                said.extend(found.get("errors") or ())
                if found.get("__typename") in PROBLEMS:
                    said.append(found)
                for each in found.values():
                    collect(each)
            elif isinstance(found, list):
                for each in found:
                    collect(each)

        collect(self.answers)
        return json.dumps(said)


PROBLEMS = {each.name for each in SCHEMA.get_possible_types(SCHEMA.type_map["Problem"])}  # type: ignore[arg-type] # an interface


@pytest.fixture
def loud(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Every library at its most talkative, but for the test's own client."""
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "asyncio"):
        caplog.set_level(logging.WARNING, name)
    return caplog


async def live_through(story: Story, world: World, mailbox: Mailbox, pool: Pool, event: Event) -> list[str]:
    """Sign in, card, contact, scan, notes, evening, door: as it should go. The secrets that were used."""
    registration_id, _ = await world.registration(event, name=f"Ana {CANARY}", email=MAIL)
    attempt = await request_sign_in(story.front_door, MAIL)
    code = mailbox.newest(MAIL).code
    token: str = (await sign_in(story.front_door, code, attempt, asToken=True))["token"]
    ben = await world.attendee(event, f"Ben {CANARY}", up_to=f"{CANARY} roofs", seeking=CANARY)
    card = {"name": f"Ana {CANARY}", "upTo": CANARY, "seeking": CANARY, "openToEvent": True}
    await story.tell(token, document_of("Mutation", "updateCard"), event=id_of(event), card=card)
    contact = {"email": MAIL, "phone": "+351 555 010 999", "links": [f"https://{CANARY}.example"]}
    await story.tell(token, document_of("Mutation", "updateContact"), contact=contact)
    scanned = await story.tell(token, SWAP_BADGES, event=id_of(event), scan=scan_of(ben.badge.token, at=world.clock()))
    swap = scanned["data"]["swapBadges"]["id"]
    prompt = scanned["data"]["swapBadges"]["agenda"]["prompts"][0]["id"]
    await story.tell(token, document_of("Mutation", "addNote"), swap=swap, text=CANARY)
    await story.tell(token, document_of("Mutation", "noteNeed"), swap=swap, text=CANARY)
    await story.tell(token, document_of("Mutation", "promise"), swap=swap, kind="SEND", text=CANARY)
    await story.tell(token, document_of("Mutation", "markPrompt"), prompt=prompt, state="ASKED", insight=CANARY)
    cem = await world.attendee(event, f"Cem {CANARY}")
    scan_of_cem = scan_of(cem.badge.token, at=world.clock())
    met = await story.tell(token, SWAP_BADGES, event=id_of(event), scan=scan_of_cem)
    blocked = {"swap": met["data"]["swapBadges"]["id"], "report": CANARY, "namesMe": True}
    await story.tell(token, document_of("Mutation", "block"), **blocked)
    helper = await world.team(event, Role.DOOR_HELPER)
    door = await world.door(event)
    scan = {"code": ben.ticket, "door": door, "key": world.new_key(), "scannedAt": world.clock().isoformat()}
    await story.tell(helper.token, document_of("Mutation", "checkIn"), event=id_of(event), checkIn=scan)
    await story.tell(
        helper.token, document_of("Mutation", "registerWalkIn"), event=id_of(event), name=f"Cem {CANARY}", email=MAIL
    )
    async with quoting_faults(
        pool, "notes.text", "promises.text", "cards.name", "people.contact_email", "reports.text"
    ):
        for name, variables in {
            "block": {"swap": swap, "report": CANARY, "namesMe": True},
            "addNote": {"swap": swap, "text": CANARY},
            "promise": {"swap": swap, "kind": "SEND", "text": CANARY},
            "updateCard": {"event": id_of(event), "card": card},
            "updateContact": {"contact": contact},
        }.items():
            broken = await story.tell(token, document_of("Mutation", name), **variables)
            assert broken["errors"][0]["extensions"]["code"] == "INTERNAL", name
    secrets = [attempt, code, code.replace(" ", ""), token, ben.token, ben.ticket, ben.badge.token, ben.badge.code]
    return [*secrets, world.ticket_of(registration_id), "555 010 999"]


def document_of(kind: str, name: str) -> str:
    """The document of one root field, with all its arguments as variables."""
    field = fields_of(kind)[name]
    given = ", ".join(f"${each}: {argument.type}" for each, argument in field.args.items())
    passed = ", ".join(f"{each}: ${each}" for each in field.args)
    asked, sent = (f"({given})", f"({passed})") if field.args else ("", "")
    return f"{kind.lower()} {asked} {{ {name}{sent} {selection(field.type)} }}"


async def everything_refused(story: Story, client: httpx.AsyncClient, token: str) -> None:
    """Each mutation and query with canaries where they do not belong, and requests that are none."""
    for kind in ("Query", "Mutation"):
        for name, field in fields_of(kind).items():
            variables = {each: REFUSED[each] for each in field.args if each in REFUSED}
            document = document_of(kind, name)
            for changes in (
                variables,
                {each: {CANARY: CANARY} for each in field.args},
                {each: [CANARY] for each in field.args},
            ):
                await story.tell(token, document, **changes)
    for document in (
        f'{{ event(slug: "{CANARY}) {{ id }} }}', f'{{ node(id: "{CANARY}", x: "{CANARY}") {{ id }} }}',
        f'mutation {{ setGoal(event: "{CANARY}", people: "{CANARY}") {{ __typename }} }}',
        f'{{ me {{ id }} }} "{CANARY}"',
        f'query ($x: Int = "{CANARY}") {{ me {{ id }} }}',
        f'mutation {{ feel(swap: "{CANARY}", feeling: {CANARY}) {{ __typename }} }}',
    ):  # fmt: skip
        await story.tell(token, document)
    for body in (CANARY, f'["{CANARY}"]', f'{{"variables": "{CANARY}"}}', f'{{"documentId": "{CANARY}"}}'):
        await client.post(f"/graphql?{CANARY}", content=body, headers={"content-type": "application/json"})
        await client.post("/graphql", content=body, headers={"content-type": CANARY, "origin": CANARY})


async def test_no_log_line_no_error_and_no_figure_holds_a_personal_value(
    app: Starlette,
    new_phone: Callable[[], FrontDoor],
    world: World,
    clock: Clock,
    mailbox: Mailbox,
    pool: Pool,
    dsn: str,
    loud: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    event = await world.event(title="The gathering")
    phone = new_phone()
    story = Story(phone)
    with capture_logs() as logs:
        secrets = await live_through(story, world, mailbox, pool, event)
        phone.client.cookies.clear()
        await everything_refused(story, phone.client, (await world.team(event, Role.OWNER)).token)
        async with socket_line(app, token=CANARY) as line:
            for payload in ({"query": CANARY}, {"query": "{ me { id } }", "variables": {CANARY: CANARY}}):
                await line.subscribe(CANARY, **payload)
                await line.receive()
            await line.socket.send_text(CANARY)
        clock.now = event.evening_starts_at(event.day_of(clock()))
        async with quoting_faults(pool, "follow_ups.draft"), Worker(dsn, Jobs(pool, clock, world.secrets)):
            while not any(each["event"] == "job failed" for each in logs):  # noqa: ASYNC110 - a line is no event
                await asyncio.sleep(0.02)
        figures = (await phone.client.get("/metrics")).text

    written = str(logs) + "".join(map(LibraryFormatter().format, loud.records)) + str(capsys.readouterr())
    assert {"unexpected error", "job failed"} <= {each["event"] for each in logs}
    assert 'handsel_jobs_total{job="evening lists",outcome="failed"}' in figures
    for secret in [CANARY, MAIL, *secrets]:
        assert secret.lower() not in written.lower(), secret
        assert secret.lower() not in story.errors.lower(), secret
        assert secret.lower() not in figures.lower(), secret


def test_a_librarys_line_tells_the_kind_of_an_error_and_where_never_its_text() -> None:
    def line(logger: str, message: str, *args: object) -> str:
        try:
            int(CANARY)
        except ValueError as error:
            known = (type(error), error, error.__traceback__)
        record = logging.LogRecord(logger, logging.ERROR, __file__, 1, message, args, known)
        return LibraryFormatter().format(record)

    asgi = line("uvicorn.error", "Exception in ASGI application\n")
    background = line(
        "asyncio", "Task exception was never retrieved\nfuture: <Task exception=ValueError('%s')>", CANARY
    )
    for each in (asgi, background):
        assert "ValueError" in each
        assert "test_logs.py" in each
        assert CANARY not in each
        assert "\n" not in each
