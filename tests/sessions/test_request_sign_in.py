"""Asking for a code: the answer tells nothing of the address, and nobody's mailbox is flooded."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from server.db import Pool
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.sessions.steps import REQUEST, request_sign_in, sign_in
from tests.world import World

ANA = "ana@example.org"


async def bytes_of(phone: FrontDoor, document: str, **variables: Any) -> bytes:
    """The answer as it came over the wire, with the attempt's own characters blanked."""
    response = await phone.client.post("/graphql", json={"query": document, "variables": variables})
    assert response.status_code == 200
    data = response.json()["data"]
    attempt: str = next(iter(data.values()))["attempt"]
    assert len(attempt) == 22
    headers = sorted((name, value) for name, value in response.headers.items())
    return repr(headers).encode() + response.content.replace(attempt.encode(), b"-")


async def test_the_answer_is_the_same_byte_for_byte_whatever_the_address(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World
) -> None:
    event = await world.event()
    await world.attendee(event)
    known = await world.person(email="known@example.org")
    await world.registration(event, email="invited@example.org")
    limited = "limited@example.org"
    for _ in range(3):
        await request_sign_in(new_phone(), limited)
    addresses = [known.email, "invited@example.org", "stranger@example.org", limited, "no address", "", "ß" * 1000]

    answers = [await bytes_of(new_phone(), REQUEST, email=address) for address in addresses]

    assert set(answers) == {answers[0]}


async def test_a_fourth_mail_within_a_quarter_of_an_hour_is_not_sent(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, clock: Clock
) -> None:
    for _ in range(5):
        await request_sign_in(new_phone(), ANA)
    assert len(mailbox.mails(ANA)) == 3

    clock.advance(minutes=15)
    await request_sign_in(new_phone(), ANA)

    assert len(mailbox.mails(ANA)) == 4


async def test_requests_at_once_mail_no_more_than_one_after_the_other(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, pool: Pool
) -> None:
    attempts = await asyncio.gather(*(request_sign_in(new_phone(), ANA) for _ in range(6)))

    assert len(mailbox.mails(ANA)) == 3
    assert len(set(attempts)) == 6
    live = "SELECT count(*) FROM sign_in_attempts WHERE stands_for IS NULL AND expires_at > created_at"
    assert await pool.fetchval(live) == 1


async def test_beyond_the_limit_the_code_of_the_last_mail_still_works(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    """Otherwise anybody could keep somebody out by asking for codes in their name."""
    for _ in range(3):
        await request_sign_in(new_phone(), ANA)
    phone = new_phone()

    attempt = await request_sign_in(phone, ANA)

    assert (await sign_in(phone, mailbox.newest(ANA).code, attempt))["__typename"] == "SignedIn"


async def test_asking_beyond_the_limit_gives_no_further_tries(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    for _ in range(3):
        await request_sign_in(new_phone(), ANA)
    code = mailbox.newest(ANA).code
    for _ in range(5):
        await sign_in(new_phone(), "000000" if code != "000 000" else "111111", await request_sign_in(new_phone(), ANA))

    answer = await sign_in(new_phone(), code, await request_sign_in(new_phone(), ANA))

    assert answer["__typename"] == "CodeNotValid"


async def test_one_network_cannot_have_mail_sent_without_end(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    phone = new_phone()
    addresses = [f"person{number}@example.org" for number in range(310)]

    for several in (addresses[:155], addresses[155:]):
        fields = " ".join(f'a{n}: requestSignIn(email: "{each}") {{ attempt }}' for n, each in enumerate(several))
        await phone.ask(f"mutation {{ {fields} }}")

    assert len(mailbox.mails()) == 300


@pytest.mark.parametrize(
    "address", ["no address", "a@b", "a b@example.org", "ana@example.org\nBcc: ben@example.org", ""]
)
async def test_what_is_no_address_is_not_mailed(
    address: str, new_phone: Callable[[], FrontDoor], mailbox: Mailbox, pool: Pool
) -> None:
    await request_sign_in(new_phone(), address)

    assert mailbox.mails() == []
    assert await pool.fetchval("SELECT count(*) FROM sign_in_attempts") == 0


async def test_addresses_of_old_attempts_are_forgotten(
    new_phone: Callable[[], FrontDoor], clock: Clock, pool: Pool
) -> None:
    await request_sign_in(new_phone(), ANA)
    clock.advance(days=1, minutes=1)

    await request_sign_in(new_phone(), "ben@example.org")

    assert await pool.fetchval("SELECT array_agg(email) FROM sign_in_attempts") == ["ben@example.org"]


async def test_the_mail_can_be_read_from_a_lock_screen(new_phone: Callable[[], FrontDoor], mailbox: Mailbox) -> None:
    await request_sign_in(new_phone(), ANA)

    mail = mailbox.newest(ANA)

    assert mail.subject == f"{mail.code} is your Handsel code"
    assert "within ten minutes" in mail.text
    assert "If it was not you" in mail.text
    assert all(len(line) <= 78 or line.startswith("http") for line in mail.text.splitlines())
