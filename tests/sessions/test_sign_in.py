"""Signing in with six digits: who is asked for what, and what must not work."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from httpx_ws import aconnect_ws
from httpx_ws.transport import ASGIWebSocketTransport
from starlette.applications import Starlette

from server.db import Pool
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.sessions.steps import ME, SIGN_IN, request_sign_in, sign_in, sign_in_by_mail
from tests.world import World

ANA = "ana@example.org"


def wrong(code: str) -> str:
    """Six other digits."""
    return f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06}"


async def test_the_mailed_code_signs_in_and_makes_the_account(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    phone = new_phone()
    attempt = await request_sign_in(phone, ANA)

    answer = await sign_in(phone, mailbox.newest(ANA).code, attempt)

    assert answer["__typename"] == "SignedIn"
    assert answer["token"] is None
    assert (await phone.ask(ME))["me"]["email"] == ANA


@pytest.mark.parametrize("written", ["{0}{1}", "{0} {1}", " {0}-{1} ", "{0}\u00a0{1}"])
async def test_the_code_may_be_typed_with_spaces_and_hyphens(
    written: str, new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    attempt = await request_sign_in(new_phone(), ANA)
    code = written.format(*mailbox.newest(ANA).code.split())

    assert (await sign_in(new_phone(), code, attempt))["__typename"] == "SignedIn"


async def test_the_link_holds_attempt_and_code_behind_the_hash_alone(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    attempt = await request_sign_in(new_phone(), ANA)

    mail = mailbox.newest(ANA)

    assert mail.link.startswith("http://handsel.test/sign-in#")
    assert mail.fragment == {"attempt": attempt, "code": mail.code.replace(" ", "")}


async def test_opening_the_link_uses_nothing_up(new_phone: Callable[[], FrontDoor], mailbox: Mailbox) -> None:
    phone = new_phone()
    attempt = await request_sign_in(phone, ANA)
    mail = mailbox.newest(ANA)

    await phone.client.get(mail.link)
    await phone.client.get(mail.link.replace("#", "?"))

    assert (await sign_in(phone, mail.code, attempt))["__typename"] == "SignedIn"


async def test_a_code_works_once(new_phone: Callable[[], FrontDoor], mailbox: Mailbox) -> None:
    attempt = await request_sign_in(new_phone(), ANA)
    code = mailbox.newest(ANA).code
    await sign_in(new_phone(), code, attempt)

    answer = await sign_in(new_phone(), code, attempt)

    assert answer["__typename"] == "CodeNotValid"


async def test_of_two_phones_with_the_same_code_at_once_one_gets_in(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, pool: Pool
) -> None:
    attempt = await request_sign_in(new_phone(), ANA)
    code = mailbox.newest(ANA).code

    answers = await asyncio.gather(*(sign_in(new_phone(), code, attempt) for _ in range(4)))

    assert sorted(answer["__typename"] for answer in answers) == ["CodeNotValid"] * 3 + ["SignedIn"]
    assert await pool.fetchval("SELECT count(*) FROM sessions") == 1


async def test_the_sixth_try_is_one_too_many(new_phone: Callable[[], FrontDoor], mailbox: Mailbox) -> None:
    phone = new_phone()
    attempt = await request_sign_in(phone, ANA)
    code = mailbox.newest(ANA).code
    for _ in range(5):
        await sign_in(phone, wrong(code), attempt)

    assert (await sign_in(phone, code, attempt))["__typename"] == "CodeNotValid"


async def test_the_fifth_try_still_counts(new_phone: Callable[[], FrontDoor], mailbox: Mailbox) -> None:
    phone = new_phone()
    attempt = await request_sign_in(phone, ANA)
    code = mailbox.newest(ANA).code
    for _ in range(4):
        await sign_in(phone, wrong(code), attempt)

    assert (await sign_in(phone, code, attempt))["__typename"] == "SignedIn"


async def test_tries_at_once_are_counted_one_by_one(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, pool: Pool
) -> None:
    attempt = await request_sign_in(new_phone(), ANA)
    code = mailbox.newest(ANA).code

    await asyncio.gather(*(sign_in(new_phone(), wrong(code), attempt) for _ in range(8)))

    assert await pool.fetchval("SELECT tries FROM sign_in_attempts") == 5
    assert (await sign_in(new_phone(), code, attempt))["__typename"] == "CodeNotValid"


async def test_only_the_newest_code_works(new_phone: Callable[[], FrontDoor], mailbox: Mailbox) -> None:
    phone = new_phone()
    first = await request_sign_in(phone, ANA)
    first_code = mailbox.newest(ANA).code
    second = await request_sign_in(phone, ANA)
    second_code = mailbox.newest(ANA).code

    assert (await sign_in(phone, first_code, first))["__typename"] == "CodeNotValid"
    assert (await sign_in(phone, second_code, second))["__typename"] == "SignedIn"


async def test_a_code_works_with_its_own_attempt_only(new_phone: Callable[[], FrontDoor], mailbox: Mailbox) -> None:
    phone = new_phone()
    await request_sign_in(phone, ANA)
    other = await request_sign_in(phone, "ben@example.org")

    answer = await sign_in(phone, mailbox.newest(ANA).code, other)

    assert answer["__typename"] == "CodeNotValid"


@pytest.mark.parametrize("attempt", [None, "", "x", "A" * 22, "é" * 22])
async def test_a_code_without_its_attempt_opens_nothing(
    attempt: str | None, new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    phone = new_phone()
    await request_sign_in(phone, ANA)

    answer = await sign_in(phone, mailbox.newest(ANA).code, attempt)

    assert answer["__typename"] == "CodeNotValid"


async def test_a_code_ends_after_ten_minutes(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, clock: Clock
) -> None:
    phone = new_phone()
    attempt = await request_sign_in(phone, ANA)
    code = mailbox.newest(ANA).code

    clock.advance(minutes=10)

    assert (await sign_in(phone, code, attempt))["__typename"] == "CodeNotValid"


async def test_wrong_used_and_expired_codes_are_answered_alike(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, clock: Clock
) -> None:
    phone = new_phone()
    attempt = await request_sign_in(phone, ANA)
    code = mailbox.newest(ANA).code

    answers = [await sign_in(phone, wrong(code), attempt)]
    await sign_in(phone, code, attempt)
    answers.append(await sign_in(phone, code, attempt))
    attempt = await request_sign_in(phone, ANA)
    clock.advance(minutes=11)
    answers.append(await sign_in(phone, mailbox.newest(ANA).code, attempt))
    answers.append(await sign_in(phone, "12", "never asked"))

    assert all(answer == answers[0] for answer in answers)


async def test_the_same_address_in_other_letters_is_the_same_account(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    first = await sign_in_by_mail(new_phone(), mailbox, ANA)
    second = await sign_in_by_mail(new_phone(), mailbox, "Ana@Example.ORG")

    assert first["me"]["id"] == second["me"]["id"]


async def test_two_first_sign_ins_at_once_make_one_account(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, pool: Pool, world: World
) -> None:
    """Sign-in by code and by an invitation's link, on two devices."""
    event = await world.event()
    await world.registration(event, email=ANA)
    attempt = await request_sign_in(new_phone(), ANA)
    code = mailbox.newest(ANA).code
    invitation = await world.invitation(event, ANA)

    answers = await asyncio.gather(sign_in(new_phone(), code, attempt), sign_in(new_phone(), invitation))

    assert [answer["__typename"] for answer in answers] == ["SignedIn", "SignedIn"]
    assert answers[0]["me"] == answers[1]["me"]
    assert await pool.fetchval("SELECT count(*) FROM people") == 1


