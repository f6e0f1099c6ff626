"""Whatever two people do with their 1-2-1s, in any order, between two events, with endings of every kind."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from schema.ids import Kind, global_id
from tests.encounters.documents import BLOCK, DECLINE, SHARE_BACK, SWAP_BADGES, UNBLOCK, WITHDRAW, id_of, scan_of
from tests.front_door import FrontDoor
from tests.meetings.pair import ACCEPT, CANCEL, GONE, MEETINGS, PROPOSE, SUGGEST, TELL, Couple, told
from tests.world import Attendee, World

T = TypeVar("T")
sides = st.booleans()
#: Counted from the latest 1-2-1.
which = st.integers(0, 3)
events = st.integers(0, 1)
hours = st.lists(st.integers(-1, 6), min_size=1, max_size=4).map(tuple)

OPEN = "SELECT count(*) FROM meetings WHERE event_id = ANY ($2) AND state = 'PROPOSED' AND $1 < ANY (options)"
KEPT = """
    SELECT event_id, id, state, turn_of, options, starts_at, sequence, swap_id FROM meetings
    WHERE event_id = ANY ($1) ORDER BY id
"""
SHARED = """
    SELECT swaps.id FROM swaps
    WHERE withdrawn_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM swap_sides
        WHERE swap_sides.event_id = swaps.event_id AND swap_sides.swap_id = swaps.id
          AND (offers IS NULL OR declined_at IS NOT NULL))
