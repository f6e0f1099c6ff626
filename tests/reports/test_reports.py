"""Reports reach those who organize the event where two people met, without saying who met whom."""

import json
from typing import Any

import pytest
from pydantic import SecretStr

from schema.ids import Kind, global_id
from server.db import Pool
from server.events.models import Event, Role
from server.notifications.mail import mailer_of
from server.reports.operations import MOST_REPORTS
from server.reports.telling import tell_organizers
from server.settings import Settings
from tests.clock import Clock
from tests.encounters.documents import BLOCK, UNBLOCK, id_of
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.world import Attendee, Somebody, World

REPORTS = """
    query ($event: ID!, $settled: Boolean! = false) { reports(event: $event, settled: $settled) {
        id name ticketType text reportedAt reporter { name email } settledAt settledBy } }
"""
SETTLE = """
    mutation ($report: ID!, $settled: Boolean! = true) { settleReport(report: $report, settled: $settled) {
        __typename ... on Report { settledAt settledBy } ... on Problem { message } } }
"""


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(title="Repair Summit", slug="summit")


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana Duarte", up_to="a seed library")


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ben Okafor", up_to="a tool library")


@pytest.fixture
async def organizer(world: World, event: Event) -> Somebody:
    return await world.team(event)


@pytest.fixture
async def swap(world: World, ana: Attendee, ben: Attendee) -> str:
    return global_id(Kind.SWAP, await world.swap(ana, ben), ana.event.id)


async def block(front_door: FrontDoor, who: Attendee, swap: str, report: str, **more: Any) -> dict[str, Any]:
    data = await front_door.as_(who.token).ask(BLOCK, swap=swap, report=report, **more)
    answer: dict[str, Any] = data["block"]
    return answer


async def read(front_door: FrontDoor, organizer: Somebody, event: Event, **more: Any) -> list[dict[str, Any]]:
    data = await front_door.as_(organizer.token).ask(REPORTS, event=id_of(event), **more)
    found: list[dict[str, Any]] = data["reports"]
    return found


async def test_organizers_read_whom_and_what_and_nothing_of_who_wrote_it(
    front_door: FrontDoor, event: Event, ana: Attendee, ben: Attendee, organizer: Somebody, swap: str
) -> None:
    assert (await block(front_door, ana, swap, " Would not\r\nleave me alone\u202e "))["__typename"] == "Done"

    [report] = await read(front_door, organizer, event)

    assert report["id"]
    assert {name: value for name, value in report.items() if name != "id"} == {
        "name": "Ben Okafor", "ticketType": "Day ticket", "text": "Would not\nleave me alone",
        "reportedAt": "2027-04-22T09:00:00Z", "reporter": None, "settledAt": None, "settledBy": None,
    }  # fmt: skip
    said = json.dumps(report)
    assert not any(each in said for each in ("Ana", "library", ana.person.email, ben.person.email))


async def test_whoever_says_so_is_named_with_an_address_to_write_back_to(
    front_door: FrontDoor, event: Event, ana: Attendee, organizer: Somebody, swap: str
) -> None:
    await block(front_door, ana, swap, "Please speak to him", namesMe=True)

    [report] = await read(front_door, organizer, event)

    assert report["reporter"] == {"name": "Ana Duarte", "email": ana.person.email}


async def test_a_block_without_words_is_no_report(
    front_door: FrontDoor, event: Event, ana: Attendee, organizer: Somebody, swap: str
) -> None:
    await block(front_door, ana, swap, "  ")

    assert await read(front_door, organizer, event) == []


async def test_the_same_words_sent_again_are_one_report_and_so_is_the_same_key(
    front_door: FrontDoor, world: World, event: Event, ana: Attendee, organizer: Somebody, swap: str
) -> None:
    key = world.new_key()
    for _ in range(2):
        await block(front_door, ana, swap, "Would not leave me alone")
        await block(front_door, ana, swap, "And again", key=key)

    assert sorted(each["text"] for each in await read(front_door, organizer, event)) == [
        "And again", "Would not leave me alone",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["x" * 2001, "bell\u0007"])
