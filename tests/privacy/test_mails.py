"""What leaves by mail: the code or the ticket that somebody is owed, to their own address, and nothing of a card, a
contact or a conversation. What opens something stands behind the # of a link, where no server sees it.
"""

from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette

from server.invitations.operations import prepare_invitations, send_invitation
from server.notifications.mail import mailer_of
from server.reports.telling import tell_organizers
from tests.front_door import FrontDoor
from tests.mailbox import Mail, Mailbox
from tests.privacy.town import Town
from tests.sessions.steps import request_sign_in
from tests.world import World

CLAIM = "mutation ($badge: String!, $email: String!) { claimBadge(badge: $badge, email: $email) { attempt } }"


@pytest.fixture
async def mails(app: Starlette, front_door: FrontDoor, world: World, mailbox: Mailbox) -> tuple[Town, list[Mail]]:
    """Everybody signed in, claimed their badge and was invited; then all that was mailed."""
    town = await Town.build(front_door, world)
    for each in town.residents.values():
        await request_sign_in(front_door, each.canaries["signInMail"])
        badge = {"badge": each.attendee.badge.token, "email": each.canaries["signInMail"]}
        await front_door.ask(CLAIM, **badge)
    await world.pool.execute("UPDATE registrations SET person_id = NULL, claimed_at = NULL")
    services = app.state.services
    async with world.pool.acquire() as connection, mailer_of(services.settings).batch() as deliver:
        for invitation_id in await prepare_invitations(
            connection, event=town.here, secrets=world.secrets, now=world.clock()
        ):
            await send_invitation(
                connection, event=town.here, invitation_id=invitation_id, deliver=deliver, secrets=world.secrets,
                public_url=services.settings.public_url, now=world.clock(),
            )  # fmt: skip
    return town, mailbox.mails()


async def test_a_mail_holds_its_readers_own_ticket_and_nothing_else_of_anybody(mails: tuple[Town, list[Mail]]) -> None:
    town, mailed = mails
    assert len(mailed) == 3 * len(town.residents)
    for mail in mailed:
        [reader] = [each for each in town.residents.values() if each.canaries["signInMail"] == mail.to]
        allowed = {"signInMail", "ticketName"} if mail.subject.startswith("Your place") else {"signInMail"}
        said = f"{mail.subject}\n{mail.text}"

        assert town.leaks(said, reader.sung(*allowed)) == [], mail.subject
        if "ticketName" in allowed:
            code = reader.canaries["ticket"]
            assert f"{code[:5]} {code[5:]}" in said


async def test_a_mail_about_a_report_goes_to_organizers_and_holds_nothing_of_anybody(
    app: Starlette, front_door: FrontDoor, world: World, mailbox: Mailbox
) -> None:
    town = await Town.build(front_door, world)
    services = app.state.services
    organizers = await world.pool.fetch(
        "SELECT email FROM people JOIN event_roles ON event_roles.person_id = people.id"
        " WHERE event_id = $1 AND role IN ('OWNER', 'ORGANIZER')",
        town.here.id,
    )

    told = await tell_organizers(
        world.pool, services.mailer, public_url=services.settings.public_url, now=world.clock()
    )

    assert told == 2
    assert {mail.to for mail in mailbox.mails()} == {row["email"] for row in organizers}
    for mail in mailbox.mails():
        assert town.leaks(f"{mail.subject}\n{mail.text}\n{mail.message_id}", ()) == []
        assert mail.link == f"http://handsel.test/organize/{town.here.slug}/reports"


async def test_what_opens_something_stands_behind_the_hash_of_a_link(mails: tuple[Town, list[Mail]]) -> None:
    _, mailed = mails
    for mail in mailed:
        link = urlsplit(mail.link)

        assert (link.netloc, link.query) == ("handsel.test", "")
        assert link.path in {"/sign-in", "/invite"}
        assert set(mail.fragment) in ({"attempt", "code"}, {"code"})


async def test_only_its_reader_is_named_in_the_files_of_the_outbox(
    mails: tuple[Town, list[Mail]], mailbox: Mailbox
) -> None:
    town, _ = mails
    for file in mailbox.folder.iterdir():
        assert town.leaks(file.name, ()) == []
        assert file.stat().st_mode & 0o077 == 0
    assert mailbox.folder.stat().st_mode & 0o077 == 0
