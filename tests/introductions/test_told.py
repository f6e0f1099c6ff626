"""Who is told of an introduction: only of what is still asked of them or still made when the notice leaves."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from server.introductions.models import ENDS_AFTER
from tests.introductions.test_ask_around import AGREE, ASK, NEED
from tests.introductions.three import END, Three
from tests.notifications.leaving import would_leave


async def told(three: Three) -> list[tuple[UUID, str]]:
    """What would leave now."""
    return await would_leave(three.world.pool, now=three.world.clock())


async def taken_back(three: Three, introduction: str) -> None:
    await three.ask(three.ana, END, introduction=introduction)


async def withdrawn(three: Three, _: str) -> None:
    await three.withdraw(three.ana, "Ben")


async def blocked(three: Three, _: str) -> None:
    await three.block(three.cem, three.ben)


async def refused(three: Three, introduction: str) -> None:
    await three.answer(three.ben, introduction, yes=False)


async def shut(three: Three, _: str) -> None:
    await three.open_card(three.cem, to_introductions=False)


async def too_late(three: Three, _: str) -> None:
    three.world.clock.advance(days=ENDS_AFTER / timedelta(days=1))


@pytest.mark.parametrize("ends", [taken_back, withdrawn, blocked, refused, shut, too_late])
async def test_who_was_asked_is_not_told_once_it_is_over(
    three: Three, ends: Callable[[Three, str], Awaitable[None]]
) -> None:
    introduction = (await three.introduce())["id"]
    assert await told(three) == [(three.ben.who.person.id, "INTRODUCTION_ASKED")]

    await ends(three, introduction)

    assert await told(three) == []


async def test_each_is_told_of_what_is_asked_of_them_and_all_three_of_what_was_made(three: Three) -> None:
    introduction = (await three.introduce())["id"]
    await three.answer(three.ben, introduction, yes=True)
    assert await told(three) == [(three.cem.who.person.id, "INTRODUCTION_ASKED")]

    await three.answer(three.cem, introduction, yes=True)

    everybody = sorted(each.who.person.id for each in (three.ana, three.ben, three.cem))
    assert sorted(await told(three)) == [(each, "INTRODUCTION_MADE") for each in everybody]


@pytest.mark.parametrize("ends", [taken_back, blocked])
async def test_what_was_made_and_ended_is_told_to_nobody(
    three: Three, ends: Callable[[Three, str], Awaitable[None]]
) -> None:
    introduction = await three.made()
    if ends is taken_back:
        await three.ask(three.ben, END, introduction=introduction)
    else:
        await ends(three, introduction)

    assert await told(three) == []


async def test_a_request_is_told_while_it_can_be_seen(three: Three) -> None:
    await three.ask(three.ana, AGREE, agree=True)
    await three.open_card(three.ben)
    await three.ask(three.ben, ASK, swap=three.swaps["Ben"], need=NEED)
    assert await told(three) == [(three.ana.who.person.id, "INTRODUCTION_ASKED")]

    await three.ask(three.ana, AGREE, agree=False)

    assert await told(three) == []
