"""A block leaves each out of the other's vault, at every event, and tells neither phone that it was a block."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from schema.ids import Kind, global_id
from server.badges.tokens import badge_secret
from server.events.models import Event
from server.vault.sealing import lookup_of
from tests.clock import Clock
from tests.encounters.documents import BLOCK, UNBLOCK
from tests.front_door import FrontDoor
from tests.vault.conftest import FetchingPhone
from tests.vault.reading import Body, read_body
from tests.world import Attendee, World

PhoneOf = Callable[[Attendee], FetchingPhone]


@pytest.fixture
async def here(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def ana(world: World, here: Event) -> Attendee:
    return await world.attendee(here, "Ana Duarte")


@pytest.fixture
async def ben(world: World, here: Event) -> Attendee:
    return await world.attendee(here, "Ben Okafor")


async def also_at(world: World, event: Event, who: Attendee) -> Attendee:
    """The same person's place at another event."""
    registration_id, badge_id = await world.registration(event, name=who.name, person=who.person)
    badge = badge_secret(world.secrets, badge_id)
    return replace(who, event=event, registration_id=registration_id, badge_id=badge_id, badge=badge)


async def fetched(phone: FetchingPhone) -> Body:
    body = await phone.fetch()
    assert body is not None
    return body


async def test_a_block_takes_each_from_the_other_at_every_event_and_back(
    world: World, here: Event, ana: Attendee, ben: Attendee, phone_of: PhoneOf, front_door: FrontDoor
) -> None:
    there = await world.event()
    ana_there, ben_there = await also_at(world, there, ana), await also_at(world, there, ben)
    swap = global_id(Kind.SWAP, await world.swap(ana, ben), here.id)
    pairs = [(ana, ben), (ben, ana), (ana_there, ben_there), (ben_there, ana_there)]
    phones = [(phone_of(who), other) for who, other in pairs]
    for phone, other in phones:
        await phone.fetch()
        assert phone.sees(other) == other.name

    await front_door.as_(ana.token).ask(BLOCK, swap=swap)

    for phone, other in phones:
        body = await fetched(phone)
        assert (body.gone, len(body.entries)) == ([lookup_of(other.badge.token)], 0)
        assert phone.sees(other) is None
        assert (await phone.fetch_whole()).entries == {}

    await front_door.as_(ana.token).ask(UNBLOCK, swap=swap)

    for phone, other in phones[:2]:  # the swap they had stays withdrawn
        assert await phone.fetch() is None
        assert phone.sees(other) is None
    for phone, other in phones[2:]:
        await fetched(phone)
        assert phone.sees(other) == other.name


async def test_a_block_made_before_an_event_holds_there_from_the_start(
    world: World, here: Event, ana: Attendee, ben: Attendee, phone_of: PhoneOf, front_door: FrontDoor
) -> None:
    await front_door.as_(ana.token).ask(BLOCK, swap=global_id(Kind.SWAP, await world.swap(ana, ben), here.id))
    there = await world.event()
    somebody = await world.attendee(there, "Somebody Else")
    ana_there, ben_there = await also_at(world, there, ana), await also_at(world, there, ben)

    for who, other in ((ana_there, ben_there), (ben_there, ana_there)):
        phone = phone_of(who)
        await fetched(phone)
        assert [phone.sees(other), phone.sees(somebody)] == [None, "Somebody Else"]


async def test_somebody_blocked_is_told_what_they_are_told_of_a_cancelled_place(
    world: World, here: Event, ana: Attendee, ben: Attendee, phone_of: PhoneOf, front_door: FrontDoor, clock: Clock
) -> None:
    """But for what is random, the two answers are the same bytes."""
    mira = await world.attendee(here, "Mira Sand")
    phone = phone_of(ben)
    await phone.fetch()
    await front_door.as_(ana.token).ask(BLOCK, swap=global_id(Kind.SWAP, await world.swap(ana, ben), here.id))
    blocked = await phone.ask(since=phone.kept.cursor)
    phone.kept.take(blocked.content)
    await world.pool.execute("UPDATE registrations SET cancelled_at = $2 WHERE id = $1", mira.registration_id, clock())
    cancelled = await phone.ask(since=phone.kept.cursor)

    bodies = [read_body(each.content) for each in (blocked, cancelled)]
    assert [(len(body.gone), body.entries, body.texts) for body in bodies] == [(1, {}, None)] * 2
    headers = [body.header | {"cursor": len(body.header["cursor"]), "inVault": 0} for body in bodies]
    assert headers[0] == headers[1]
    assert len(blocked.content) == len(cancelled.content)
    assert [set(each.headers) for each in (blocked, cancelled)] == [set(blocked.headers)] * 2


async def test_others_are_not_told_that_anything_happened(
    world: World, here: Event, ana: Attendee, ben: Attendee, phone_of: PhoneOf, front_door: FrontDoor
) -> None:
    phone = phone_of(await world.attendee(here))
    await phone.fetch()

    await front_door.as_(ana.token).ask(BLOCK, swap=global_id(Kind.SWAP, await world.swap(ana, ben), here.id))

    for who in (ana, ben):
        await phone_of(who).fetch()
    assert await phone.fetch() is None
    assert [phone.sees(who) for who in (ana, ben)] == ["Ana Duarte", "Ben Okafor"]
