"""Inviting everybody on a list: each address once, however often, however many at once, wherever it is killed."""

import asyncio
from collections.abc import Callable

import pytest

from server.badges.tokens import read_ticket
from server.db import Pool
from server.events.models import Event
from server.invitations import operations
from server.invitations.errors import TooLateToInvite
from server.invitations.models import Delivery, Forecast
from server.notifications.mail import Deliver, Mailer, MailNotSent
from server.notifications.models import Letter
from server.settings import Settings
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.sessions.steps import ME, sign_in
from tests.world import World

ANA, BEN = "ana@example.org", "ben@example.org"


@pytest.fixture
async def deliver(settings: Settings) -> Deliver:
    """Puts letters into the outbox folder."""
    return Mailer(sender="Handsel <handsel@handsel.test>", outbox=settings.outbox).deliver


async def run(world: World, event: Event, deliver: Deliver) -> list[Delivery]:
    """One run of the command, to its end."""
    async with world.pool.acquire() as connection:
        waiting = await operations.prepare_invitations(
            connection, event=event, secrets=world.secrets, now=world.clock()
        )
        return [
            await operations.send_invitation(
                connection,
                event=event,
                invitation_id=each,
                deliver=deliver,
                secrets=world.secrets,
                public_url="http://handsel.test",
                now=world.clock(),
            )
            for each in waiting
        ]


async def test_each_address_gets_its_link_and_ticket(world: World, deliver: Deliver, mailbox: Mailbox) -> None:
    event = await world.event(title="Repair\nSummit")
    ana = await world.attendee(event, "Ana Duarte")
    await world.registration(event, name="Ben Okafor", email=BEN)

    await run(world, event, deliver)

    assert sorted(mail.to for mail in mailbox.mails()) == sorted([ana.person.email, BEN])
    mail = mailbox.newest(ana.person.email)
    assert mail.subject == "Your place at Repair Summit"
    assert "Thursday 22 April 2027, 09:00 (Europe/Lisbon), The old school" in mail.text
    assert f"Ana Duarte, Day ticket: {ana.ticket[:5]} {ana.ticket[5:]}" in mail.text
    assert read_ticket(f"{ana.ticket[:5]} {ana.ticket[5:]}") == ana.ticket
    assert "until Thursday 6 May 2027" in mail.text


async def test_the_mailed_link_signs_in(
    world: World, deliver: Deliver, mailbox: Mailbox, new_phone: Callable[[], FrontDoor]
) -> None:
    event, phone = await world.event(), new_phone()
    await world.registration(event, name="Ana Duarte", email=ANA)
    await run(world, event, deliver)
    link = mailbox.newest(ANA).link

    assert link.startswith("http://handsel.test/invite#code=")
    await sign_in(phone, link.partition("#code=")[2])

    assert (await phone.ask(ME))["me"]["registrations"][0]["card"]["name"] == "Ana Duarte"


async def test_several_tickets_of_one_address_come_in_one_mail(
    world: World, deliver: Deliver, mailbox: Mailbox, new_phone: Callable[[], FrontDoor]
) -> None:
    event, phone = await world.event(), new_phone()
    for name in ("Ana Duarte", "Ben Okafor", "Cleo Wirth"):
        await world.registration(event, name=name, email=ANA)

    await run(world, event, deliver)

    [mail] = mailbox.mails()
    assert mail.subject == "Your 3 places at Repair Summit"
    assert all(name in mail.text for name in ("Ana Duarte", "Ben Okafor", "Cleo Wirth"))
    await sign_in(phone, mail.fragment["code"])
    assert len((await phone.ask(ME))["me"]["claimable"]) == 3


async def test_cancelled_places_and_those_without_address_are_left_out(
    world: World, deliver: Deliver, mailbox: Mailbox
) -> None:
    event = await world.event()
    await world.registration(event, email=ANA, cancelled_at=world.clock())
    await world.registration(event, email=None)
    await world.registration(await world.event(), email=BEN)

    assert await run(world, event, deliver) == []
    assert mailbox.mails() == []


async def test_a_second_run_mails_nobody_again(world: World, deliver: Deliver, mailbox: Mailbox) -> None:
    event = await world.event()
    await world.registration(event, email=ANA)
    await run(world, event, deliver)

    assert await run(world, event, deliver) == []
    assert len(mailbox.mails()) == 1


async def test_a_place_that_came_later_or_moved_gets_a_mail_of_its_own(
    world: World, deliver: Deliver, mailbox: Mailbox, pool: Pool
) -> None:
    event = await world.event()
    await world.registration(event, name="First", email=ANA)
    moved, _ = await world.registration(event, name="Moved", email="typo@example.org")
    await run(world, event, deliver)

    await world.registration(event, name="Second", email=ANA)
    await pool.execute("UPDATE registrations SET email = $2, email_key = $2 WHERE id = $1", moved, BEN)
    await run(world, event, deliver)

    assert "Second" in mailbox.newest(ANA).text
    assert "First" not in mailbox.newest(ANA).text
    assert "Moved" in mailbox.newest(BEN).text
    assert len(mailbox.mails()) == 4


async def test_runs_at_once_mail_each_address_once(world: World, deliver: Deliver) -> None:
    event = await world.event()
    for number in range(12):
        await world.registration(event, email=f"person{number}@example.org")
    delivered: list[str] = []

    async def slowly(letter: Letter) -> None:
        await asyncio.sleep(0.01)
        delivered.append(letter.to)

    runs = await asyncio.gather(*(run(world, event, slowly) for _ in range(4)))

    assert sorted(delivered) == sorted(f"person{number}@example.org" for number in range(12))
    assert sum(each.count(Delivery.SENT) for each in runs) == 12


