"""What leaves by mail and push, and what calendars are given, in a town where every word of everybody is a canary.

A push tells nothing of anybody. A mail tells its own person what their screens tell them, and of whoever withdrew,
blocked or is gone by the moment it leaves, nothing at all: also where it was told and laid out before.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from schema.ids import Kind, read_any
from server.evening.making import make_evenings
from server.notifications.laying_out import lay_out
from server.notifications.posting.office import PostOffice
from server.promises.reminding import remind_of_due
from server.reviews.making import make_due
from tests.encounters.documents import BLOCK, WITHDRAW
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.notifications.push_peer import PushPeer
from tests.privacy.hearing import allowed
from tests.privacy.town import ANSWER, Town
from tests.world import World

CALENDAR = """
    { meetings { with { card { name } } calendarFile { name content } }
      goneMeetings { calendarFile { name content } } }
"""
INTRODUCTIONS = "{ introductions { reason note other { name upTo goodIntroduction } contact { email phone links } } }"
SUBJECTS = {
    "Your evening", "Your weekly review", "Something you promised is due", "Something changed about a 1-2-1",
    "You have been introduced",
}  # fmt: skip


@pytest.fixture
def office(open_office: Callable[..., PostOffice]) -> PostOffice:
    """A post office that asks each notice for its cause, as a server's does."""
    return open_office()


@pytest.fixture
async def town(front_door: FrontDoor, world: World, peer: PushPeer) -> Town:
    """Everything there is to tell has been told and laid out, and nothing has left: the town's evening has come, six
    o'clock and the hour of a review. Everybody has a device.
    """
    town = await Town.build(front_door, world)
    for each in town.residents.values():
        await peer.device(world, each.attendee.person)
    day, now = town.here.day_of(world.clock()), world.clock()
    await world.pool.execute("UPDATE evenings SET opened_at = NULL")
    await world.pool.execute("UPDATE promises SET due_on = $1, made_at = made_at - interval '1 day'", day)
    await world.pool.execute("DELETE FROM notices WHERE key = 'told'")  # one without a cause
    await world.pool.execute("UPDATE people SET review_weekday = 4, review_at = '18:00', review_due_at = $1", now)
    async with world.pool.acquire() as connection:
        await make_evenings(connection, event=town.here, day=day, now=now)
        await remind_of_due(connection, now=now)
        await make_due(connection, now=now)
        await lay_out(connection, now=now)
    return town


def mails_of(town: Town, mailbox: Mailbox) -> list[tuple[str, str, str]]:
    """To whom, the subject, and all that stands in both parts of each mail."""
    residents = {each.attendee.person.email: name for name, each in town.residents.items()}
    return [
        (residents[mail.to], mail.subject, f"{mail.subject}\n{mail.text}\n{mailbox.html(file)}\n{mail.message_id}")
        for mail, file in zip(
            mailbox.mails(),
            sorted(mailbox.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns),
            strict=True,
        )
    ]


async def given(front_door: FrontDoor, town: Town, viewer: str) -> Any:
    """What the calendar and the introductions of somebody hold."""
    door = front_door.as_(town.residents[viewer].token)
    return [await door.ask(CALENDAR), await door.ask(INTRODUCTIONS)]


async def test_a_mail_tells_its_person_what_they_may_see_and_a_push_tells_nothing(
    front_door: FrontDoor, town: Town, office: PostOffice, mailbox: Mailbox, peer: PushPeer
) -> None:
    [made] = [each for each in town.things if read_any(each).kind is Kind.INTRODUCTION]
    await front_door.as_(town.residents["Nia"].token).ask(ANSWER, introduction=made)
    await office.send_due()

    mails = mails_of(town, mailbox)
    assert {subject for _, subject, _ in mails} >= SUBJECTS
    assert [(to, subject, leak) for to, subject, said in mails for leak in town.leaks(said, allowed(town, to))] == []
    assert peer.received
    assert [town.leaks(str(push), ()) for push in peer.received if town.leaks(str(push), ())] == []
    assert not re.search(rf"\b({'|'.join(town.residents)})\b", str(peer.received))
    shared = {"Max": town.residents["Nia"], "Nia": town.residents["Max"]}
    for viewer in town.residents:
        more = shared[viewer].sung("contactMail") if viewer in shared else set()
        said = str(await given(front_door, town, viewer))
        assert town.leaks(said, allowed(town, viewer) | more) == [], viewer


async def leave(front_door: FrontDoor, world: World, town: Town, name: str, how: str) -> None:
    """They withdraw from the one who knows them, block them, or erase their account."""
    who = town.residents[name]
    if how == "erases":
        await world.pool.execute("DELETE FROM people WHERE id = $1", who.attendee.person.id)
    else:
        document = WITHDRAW if how == "withdraws" else BLOCK
        await front_door.as_(who.token).ask(document, swap=who.ids["swap"])


@pytest.mark.parametrize("how", ["withdraws", "blocks", "erases"])
async def test_who_is_gone_when_a_mail_leaves_is_in_none_of_them_though_it_was_told_before(
    front_door: FrontDoor, world: World, town: Town, office: PostOffice, mailbox: Mailbox, how: str
) -> None:
    # Gil shares with Ana and has a 1-2-1 with her; Lea would introduce Max to Nia, who is just being asked.
    for name in ("Gil", "Max"):
        await leave(front_door, world, town, name, how)

    await office.send_due()

    mails = mails_of(town, mailbox)
    assert "Your evening" in {subject for _, subject, _ in mails}
    for viewer, gone in (("Ana", "Gil"), ("Lea", "Max"), ("Nia", "Max")):
        theirs = set(town.residents[gone].canaries.values())
        said = "\n".join(text for to, _, text in mails if to == viewer) + str(await given(front_door, town, viewer))
        assert [each for each in theirs if each.lower() in said.lower()] == [], (viewer, how)
        assert not re.search(rf"\b{gone}\b", said), (viewer, how)
    assert "An introduction, if you like" not in {subject for to, subject, _ in mails if to == "Nia"}
