"""Ending mails from a mail: one click for the reader's own button, a page with a button for everybody else."""

import re
from email import message_from_bytes
from email.policy import default

from server.notifications.models import NoticeKind
from server.notifications.posting.office import PostOffice
from server.notifications.telling import tell
from server.notifications.unsubscribing import Unsubscription, read_unsubscribe_token, unsubscribe_token
from server.settings import Settings
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.world import Somebody, World

CLICK = {"content-type": "application/x-www-form-urlencoded"}


async def mail_of(world: World, office: PostOffice, mailbox: Mailbox, person: Somebody, key: str = "a") -> bytes:
    async with world.pool.acquire() as connection:
        await tell(
            connection, person_id=person.id, kind=NoticeKind.MEETING_PROPOSED, key=key, path="/meetings",
            now=world.clock(),
        )  # fmt: skip
    await office.send_due()
    (file,) = mailbox.folder.glob("*.eml")
    return file.read_bytes()


def address_in(mail: bytes) -> str:
    """The path of the header's address, as a mail reader finds it."""
    found = re.fullmatch(
        r"<http://handsel\.test(/unsubscribe/\S+)>", str(message_from_bytes(mail, policy=default)["List-Unsubscribe"])
    )
    assert found
    return found[1]


async def test_one_click_ends_mails_of_that_kind_without_signing_in(
    front_door: FrontDoor, world: World, office: PostOffice, mailbox: Mailbox
) -> None:
    ana = await world.person()
    mail = await mail_of(world, office, mailbox, ana)
    assert message_from_bytes(mail, policy=default)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    for _ in range(2):
        answer = await front_door.client.post(address_in(mail), content="List-Unsubscribe=One-Click", headers=CLICK)
        assert answer.status_code == 200
    async with world.pool.acquire() as connection:
        for kind in (NoticeKind.MEETING_PROPOSED, NoticeKind.MEETING_CHANGED):
            await tell(connection, person_id=ana.id, kind=kind, key="b", path="/meetings", now=world.clock())
    await office.send_due()

    assert [each.subject for each in mailbox.mails()][1:] == ["Something changed about a 1-2-1"]


async def test_looking_changes_nothing_and_the_second_button_ends_all_mails(
    front_door: FrontDoor, world: World, office: PostOffice, mailbox: Mailbox
) -> None:
    ana = await world.person()
    await world.pool.execute("UPDATE people SET locale = 'de' WHERE id = $1", ana.id)
    address = address_in(await mail_of(world, office, mailbox, ana))

    page = await front_door.client.get(address)
    assert "Diese Mails beenden?" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert await world.pool.fetchval("SELECT count(*) FROM notice_switches") == 0

    await front_door.client.post(address, content="which=all", headers=CLICK)
    off = await world.pool.fetch("SELECT kind FROM notice_switches WHERE channel = 'MAIL' AND NOT is_on")
    assert {NoticeKind(row["kind"]) for row in off} == set(NoticeKind) - {NoticeKind.TEST, NoticeKind.SWAP}


async def test_a_made_up_or_changed_link_does_nothing(front_door: FrontDoor, world: World, settings: Settings) -> None:
    ana = await world.person()
    token = unsubscribe_token(settings.secrets(), Unsubscription(ana.id, NoticeKind.EVENING_READY))
    changed = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]

    for each in ("x", "AAAA", changed, token * 2):
        assert (await front_door.client.get(f"/unsubscribe/{each}")).status_code == 404
        assert (await front_door.client.post(f"/unsubscribe/{each}")).status_code == 404
    assert await world.pool.fetchval("SELECT count(*) FROM notice_switches") == 0


async def test_a_link_of_an_account_that_is_gone_answers_as_ever(
    front_door: FrontDoor, world: World, settings: Settings
) -> None:
    ana = await world.person()
    token = unsubscribe_token(settings.secrets(), Unsubscription(ana.id, NoticeKind.EVENING_READY))
    await world.pool.execute("DELETE FROM people")

    answer = await front_door.client.post(f"/unsubscribe/{token}", content="x" * 100_000)

    assert answer.status_code == 200


async def test_the_link_hides_whom_it_is_about_and_is_another_each_time(settings: Settings, world: World) -> None:
    ana = await world.person()
    about = Unsubscription(ana.id, NoticeKind.EVENING_READY)

    one, other = (unsubscribe_token(settings.secrets(), about) for _ in range(2))

    assert one != other
    assert ana.id.hex not in one
    assert read_unsubscribe_token(settings.secrets(), one) == about