async def test_a_run_that_is_killed_half_way_is_finished_by_the_next(
    world: World, deliver: Deliver, mailbox: Mailbox
) -> None:
    event = await world.event()
    for number in range(4):
        await world.registration(event, email=f"person{number}@example.org")
    left = 2

    async def until_killed(letter: Letter) -> None:
        nonlocal left
        if left == 0:
            raise asyncio.CancelledError
        left -= 1
        await deliver(letter)

    with pytest.raises(asyncio.CancelledError):
        await run(world, event, until_killed)
    assert len(mailbox.mails()) == 2

    assert await run(world, event, deliver) == [Delivery.SENT, Delivery.SENT]
    assert len({mail.to for mail in mailbox.mails()}) == len(mailbox.mails()) == 4


async def test_a_mail_whose_delivery_was_not_marked_is_the_same_mail_again(
    world: World, deliver: Deliver, new_phone: Callable[[], FrontDoor]
) -> None:
    event = await world.event()
    await world.registration(event, email=ANA)
    letters: list[Letter] = []

    async def taken_but_never_told(letter: Letter) -> None:
        letters.append(letter)
        if len(letters) == 1:
            raise MailNotSent("the line broke after the last word", is_final=False)

    with pytest.raises(MailNotSent):
        await run(world, event, taken_but_never_told)
    await run(world, event, taken_but_never_told)

    first, second = letters
    assert (first.message_id, first.text) == (second.message_id, second.text)
    assert (await sign_in(new_phone(), first.text.partition("#code=")[2].split()[0]))["__typename"] == "SignedIn"


async def test_a_place_cancelled_before_its_mail_left_is_not_told_of(
    world: World, deliver: Deliver, mailbox: Mailbox, pool: Pool
) -> None:
    event = await world.event()
    await world.registration(event, email=ANA)
    async with pool.acquire() as connection:
        waiting = await operations.prepare_invitations(
            connection, event=event, secrets=world.secrets, now=world.clock()
        )
        await pool.execute("UPDATE registrations SET cancelled_at = now()")
        sending = operations.send_invitations(
            connection, event=event, waiting=waiting, deliver=deliver, secrets=world.secrets,
            public_url="http://handsel.test", clock=world.clock,
        )  # fmt: skip

        assert [each async for each in sending] == [Delivery.POINTLESS]
    assert mailbox.mails() == []


async def test_a_mail_to_an_address_that_was_mended_or_a_place_that_was_cancelled_waits_no_longer(
    world: World, deliver: Deliver, mailbox: Mailbox, pool: Pool
) -> None:
    """Else the list would say for ever that it could not be delivered."""
    event = await world.event()
    mended, _ = await world.registration(event, name="Ana", email="typo@example.org")
    cancelled, _ = await world.registration(event, email=BEN)
    async with pool.acquire() as connection:
        await operations.prepare_invitations(connection, event=event, secrets=world.secrets, now=world.clock())
        await pool.execute("UPDATE registrations SET email = $2, email_key = $2 WHERE id = $1", mended, ANA)
        await pool.execute("UPDATE registrations SET cancelled_at = now() WHERE id = $1", cancelled)
        before = await operations.foresee(connection, event=event)
        became = await run(world, event, deliver)
        after = await operations.foresee(connection, event=event)
        await pool.execute("UPDATE registrations SET cancelled_at = NULL WHERE id = $1", cancelled)
        back = await operations.foresee(connection, event=event)

    assert (before.new, before.unsent) == (1, 0)
    assert became == [Delivery.SENT]
    assert [mail.to for mail in mailbox.mails()] == [ANA]
    assert (after.new, after.unsent, after.sent) == (0, 0, 1)
    assert back.unsent == 1


async def test_the_link_lives_from_the_day_it_was_sent(
    world: World, deliver: Deliver, mailbox: Mailbox, pool: Pool, new_phone: Callable[[], FrontDoor]
) -> None:
    start = world.clock()
    event = await world.event(starts_at=start.replace(day=30), ends_at=start.replace(month=5, day=1))
    await world.registration(event, email=ANA)
    async with pool.acquire() as connection:
        await operations.prepare_invitations(connection, event=event, secrets=world.secrets, now=world.clock())
    world.clock.advance(days=5)
    await run(world, event, deliver)

    world.clock.advance(days=13)

    assert (await sign_in(new_phone(), mailbox.newest(ANA).fragment["code"]))["__typename"] == "SignedIn"


async def test_after_the_event_nobody_is_mailed(world: World, deliver: Deliver, mailbox: Mailbox) -> None:
    event = await world.event()
    await world.registration(event, email=ANA)
    world.clock.advance(hours=21)

    with pytest.raises(TooLateToInvite):
        await run(world, event, deliver)

    assert mailbox.mails() == []


async def test_a_forecast_counts_and_changes_nothing(world: World, deliver: Deliver, pool: Pool) -> None:
    event = await world.event()
    await world.registration(event, email=ANA)
    await world.registration(event, email=None)
    async with pool.acquire() as connection:
        before = await operations.foresee(connection, event=event)
        assert await operations.foresee(connection, event=event) == before
        await run(world, event, deliver)
        after = await operations.foresee(connection, event=event)

    assert before == Forecast(new=1, unsent=0, sent=0, without_address=1, is_under_way=False)
    assert after == Forecast(new=0, unsent=0, sent=1, without_address=1, is_under_way=False)


async def test_the_database_does_not_hold_the_code(
    world: World, deliver: Deliver, mailbox: Mailbox, pool: Pool
) -> None:
    event = await world.event()
    await world.registration(event, email=ANA)

    await run(world, event, deliver)

    assert mailbox.newest(ANA).fragment["code"] not in str(await pool.fetch("SELECT * FROM invitations"))
