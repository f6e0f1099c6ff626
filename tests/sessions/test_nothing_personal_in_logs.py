"""A canary in every personal field of an account: no log line and no error may sing of it."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from schema.ids import Kind, global_id
from server.badges.tokens import badge_secret
from server.db import Pool
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.sessions.steps import ME, SIGN_IN, request_sign_in, sign_in
from tests.world import World

CANARY = "Canary9f3a"
ADDRESS = "canary9f3a@example.org"
CHANGES = """
    mutation ($event: ID!, $registration: ID!, $text: String!, $mail: String!, $link: String!) {
        updateCard(event: $event, card: {name: $text, upTo: $text, seeking: $text}) { __typename }
        updateContact(contact: {email: $mail, phone: $text, links: [$link]}) { __typename }
        claimRegistration(registration: $registration) { __typename }
        reissueBadge(registration: $registration) { __typename }
        signOut { message }
    }
"""
CLAIM = "mutation ($badge: String!, $email: String!) { claimBadge(badge: $badge, email: $email) { attempt } }"


@asynccontextmanager
async def refusing(pool: Pool, table: str) -> AsyncIterator[None]:
    """A database fault whose message quotes the whole row, as PostgreSQL does."""
    await pool.execute(f"ALTER TABLE {table} ADD CONSTRAINT no_canary CHECK (email !~* 'canary') NOT VALID")
    try:
        yield
    finally:
        await pool.execute(f"ALTER TABLE {table} DROP CONSTRAINT no_canary")


async def test_no_log_line_holds_an_address_a_code_or_a_token(
    new_phone: Callable[[], FrontDoor],
    mailbox: Mailbox,
    world: World,
    pool: Pool,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "httpx")  # the test's own client tells which pages it asks for
    caplog.set_level(logging.WARNING, "httpcore")
    event = await world.event()
    registration_id, badge_id = await world.registration(event, name=CANARY, email=ADDRESS)
    badge = badge_secret(world.secrets, badge_id)
    phone, secrets = new_phone(), [CANARY, "canary", badge.token, badge.code]

    with capture_logs() as logs:
        attempt = await request_sign_in(phone, ADDRESS)
        code = mailbox.newest(ADDRESS).code
        await sign_in(phone, "000 000", attempt)
        await phone.client.get(f"/sign-in?attempt={attempt}&code={code}")
        await phone.client.get(f"/B/{badge.token}")
        answer = await sign_in(phone, code, attempt, asToken=True)
        secrets += [attempt, code, code.replace(" ", ""), answer["token"], phone.client.cookies["handsel"]]
        await phone.ask(ME)
        await phone.ask(
            CHANGES,
            event=global_id(Kind.EVENT, event.id),
            registration=global_id(Kind.REGISTRATION, registration_id, event.id),
            text=CANARY,
            mail=ADDRESS,
            link=f"https://{CANARY}.example",
        )
        await phone.ask(CLAIM, badge=badge.token, email=ADDRESS)
        async with refusing(pool, "sign_in_attempts"):
            await request_sign_in(phone, ADDRESS)
        attempt = await request_sign_in(phone, f"other-{ADDRESS}")
        async with refusing(pool, "people"):
            masked = await phone.answer(SIGN_IN, code=mailbox.mails()[-1].code, attempt=attempt)

    assert masked["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert {each["event"] for each in logs} >= {"work after an answer failed", "unexpected error"}
    told = str(logs) + caplog.text + str(capsys.readouterr()) + str(masked)
    for secret in secrets:
        assert secret.lower() not in told.lower()
