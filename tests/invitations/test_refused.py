"""An address that the mail server refuses for good: said by name to organizers, and left in peace until they ask or the
list has another.
"""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette

from server.db import Pool
from server.events.models import Event, Role
from server.jobs.invitations import KINDS
from server.jobs.kinds import Post, Tools, read_ids
from server.notifications.mail import Mailer
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.notifications.conftest import Postbox, postbox
from tests.world import World

__all__ = ["postbox"]

TOLD = "new unsent sent underWay refusedCount refused { registration name ticketType }"
LOOK = f"query ($event: ID!) {{ attendeeInvitations(event: $event) {{ {TOLD} }} }}"
INVITE = f"mutation ($event: ID!) {{ inviteAttendees(event: $event) {{ ... on AttendeeInvitations {{ {TOLD} }} }} }}"
AGAIN = f"""
    mutation ($registration: ID!) {{ tryInvitationAgain(registration: $registration) {{
        __typename ... on AttendeeInvitations {{ {TOLD} }} }} }}
"""
NO_SUCH_MAILBOX = "550 no such mailbox ana@example.org"


@pytest.fixture
async def event(world: World) -> Event:
    event = await world.event()
    await world.registration(event, name="Ana", email="ana@example.org")
    return event


@pytest.fixture
async def desk(front_door: FrontDoor, world: World, event: Event) -> FrontDoor:
    return front_door.as_((await world.team(event)).token)


@pytest.fixture
def tools(world: World, pool: Pool, app: Starlette, postbox: Postbox) -> Tools:
    mailer = Mailer(sender="a@handsel.test", outbox=app.state.services.settings.outbox, smtp_url=postbox.url)
    postbox.answers = [NO_SUCH_MAILBOX]
    return Tools(pool, world.clock, world.secrets, post=Post(mailer, "http://handsel.test"))


async def work(tools: Tools) -> None:
    """What a worker does with all that waits."""
    [kind] = KINDS
    for row in await tools.pool.fetch("DELETE FROM pgqueuer WHERE entrypoint = $1 RETURNING payload", kind.name):
        await kind.work(tools, read_ids(row["payload"]))


async def pressed(desk: FrontDoor, event: Event, tools: Tools) -> dict[str, Any]:
    """What the screen says after everybody was to be mailed."""
    await desk.ask(INVITE, event=id_of(event))
    await work(tools)
    told: dict[str, Any] = (await desk.ask(LOOK, event=id_of(event)))["attendeeInvitations"]
    return told


async def test_it_is_named_and_not_tried_again_however_often_the_organizer_presses(
    desk: FrontDoor,
    event: Event,
    tools: Tools,
    postbox: Postbox,
    world: World,
) -> None:
    first = await pressed(desk, event, tools)
    await world.registration(event, name="Ben", email="ben@example.org")
    again = await pressed(desk, event, tools)

    assert [each["name"] for each in first["refused"]] == ["Ana"]
    assert [first[each] for each in ("new", "unsent", "sent", "refusedCount")] == [0, 0, 0, 1]
    assert again == first | {"sent": 1}
    assert postbox.recipients == ["ben@example.org"]


async def test_another_place_of_that_address_waits_with_it(
    desk: FrontDoor,
    event: Event,
    tools: Tools,
    postbox: Postbox,
    world: World,
) -> None:
    await pressed(desk, event, tools)
    await world.registration(event, name="Guest of Ana", email="ana@example.org")
    before = (await desk.ask(LOOK, event=id_of(event)))["attendeeInvitations"]

    told = await pressed(desk, event, tools)

    assert before == told
    assert [each["name"] for each in told["refused"]] == ["Ana", "Guest of Ana"]
    assert postbox.recipients == []


async def test_it_is_tried_again_when_the_organizer_asks_for_that_one(
    desk: FrontDoor,
    event: Event,
    tools: Tools,
    postbox: Postbox,
) -> None:
    [refused] = (await pressed(desk, event, tools))["refused"]

    for _ in range(2):
        told = (await desk.ask(AGAIN, registration=refused["registration"]))["tryInvitationAgain"]
    await work(tools)
    after = (await desk.ask(LOOK, event=id_of(event)))["attendeeInvitations"]

    assert (told["unsent"], told["underWay"], told["refused"]) == (1, True, [])
    assert (after["sent"], after["refusedCount"]) == (1, 0)
    assert postbox.recipients == ["ana@example.org"]


async def test_another_address_in_the_list_is_tried(
    desk: FrontDoor,
    event: Event,
    tools: Tools,
    postbox: Postbox,
    pool: Pool,
) -> None:
    await pressed(desk, event, tools)
    await pool.execute("UPDATE registrations SET email = $1, email_key = $1 WHERE name = 'Ana'", "ana@new.example.org")

    told = await pressed(desk, event, tools)

    assert (told["sent"], told["unsent"], told["refused"]) == (1, 0, [])
    assert postbox.recipients == ["ana@new.example.org"]


@pytest.mark.parametrize("answer", ["450 busy", "451 try later"])
async def test_a_refusal_for_now_is_tried_at_the_next_press(
    desk: FrontDoor,
    event: Event,
    tools: Tools,
    postbox: Postbox,
    answer: str,
) -> None:
    postbox.answers = [answer]

    first = await pressed(desk, event, tools)
    second = await pressed(desk, event, tools)

    assert (first["unsent"], first["refused"]) == (1, [])
    assert (second["sent"], second["unsent"]) == (1, 0)


async def test_who_is_on_the_list_while_mails_leave_is_mailed_by_the_same_job(
    desk: FrontDoor,
    event: Event,
    tools: Tools,
    postbox: Postbox,
    world: World,
) -> None:
    """A second press queues no second job while one is at work."""
    postbox.answers = []
    postbox.may_answer.clear()
    await desk.ask(INVITE, event=id_of(event))
    [kind] = KINDS
    job = asyncio.create_task(kind.work(tools, {"event": str(event.id)}))
    await postbox.has_taken.wait()
    await world.registration(event, name="Kit", email="kit@example.org")
    await desk.ask(INVITE, event=id_of(event))

    postbox.may_answer.set()
    await job

    assert sorted(postbox.recipients) == ["ana@example.org", "kit@example.org"]


async def test_only_organizers_hear_of_it(
    desk: FrontDoor, event: Event, tools: Tools, front_door: FrontDoor, world: World
) -> None:
    [refused] = (await pressed(desk, event, tools))["refused"]
    helper = front_door.as_((await world.team(event, Role.DOOR_HELPER)).token)

    assert await helper.refusal(LOOK, event=id_of(event)) == "FORBIDDEN"
    assert await helper.refusal(AGAIN, registration=refused["registration"]) == "FORBIDDEN"
