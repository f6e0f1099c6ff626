"""Whatever three people do, in any order and at once, each sees of an introduction what the plain model says."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.introductions.plain_model import Story
from tests.introductions.three import END, Introducible, Three
from tests.world import World

T = TypeVar("T")
TWO = ("Ben", "Cem")
two = st.sampled_from(TWO)


class Machine(RuleBasedStateMachine):
    """Each rule does the same through the front door and in the model. It runs in a thread beside the loop."""

    front_door: FrontDoor
    world: World
    clock: Clock
    loop: asyncio.AbstractEventLoop
    starts_at: datetime

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=60)

    @initialize()
    def begin(self) -> None:
        self.clock.now = self.starts_at
        self.three = Three(self.front_door, self.world)
        self.run(self.three.build())
        self.stories: dict[str, Story] = {}
        self.is_open = dict.fromkeys(TWO, True)
        self.is_contact = dict.fromkeys(TWO, True)
        self.is_blocked = False
        self.introduce()

    @property
    def now(self) -> datetime:
        return self.clock()

    def who(self, name: str) -> Introducible:
        found: Introducible = {"Ana": self.three.ana, "Ben": self.three.ben, "Cem": self.three.cem}[name]
        return found

    @property
    def latest(self) -> tuple[str, Story]:
        return list(self.stories.items())[-1]

    def end_unmade(self) -> None:
        for story in self.stories.values():
            story.is_over |= not story.is_made

    @rule()
    def introduce(self) -> None:
        """With a new reason each time."""
        self.clock.advance(minutes=1)
        answer = self.run(self.three.introduce(reason=f"reason {len(self.stories)}"))
        if not all(self.is_contact.values()):
            assert answer["__typename"] == "NotFound"
        elif not all(self.is_open.values()) or any(
            story.seen_by_ana(self.now) != "CLOSED" for story in self.stories.values()
        ):
            assert answer["__typename"] == "CannotIntroduce"
        else:
            self.stories[answer["id"]] = Story(self.now, is_over=self.is_blocked)

    @precondition(lambda self: self.stories)
    @rule(name=two, yes=st.sampled_from([True, True, True, False]))
    def answer(self, name: str, yes: bool) -> None:
        self.clock.advance(minutes=1)
        introduction, story = self.latest
        is_known = story.is_known_to(name)
        answer = self.run(self.three.answer(self.who(name), introduction, yes=yes))
        assert (answer["__typename"] == "Introduction") == is_known
        story.answer(name, yes=yes, now=self.now)

    @precondition(lambda self: self.stories)
    @rule(by_ben=st.booleans(), by_cem=st.booleans())
    def answer_at_once(self, by_ben: bool, by_cem: bool) -> None:
        """Each of them on two phones."""
        self.clock.advance(minutes=1)
        introduction, story = self.latest

        async def both() -> list[Any]:
            return await asyncio.gather(
                *(
                    self.three.answer(self.who(name), introduction, yes=yes)
                    for name, yes in (("Ben", by_ben), ("Cem", by_cem)) * 2
                )
            )

        answers = self.run(both())
        cem_was_heard = any(answers[place]["__typename"] == "Introduction" for place in (1, 3))
        if cem_was_heard and not by_ben and story.is_known_to("Cem"):
            story.answer("Cem", yes=by_cem, now=self.now)  # before Ben took his yes back
        story.answer("Ben", yes=by_ben, now=self.now)
        if cem_was_heard:
            story.answer("Cem", yes=by_cem, now=self.now)

    @precondition(lambda self: self.stories)
    @rule(name=two)
    def yes_against_a_closing_card(self, name: str) -> None:
        self.clock.advance(minutes=1)
        introduction, story = self.latest

        async def both() -> Any:
            answer, _ = await asyncio.gather(
                self.three.answer(self.three.cem, introduction, yes=True),
                self.three.open_card(self.who(name), to_introductions=False),
            )
            return answer

        answer = self.run(both())
        is_made = self.run(
            self.world.pool.fetchval("SELECT bool_or(made_at IS NOT NULL) FROM introductions WHERE ended_at IS NULL")
        )
        if is_made and answer["__typename"] == "Introduction":
            story.answer("Cem", yes=True, now=self.now)
        self.is_open[name] = False
        self.end_unmade()

    @rule(name=two, is_open=st.booleans(), to_event=st.booleans())
    def open_or_close_the_card(self, name: str, is_open: bool, to_event: bool) -> None:
        self.clock.advance(minutes=1)
        kept = {"to_event": is_open} if to_event else {"to_introductions": is_open}
        self.run(self.three.open_card(self.who(name), **kept))
        self.is_open[name] = is_open
        if not is_open:
            self.end_unmade()

    @rule(name=two, by_ana=st.booleans(), sure=st.integers(0, 3))
    def withdraw(self, name: str, by_ana: bool, sure: int) -> None:
        """Seldom: nothing begins any more afterwards."""
        if sure or not self.is_contact[name]:
            return
        self.clock.advance(minutes=1)
        self.run(self.three.withdraw(self.three.ana if by_ana else self.who(name), name))
        self.is_contact[name] = False
        self.end_unmade()

    @rule(name=two, sure=st.integers(0, 3))
    def block_each_other(self, name: str, sure: int) -> None:
        if sure or self.is_blocked:
            return
        self.clock.advance(minutes=1)
        self.run(self.three.block(self.who(name), self.who("Cem" if name == "Ben" else "Ben")))
        self.is_blocked = True
        for story in self.stories.values():
            story.is_over = True

    @precondition(lambda self: self.stories)
    @rule(name=st.sampled_from(["Ana", "Ben", "Cem"]))
    def end(self, name: str) -> None:
        self.clock.advance(minutes=1)
        introduction, story = self.latest
        self.run(self.three.ask(self.who(name), END, introduction=introduction))
        if name == "Ana":
            story.taken_back |= not story.is_made
            story.is_over |= not story.is_made
        elif story.is_known_to(name) and story.is_made:
            story.is_over = True
        else:
            story.answer(name, yes=False, now=self.now)

    @rule(days=st.integers(1, 8))
    def wait(self, days: int) -> None:
        self.clock.now += timedelta(days=days)

    @invariant()
    def each_of_the_two_sees_what_the_model_says(self) -> None:
        for name, other in (TWO, TWO[::-1]):
            said = self.run(self.three.seen(self.who(name)))
            expected = {
                introduction: seen
                for introduction, story in self.stories.items()
                if (seen := story.seen_by(name, self.now)) is not None
            }
            found = {
                each["id"]: (each["state"], each["other"] is not None, each["contact"] is not None) for each in said
            }
            assert found == expected, name
            told = self.who(other).of(said)
            assert ("contact" in told) == any(shows for _, _, shows in expected.values())
            assert told & {"card", "wish"} == set() or any(shows for _, shows, _ in expected.values())

    @invariant()
    def ana_learns_that_it_was_made_or_is_over_and_nothing_else(self) -> None:
        said = self.run(self.three.seen(self.three.ana))
        assert {each["id"]: each["state"] for each in said} == {
            introduction: story.seen_by_ana(self.now) for introduction, story in self.stories.items()
        }
        assert all(each["other"] is each["contact"] is each["myAnswer"] is each["note"] is None for each in said)


@pytest.mark.timeout(300)
async def test_whatever_the_three_do_each_sees_what_the_model_says(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    around = {"front_door": front_door, "world": world, "clock": clock, "starts_at": clock()}
    await asyncio.to_thread(
        run_state_machine_as_test,
        type("MachineOfThisTest", (Machine,), around | {"loop": asyncio.get_running_loop()}),
        settings=settings(
            max_examples=10,
            stateful_step_count=12,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # making a failure shorter would take minutes
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )
