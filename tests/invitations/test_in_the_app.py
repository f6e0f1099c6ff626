"""An organizer mails everybody their place from the app: once, by a worker, told in numbers."""

from typing import Any

import pytest
from starlette.applications import Starlette

from server.db import Pool
from server.events.models import Event
from server.invitations import operations
from server.invitations.models import Delivery
from server.jobs.invitations import KINDS
from server.jobs.kinds import Post, Tools, read_ids
from server.notifications.mail import Mailer, MailNotSent
from server.notifications.models import Letter
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.world import World

NUMBERS = "new unsent sent withoutAddress underWay"
LOOK = f"query ($event: ID!) {{ attendeeInvitations(event: $event) {{ {NUMBERS} }} }}"
INVITE = f"""
    mutation ($event: ID!) {{ inviteAttendees(event: $event) {{
        __typename ... on AttendeeInvitations {{ {NUMBERS} }} ... on Problem {{ message }} }} }}
"""


def numbers(*, new: int = 0, unsent: int = 0, sent: int = 0, under_way: bool = False) -> dict[str, Any]:
    """With one person on the list who has no address."""
    return {"new": new, "unsent": unsent, "sent": sent, "withoutAddress": 1, "underWay": under_way}


@pytest.fixture
async def event(world: World) -> Event:
    event = await world.event()
    for name in ("ana", "ben", "kit"):
        await world.registration(event, name=name, email=f"{name}@example.org")
    await world.registration(event, name="Sam", email=None)
    return event


@pytest.fixture
async def desk(front_door: FrontDoor, world: World, event: Event) -> FrontDoor:
    return front_door.as_((await world.team(event)).token)


@pytest.fixture
def tools(world: World, pool: Pool, app: Starlette) -> Tools:
    settings = app.state.services.settings
    post = Post(Mailer(sender="Handsel <handsel@handsel.test>", outbox=settings.outbox), "http://handsel.test")
    return Tools(pool, world.clock, world.secrets, post=post)


async def work(tools: Tools) -> None:
    """What a worker does with all that waits."""
    [kind] = KINDS
    for row in await tools.pool.fetch("DELETE FROM pgqueuer WHERE entrypoint = $1 RETURNING payload", kind.name):
        await kind.work(tools, read_ids(row["payload"]))


async def test_everybody_with_an_address_is_mailed_once_however_often_it_is_asked_for(
    desk: FrontDoor, event: Event, tools: Tools, mailbox: Mailbox
) -> None:
    before = (await desk.ask(LOOK, event=id_of(event)))["attendeeInvitations"]
    for _ in range(2):
        told = (await desk.ask(INVITE, event=id_of(event)))["inviteAttendees"]
    await work(tools)
    after = (await desk.ask(LOOK, event=id_of(event)))["attendeeInvitations"]
    again = (await desk.ask(INVITE, event=id_of(event)))["inviteAttendees"]

    assert before == numbers(new=3)
    assert told == {"__typename": "AttendeeInvitations"} | numbers(unsent=3, under_way=True)
    assert after == numbers(sent=3)
    assert again == {"__typename": "AttendeeInvitations"} | numbers(sent=3)
    assert sorted(mail.to for mail in mailbox.mails()) == [f"{name}@example.org" for name in ("ana", "ben", "kit")]
    assert mailbox.newest("ana@example.org").link.startswith("http://handsel.test/invite#code=")


async def test_who_is_on_the_list_later_is_mailed_alone(
    desk: FrontDoor, event: Event, tools: Tools, mailbox: Mailbox, world: World
) -> None:
    await desk.ask(INVITE, event=id_of(event))
    await work(tools)
    await world.registration(event, name="Noor", email="noor@example.org")

    told = (await desk.ask(LOOK, event=id_of(event)))["attendeeInvitations"]
    await desk.ask(INVITE, event=id_of(event))
    await work(tools)

    assert told == numbers(new=1, sent=3)
    assert [mail.to for mail in mailbox.mails()].count("noor@example.org") == 1
    assert len(mailbox.mails()) == 4


async def test_after_the_event_nobody_is_mailed(
    desk: FrontDoor, event: Event, tools: Tools, mailbox: Mailbox, world: World
) -> None:
    await desk.ask(INVITE, event=id_of(event))
    world.clock.advance(hours=21)
    await work(tools)

    refused = (await desk.ask(INVITE, event=id_of(event)))["inviteAttendees"]

    assert refused == {"__typename": "TooLateToInvite", "message": "This event is over. Nobody was mailed."}
    assert mailbox.mails() == []


async def test_an_address_that_is_refused_holds_up_nobody(world: World, event: Event, pool: Pool) -> None:
    async def deliver(letter: Letter) -> None:
        if letter.to == "ana@example.org":
            raise MailNotSent("the mail server refused it", is_final=True, is_address=True)

    async with pool.acquire() as connection:
        waiting = await operations.prepare_invitations(
            connection, event=event, secrets=world.secrets, now=world.clock()
        )
        sending = operations.send_invitations(
            connection, event=event, waiting=waiting, deliver=deliver, secrets=world.secrets,
            public_url="http://handsel.test", clock=world.clock,
        )  # fmt: skip
        became = [each async for each in sending]
        assert (became.count(Delivery.REFUSED), became.count(Delivery.SENT)) == (1, 2)
        told = await operations.foresee(connection, event=event)
        assert (told.unsent, told.refused) == (0, 1)


async def test_while_the_mail_server_is_away_the_job_fails_and_is_taken_up_again(
    desk: FrontDoor, event: Event, tools: Tools, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "MOST_IN_A_ROW", 2)
    away = Post(Mailer(sender="a@handsel.test", outbox=mailbox.folder, smtp_url="smtp://127.0.0.1:9"), "http://h.test")
    await desk.ask(INVITE, event=id_of(event))
    [kind] = KINDS

    with pytest.raises(MailNotSent):
        await kind.work(Tools(tools.pool, tools.clock, tools.secrets, post=away), {"event": str(event.id)})
    await work(tools)

    assert len(mailbox.mails()) == 3
