"""What a phone showed before it could ask is where the agenda begins."""

from server.events.models import Event
from tests.clock import Clock
from tests.encounters.asking import scan
from tests.front_door import FrontDoor
from tests.world import Attendee, World


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