async def test_words_that_cannot_be_kept_are_refused_and_the_block_holds(
    front_door: FrontDoor, event: Event, ana: Attendee, organizer: Somebody, swap: str, words: str
) -> None:
    answer = await block(front_door, ana, swap, words)

    assert (answer["__typename"], answer["field"]) == ("InputNotValid", "report")
    assert await read(front_door, organizer, event) == []
    blocked = await front_door.as_(ana.token).ask("{ blockedPeople { swap } }")
    assert [each["swap"] for each in blocked["blockedPeople"]] == [swap]


async def test_two_thousand_characters_are_taken(
    front_door: FrontDoor, event: Event, ana: Attendee, organizer: Somebody, swap: str
) -> None:
    await block(front_door, ana, swap, "é" * 2000)

    assert len((await read(front_door, organizer, event))[0]["text"]) == 2000


async def test_nobody_sends_more_than_ten_from_one_event_and_blocks_all_the_same(
    front_door: FrontDoor, event: Event, ana: Attendee, organizer: Somebody, swap: str
) -> None:
    for number in range(MOST_REPORTS):
        await block(front_door, ana, swap, f"The {number}th")
    await front_door.as_(ana.token).ask(UNBLOCK, swap=swap)

    answer = await block(front_door, ana, swap, "One more")
    blocked = await front_door.as_(ana.token).ask("{ blockedPeople { swap } }")
    again = await block(front_door, ana, swap, "The 3th")
    silent = await front_door.as_(ana.token).ask(BLOCK, swap=swap)

    assert answer["__typename"] == "InputNotValid"
    assert [each["swap"] for each in blocked["blockedPeople"]] == [swap]
    assert again["__typename"] == silent["block"]["__typename"] == "Done"
    assert len(await read(front_door, organizer, event)) == MOST_REPORTS


async def test_a_report_stays_when_the_block_is_taken_back(
    front_door: FrontDoor, event: Event, ana: Attendee, organizer: Somebody, swap: str
) -> None:
    await block(front_door, ana, swap, "Would not leave me alone")
    await front_door.as_(ana.token).ask(UNBLOCK, swap=swap)

    assert len(await read(front_door, organizer, event)) == 1


async def test_settling_says_who_and_when_and_can_be_undone(
    front_door: FrontDoor,
    world: World,
    clock: Clock,
    event: Event,
    ana: Attendee,
    organizer: Somebody,
    swap: str,
) -> None:
    await world.pool.execute("UPDATE people SET name = 'Desk Lead' WHERE id = $1", organizer.id)
    await block(front_door, ana, swap, "Would not leave me alone")
    [report] = await read(front_door, organizer, event)
    clock.advance(minutes=5)
    told = {"__typename": "Report", "settledAt": "2027-04-22T09:05:00Z", "settledBy": "Desk Lead"}
    other = await world.team(event, Role.OWNER)

    first = await front_door.as_(organizer.token).ask(SETTLE, report=report["id"])
    clock.advance(minutes=5)
    second = await front_door.as_(other.token).ask(SETTLE, report=report["id"])

    assert first["settleReport"] == second["settleReport"] == told
    assert await read(front_door, organizer, event) == []
    assert len(await read(front_door, organizer, event, settled=True)) == 1
    undone = await front_door.as_(other.token).ask(SETTLE, report=report["id"], settled=False)
    assert undone["settleReport"]["settledAt"] is None
    assert len(await read(front_door, organizer, event)) == 1


