"""Sessions: how the cookie is set, when it ends, and that other sites' pages cannot use it."""

from collections.abc import AsyncIterator, Callable
from http.cookies import SimpleCookie

import httpx
import pytest

from server.app import create_app
from server.db import Pool
from server.settings import Environment, Settings
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.lifespan import running
from tests.mailbox import Mailbox
from tests.sessions.steps import ME, REQUEST, SIGN_IN, sign_in_by_mail
from tests.world import World

ANA = "ana@example.org"
SIGN_OUT = "mutation { signOut { message } }"


async def signed_in(new_phone: Callable[[], FrontDoor], mailbox: Mailbox) -> FrontDoor:
    phone = new_phone()
    await sign_in_by_mail(phone, mailbox, ANA)
    return phone


def cookies_of(response: httpx.Response) -> SimpleCookie:
    return SimpleCookie("\n".join(response.headers.get_list("set-cookie")))


@pytest.fixture
async def secure_phone(settings: Settings, dsn: str, pool: Pool, clock: Clock) -> AsyncIterator[FrontDoor]:
    """A phone of a server that people reach by https."""
    secure = settings.model_copy(update={"public_url": "https://handsel.test"})
    app = create_app(secure, dsn=dsn, clock=clock)
    async with (
        running(app) as manager,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=manager.app),
            base_url="https://handsel.test",
            headers={"handsel-client": "tests"},
        ) as client,
    ):
        yield FrontDoor(client)


