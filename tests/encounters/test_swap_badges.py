"""A scan of a badge: what it answers, and to whom it says nothing."""

from datetime import timedelta

from server.events.models import Event
from tests.clock import Clock
from tests.encounters.asking import count_swaps, scan
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World


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