async def test_an_organizer_never_reads_a_report_about_themselves(
    front_door: FrontDoor, world: World, event: Event, ana: Attendee, ben: Attendee, organizer: Somebody, swap: str
) -> None:
    await world.role(ben.person, event, Role.ORGANIZER)
    await block(front_door, ana, swap, "Would not leave me alone")
    [report] = await read(front_door, organizer, event)

    assert await read(front_door, ben.person, event) == []
    answer = await front_door.as_(ben.token).ask(SETTLE, report=report["id"])
    assert answer["settleReport"]["__typename"] == "NotFound"
    node = await front_door.as_(ben.token).ask("query ($id: ID!) { node(id: $id) { id } }", id=report["id"])
    assert node["node"] is None


async def test_reports_end_with_their_event(
    front_door: FrontDoor, world: World, event: Event, ana: Attendee, swap: str
) -> None:
    await block(front_door, ana, swap, "Would not leave me alone")

    await world.pool.execute("DELETE FROM events WHERE id = $1", event.id)

    assert await world.pool.fetchval("SELECT count(*) FROM reports") == 0


class Telling:
    """The job that writes to organizers, run by hand."""

    def __init__(self, pool: Pool, settings: Settings, clock: Clock, mailbox: Mailbox) -> None:
        self.pool, self.settings, self.clock, self.mailbox = pool, settings, clock, mailbox

    async def run(self) -> int:
        mailer = mailer_of(self.settings)
        return await tell_organizers(self.pool, mailer, public_url="http://handsel.test", now=self.clock())

    def read(self) -> list[str]:
        """To whom mail went."""
        return sorted(each.to for each in self.mailbox.mails())


@pytest.fixture
def telling(pool: Pool, settings: Settings, clock: Clock, mailbox: Mailbox) -> Telling:
    return Telling(pool, settings, clock, mailbox)


async def test_a_mail_says_that_a_report_waits_and_where_and_nothing_of_it(
    front_door: FrontDoor, world: World, event: Event, ana: Attendee, organizer: Somebody, swap: str, telling: Telling
) -> None:
    owner, _ = await world.team(event, Role.OWNER), await world.team(event, Role.DOOR_HELPER)
    await block(front_door, ana, swap, "Would not leave me alone", namesMe=True)

    assert await telling.run() == 1
    assert await telling.run() == 0

    assert telling.read() == sorted([organizer.email, owner.email])
    for mail in telling.mailbox.mails():
        said = f"{mail.subject}\n{mail.text}"
        assert "http://handsel.test/organize/summit/reports" in said
        assert not any(each in said for each in ("Ana", "Ben", "alone", ana.person.email))


async def test_two_reports_at_once_are_one_mail_and_a_later_one_another(
    front_door: FrontDoor, world: World, event: Event, ana: Attendee, organizer: Somebody, swap: str, telling: Telling
) -> None:
    for words in ("One", "Two"):
        await block(front_door, ana, swap, words)
    assert await telling.run() == 2
    assert telling.read() == [organizer.email]

    await block(front_door, ana, swap, "Three")
    await telling.run()

    assert telling.read() == [organizer.email] * 2


async def test_whom_a_report_is_about_gets_no_mail_of_it(
    front_door: FrontDoor,
    world: World,
    event: Event,
    ana: Attendee,
    ben: Attendee,
    organizer: Somebody,
    swap: str,
    telling: Telling,
) -> None:
    await world.role(ben.person, event, Role.ORGANIZER)
    await block(front_door, ana, swap, "Would not leave me alone")

    await telling.run()

    assert telling.read() == [organizer.email]


async def test_what_could_not_be_mailed_is_tried_again(
    front_door: FrontDoor, event: Event, ana: Attendee, organizer: Somebody, swap: str, telling: Telling
) -> None:
    await block(front_door, ana, swap, "Would not leave me alone")
    working = telling.settings
    telling.settings = working.model_copy(update={"smtp_url": SecretStr("smtp://127.0.0.1:9")})
    assert await telling.run() == 0

    telling.settings = working
    assert await telling.run() == 1

    assert telling.read() == [organizer.email]
