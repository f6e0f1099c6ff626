"""Inviting somebody to an event's team by mail, and saying yes by signing in."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from server.events.models import Event, Role
from server.notifications.mail import mailer_of
from server.settings import Settings
from server.teams.sending import send_waiting
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.mailbox import Mail, Mailbox
from tests.notifications.conftest import Postbox
from tests.sessions.steps import request_sign_in, sign_in
from tests.teams.steps import TEAM, WITHDRAW, invite, invite_to_team, roles
from tests.world import Somebody, World

NewPhone = Callable[[], FrontDoor]


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(slug="fair", title="Spring Fair")


@pytest.fixture
async def owner(world: World, event: Event) -> Somebody:
    owner = await world.team(event, Role.OWNER)
    await world.pool.execute("UPDATE people SET name = 'Olu Adeyemi' WHERE id = $1", owner.id)
    return owner


def code_in(mail: Mail) -> str:
    return parse_qs(urlsplit(mail.link).fragment)["code"][0]


async def test_the_mailed_link_signs_in_and_gives_the_role_once(
    front_door: FrontDoor, new_phone: NewPhone, world: World, event: Event, owner: Somebody, mailbox: Mailbox
) -> None:
    door = front_door.as_(owner.token)

    made = await invite(door, world, event, "New@Example.org")
    [mail] = mailbox.mails()
    answer = await sign_in(new_phone(), code_in(mail), asToken=True)
    again = await sign_in(new_phone(), code_in(mail))

    assert (made["email"], made["role"]) == ("New@Example.org", "DOOR_HELPER")
    assert (mail.to, mail.subject) == ("New@Example.org", "Will you help at the door of Spring Fair?")
    assert mail.link.startswith("http://handsel.test/invite#")
    assert "Olu Adeyemi asks you" in mail.text
    assert "6 May 2027" in mail.text
    me = (await front_door.as_(answer["token"]).ask("{ me { email roles { role event { slug } } } }"))["me"]
    assert me == {"email": "New@Example.org", "roles": [{"role": "DOOR_HELPER", "event": {"slug": "fair"}}]}
    assert again["__typename"] == "CodeNotValid"
    team = (await door.ask(TEAM, event=id_of(event)))["team"]
    assert [each["role"] for each in team["members"]] == ["OWNER", "DOOR_HELPER"]
    assert team["waiting"] == []


async def test_signing_in_with_the_address_says_yes_as_well(
    front_door: FrontDoor, new_phone: NewPhone, world: World, event: Event, owner: Somebody, mailbox: Mailbox
) -> None:
    await invite_to_team(front_door, world, owner, event, "new@example.org")
    phone = new_phone()

    attempt = await request_sign_in(phone, "NEW@example.org")
    await sign_in(phone, mailbox.mails()[-1].code, attempt)

    assert (await phone.ask("{ me { roles { role } } }"))["me"]["roles"] == [{"role": "DOOR_HELPER"}]


async def test_the_letter_speaks_the_language_of_whom_it_asks(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody, mailbox: Mailbox
) -> None:
    jana = await world.person(email="jana@example.org")
    await world.pool.execute("UPDATE people SET locale = 'de' WHERE id = $1", jana.id)

    await invite(front_door.as_(owner.token), world, event, jana.email, role="ORGANIZER")

    [mail] = mailbox.mails()
    assert mail.subject == "Spring Fair: bist du dabei?"
    assert "bittet dich, Spring Fair" in mail.text
    assert "bis zum 6. Mai 2027" in mail.text


async def test_the_same_key_mails_once_and_another_invitation_takes_the_place_of_the_first(
    front_door: FrontDoor, new_phone: NewPhone, world: World, event: Event, owner: Somebody, mailbox: Mailbox
) -> None:
    door, key = front_door.as_(owner.token), world.new_key()

    same = await asyncio.gather(*(invite(door, world, event, "new@example.org", key=key) for _ in range(3)))
    other = await invite(door, world, event, "other@example.org", key=key)
    second = await invite(door, world, event, "new@example.org", role="ORGANIZER")

    assert len({each["id"] for each in same}) == 1
    assert other["__typename"] == "KeyReused"
    first, last = mailbox.mails()
    assert (await sign_in(new_phone(), code_in(first)))["__typename"] == "CodeNotValid"
    team = (await door.ask(TEAM, event=id_of(event)))["team"]
    assert [each["id"] for each in team["waiting"]] == [second["id"]]
    assert (await sign_in(new_phone(), code_in(last)))["__typename"] == "SignedIn"


async def test_a_withdrawn_or_old_link_opens_nothing(
    front_door: FrontDoor, new_phone: NewPhone, world: World, event: Event, owner: Somebody, mailbox: Mailbox
) -> None:
    withdrawn = await invite_to_team(front_door, world, owner, event, "one@example.org")
    await invite_to_team(front_door, world, owner, event, "two@example.org")
    await front_door.as_(owner.token).ask(WITHDRAW, invitation=withdrawn)
    mails = {mail.to: mail for mail in mailbox.mails()}

    assert (await sign_in(new_phone(), code_in(mails["one@example.org"])))["__typename"] == "CodeNotValid"
    world.clock.advance(days=14)
    assert (await sign_in(new_phone(), code_in(mails["two@example.org"])))["__typename"] == "CodeNotValid"
    assert (await front_door.as_(owner.token).ask(TEAM, event=id_of(event)))["team"]["waiting"] == []


async def test_whoever_is_in_the_team_is_not_invited(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody, mailbox: Mailbox
) -> None:
    helper = await world.team(event, Role.DOOR_HELPER)

    refused = await invite(front_door.as_(owner.token), world, event, helper.email.upper(), role="ORGANIZER")

    assert refused["__typename"] == "AlreadyInTeam"
    assert mailbox.mails() == []
    assert await roles(front_door, helper) == ["DOOR_HELPER"]


async def test_nobody_is_invited_as_owner_or_without_an_address(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody
) -> None:
    door = front_door.as_(owner.token)

    assert (await invite(door, world, event, "new@example.org", role="OWNER"))["__typename"] == "InputNotValid"
    assert (await invite(door, world, event, "new at example"))["__typename"] == "InputNotValid"


async def test_an_address_that_is_refused_is_told_and_not_tried_again(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody, settings: Settings, postbox: Postbox
) -> None:
    """Else it would be tried each minute for two weeks, while organizers are told that it is on its way."""
    door = front_door.as_(owner.token)
    for address in ("one@example.org", "two@example.org", "three@example.org"):
        await invite_to_team(front_door, world, owner, event, address)
    await world.pool.execute("UPDATE team_invitations SET sent_at = NULL")
    post = mailer_of(settings.model_copy(update={"smtp_url": SecretStr(postbox.url)}))
    how: dict[str, Any] = {"secrets": settings.secrets(), "public_url": settings.public_url, "now": world.clock()}

    postbox.answers = ["550 no such mailbox", "451 greylisted"]
    assert await send_waiting(world.pool, post, **how) == 1
    assert await send_waiting(world.pool, post, **how) == 1
    assert await send_waiting(world.pool, post, **how) == 0

    waiting = (await door.ask(TEAM, event=id_of(event)))["team"]["waiting"]
    assert [(each["email"], each["refusedAt"] is None) for each in waiting] == [
        ("one@example.org", False), ("two@example.org", True), ("three@example.org", True),
    ]  # fmt: skip
    assert postbox.recipients == ["three@example.org", "two@example.org"]


async def test_a_mail_that_could_not_leave_is_sent_later_and_old_addresses_are_forgotten(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody, mailbox: Mailbox, settings: Settings
) -> None:
    await invite_to_team(front_door, world, owner, event, "new@example.org")
    await world.pool.execute("UPDATE team_invitations SET sent_at = NULL")
    how: dict[str, Any] = {"secrets": settings.secrets(), "public_url": settings.public_url, "now": world.clock()}
    broken = settings.model_copy(update={"smtp_url": SecretStr("smtp://127.0.0.1:9")})

    assert await send_waiting(world.pool, mailer_of(broken), **how) == 0
    assert await send_waiting(world.pool, mailer_of(settings), **how) == 1
    assert await send_waiting(world.pool, mailer_of(settings), **how) == 0

    assert [mail.to for mail in mailbox.mails()] == ["new@example.org"]
    later = {**how, "now": world.clock() + timedelta(days=45)}
    await send_waiting(world.pool, mailer_of(settings), **later)
    assert await world.pool.fetchval("SELECT count(*) FROM team_invitations") == 0