"""


class Machine(RuleBasedStateMachine):
    """The steps are taken through the front door; it runs in a thread beside the application's loop."""

    front_door: FrontDoor
    world: World
    loop: asyncio.AbstractEventLoop
    starts_at: datetime

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=60)

    @initialize()
    def begin(self) -> None:
        self.world.clock.now = self.starts_at
        self.run(self._begin())
        self.sequences: dict[Any, int] = {}

    async def _begin(self) -> None:
        first = await Couple.meet(self.front_door, self.world)
        elsewhere = await self.world.event()
        people = [await self.world.attendee(elsewhere, who.name, person=who.person) for who in (first.ana, first.ben)]
        swap = global_id(Kind.SWAP, await self.world.swap(*people), elsewhere.id)
        self.at: list[tuple[tuple[Attendee, Attendee], str]] = [
            ((first.ana, first.ben), first.swap), ((people[0], people[1]), swap),
        ]  # fmt: skip
        self.couple = first

    def ask(self, who: Attendee, document: str, **variables: Any) -> Any:
        return self.run(self.couple.ask(who, document, **variables))

    def done(self, who: Attendee, document: str, **variables: Any) -> Any:
        return self.run(self.front_door.as_(who.token).ask(document, **variables))

    def times(self, some: tuple[int, ...]) -> list[str]:
        """Full hours, so that the same time is offered more than once."""
        full = self.world.clock().replace(minute=0)
        return [told(full + timedelta(hours=each)) for each in some]

    @property
    def both_events(self) -> list[Any]:
        return [both[0].event.id for both, _ in self.at]

    def kept(self) -> list[Any]:
        return self.run(self.world.pool.fetch(KEPT, self.both_events))

    def mine(self, who: Attendee, number: int) -> Any:
        """One of the 1-2-1s there are, also of those that this side cannot read any more."""
        kept = self.kept()
        if not kept:
            return None
        row = kept[-1 - number % len(kept)]
        visible = {each["id"] for each in self.ask(who, MEETINGS)}
        meeting = global_id(Kind.MEETING, row["id"], row["event_id"])
        return row, meeting, meeting in visible

    @rule(event=events, first=sides, some=hours)
    def propose(self, event: int, first: bool, some: tuple[int, ...]) -> None:
        both, swap = self.at[event]
        self.ask(both[first], PROPOSE, swap=swap, options=self.times(some))

    @rule(which=which, first=sides, number=st.integers(0, 2), declines=st.booleans())
    def answer(self, which: int, first: bool, number: int, declines: bool) -> None:
        who = self.at[0][0][first]
        found = self.mine(who, which)
        if found is None:
            return
        row, meeting, is_visible = found
        at = row["options"][number % len(row["options"])]
        answer = self.ask(who, ACCEPT, meeting=meeting, startsAt=None if declines else told(at))
        if not is_visible:
            assert answer["__typename"] == "NotFound"
        elif row["state"] == "PROPOSED" and not any(row["turn_of"] == of[first].registration_id for of, _ in self.at):
            assert answer["__typename"] == "MeetingNotPossible"
        if answer["__typename"] == "Meeting" and answer["state"] == "AGREED":
            assert answer["startsAt"] in answer["options"]

    @rule(which=which, first=sides, some=hours)
    def suggest(self, which: int, first: bool, some: tuple[int, ...]) -> None:
        who = self.at[0][0][first]
        found = self.mine(who, which)
        if found is not None:
            answer = self.ask(who, SUGGEST, meeting=found[1], options=self.times(some))
            assert found[2] or answer["__typename"] in {"NotFound", "InputNotValid"}

    @rule(which=which, first=sides)
    def cancel(self, which: int, first: bool) -> None:
        who = self.at[0][0][first]
        found = self.mine(who, which)
        if found is not None:
            answer = self.ask(who, CANCEL, meeting=found[1])
            assert found[2] or answer["__typename"] == "NotFound"

    @rule(which=which, first=sides, took_place=st.booleans())
    def tell(self, which: int, first: bool, took_place: bool) -> None:
        who = self.at[0][0][first]
        found = self.mine(who, which)
        if found is not None:
            answer = self.ask(who, TELL, meeting=found[1], tookPlace=took_place, gave="Honey")
            assert found[2] or answer["__typename"] == "NotFound"

    @rule(minutes=st.sampled_from([1, 30, 90, 180]))
    def wait(self, minutes: int) -> None:
        self.world.clock.advance(minutes=minutes)

    @rule(event=events, first=sides, ending=st.sampled_from([WITHDRAW, DECLINE, BLOCK]))
    def end(self, event: int, first: bool, ending: str) -> None:
        both, swap = self.at[event]
        self.done(both[first], ending, swap=swap)

    @rule(event=events, first=sides)
    def meet_again(self, event: int, first: bool) -> None:
        """Both take back their blocks, scan each other anew and share."""
        both, swap = self.at[event]
        for who in both:
            self.done(who, UNBLOCK, swap=swap)
        for who, other in ((both[first], both[not first]), (both[not first], both[first])):
            scan = scan_of(other.badge.token, at=self.world.clock())
            self.done(who, SWAP_BADGES, event=id_of(who.event), scan=scan)
        for who in both:
            self.done(who, SHARE_BACK, swap=swap, fields=["EMAIL"])

    @invariant()
    def at_most_one_is_open(self) -> None:
        assert self.run(self.world.pool.fetchval(OPEN, self.world.clock(), self.both_events)) <= 1

    @invariant()
    def what_is_agreed_was_offered_and_sequences_rise(self) -> None:
        for row in self.kept():
            assert row["state"] != "AGREED" or row["starts_at"] in row["options"]
            assert (row["turn_of"] is not None) == (row["state"] == "PROPOSED")
            assert row["sequence"] >= self.sequences.get(row["id"], 0)
            self.sequences[row["id"]] = row["sequence"]

    @invariant()
    def each_reads_what_is_shared_and_nothing_else(self) -> None:
        shared = {row["id"] for row in self.run(self.world.pool.fetch(SHARED))}
        kept = self.kept()
        open_to_both = {global_id(Kind.MEETING, row["id"], row["event_id"]) for row in kept if row["swap_id"] in shared}
        for who, other in zip(self.at[0][0], ("Ben", "Ana"), strict=True):
            read = self.ask(who, MEETINGS)
            assert {each["id"] for each in read} == open_to_both
            gone = self.ask(who, GONE)
            assert {each["id"] for each in gone}.isdisjoint(open_to_both)
            assert other not in str(gone)


@pytest.mark.timeout(300)
async def test_whatever_two_people_do_one_is_open_at_most_and_consent_decides_what_is_read(
    front_door: FrontDoor, world: World
) -> None:
    around = {"front_door": front_door, "world": world, "starts_at": world.clock()}
    await asyncio.to_thread(
        run_state_machine_as_test,
        type("MachineOfThisTest", (Machine,), around | {"loop": asyncio.get_running_loop()}),
        settings=settings(
            max_examples=12,
            stateful_step_count=16,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # making a failure shorter would take minutes
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
