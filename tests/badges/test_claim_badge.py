"""Claiming a badge that is at hand: only the mailbox it was issued for learns of it."""

from collections.abc import Callable
from typing import Any

from server.badges.tokens import badge_secret
from server.db import Pool
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.sessions.steps import ME, sign_in
from tests.world import World

ANA = "ana@example.org"
CLAIM = "mutation ($badge: String!, $email: String!) { claimBadge(badge: $badge, email: $email) { message attempt } }"


async def badge_of(world: World, **registration: Any) -> str:
    """What the QR code of a new place's badge holds."""
    _, badge_id = await world.registration(await world.event(), **registration)
    return badge_secret(world.secrets, badge_id).address("http://handsel.test")


async def test_the_right_address_gets_a_code_that_takes_the_place(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World
) -> None:
    phone, badge = new_phone(), await badge_of(world, name="Ana Duarte", email=ANA)

    data = await phone.ask(CLAIM, badge=badge, email="Ana@example.org")
    answer = await sign_in(phone, mailbox.mails()[-1].code, data["claimBadge"]["attempt"])

    assert answer["__typename"] == "SignedIn"
    assert [each["card"]["name"] for each in (await phone.ask(ME))["me"]["registrations"]] == ["Ana Duarte"]


async def test_of_several_tickets_the_badge_says_which_is_mine(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World
) -> None:
    phone, event = new_phone(), await world.event()
    await world.registration(event, name="Ben Okafor", email=ANA)
    _, badge_id = await world.registration(event, name="Ana Duarte", email=ANA)
    badge = badge_secret(world.secrets, badge_id).token

    data = await phone.ask(CLAIM, badge=badge, email=ANA)
    await sign_in(phone, mailbox.newest(ANA).code, data["claimBadge"]["attempt"])

    me = (await phone.ask(ME))["me"]
    assert [each["card"]["name"] for each in me["registrations"]] == ["Ana Duarte"]
    assert me["claimable"] == []


async def test_every_badge_and_address_is_answered_alike_and_strangers_get_no_mail(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World, pool: Pool
) -> None:
    badge = await badge_of(world, email=ANA)
    cancelled = await badge_of(world, email="ben@example.org", cancelled_at=world.clock())
    nobodys = await badge_of(world, email=None)
    revoked = await badge_of(world, email="cleo@example.org")
    await pool.execute(
        "UPDATE badges SET revoked_at = now() FROM registrations"
        " WHERE registrations.id = badges.registration_id AND registrations.email = 'cleo@example.org'"
    )
    asked = [
        (badge, "stranger@example.org"),
        (badge, "no address"),
        (cancelled, "ben@example.org"),
        (nobodys, "stranger@example.org"),
        (revoked, "cleo@example.org"),
        ("HTTP://HANDSEL.TEST/B/" + "0" * 26, ANA),
        ("no badge at all", ANA),
        ("", ""),
    ]

    answers = []
    for text, email in [(badge, ANA), *asked]:
        response = await new_phone().client.post(
            "/graphql", json={"query": CLAIM, "variables": {"badge": text, "email": email}}
        )
        attempt = response.json()["data"]["claimBadge"]["attempt"]
        headers = repr(sorted(response.headers.items())).encode()
        answers.append((response.status_code, headers, response.content.replace(attempt.encode(), b"-")))

    assert set(answers) == {answers[0]}
    assert [mail.to for mail in mailbox.mails()] == [ANA]


async def test_a_stranger_at_a_found_badge_leaves_no_trace_in_the_owners_way(
    new_phone: Callable[[], FrontDoor], world: World, pool: Pool
) -> None:
    badge = await badge_of(world, email=ANA)

    await new_phone().ask(CLAIM, badge=badge, email="stranger@example.org")

    assert await pool.fetchval("SELECT count(*) FROM sign_in_attempts") == 0


async def test_a_found_badge_does_not_let_anybody_try_a_list_of_addresses(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World
) -> None:
    phone, badge = new_phone(), await badge_of(world, email=ANA)
    for number in range(10):
        await phone.ask(CLAIM, badge=badge, email=f"guess{number}@example.org")

    await phone.ask(CLAIM, badge=badge, email=ANA)

    assert mailbox.mails() == []
