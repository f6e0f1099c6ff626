"""What becomes mine by signing in, what I am asked about, and what stays another's."""

import asyncio
from collections.abc import Callable
from typing import Any

from server.db import Pool
from server.events.models import Event
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.sessions.steps import ME, sign_in, sign_in_by_mail
from tests.world import World

ANA = "ana@example.org"


async def me_after_sign_in(new_phone: Callable[[], FrontDoor], mailbox: Mailbox, email: str = ANA) -> dict[str, Any]:
    phone = new_phone()
    await sign_in_by_mail(phone, mailbox, email)
    me: dict[str, Any] = (await phone.ask(ME))["me"]
    return me


async def test_the_only_ticket_of_an_event_becomes_mine(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World
) -> None:
    event = await world.event()
    await world.registration(event, name="Ana Duarte", email="Ana@Example.org")

    me = await me_after_sign_in(new_phone, mailbox)

    assert [each["event"]["slug"] for each in me["registrations"]] == [event.slug]
    assert me["name"] == "Ana Duarte"
    assert me["claimable"] == []


async def test_a_place_without_a_card_begins_with_a_closed_one_of_its_name(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World, pool: Pool
) -> None:
    event = await world.event()
    await world.registration(event, name="Ana Duarte", email=ANA)
    await pool.execute("DELETE FROM cards")

    me = await me_after_sign_in(new_phone, mailbox)

    place = me["registrations"][0]
    assert place["card"]["name"] == "Ana Duarte"
    assert place["card"]["upTo"] is None
    assert place["openToEvent"] is False
    assert place["openToIntroductions"] is False


async def test_of_several_tickets_i_am_asked_which_is_mine(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World
) -> None:
    event = await world.event()
    for name in ("Ana Duarte", "Ben Okafor"):
        await world.registration(event, name=name, email=ANA)

    me = await me_after_sign_in(new_phone, mailbox)

    assert me["registrations"] == []
    assert [(each["name"], each["ticketType"]) for each in me["claimable"]] == [
        ("Ana Duarte", "Day ticket"),
        ("Ben Okafor", "Day ticket"),
    ]


async def test_each_event_is_looked_at_by_itself(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World
) -> None:
    clear, unclear = await world.event(), await world.event()
    await world.registration(clear, email=ANA)
    await world.registration(unclear, email=ANA)
    await world.registration(unclear, email=ANA)

    me = await me_after_sign_in(new_phone, mailbox)

    assert [each["event"]["slug"] for each in me["registrations"]] == [clear.slug]
    assert {each["event"]["slug"] for each in me["claimable"]} == {unclear.slug}


async def test_cancelled_tickets_and_those_of_others_stay(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World
) -> None:
    event = await world.event()
    await world.registration(event, email=ANA, cancelled_at=world.clock())
    await world.registration(event, email="ben@example.org")
    await world.registration(event, email=None)

    me = await me_after_sign_in(new_phone, mailbox)

    assert me["registrations"] == me["claimable"] == []


async def test_a_ticket_that_is_taken_stays_with_whoever_took_it(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World, pool: Pool
) -> None:
    """The organizer moved the ticket to another address after somebody had taken it."""
    event = await world.event()
    ben = await world.attendee(event)
    await pool.execute("UPDATE registrations SET email = $1, email_key = $1", ANA)

    me = await me_after_sign_in(new_phone, mailbox)

    assert me["registrations"] == me["claimable"] == []
    assert await pool.fetchval("SELECT person_id FROM registrations") == ben.person.id


async def test_a_new_ticket_takes_the_place_of_a_cancelled_one(
    new_phone: Callable[[], FrontDoor], mailbox: Mailbox, world: World, pool: Pool
) -> None:
    event = await world.event()
    await world.registration(event, name="First order", email=ANA)
    await me_after_sign_in(new_phone, mailbox)
    await pool.execute("UPDATE registrations SET cancelled_at = now()")
    await world.registration(event, name="Second order", email=ANA)

    me = await me_after_sign_in(new_phone, mailbox)

    assert [each["card"]["name"] for each in me["registrations"]] == ["Second order"]


async def invited(world: World, event: Event, name: str = "Ana Duarte") -> str:
    await world.registration(event, name=name, email=ANA)
    return await world.invitation(event, ANA)


async def test_an_invitations_link_signs_in_without_an_attempt_and_takes_the_place(
    new_phone: Callable[[], FrontDoor], world: World
) -> None:
    phone, event = new_phone(), await world.event()
    code = await invited(world, event)

    answer = await sign_in(phone, code)

    assert answer["me"]["email"] == ANA
    assert [each["event"]["slug"] for each in (await phone.ask(ME))["me"]["registrations"]] == [event.slug]


async def test_an_invitation_works_once_even_at_once(new_phone: Callable[[], FrontDoor], world: World) -> None:
    code = await invited(world, await world.event())

    answers = await asyncio.gather(*(sign_in(new_phone(), code) for _ in range(3)))

    assert sorted(answer["__typename"] for answer in answers) == ["CodeNotValid", "CodeNotValid", "SignedIn"]


async def test_an_invitation_ends_after_fourteen_days(new_phone: Callable[[], FrontDoor], world: World) -> None:
    code = await invited(world, await world.event())

    world.clock.advance(days=14)

    assert (await sign_in(new_phone(), code))["__typename"] == "CodeNotValid"


async def test_used_old_and_invented_invitations_are_answered_alike(
    new_phone: Callable[[], FrontDoor], world: World
) -> None:
    used, old = await invited(world, await world.event()), await invited(world, await world.event())
    await sign_in(new_phone(), used)
    world.clock.advance(days=15)

    answers = [await sign_in(new_phone(), code) for code in (used, old, "A" * 43)]

    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["__typename"] == "CodeNotValid"


async def test_looking_at_an_invitation_uses_nothing_up(new_phone: Callable[[], FrontDoor], world: World) -> None:
    phone, code = new_phone(), await invited(world, await world.event())

    await phone.client.get(f"/invite#code={code}")
    await phone.client.get(f"/invite?code={code}")

    assert (await sign_in(phone, code))["__typename"] == "SignedIn"
