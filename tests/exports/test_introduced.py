"""An export holds how to reach whoever one was introduced to, while that is shared, and not one moment longer."""

from typing import Any

import pytest

from tests.exports.asking import ask_for_export
from tests.front_door import FrontDoor
from tests.introductions.three import END, Introducible, Three
from tests.world import World


@pytest.fixture
async def three(front_door: FrontDoor, world: World) -> Three:
    made = Three(front_door, world)
    await made.build()
    return made


async def told(three: Three, who: Introducible, of: Introducible) -> set[str]:
    """Which words of the one stand in the introductions of the other's export."""
    export = await ask_for_export(three.front_door, who.who.token)
    introductions: list[dict[str, Any]] = export.data["introductions"]
    return of.of(introductions)


async def test_who_was_introduced_finds_the_others_contact_and_the_introducer_finds_neither(three: Three) -> None:
    await three.made()

    assert await told(three, three.ben, three.cem) == {"name", "contact"}
    assert await told(three, three.cem, three.ben) == {"name", "contact"}
    assert await told(three, three.ana, three.ben) == set()


async def test_nothing_of_the_other_is_there_before_both_agreed(three: Three) -> None:
    introduction = (await three.introduce())["id"]
    await three.answer(three.ben, introduction, yes=True)

    assert await told(three, three.ben, three.cem) == set()


@pytest.mark.parametrize("how", ["ended", "blocked"])
async def test_nothing_of_the_other_is_there_once_one_of_the_two_wants_it_so(three: Three, how: str) -> None:
    made = await three.made()
    if how == "ended":
        await three.ask(three.cem, END, introduction=made)
    else:
        await three.block(three.cem, three.ben)

    assert await told(three, three.ben, three.cem) == set()
    assert await told(three, three.cem, three.ben) == set()
