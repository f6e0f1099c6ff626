"""An evening's list is told once, by a mail that lists what is still to do and a push that names nobody."""

import pytest

from server.evening.making import make_evenings
from server.jobs.notices import post_office
from server.notifications.mail import mailer_of
from server.notifications.posting.office import PostOffice
from server.settings import Settings
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.world import Attendee, World

EVENING = "query ($event: ID!) { evening(event: $event) { followUps { reason } } }"


@pytest.fixture
async def ana(world: World) -> Attendee:
    """Somebody who promised Ben something; it is the evening."""
    event = await world.event()
    ana, ben = await world.attendee(event, "Ana Duarte"), await world.attendee(event, "Ben Okafor")
    await world.promise(ana, await world.swap(ana, ben), "the article on soil <sensors>")
    world.clock.now = event.evening_starts_at(event.day_of(world.clock()))
    return ana


@pytest.fixture
def office(world: World, settings: Settings) -> PostOffice:
    return post_office(
        world.pool, mailer=mailer_of(settings), secrets=settings.secrets(), settings=settings, clock=world.clock
    )


async def make(world: World, ana: Attendee) -> None:
    async with world.pool.acquire() as connection:
        await make_evenings(connection, event=ana.event, day=ana.event.day_of(world.clock()), now=world.clock())


async def test_the_mail_lists_what_there_is_to_do_and_comes_once(
    world: World, office: PostOffice, mailbox: Mailbox, ana: Attendee
) -> None:
    for _ in range(3):
        await make(world, ana)
        await office.send_due()
        world.clock.advance(minutes=1)

    (mail,) = mailbox.mails(ana.person.email)
    assert mail.subject == "Your evening"
    assert "You promised Ben" in mail.text
    assert "the article on soil <sensors>" in mail.text
    assert "http://handsel.test/evening" in mail.text
    assert ana.person.token not in mail.text


async def test_words_of_somebody_are_text_in_the_set_mail_as_well(
    world: World, office: PostOffice, mailbox: Mailbox, ana: Attendee
) -> None:
    await make(world, ana)
    await office.send_due()

    (file,) = mailbox.folder.glob("*.eml")
    written = mailbox.html(file)
    assert "the article on soil &lt;sensors&gt;" in written
    assert "<script" not in written
    assert "<img" not in written


async def test_who_has_opened_the_list_gets_no_mail_about_it(
    front_door: FrontDoor, world: World, office: PostOffice, mailbox: Mailbox, ana: Attendee
) -> None:
    await make(world, ana)
    await front_door.as_(ana.token).ask(EVENING, event=id_of(ana.event))
    await office.send_due()

    assert mailbox.mails(ana.person.email) == []


async def test_what_was_withdrawn_meanwhile_is_in_no_mail(
    world: World, office: PostOffice, mailbox: Mailbox, ana: Attendee
) -> None:
    await make(world, ana)
    await world.pool.execute("UPDATE swaps SET withdrawn_at = $1", world.clock())
    await office.send_due()

    assert mailbox.mails(ana.person.email) == []


async def test_who_met_nobody_is_told_nothing(world: World, office: PostOffice, mailbox: Mailbox) -> None:
    event = await world.event()
    lonely = await world.attendee(event)
    world.clock.now = event.evening_starts_at(event.day_of(world.clock()))
    await make(world, lonely)
    await office.send_due()

    assert mailbox.mails() == []
