"""Whatever three people do to each other at two events, in any order, each sees what the plain model says."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
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
from tests.encounters.documents import BLOCK, CLAIM, DECLINE, SET_SHARING, SHARE_BACK, UNBLOCK, WITHDRAW, scan_of
from tests.encounters.plain_model import Fields, Model
from tests.encounters.stage import EVENTS, NAMES, PEOPLE, WAITING, Stage
from tests.front_door import FrontDoor
from tests.world import World

T = TypeVar("T")
FIELD_SETS = st.sets(st.sampled_from(["EMAIL", "PHONE", "LINKS"]), min_size=1).map(frozenset)
events = st.sampled_from(EVENTS)
pairs = st.permutations(range(PEOPLE)).map(lambda order: (order[0], order[1]))
#: Which of the swaps there are, and which side of it acts.
Choice = tuple[int, bool]
meetings = st.tuples(st.integers(0, 99), st.booleans())


@dataclass(frozen=True)
class Sent:
    """A scan as it was sent, and whether it made a swap."""

    event: int
    scanner: int
    other: int
    scan: dict[str, Any]
    made_one: bool


class Machine(RuleBasedStateMachine):
    """Each rule does the same on the stage and in the model. It runs in a thread beside the application's loop."""

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
        self.stage = Stage(self.front_door, self.world, self.clock)
        self.run(self.stage.build())
        everywhere = {(event, who) for event in EVENTS for who in range(PEOPLE)}
        self.model = Model(unclaimed={WAITING}, open_cards=everywhere)
        self.sent: list[Sent] = []
        for event in EVENTS:  # whoever has met nobody has little to withdraw
            self.scan(event, (0, 1), late=0)
            self.scan(event, (1, 2), late=0)

    def minute(self) -> int:
        """Every step takes one."""
        self.clock.advance(minutes=1)
        return int((self.clock() - self.starts_at).total_seconds()) // 60

    def may_act(self, event: int, who: int) -> bool:
        return (event, who) not in self.model.unclaimed

    def choose(self, choice: Choice) -> tuple[int, int, int, str]:
        """Event, who acts, the other, and the swap. Nobody acts for a place that waits."""
        number, is_lower = choice
        (event, pair), swap = sorted(self.stage.swaps.items(), key=lambda each: (each[0][0], sorted(each[0][1])))[
            number % len(self.stage.swaps)
        ]
        one, other = sorted(pair) if is_lower else sorted(pair, reverse=True)
        return (event, one, other, swap) if self.may_act(event, one) else (event, other, one, swap)

    @rule(event=events, pair=pairs, late=st.integers(0, 4))
    def scan(self, event: int, pair: tuple[int, int], late: int) -> None:
        who, other = pair
        if not self.may_act(event, who):
            return
        minute, scanned_at = self.minute(), self.clock() - timedelta(minutes=late)
        scan = scan_of(self.stage.places[event, other].badge.token, at=scanned_at, sentAt=self.clock().isoformat())
        answer = self.run(self.stage.scan(event, who, scan))
        made = self.model.scan(event, who, other, minute=minute - late)
        assert answer["__typename"] == ("Swap" if made else "BadgeNotRecognised")
        if made:
            self.stage.swaps.setdefault((event, frozenset(pair)), answer["id"])
        self.sent.append(Sent(event, who, other, scan, made))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_a_scan_again(self, data: st.DataObject) -> None:
        sent = data.draw(st.sampled_from(self.sent))
        self.minute()
        again = sent.scan | {"sentAt": self.clock().isoformat()}
        answer = self.run(self.stage.scan(sent.event, sent.scanner, again))
        is_there = sent.made_one and self.model.view(sent.event, sent.scanner, sent.other) is not None
        assert answer["__typename"] == ("Swap" if is_there else "BadgeNotRecognised")

    def expect(self, who: int, document: str, done: bool, **variables: Any) -> None:
        [answer] = self.run(self.stage.ask(who, document, **variables)).values()
        assert (answer["__typename"] != "NotFound") == done

    @precondition(lambda self: self.stage.swaps)
    @rule(meeting=meetings, fields=FIELD_SETS)
    def share(self, meeting: Choice, fields: Fields) -> None:
        event, who, other, swap = self.choose(meeting)
        self.minute()
        self.expect(who, SHARE_BACK, self.model.share(event, who, other, fields), swap=swap, fields=sorted(fields))

    @precondition(lambda self: self.stage.swaps)
    @rule(meeting=meetings)
    def decline(self, meeting: Choice) -> None:
        event, who, other, swap = self.choose(meeting)
        self.minute()
        self.expect(who, DECLINE, self.model.decline(event, who, other), swap=swap)

    @precondition(lambda self: self.stage.swaps)
    @rule(meeting=meetings)
    def withdraw(self, meeting: Choice) -> None:
        event, who, other, swap = self.choose(meeting)
        self.expect(who, WITHDRAW, self.model.withdraw(event, who, other, minute=self.minute()), swap=swap)

    @precondition(lambda self: self.stage.swaps)
    @rule(meeting=meetings)
    def block(self, meeting: Choice) -> None:
        event, who, other, swap = self.choose(meeting)
        self.model.block(event, who, other, minute=self.minute())
        self.expect(who, BLOCK, True, swap=swap)

    @precondition(lambda self: self.model.blocks)
    @rule(who=st.integers(0, PEOPLE - 1), number=st.integers(0, 9))
    def unblock(self, who: int, number: int) -> None:
        """Somebody takes back one line of their list."""
        named = [each["swap"] for each in self.run(self.stage.ask(who, "{ blockedPeople { swap } }"))["blockedPeople"]]
        assert len(named) == len([each for each in self.model.blocks if each[0] == who])
        if not named:
            return
        swap = named[number % len(named)]
        [(event, pair)] = [key for key, each in self.stage.swaps.items() if each == swap]
        [other] = pair - {who}
        self.minute()
        self.model.unblock(event, who, other)
        self.expect(who, UNBLOCK, True, swap=swap)

    @precondition(lambda self: self.stage.swaps)
    @rule(meeting=meetings)
    def scan_once_more(self, meeting: Choice) -> None:
        event, who, other, _ = self.choose(meeting)
        self.scan(event, (who, other), late=0)

    @rule(who=st.integers(0, PEOPLE - 1), event=events, is_open=st.booleans())
    def open_or_close_the_card(self, who: int, event: int, is_open: bool) -> None:
        place = self.stage.places[event, who]
        self.run(
            self.world.pool.execute(
                "UPDATE cards SET open_to_event = $2 WHERE registration_id = $1", place.registration_id, is_open
            )
        )
        (self.model.open_cards.add if is_open else self.model.open_cards.discard)((event, who))

    @rule(who=st.integers(0, PEOPLE - 1), fields=FIELD_SETS, always=st.booleans())
    def choose_for_good(self, who: int, fields: Fields, always: bool) -> None:
        self.run(self.stage.ask(who, SET_SHARING, always=always, fields=sorted(fields)))
        if always:
            self.model.standing[who] = fields
        else:
            self.model.standing.pop(who, None)

    @precondition(lambda self: WAITING in self.model.unclaimed)
    @rule()
    def take_the_place(self) -> None:
        self.model.claim(WAITING, minute=self.minute())
        self.expect(WAITING[1], CLAIM, True, of=self.stage.places[WAITING].gid)

    @invariant()
    def everybody_sees_what_the_model_says(self) -> None:
        for who in range(PEOPLE):
            expected = {
                (event, NAMES[other].split()[0]): view
                for event in EVENTS
                for other in range(PEOPLE)
                if other != who and self.may_act(event, who)
                and (view := self.model.view(event, who, other)) is not None
            }  # fmt: skip
            assert self.run(self.stage.seen_by(who)) == expected


@pytest.mark.timeout(300)
async def test_whatever_people_do_each_sees_what_the_model_says(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    around = {"front_door": front_door, "world": world, "clock": clock, "starts_at": clock()}
    await asyncio.to_thread(
        run_state_machine_as_test,
        type("MachineOfThisTest", (Machine,), around | {"loop": asyncio.get_running_loop()}),
        settings=settings(
            max_examples=8,
            stateful_step_count=18,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # making a failure shorter would take minutes
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
