"""One key is one scan, one pair is one swap: sent again, both at once, with clocks that are wrong."""

import asyncio
from datetime import timedelta

from server.events.models import Event
from tests.clock import Clock
from tests.encounters.asking import count_swaps, scan
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World


async def test_the_same_key_again_answers_the_first_swap(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    sent = scan_of(ben.badge.token, at=clock())
    door = front_door.as_(ana.token)
    first = await door.ask(SWAP_BADGES, event=id_of(ana.event), scan=sent)
    clock.advance(minutes=5)
    later = sent | {"sentAt": clock().isoformat()}

    again = await door.ask(SWAP_BADGES, event=id_of(ana.event), scan=later)

    assert again == first
    assert await world.pool.fetchval("SELECT count(*) FROM scans") == 1


async def test_the_same_key_with_another_badge_is_refused_and_changes_nothing(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, ana: Attendee, ben: Attendee
) -> None:
    cyd = await world.attendee(event)
    sent = scan_of(ben.badge.token, at=clock())
    door = front_door.as_(ana.token)
    await door.ask(SWAP_BADGES, event=id_of(event), scan=sent)

    data = await door.ask(SWAP_BADGES, event=id_of(event), scan=sent | {"badge": cyd.badge.token})

    assert data["swapBadges"]["__typename"] == "KeyReused"
    assert await count_swaps(world) == 1


async def test_one_key_used_for_two_badges_at_once_makes_one_swap(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, ana: Attendee, ben: Attendee
) -> None:
    cyd = await world.attendee(event)
    sent = scan_of(ben.badge.token, at=clock())
    door = front_door.as_(ana.token)

    answers = await asyncio.gather(
        *(door.ask(SWAP_BADGES, event=id_of(event), scan=sent | {"badge": who.badge.token}) for who in (ben, cyd))
    )

    assert sorted(answer["swapBadges"]["__typename"] for answer in answers) == ["KeyReused", "Swap"]
    assert await count_swaps(world) == 1


async def test_two_who_scan_each_other_at_once_make_one_swap_and_open_differently(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    hers, his = await asyncio.gather(
        scan(front_door, ana, ben.badge.token, clock), scan(front_door, ben, ana.badge.token, clock)
    )

    assert hers["id"] == his["id"]
    assert await count_swaps(world) == 1
    openings = [swap["agenda"]["prompts"][0]["libraryKey"] for swap in (hers, his)]
    assert openings[0] != openings[1]
    assert hers["conversations"] == his["conversations"] == 1


async def test_fifty_resends_at_once_make_one_swap_one_scan_and_one_agenda(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    sent = scan_of(ben.badge.token, at=clock())
    door = front_door.as_(ana.token)

    answers = await asyncio.gather(*(door.ask(SWAP_BADGES, event=id_of(ana.event), scan=sent) for _ in range(50)))

    assert len({answer["swapBadges"]["id"] for answer in answers}) == 1
    assert await count_swaps(world) == 1
    assert await world.pool.fetchval("SELECT count(*) FROM scans") == 1
    sides = await world.pool.fetch("SELECT count(*) AS n FROM agenda_prompts GROUP BY registration_id")
    assert len(sides) == 2
    assert all(5 <= side["n"] <= 7 for side in sides)


async def test_the_earliest_true_time_of_a_pair_wins_whatever_the_phones_clocks_say(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    now = clock()
    a_day_off = timedelta(days=1)
    await scan(front_door, ana, ben.badge.token, clock)

    await scan(
        front_door, ben, ana.badge.token, clock,
        scannedAt=(now - timedelta(minutes=10) - a_day_off).isoformat(), sentAt=(now - a_day_off).isoformat(),
    )  # fmt: skip

    assert await world.pool.fetchval("SELECT swapped_at FROM swaps") == now - timedelta(minutes=10)


async def test_a_scan_is_never_in_the_future(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    now = clock()

    await scan(front_door, ana, ben.badge.token, clock, scannedAt=(now + timedelta(hours=3)).isoformat())

    assert await world.pool.fetchval("SELECT swapped_at FROM swaps") == now


async def test_a_scan_made_in_time_counts_although_it_is_sent_days_later(
    front_door: FrontDoor, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    made_at = clock()
    clock.advance(days=3)

    swap = await scan(front_door, ana, ben.badge.token, clock, scannedAt=made_at.isoformat())

    assert swap["__typename"] == "Swap"
    assert swap["swappedAt"] == made_at.isoformat().replace("+00:00", "Z")


async def test_a_second_day_is_a_second_conversation_with_other_prompts(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event(ends_at=clock() + timedelta(days=2))
    ana, ben = await world.attendee(event, "Ana"), await world.attendee(event, "Ben")
    first = await scan(front_door, ana, ben.badge.token, clock)
    clock.advance(days=1)

    second = await scan(front_door, ana, ben.badge.token, clock)

    assert second["id"] == first["id"]
    assert second["conversations"] == 2
    asked = {prompt["libraryKey"] for prompt in first["agenda"]["prompts"]}
    assert asked.isdisjoint(prompt["libraryKey"] for prompt in second["agenda"]["prompts"])
