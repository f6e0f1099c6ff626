"""Prompts that a phone showed by itself after its scan was sent: what was asked and learned joins the agenda."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from server.agenda.library import library_in
from tests.clock import Clock
from tests.encounters.documents import SWAP, SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World

MARK = """
    mutation ($prompt: ID!, $state: PromptState!, $insight: String) {
        markPrompt(prompt: $prompt, state: $state, insight: $insight) {
            __typename ... on Prompt { id libraryKey quote text state insight } } }
"""
READ = f"query ($id: ID!) {{ swap(id: $id) {{ {SWAP} }} }}"


class Meeting:
    """Ana scanned Ben under `key`; `unasked` are library keys that are on neither's agenda."""

    def __init__(self, ana: FrontDoor, ben: FrontDoor, swap: dict[str, Any], key: str) -> None:
        self.ana, self.ben, self.swap, self.key = ana, ben, swap, key

    def unasked(self, about: str | None = None) -> list[str]:
        asked = {prompt["libraryKey"] for prompt in self.swap["agenda"]["prompts"]}
        return [prompt.key for prompt in library_in("en").prompts if prompt.key not in asked and prompt.about == about]

    async def mark(self, library_key: str, state: str = "ASKED", insight: str | None = None) -> dict[str, Any]:
        data = await self.ana.ask(MARK, prompt=f"{self.key}/{library_key}", state=state, insight=insight)
        marked: dict[str, Any] = data["markPrompt"]
        return marked

    async def agenda(self) -> list[dict[str, Any]]:
        prompts: list[dict[str, Any]] = (await self.ana.ask(READ, id=self.key))["swap"]["agenda"]["prompts"]
        return prompts


async def meet(front_door: FrontDoor, clock: Clock, ana: Attendee, ben: Attendee) -> Meeting:
    scan = scan_of(ben.badge.token, at=clock())
    data = await front_door.as_(ana.token).ask(SWAP_BADGES, event=id_of(ana.event), scan=scan)
    return Meeting(front_door.as_(ana.token), front_door.as_(ben.token), data["swapBadges"], scan["key"])


@pytest.fixture
async def meeting(front_door: FrontDoor, world: World, clock: Clock) -> Meeting:
    event = await world.event()
    ana = await world.attendee(event, "Ana")
    ben = await world.attendee(event, "Ben", up_to="mending bicycles", seeking="a dry shed")
    return await meet(front_door, clock, ana, ben)


async def test_a_prompt_that_the_agenda_lacks_joins_it_with_what_was_learned(meeting: Meeting) -> None:
    key = meeting.unasked()[0]

    marked = await meeting.mark(key, insight="Chains are the easy part.")

    assert marked["libraryKey"] == key
    assert marked["insight"] == "Chains are the easy part."
    last = (await meeting.agenda())[-1]
    assert (last["libraryKey"], last["state"], last["insight"]) == (key, "ASKED", "Chains are the easy part.")
    assert len(await meeting.agenda()) == len(meeting.swap["agenda"]["prompts"]) + 1


async def test_it_quotes_the_other_in_their_own_words(meeting: Meeting) -> None:
    marked = await meeting.mark(meeting.unasked("seeking")[0])

    assert marked["quote"] == "a dry shed"


async def test_a_closed_card_is_not_quoted(front_door: FrontDoor, world: World, clock: Clock) -> None:
    event = await world.event()
    ana = await world.attendee(event, "Ana")
    shy = await world.attendee(event, "Noor", seeking="a dry shed", open_to_event=False)
    meeting = await meet(front_door, clock, ana, shy)

    marked = await meeting.mark(meeting.unasked("seeking")[0], insight="Likes rain.")

    assert marked["quote"] is None
    assert marked["insight"] == "Likes rain."


async def test_marked_twice_or_at_once_it_joins_once(meeting: Meeting, world: World) -> None:
    key = meeting.unasked()[0]

    marked = await asyncio.gather(*(meeting.mark(key, insight="Doors.") for _ in range(8)))

    assert len({each["id"] for each in marked}) == 1
    assert await world.pool.fetchval("SELECT count(*) FROM agenda_prompts WHERE library_key = $1", key) == 1


async def test_a_key_that_the_library_lacks_is_not_found_and_adds_nothing(meeting: Meeting) -> None:
    assert (await meeting.mark("no-such-key", insight="Doors."))["__typename"] == "NotFound"
    assert len(await meeting.agenda()) == len(meeting.swap["agenda"]["prompts"])


async def test_nobody_adds_to_anothers_agenda(meeting: Meeting) -> None:
    data = await meeting.ben.ask(MARK, prompt=f"{meeting.key}/{meeting.unasked()[0]}", state="ASKED")

    assert data["markPrompt"]["__typename"] == "NotFound"


async def test_after_a_withdrawal_nothing_is_added(meeting: Meeting, world: World, clock: Clock) -> None:
    await world.pool.execute("UPDATE swaps SET withdrawn_at = $1", clock())

    assert (await meeting.mark(meeting.unasked()[0]))["__typename"] == "NotFound"


async def test_an_agenda_does_not_grow_without_end(meeting: Meeting) -> None:
    keys = [prompt.key for prompt in library_in("en").prompts]

    kinds = [(await meeting.mark(key))["__typename"] for key in keys]

    assert kinds.count("Prompt") == 40
    assert len(await meeting.agenda()) == 40


async def test_a_key_asked_on_an_earlier_day_is_marked_in_the_conversation_of_its_own_scan(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event(ends_at=clock() + timedelta(days=2))
    ana, ben = await world.attendee(event, "Ana"), await world.attendee(event, "Ben")
    first = await meet(front_door, clock, ana, ben)
    key = first.swap["agenda"]["prompts"][0]["libraryKey"]
    await first.mark(key, insight="On the first day.")
    clock.advance(days=1)
    second = await meet(front_door, clock, ana, ben)

    await second.mark(key, insight="On the second day.")

    rows = await world.pool.fetch("SELECT insight FROM agenda_prompts WHERE library_key = $1 ORDER BY day", key)
    assert [row["insight"] for row in rows if row["insight"]] == ["On the first day.", "On the second day."]
