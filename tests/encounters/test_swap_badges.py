import asyncio
from datetime import timedelta
from typing import Any

import pytest

from server.events.models import Event
from tests.clock import Clock
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World


async def scan(front_door: FrontDoor, who: Attendee, badge: str, clock: Clock, **changes: Any) -> dict[str, Any]:
    data = await front_door.as_(who.token).ask(
        SWAP_BADGES, event=id_of(who.event), scan=scan_of(badge, at=clock(), **changes)
    )
    result: dict[str, Any] = data["swapBadges"]
    return result


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana Duarte", up_to="starting a seed library", seeking="a dry cellar")


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ben Okafor", up_to="turning a closed school into a tool library")


async def count_swaps(world: World) -> int:
    found: int = await world.pool.fetchval("SELECT count(*) FROM swaps")
    return found


async def test_a_scan_answers_with_prompts_about_the_other(
    front_door: FrontDoor, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    swap = await scan(front_door, ana, ben.badge.address("http://handsel.test"), clock)

    assert swap["__typename"] == "Swap"
    assert swap["card"]["name"] == "Ben Okafor"
    prompts = swap["agenda"]["prompts"]
    assert prompts[0]["phase"] == "OPEN"
    assert {"HELP", "WHO_ELSE"} <= {prompt["phase"] for prompt in prompts}
    assert 5 <= len(prompts) <= 7
    assert swap["agenda"]["minutes"] <= 20
    quotes = [prompt["quote"] for prompt in prompts if prompt["quote"]]
    assert quotes
    assert all(quote in "turning a closed school into a tool library" for quote in quotes)


async def test_nothing_of_my_own_card_is_on_my_agenda(
    front_door: FrontDoor, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    swap = await scan(front_door, ana, ben.badge.token, clock)

    assert "seed library" not in str(swap)
    assert "cellar" not in str(swap)


async def test_the_typed_code_is_an_equal_way(
    front_door: FrontDoor, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    code = ben.badge.code.lower()

    swap = await scan(front_door, ana, f" {code[:4]}-{code[4:]} ", clock)

    assert swap["card"]["name"] == "Ben Okafor"


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


async def test_my_own_badge_is_told_apart(front_door: FrontDoor, clock: Clock, ana: Attendee) -> None:
    assert (await scan(front_door, ana, ana.badge.token, clock))["__typename"] == "OwnBadge"


async def test_unknown_revoked_foreign_and_cancelled_badges_answer_alike(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, ana: Attendee
) -> None:
    elsewhere = await world.attendee(await world.event())
    revoked = await world.attendee(event)
    await world.pool.execute("UPDATE badges SET revoked_at = $1 WHERE id = $2", clock(), revoked.badge_id)
    cancelled = await world.attendee(event)
    await world.pool.execute(
        "UPDATE registrations SET cancelled_at = $1 WHERE id = $2", clock(), cancelled.registration_id
    )
    badges = ["0" * 26, "nonsense", elsewhere.badge.token, revoked.badge.token, cancelled.badge.token]

    answers = [await scan(front_door, ana, badge, clock) for badge in badges]

    assert answers[0]["__typename"] == "BadgeNotRecognised"
    assert all(answer == answers[0] for answer in answers)


async def test_scans_count_from_twelve_hours_before_until_twelve_after(
    front_door: FrontDoor, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    clock.now = ana.event.ends_at + timedelta(hours=12, seconds=1)

    assert (await scan(front_door, ana, ben.badge.token, clock))["__typename"] == "EventClosed"


async def test_a_scan_made_in_time_counts_although_it_is_sent_days_later(
    front_door: FrontDoor, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    made_at = clock()
    clock.advance(days=3)

    swap = await scan(front_door, ana, ben.badge.token, clock, scannedAt=made_at.isoformat())

    assert swap["__typename"] == "Swap"
    assert swap["swappedAt"] == made_at.isoformat().replace("+00:00", "Z")


async def test_where_people_are_checked_in_only_those_who_came_can_meet(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event(uses_check_in=True)
    ana, ben = await world.attendee(event), await world.attendee(event)

    refused = await scan(front_door, ana, ben.badge.token, clock)
    await world.admit(ana)
    not_known = await scan(front_door, ana, ben.badge.token, clock)
    await world.admit(ben)
    swap = await scan(front_door, ana, ben.badge.token, clock)

    assert refused["__typename"] == "EventClosed"
    assert "door" in refused["message"]
    assert not_known["__typename"] == "BadgeNotRecognised"
    assert swap["__typename"] == "Swap"


async def test_a_closed_card_shows_a_first_name_and_neutral_prompts(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, ana: Attendee
) -> None:
    shy = await world.attendee(event, "Noor van Dijk", up_to="a secret garden", open_to_event=False)

    swap = await scan(front_door, ana, shy.badge.token, clock)

    assert swap["card"] == {"name": "Noor", "upTo": None, "seeking": None, "newHere": False}
    assert "garden" not in str(swap)
    assert "Dijk" not in str(swap)
    assert 5 <= len(swap["agenda"]["prompts"]) <= 7


async def test_a_scan_alone_carries_no_contact_across(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    await world.pool.execute("UPDATE people SET contact_phone = '+351 900 000 001'")

    swap = await scan(front_door, ana, ben.badge.token, clock)

    assert swap["share"] == "NONE"
    assert swap["contact"] is None


async def test_prompts_shown_offline_begin_the_agenda(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, ana: Attendee, ben: Attendee
) -> None:
    other = await scan(front_door, await world.attendee(event), ben.badge.token, clock)
    keys = [prompt["libraryKey"] for prompt in other["agenda"]["prompts"]][1:3]

    swap = await scan(front_door, ana, ben.badge.token, clock, shownPrompts=[*keys, "no-such-key"])

    assert [prompt["libraryKey"] for prompt in swap["agenda"]["prompts"]][:2] == keys


async def test_prompts_shown_offline_begin_an_agenda_that_the_other_s_scan_had_made_before(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, ana: Attendee, ben: Attendee
) -> None:
    other = await scan(front_door, await world.attendee(event), ben.badge.token, clock)
    await scan(front_door, ben, ana.badge.token, clock)
    mine = await world.pool.fetch(
        "SELECT library_key FROM agenda_prompts WHERE registration_id = $1 ORDER BY place", ana.registration_id
    )
    made = {prompt["library_key"] for prompt in mine}
    shown = [prompt["libraryKey"] for prompt in other["agenda"]["prompts"] if prompt["libraryKey"] not in made][:2]
    assert len(shown) == 2

    swap = await scan(front_door, ana, ben.badge.token, clock, shownPrompts=shown)

    prompts = swap["agenda"]["prompts"]
    assert [prompt["libraryKey"] for prompt in prompts][:2] == shown
    assert len(prompts) <= 7
    assert len({prompt["libraryKey"] for prompt in prompts}) == len(prompts)
    phases = [prompt["phase"] for prompt in prompts]
    assert {"HELP", "WHO_ELSE", "CLOSE"} <= set(phases)


async def test_what_was_used_of_an_agenda_stays_when_another_phone_says_what_it_showed(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, ana: Attendee, ben: Attendee
) -> None:
    swap = await scan(front_door, ana, ben.badge.token, clock)
    first, second, *_ = swap["agenda"]["prompts"]
    await world.pool.execute(
        "UPDATE agenda_prompts SET state = 'ASKED', insight = 'Doors.' WHERE library_key = $1 AND registration_id = $2",
        first["libraryKey"], ana.registration_id,
    )  # fmt: skip
    other = await scan(front_door, await world.attendee(event), ben.badge.token, clock)
    shown = [
        prompt["libraryKey"]
        for prompt in other["agenda"]["prompts"]
        if prompt["libraryKey"] not in {each["libraryKey"] for each in swap["agenda"]["prompts"]}
    ][:1]

    again = await scan(front_door, ana, ben.badge.token, clock, shownPrompts=shown)

    prompts = again["agenda"]["prompts"]
    assert [prompt["libraryKey"] for prompt in prompts][:2] == [first["libraryKey"], *shown]
    assert (prompts[0]["id"], prompts[0]["insight"]) == (first["id"], "Doors.")
    assert second["libraryKey"] != shown[0]


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


async def test_somebody_without_a_place_cannot_scan(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, ben: Attendee
) -> None:
    stranger = await world.person()

    data = await front_door.as_(stranger.token).ask(
        SWAP_BADGES, event=id_of(event), scan=scan_of(ben.badge.token, at=clock())
    )

    assert data["swapBadges"]["__typename"] == "NotFound"
    assert await count_swaps(world) == 0


async def test_guessing_codes_is_stopped(front_door: FrontDoor, clock: Clock, ana: Attendee, ben: Attendee) -> None:
    for _ in range(30):
        assert (await scan(front_door, ana, "2" * 8, clock))["__typename"] == "BadgeNotRecognised"

    assert (await scan(front_door, ana, ben.badge.token, clock))["__typename"] == "TooManyScans"


async def test_past_the_cap_the_swap_is_made_and_only_the_offer_is_held_back(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, ana: Attendee
) -> None:
    await world.pool.execute(
        "UPDATE people SET shares_always = true, shares_fields = ARRAY['EMAIL'] WHERE id = $1", ana.person.id
    )
    others = [await world.attendee(event) for _ in range(21)]

    swaps = [await scan(front_door, ana, other.badge.token, clock) for other in others]

    assert [swap["share"] for swap in swaps] == ["OFFERED_BY_ME"] * 20 + ["NONE"]
    assert all(swap["agenda"]["prompts"] for swap in swaps)
