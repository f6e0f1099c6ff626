"""Explaining a swap: from the facts as they were when each agenda was chosen, and never what anybody wrote."""

from datetime import timedelta
from typing import Any

import pytest

from schema.ids import read_any
from server.agenda.explaining.models import ExplainedAgenda
from server.agenda.explaining.operations import explain_swap
from server.agenda.library import library_in
from server.agenda.models import Circumstance
from server.db import Connection
from server.errors import NotFound
from tests.agenda.test_facts_of_a_pair import Friends, meet
from tests.cli.typed import handsel
from tests.clock import Clock
from tests.encounters.documents import SWAP_BADGES, WITHDRAW, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import World

CARD = {"up_to": "turning a closed school into a tool library", "seeking": "somebody who knows old boilers"}


@pytest.fixture
async def friends(front_door: FrontDoor, world: World, clock: Clock) -> Friends:
    both = Friends(front_door, world, clock)
    await both.come(**CARD)
    # Ids tell when an agenda was made, by the clock of the machine and not by the one that stands still.
    await world.pool.execute("UPDATE cards SET updated_at = now() - interval '1 hour'")
    return both


async def explained(connection: Connection, swap: dict[str, Any]) -> list[ExplainedAgenda]:
    named = read_any(swap["id"])
    assert named.event_id is not None
    return await explain_swap(connection, event_id=named.event_id, swap_id=named.row)


async def test_each_prompt_of_both_sides_is_what_the_rules_choose_with_what_lost_and_why(
    friends: Friends, connection: Connection
) -> None:
    agendas = await explained(connection, await friends.meet())

    assert [agenda.side for agenda in agendas] == ["A", "B"]
    for agenda in agendas:
        assert Circumstance.FIRST_MEETING in agenda.holds
        assert not agenda.cards_changed
        assert all(prompt.as_chosen and prompt.why.startswith("fresh to the two") for prompt in agenda.prompts)
        assert all(loser.rule and loser.key != prompt.key for prompt in agenda.prompts for loser in prompt.lost)
        assert any(prompt.lost for prompt in agenda.prompts)


async def test_what_happened_after_the_choice_has_no_part_in_its_explanation(
    friends: Friends, connection: Connection, world: World, clock: Clock
) -> None:
    await friends.meet()
    await friends.come(**CARD)
    swap = await friends.meet()
    before = await explained(connection, swap)

    met = read_any(swap["id"]).row
    await world.promise(friends.ana, met, at=clock() - timedelta(hours=30))
    await world.pool.execute("UPDATE promises SET made_at = 'infinity'")
    await meet(friends.front_door, clock, friends.ana, await world.attendee(friends.ana.event, "Mei"))

    assert await explained(connection, swap) == before
    assert all(prompt.as_chosen for agenda in before for prompt in agenda.prompts)
    assert Circumstance.SECOND_MEETING in before[0].holds


async def test_a_card_changed_since_is_said_and_so_is_each_prompt_that_no_longer_follows(
    friends: Friends, connection: Connection, world: World
) -> None:
    swap = await friends.meet()
    await world.pool.execute(
        "UPDATE cards SET up_to = NULL, seeking = NULL, updated_at = now() + interval '1 day'"
        " WHERE registration_id = $1",
        friends.ben.registration_id,
    )

    agendas = await explained(connection, swap)

    assert all(agenda.cards_changed for agenda in agendas)
    no_longer = [prompt for agenda in agendas for prompt in agenda.prompts if not prompt.as_chosen]
    assert no_longer
    assert {"conditions do not hold now" in prompt.why or "now " in prompt.why for prompt in no_longer} == {True}


async def test_what_a_phone_had_shown_is_told_from_what_was_chosen(
    friends: Friends, connection: Connection, clock: Clock
) -> None:
    shown = next(each.key for each in library_in("en").prompts if each.key == "open-came")
    scan = scan_of(friends.ben.badge.token, at=clock(), shownPrompts=[shown])
    swap = await friends.front_door.as_(friends.ana.token).ask(SWAP_BADGES, event=id_of(friends.ana.event), scan=scan)

    agendas = await explained(connection, swap["swapBadges"])

    begun = next(agenda for agenda in agendas if agenda.prompts[0].key == shown)
    assert "shown by the reader's phone" in begun.prompts[0].why
    assert all(prompt.as_chosen for prompt in begun.prompts[1:])


async def test_nothing_is_explained_after_a_withdrawal_or_for_a_day_without_a_talk(
    friends: Friends, connection: Connection, clock: Clock
) -> None:
    swap = await friends.meet()
    named = read_any(swap["id"])
    assert named.event_id is not None
    yesterday = (clock() - timedelta(days=1)).date()
    with pytest.raises(NotFound):
        await explain_swap(connection, event_id=named.event_id, swap_id=named.row, day=yesterday)

    await friends.front_door.as_(friends.ana.token).ask(WITHDRAW, swap=swap["id"])

    with pytest.raises(NotFound):
        await explained(connection, swap)


async def test_the_command_prints_keys_and_rules_and_nothing_that_anybody_wrote(
    friends: Friends, environment: dict[str, str]
) -> None:
    swap = await friends.meet()

    told = await handsel(environment, "prompts", "explain", swap["id"])
    elsewhere = await handsel(environment, "prompts", "explain", "not-a-swap")

    assert told[0] == 0
    assert all(prompt["libraryKey"] in told[1] for prompt in swap["agenda"]["prompts"])
    assert not [words for words in ("Ana", "Ben", *CARD.values()) if words in told[1]]
    assert not [prompt["text"] for prompt in swap["agenda"]["prompts"] if prompt["text"] in told[1]]
    assert elsewhere == (1, elsewhere[1])
    assert "There is no agenda to explain" in elsewhere[1]