async def test_a_bearer_token_is_given_only_where_it_is_asked_for(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    attempt = await request_sign_in(new_phone(), ANA)

    answer = await sign_in(new_phone(), mailbox.newest(ANA).code, attempt, asToken=True)

    assert (await new_phone().as_(answer["token"]).ask(ME))["me"]["email"] == ANA


async def test_many_wrong_codes_from_one_network_are_refused_unread(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, pool: Pool
) -> None:
    phone = new_phone()
    attempt = await request_sign_in(phone, ANA)
    for _ in range(100):
        await sign_in(phone, "000000", "A" * 22)

    answer = await sign_in(phone, mailbox.newest(ANA).code, attempt)

    assert answer["__typename"] == "CodeNotValid"
    assert await pool.fetchval("SELECT tries FROM sign_in_attempts") == 0


async def test_the_database_holds_neither_code_nor_token(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, pool: Pool
) -> None:
    phone = new_phone()
    attempt = await request_sign_in(phone, ANA)
    code = mailbox.newest(ANA).code
    answer = await sign_in(phone, code, attempt, asToken=True)
    cookie = phone.client.cookies["handsel"]

    stored = str([*await pool.fetch("SELECT * FROM sign_in_attempts"), *await pool.fetch("SELECT * FROM sessions")])

    for secret in (code.replace(" ", ""), code, cookie, answer["token"]):
        assert secret not in stored


async def test_a_mutation_over_the_socket_is_not_taken(app: Starlette) -> None:
    """Cookies and limits are HTTP's."""
    async with (
        httpx.AsyncClient(transport=ASGIWebSocketTransport(app.state.asgi), base_url="http://handsel.test") as client,
        aconnect_ws("http://handsel.test/graphql", client, subprotocols=["graphql-transport-ws"]) as socket,  # type: ignore[var-annotated] # the library leaves its own parameter open
    ):
        await socket.send_json({"type": "connection_init"})
        assert (await socket.receive_json())["type"] == "connection_ack"
        payload = {"query": SIGN_IN, "variables": {"code": "123456"}}
        await socket.send_json({"id": "1", "type": "subscribe", "payload": payload})
        answer = await socket.receive_json()

    assert answer["type"] == "error"
    assert answer["payload"][0]["extensions"]["code"] == "BAD_REQUEST"
