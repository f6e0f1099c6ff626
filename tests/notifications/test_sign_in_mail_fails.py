"""When the mail server refuses, the answer stays the same and the log names nobody."""

from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from server.app import create_app
from server.db import Pool
from server.settings import Settings
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.lifespan import running
from tests.notifications.conftest import Postbox
from tests.sessions.steps import request_sign_in, sign_in


@pytest.fixture
async def phone(settings: Settings, postbox: Postbox, dsn: str, pool: Pool, clock: Clock) -> AsyncIterator[FrontDoor]:
    """A phone of a server whose mail leaves by SMTP."""
    app = create_app(settings.model_copy(update={"smtp_url": SecretStr(postbox.url)}), dsn=dsn, clock=clock)
    async with (
        running(app) as manager,
        httpx.AsyncClient(transport=httpx.ASGITransport(app=manager.app), base_url="http://handsel.test") as client,
    ):
        yield FrontDoor(client)


async def test_the_code_arrives_by_smtp(phone: FrontDoor, postbox: Postbox) -> None:
    attempt = await request_sign_in(phone, "ana@example.org")

    [mail] = postbox.taken
    assert (await sign_in(phone, mail.code, attempt))["__typename"] == "SignedIn"


async def test_a_refused_mail_changes_no_answer_and_is_logged_without_the_address(
    phone: FrontDoor, postbox: Postbox
) -> None:
    postbox.answers = ["550 no such mailbox: canary@example.org"]

    with capture_logs() as logs:
        attempt = await request_sign_in(phone, "canary@example.org")

    assert len(attempt) == 22
    assert [(each["log_level"], each["kind"]) for each in logs] == [("error", "MailNotSent")]
    assert "canary" not in str(logs)