async def sign_in_raw(phone: FrontDoor, mailbox: Mailbox) -> httpx.Response:
    attempt = (await phone.ask(REQUEST, email=ANA))["requestSignIn"]["attempt"]
    variables = {"code": mailbox.newest(ANA).code, "attempt": attempt}
    return await phone.client.post("/graphql", json={"query": SIGN_IN, "variables": variables})


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    response = await sign_in_raw(new_phone(), mailbox)

    cookie = cookies_of(response)["handsel"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "lax"
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""
    assert int(cookie["max-age"]) == 365 * 24 * 60 * 60
    assert response.headers["cache-control"] == "no-store"


async def test_over_https_the_cookie_is_bound_to_the_host(secure_phone: FrontDoor, mailbox: Mailbox) -> None:
    response = await sign_in_raw(secure_phone, mailbox)

    cookie = cookies_of(response)["__Host-handsel"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""
    assert (await secure_phone.ask(ME))["me"]["email"] == ANA


async def test_a_wrong_code_sets_no_cookie(new_phone: Callable[[], FrontDoor]) -> None:
    phone = new_phone()

    response = await phone.client.post("/graphql", json={"query": SIGN_IN, "variables": {"code": "123456"}})

    assert "set-cookie" not in response.headers


async def test_signing_out_ends_the_session_and_removes_the_cookie(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    phone = await signed_in(new_phone, mailbox)
    cookie = phone.client.cookies["handsel"]

    response = await phone.client.post("/graphql", json={"query": SIGN_OUT})

    assert cookies_of(response)["handsel"]["max-age"] == "0"
    assert "handsel" not in phone.client.cookies
    thief = new_phone()
    thief.client.cookies.set("handsel", cookie)
    assert (await thief.ask(ME))["me"] is None


async def test_signing_out_with_a_bearer_token_ends_it(new_phone: Callable[[], FrontDoor], world: World) -> None:
    ana = await world.person()
    phone = new_phone().as_(ana.token)

    await phone.ask(SIGN_OUT)

    assert (await phone.ask(ME))["me"] is None


async def test_signing_out_without_a_session_is_no_mistake(new_phone: Callable[[], FrontDoor]) -> None:
    assert (await new_phone().ask(SIGN_OUT))["signOut"]["message"]


async def test_signing_out_leaves_the_other_devices_signed_in(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    phone, laptop = await signed_in(new_phone, mailbox), await signed_in(new_phone, mailbox)

    await phone.ask(SIGN_OUT)

    assert (await laptop.ask(ME))["me"]["email"] == ANA


async def test_signing_in_as_somebody_else_ends_the_session_before(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    phone = await signed_in(new_phone, mailbox)
    before = phone.client.cookies["handsel"]

    await sign_in_by_mail(phone, mailbox, "ben@example.org")

    thief = new_phone()
    thief.client.cookies.set("handsel", before)
    assert (await thief.ask(ME))["me"] is None
    assert (await phone.ask(ME))["me"]["email"] == "ben@example.org"


async def test_a_session_ends_thirty_days_after_its_last_use(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, clock: Clock
) -> None:
    phone = await signed_in(new_phone, mailbox)

    clock.advance(days=29)
    assert (await phone.ask(ME))["me"] is not None
    clock.advance(days=29)
    assert (await phone.ask(ME))["me"] is not None
    clock.advance(days=30)

    assert (await phone.ask(ME))["me"] is None


async def test_a_session_ends_a_year_after_sign_in_however_often_it_is_used(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, clock: Clock, pool: Pool
) -> None:
    phone = await signed_in(new_phone, mailbox)
    for _ in range(18):
        clock.advance(days=20)
        assert (await phone.ask(ME))["me"] is not None

    clock.advance(days=6)

    assert (await phone.ask(ME))["me"] is None


async def test_the_cookie_alone_is_not_enough(new_phone: Callable[[], FrontDoor], mailbox: Mailbox) -> None:
    """Another site's page can make a browser send the cookie, but not the header."""
    phone = await signed_in(new_phone, mailbox)
    del phone.client.headers["handsel-client"]

    response = await phone.client.post("/graphql", json={"query": ME})

    assert response.status_code == 403
    assert "Handsel-Client" in response.text
    assert ANA not in response.text


@pytest.mark.parametrize("origin", ["https://evil.example", "http://handsel.test.evil.example", "null", "handsel.test"])
async def test_a_page_of_another_site_is_refused(
    origin: str, new_phone: Callable[[], FrontDoor], mailbox: Mailbox
) -> None:
    phone = await signed_in(new_phone, mailbox)

    response = await phone.client.post("/graphql", json={"query": ME}, headers={"origin": origin})

    assert response.status_code == 403
    assert ANA not in response.text


@pytest.mark.parametrize("origin", ["http://handsel.test", "https://handsel.test"])
async def test_the_apps_own_page_is_let_in(origin: str, new_phone: Callable[[], FrontDoor], mailbox: Mailbox) -> None:
    phone = await signed_in(new_phone, mailbox)

    response = await phone.client.post("/graphql", json={"query": ME}, headers={"origin": origin})

    assert response.json()["data"]["me"]["email"] == ANA


async def test_a_bearer_token_needs_no_header(front_door: FrontDoor, world: World) -> None:
    ana = await world.person()

    response = await front_door.client.post(
        "/graphql",
        json={"query": ME},
        headers={"authorization": f"Bearer {ana.token}", "origin": "https://calendar.example"},
    )

    assert response.json()["data"]["me"]["email"] == ana.email


async def test_a_form_of_another_site_cannot_sign_anybody_in(new_phone: Callable[[], FrontDoor]) -> None:
    """Signing the victim in as the attacker: a form can only send types that are not taken."""
    phone = new_phone()
    del phone.client.headers["handsel-client"]

    response = await phone.client.post("/graphql", content=b"{}", headers={"content-type": "text/plain"})

    assert response.status_code == 415


async def test_graphiql_sends_the_header_so_that_it_works_for_people_signed_in(
    new_phone: Callable[[], FrontDoor],
) -> None:
    page = await new_phone().client.get("/graphql", headers={"accept": "text/html"})

    assert 'const defaultHeaders = {"handsel-client": "graphiql"};' in page.text


async def test_production_has_no_graphiql(settings: Settings, dsn: str, pool: Pool, clock: Clock) -> None:
    production = settings.model_copy(update={"public_url": "https://handsel.test", "env": Environment.PRODUCTION})
    app = create_app(production, dsn=dsn, clock=clock)
    async with (
        running(app) as manager,
        httpx.AsyncClient(transport=httpx.ASGITransport(app=manager.app), base_url="https://handsel.test") as client,
    ):
        assert (await client.get("/graphql", headers={"accept": "text/html"})).status_code == 405
