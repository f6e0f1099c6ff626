"""What is due leaves: once, by push and by mail, to real peers that take it, refuse it, or never answer."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from server.db import Pool
from server.notifications.models import Notice, NoticeKind
from server.notifications.posting import queries
from server.notifications.posting.models import Matter
from server.notifications.posting.office import PostOffice
from server.notifications.telling import tell
from tests.mailbox import Mailbox
from tests.notifications.conftest import Postbox
from tests.notifications.push_peer import PushPeer
from tests.world import Somebody, World

STATES = "SELECT channel || ' ' || state FROM deliveries ORDER BY channel, state"


async def say(world: World, person: Somebody, kind: NoticeKind = NoticeKind.MEETING_PROPOSED, key: str = "a") -> None:
    async with world.pool.acquire() as connection:
        await tell(connection, person_id=person.id, kind=kind, key=key, path="/meetings", now=world.clock())


async def states(pool: Pool) -> list[str]:
    return [row[0] for row in await pool.fetch(STATES)]


@pytest.fixture
async def ana(world: World) -> Somebody:
    return await world.person(name="Ana Duarte")


async def test_a_notice_goes_to_every_device_and_by_mail_once(
    world: World, peer: PushPeer, office: PostOffice, mailbox: Mailbox, ana: Somebody
) -> None:
    await peer.device(world, ana)
    await peer.device(world, ana, name="Chrome on a tablet")
    await say(world, ana)

    for _ in range(3):
        await office.send_due()

    assert [each["title"] for each in peer.received] == ["Somebody you met proposes a time"] * 2
    assert {each["path"] for each in peer.received} == {"/meetings"}
    assert [mail.subject for mail in mailbox.mails(ana.email)] == ["Somebody you met proposes a time"]
    assert await states(world.pool) == ["MAIL SENT", "PUSH SENT", "PUSH SENT"]


async def test_two_offices_at_once_send_it_once(
    world: World, peer: PushPeer, open_office: Callable[..., PostOffice], mailbox: Mailbox
) -> None:
    people = [await world.person() for _ in range(12)]
    for person in people:
        await peer.device(world, person)
        await say(world, person)

    await asyncio.gather(*(open_office(causes={}).send_due() for _ in range(3)))

    assert len(peer.received) == 12
    assert len(mailbox.mails()) == 12


@pytest.mark.parametrize(
    ("answer", "state"),
    [("gone", "DEVICE_GONE"), ("unknown", "DEVICE_GONE"), ("denied", "REFUSED"), ("moved", "REFUSED")],
)
async def test_a_final_answer_of_a_push_service_is_final(
    world: World, peer: PushPeer, office: PostOffice, ana: Somebody, answer: str, state: str
) -> None:
    await peer.device(world, ana, answer)
    await say(world, ana, NoticeKind.SWAP)

    await office.send_due()
    world.clock.advance(minutes=5)
    await office.send_due()

    assert await states(world.pool) == [f"PUSH {state}"]
    assert len(peer.asked) == 1
    assert await world.pool.fetchval("SELECT count(*) FROM push_subscriptions") == (state != "DEVICE_GONE")


@pytest.mark.parametrize("answer", ["busy", "broken"])
async def test_a_push_service_that_cannot_now_is_asked_again_with_growing_pauses_and_an_end(
    world: World, peer: PushPeer, office: PostOffice, ana: Somebody, answer: str
) -> None:
    await peer.device(world, ana, answer)
    await say(world, ana, NoticeKind.SWAP)

    for _ in range(65):
        await office.send_due()
        world.clock.advance(minutes=1)

    assert await states(world.pool) == ["PUSH UNREACHABLE"]
    assert 4 <= len(peer.asked) <= 8


async def test_retry_after_is_kept_to(world: World, peer: PushPeer, office: PostOffice, ana: Somebody) -> None:
    peer.retry_after = "600"
    await peer.device(world, ana, "busy")
    await say(world, ana, NoticeKind.SWAP)

    await office.send_due()
    world.clock.advance(minutes=9)
    await office.send_due()
    assert len(peer.asked) == 1

    world.clock.advance(minutes=4)
    await office.send_due()
    assert len(peer.asked) == 2


async def test_a_push_service_that_never_answers_keeps_nobody_waiting(
    world: World, peer: PushPeer, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.notifications.push.sending.ANSWER_SECONDS", 1.0)
    people = [await world.person() for _ in range(20)]
    for number, person in enumerate(people):
        await peer.device(world, person, "hang" if number < 10 else "ok")
        await say(world, person, NoticeKind.SWAP)

    sending = asyncio.create_task(office.send_due())
    await peer.until(lambda: len(peer.received) == 10)
    assert not sending.done()
    await sending

    assert await states(world.pool) == ["PUSH SENT"] * 10 + ["PUSH WAITING"] * 10


async def test_a_mail_whose_worker_was_killed_is_not_sent_again_and_a_push_is(
    world: World, peer: PushPeer, office: PostOffice, mailbox: Mailbox, ana: Somebody
) -> None:
    """Between the claim and the answer nobody knows whether it left: the mail may be there already."""
    await peer.device(world, ana)
    await say(world, ana)
    await office.send_due()
    await world.pool.execute(
        "UPDATE deliveries SET state = 'SENDING', claim = gen_random_uuid(), claimed_at = $1, settled_at = NULL",
        world.clock(),
    )
    for mail in mailbox.folder.glob("*.eml"):
        mail.unlink()

    await office.send_due()
    assert await states(world.pool) == ["MAIL SENDING", "PUSH SENDING"]
    world.clock.advance(minutes=6)
    await office.send_due()

    assert await states(world.pool) == ["MAIL UNSURE", "PUSH SENT"]
    assert mailbox.mails() == []
    assert len({each["tag"] for each in peer.received}) == 1


async def test_who_leaves_half_way_hands_its_pushes_back(
    world: World, peer: PushPeer, office: PostOffice, ana: Somebody
) -> None:
    await peer.device(world, ana, "hang")
    await say(world, ana, NoticeKind.SWAP)

    sending = asyncio.create_task(office.send_due())
    await peer.until(lambda: peer.asked != [])
    sending.cancel()
    await asyncio.wait({sending})

    assert sending.cancelled()
    assert await states(world.pool) == ["PUSH WAITING"]
    assert await world.pool.fetchval("SELECT attempts FROM deliveries") == 0


async def test_a_mail_server_that_cannot_now_gets_it_later_and_one_that_refuses_does_not(
    world: World, open_office: Callable[..., PostOffice], postbox: Postbox, ana: Somebody
) -> None:
    office = open_office(postbox.url, causes={})
    postbox.answers = ["450 later", "250 OK", "550 nobody here"]
    await say(world, ana)
    await office.send_due()
    assert await states(world.pool) == ["MAIL WAITING"]

    world.clock.advance(minutes=1)
    await office.send_due()
    await say(world, ana, key="b")
    await office.send_due()

    assert await states(world.pool) == ["MAIL REFUSED", "MAIL SENT"]
    assert len(postbox.taken) == 1


async def test_what_ended_while_it_waited_does_not_leave(
    world: World, peer: PushPeer, open_office: Callable[..., PostOffice], ana: Somebody
) -> None:
    ended: set[str] = {"a"}

    async def unless_ended(_: object, notice: Notice, *_more: object) -> Matter | None:
        return None if notice.key in ended else Matter()

    office = open_office(causes={NoticeKind.MEETING_PROPOSED: unless_ended})
    await peer.device(world, ana, "busy")
    await say(world, ana)
    await say(world, ana, key="b")
    await office.send_due()
    ended.add("b")
    world.clock.advance(minutes=5)
    await office.send_due()

    assert await states(world.pool) == ["MAIL SENT", "MAIL WITHDRAWN", "PUSH WITHDRAWN", "PUSH WITHDRAWN"]
    assert len(peer.asked) == 1


async def test_a_cause_that_is_gone_or_fails_holds_nothing_else_up(
    world: World, open_office: Callable[..., PostOffice], mailbox: Mailbox, ana: Somebody
) -> None:
    async def gone(*_: object) -> None:
        return None

    async def fails(*_: object) -> None:
        raise LookupError

    office = open_office(causes={NoticeKind.MEETING_CHANGED: gone, NoticeKind.PROMISE_DUE: fails})
    for kind in (NoticeKind.MEETING_CHANGED, NoticeKind.PROMISE_DUE, NoticeKind.MEETING_PROPOSED):
        await say(world, ana, kind)
    await office.send_due()

    assert await states(world.pool) == ["MAIL SENT", "MAIL WAITING", "MAIL WITHDRAWN"]
    assert len(mailbox.mails(ana.email)) == 1


async def test_somebody_signed_out_gets_no_push_there(
    world: World, peer: PushPeer, office: PostOffice, ana: Somebody
) -> None:
    await peer.device(world, ana, "busy")
    await say(world, ana, NoticeKind.SWAP)
    await office.send_due()
    await world.pool.execute("UPDATE sessions SET ended_at = $1", world.clock())
    world.clock.advance(minutes=5)
    await office.send_due()

    assert await states(world.pool) == ["PUSH DEVICE_GONE"]
    assert len(peer.asked) == 1


async def test_an_hour_back_or_forward_sends_nothing_twice(
    world: World, peer: PushPeer, office: PostOffice, mailbox: Mailbox, ana: Somebody
) -> None:
    await peer.device(world, ana)
    for hours in (0, -1, 2, -1):
        world.clock.advance(hours=hours)
        await say(world, ana)
        await office.send_due()

    assert (len(peer.received), len(mailbox.mails())) == (1, 1)


async def test_a_claim_that_was_taken_over_settles_nothing(
    world: World, peer: PushPeer, office: PostOffice, ana: Somebody
) -> None:
    await peer.device(world, ana, "hang")
    await say(world, ana, NoticeKind.SWAP)
    sending = asyncio.create_task(office.send_due())
    await peer.until(lambda: peer.asked != [])
    async with world.pool.acquire() as connection:
        await queries.take_over(connection, before=world.clock() + timedelta(seconds=1), now=world.clock())
        await connection.execute("UPDATE deliveries SET state = 'SENT'")
    peer.silence.set()
    await sending

    assert await states(world.pool) == ["PUSH SENT"]


async def test_a_key_that_is_refused_is_told_to_the_host_and_no_endpoint_or_address_is(
    world: World, peer: PushPeer, office: PostOffice, ana: Somebody, caplog: pytest.LogCaptureFixture
) -> None:
    for answer in ("denied", "gone", "busy", "moved", "ok"):
        await peer.device(world, ana, answer)
    endpoints = [row["endpoint"] for row in await world.pool.fetch("SELECT endpoint FROM push_subscriptions")]
    with capture_logs() as logs:
        await say(world, ana)
        await office.send_due()

    assert [each["event"] for each in logs if each["log_level"] == "error"] == [
        "a push service refuses the key of this server"
    ]
    written = f"{logs} {caplog.text}"
    assert [each for each in (*endpoints, peer.origin, ana.email) if each in written] == []
