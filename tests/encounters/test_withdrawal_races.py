"""Once a withdrawal or a block has been answered, no read begun later shows anything, whatever else is under way."""

import asyncio
import itertools
import json
from datetime import timedelta
from typing import Any

import pytest

from schema.ids import Kind, global_id
from tests.clock import Clock
from tests.encounters.documents import BLOCK, LIST, READ, SHARE_BACK, SWAP, SWAP_BADGES, WITHDRAW, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World

EVENING = f"query ($event: ID!) {{ evening(event: $event) {{ followUps {{ draft swap {{ {SWAP} }} }} }} }}"
PROMPT = "query ($id: ID!) { node(id: $id) { ... on Prompt { quote } } }"
UP_TO = "BensUpToQ"
PHONE = "+351 555 010 777"


class Race:
    """Ana reads all the time; every read knows whether it began before or after the ending was answered."""

    def __init__(self, front_door: FrontDoor, ana: Attendee, ben: Attendee, swap: str, prompt: str) -> None:
        self.ana, self.ben = front_door.as_(ana.token), front_door.as_(ben.token)
        self.event, self.swap, self.prompt = id_of(ana.event), swap, prompt
        self.order = itertools.count()
        self.reads: list[tuple[int, str]] = []
        self.is_over = False

    async def read(self, document: str, **variables: Any) -> None:
        """Over and over, and a few times after the end."""
        after = 0
        while after < 3:
            after += self.is_over
            began = next(self.order)
            self.reads.append((began, json.dumps(await self.ana.answer(document, **variables))))

    async def share(self) -> None:
        while not self.is_over:
            await self.ben.answer(SHARE_BACK, swap=self.swap, fields=["PHONE"])

    async def end(self, document: str) -> int:
        """Ends it when some reads have come back; the place in the order at which it was answered."""
        while len(self.reads) < 8:  # noqa: ASYNC110 - a list grows without an event
            await asyncio.sleep(0.005)
        await self.ben.ask(document, swap=self.swap)
        self.is_over = True
        return next(self.order)

    async def run(self, ending: str) -> int:
        *_, ended = await asyncio.gather(
            self.read(READ, id=self.swap),
            self.read(LIST, event=self.event),
            self.read(EVENING, event=self.event),
            self.read(PROMPT, id=self.prompt),
            self.share(),
            self.end(ending),
        )
        return ended


@pytest.fixture
async def race(front_door: FrontDoor, world: World, clock: Clock) -> Race:
    event = await world.event()
    clock.now = event.evening_starts_at(event.day_of(clock())) + timedelta(minutes=1)
    ana, ben = await world.attendee(event), await world.attendee(event, "Ben", up_to=UP_TO)
    await world.pool.execute("UPDATE people SET contact_phone = $2 WHERE id = $1", ben.person.id, PHONE)
    answer = await front_door.as_(ana.token).ask(
        SWAP_BADGES, event=id_of(event), scan=scan_of(ben.badge.token, at=clock())
    )
    swap = answer["swapBadges"]
    [prompt] = [each["id"] for each in swap["agenda"]["prompts"] if each["quote"] == UP_TO][:1]
    swap_id = await world.pool.fetchval("SELECT id FROM swaps")
    await world.promise(ana, swap_id)
    assert swap["id"] == global_id(Kind.SWAP, swap_id, event.id)
    return Race(front_door, ana, ben, swap["id"], prompt)


@pytest.mark.parametrize("ending", [WITHDRAW, BLOCK], ids=["withdraw", "block"])
async def test_nothing_is_shown_after_the_ending_was_answered_while_the_other_shares_and_reads(
    race: Race, world: World, ending: str
) -> None:
    ended = await race.run(ending)

    before = "".join(said for began, said in race.reads if began < ended)
    after = "".join(said for began, said in race.reads if began > ended)
    assert UP_TO in before
    assert after
    assert UP_TO not in after
    assert PHONE not in after
    assert await world.pool.fetchval("SELECT count(*) FROM swaps WHERE withdrawn_at IS NULL") == 0
    assert await world.pool.fetchval("SELECT count(*) FROM swap_sides WHERE offers IS NOT NULL") == 0


async def test_a_queue_replayed_at_the_moment_of_a_withdrawal_does_not_bring_it_back(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    """Both phones send scans from before; the one who withdraws has some of them still in the queue."""
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    met_at = clock()
    scans = {
        who: [scan_of(badge, at=met_at, sentAt=(met_at + timedelta(minutes=1)).isoformat()) for _ in range(5)]
        for who, badge in ((ana, ben.badge.token), (ben, ana.badge.token))
    }
    first = await front_door.as_(ana.token).ask(SWAP_BADGES, event=id_of(event), scan=scans[ana][0])
    clock.advance(minutes=1)

    await asyncio.gather(
        front_door.as_(ana.token).ask(WITHDRAW, swap=first["swapBadges"]["id"]),
        *(
            front_door.as_(who.token).ask(SWAP_BADGES, event=id_of(event), scan=scan)
            for who, queue in scans.items()
            for scan in queue
        ),
    )

    assert await world.pool.fetchval("SELECT count(*) FROM swaps WHERE withdrawn_at IS NULL") == 0
