"""What was given and received is remembered once, taken back by its key, and known when somebody may be asked."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from server.db import Connection
from server.ids import new_id
from server.relationships import operations
from server.relationships.models import GiftDirection, GiftKind
from tests.clock import Clock
from tests.world import Attendee, World


@pytest.fixture
async def pair(world: World, connection: Connection, clock: Clock) -> tuple[Attendee, Attendee]:
    """Ana and Ben, who share with each other."""
    event = await world.event()
    ana, ben = await world.attendee(event, "Ana Duarte"), await world.attendee(event, "Ben Okafor")
    swap_id = await world.swap(ana, ben)
    await operations.begin(connection, event_id=event.id, swap_id=swap_id, now=clock())
    return ana, ben


async def _gave(
    connection: Connection,
    who: Attendee,
    whom: Attendee,
    clock: Clock,
    *,
    direction: GiftDirection = GiftDirection.GAVE,
    key: UUID | None = None,
) -> None:
    await operations.record_gift(
        connection, person_id=who.person.id, other_id=whom.person.id, direction=direction, kind=GiftKind.ADVICE,
        text="how to seal a cellar", key=key or uuid4(), now=clock(),
    )  # fmt: skip


async def test_the_same_key_again_remembers_nothing_new(
    connection: Connection, pair: tuple[Attendee, Attendee], clock: Clock
) -> None:
    ana, ben = pair
    key = uuid4()
    for _ in range(3):
        await _gave(connection, ana, ben, clock, key=key)

    assert await connection.fetchval("SELECT count(*) FROM gifts") == 1


async def test_only_who_gave_has_given(connection: Connection, pair: tuple[Attendee, Attendee], clock: Clock) -> None:
    ana, ben = pair
    await _gave(connection, ana, ben, clock)
    await _gave(connection, ben, ana, clock, direction=GiftDirection.RECEIVED)

    assert await operations.has_given(connection, person_id=ana.person.id, other_ids=[ben.person.id]) == {ben.person.id}
    assert await operations.has_given(connection, person_id=ben.person.id, other_ids=[ana.person.id]) == set()
    assert await operations.has_given(connection, person_id=ana.person.id, other_ids=[new_id()]) == set()


async def test_a_gift_is_taken_back_by_its_key_and_by_its_owner_alone(
    connection: Connection, pair: tuple[Attendee, Attendee], clock: Clock
) -> None:
    ana, ben = pair
    key = uuid4()
    await _gave(connection, ana, ben, clock, key=key)
    await operations.forget_gift(connection, person_id=ben.person.id, key=key)
    assert await connection.fetchval("SELECT count(*) FROM gifts") == 1
    await operations.forget_gift(connection, person_id=ana.person.id, key=key)

    assert await connection.fetchval("SELECT count(*) FROM gifts") == 0


async def test_without_a_relationship_there_is_nowhere_to_remember_it(
    world: World, connection: Connection, pair: tuple[Attendee, Attendee], clock: Clock
) -> None:
    ana, _ = pair
    stranger = await world.attendee(ana.event)
    await _gave(connection, ana, stranger, clock)

    assert await connection.fetchval("SELECT count(*) FROM gifts") == 0


async def test_what_was_kept_before_it_began_is_a_gift_once_it_begins(
    world: World, connection: Connection, clock: Clock
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    swap_id = await world.swap(ana, ben)
    promise_id = await world.promise(ana, swap_id, "Send the article")
    await world.promise(ben, swap_id, "Look at the roof")
    await connection.execute("UPDATE promises SET kept_at = $2 WHERE id = $1", promise_id, clock())
    for _ in range(2):
        await operations.begin(connection, event_id=event.id, swap_id=swap_id, now=clock())

    gifts = await connection.fetch("SELECT person_id, key, direction, kind, text FROM gifts")
    assert [tuple(gift) for gift in gifts] == [(ana.person.id, promise_id, "GAVE", "PROMISE", "Send the article")]


async def test_a_touch_is_the_owners_alone_and_never_moves_back(
    connection: Connection, pair: tuple[Attendee, Attendee], clock: Clock
) -> None:
    ana, ben = pair
    met, later = clock(), clock() + timedelta(days=3)
    for at in (later, met, met + timedelta(days=1)):
        await operations.touch(connection, person_id=ana.person.id, other_id=ben.person.id, now=at)

    rows = await connection.fetch("SELECT person_id, last_touch_at FROM relationships")
    assert dict(map(tuple, rows)) == {ana.person.id: later, ben.person.id: met}


async def test_the_other_of_a_swap_is_found_for_its_two_people_alone(
    world: World, connection: Connection, pair: tuple[Attendee, Attendee]
) -> None:
    ana, ben = pair
    event_id, swap_id = ana.event.id, await connection.fetchval("SELECT id FROM swaps")
    stranger = await world.attendee(ana.event)

    found = {
        who.name: await operations.other_person(connection, event_id=event_id, swap_id=swap_id, person_id=who.person.id)
        for who in (ana, ben, stranger)
    }
    assert found == {ana.name: ben.person.id, ben.name: ana.person.id, stranger.name: None}
