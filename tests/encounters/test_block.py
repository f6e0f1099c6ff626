"""A block keeps two people apart: at every event, both ways, at once, and without a word to the one who is blocked."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from starlette.applications import Starlette

from schema.ids import Kind, global_id
from server.encounters.models import Scan
from server.encounters.operations import swap_badges
from server.errors import DomainError
from server.limiter import Limiter
from tests.clock import Clock
from tests.encounters.documents import (
    BLOCK,
    BLOCKED_PEOPLE,
    LIST,
    READ,
    SHARE_BACK,
    SWAP_BADGES,
    UNBLOCK,
    WITHDRAW,
    id_of,
    scan_of,
)
from tests.front_door import FrontDoor
from tests.live_socket import live_socket
from tests.world import Attendee, Somebody, World

EVENING = "query ($event: ID!) { evening(event: $event, first: 5) { followUps { swap { id } } } }"


class People:
    """Ana and Ben, at two events; each step as one of them takes it."""

    def __init__(self, front_door: FrontDoor, world: World) -> None:
        self.front_door, self.world = front_door, world

    async def ask(self, who: Attendee, document: str, **variables: Any) -> Any:
        data = await self.front_door.as_(who.token).ask(document, **variables)
        return next(iter(data.values()))

    async def scan(self, who: Attendee, whom: Attendee, **changes: Any) -> dict[str, Any]:
        scan = scan_of(whom.badge.token, at=self.world.clock(), **changes)
        answer: dict[str, Any] = await self.ask(who, SWAP_BADGES, event=id_of(who.event), scan=scan)
        return answer

    async def block(self, who: Attendee, swap: str, **words: Any) -> str:
        answer: str = (await self.ask(who, BLOCK, swap=swap, **words))["__typename"]
        return answer

    async def met(self, who: Attendee) -> list[str]:
        """The ids of all swaps that somebody's list shows."""
        return [each["node"]["id"] for each in (await self.ask(who, LIST, event=id_of(who.event)))["edges"]]

    async def at_another_event(self, *people: Attendee) -> list[Attendee]:
        """The same people, each with a place at one more event."""
        event = await self.world.event(title="The other gathering")
        return [await self.place(event, each.person) for each in people]

    def place_of(self, place: Attendee, person: Somebody) -> Attendee:
        """The same place, now that this person has taken it."""
        return replace(place, person=person)

    async def place(self, event: Any, person: Somebody | None, **changes: Any) -> Attendee:
        registration_id, badge_id = await self.world.registration(event, person=person, **changes)
        secret = self.world.badge_of(badge_id)
        owner = person or Somebody(registration_id, "", "")
        return Attendee(owner, event, registration_id, "", badge_id, secret, self.world.ticket_of(registration_id))


@pytest.fixture
def people(front_door: FrontDoor, world: World) -> People:
    return People(front_door, world)


@pytest.fixture
async def ana(world: World) -> Attendee:
    return await world.attendee(await world.event(title="Repair Summit"), "Ana Duarte")


@pytest.fixture
async def ben(world: World, ana: Attendee) -> Attendee:
    return await world.attendee(ana.event, "Ben Okafor", up_to="a tool library")


async def test_a_block_ends_the_swap_for_both_and_no_scan_brings_it_back(
    people: People, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    swap = (await people.scan(ana, ben))["id"]

    assert await people.block(ana, swap) == "Done"

    clock.advance(minutes=5)
    for who, whom in ((ana, ben), (ben, ana)):
        assert await people.ask(who, READ, id=swap) is None
        assert await people.met(who) == []
        assert (await people.scan(who, whom))["__typename"] == "BadgeNotRecognised"


async def test_it_holds_at_events_before_and_after_in_both_directions(
    people: People, ana: Attendee, ben: Attendee
) -> None:
    ana_there, ben_there = await people.at_another_event(ana, ben)
    swap_there = (await people.scan(ben_there, ana_there))["id"]
    swap = (await people.scan(ana, ben))["id"]

    await people.block(ana, swap)
    ana_later, ben_later = await people.at_another_event(ana, ben)

    assert await people.met(ana_there) == await people.met(ben_there) == []
    assert await people.ask(ben_there, READ, id=swap_there) is None
    assert (await people.scan(ana_later, ben_later))["__typename"] == "BadgeNotRecognised"
    assert (await people.scan(ben_later, ana_later))["__typename"] == "BadgeNotRecognised"


async def test_others_are_met_as_before(people: People, world: World, ana: Attendee, ben: Attendee) -> None:
    cyd = await world.attendee(ana.event)
    await people.block(ana, (await people.scan(ana, ben))["id"])

    assert (await people.scan(ana, cyd))["__typename"] == "Swap"
    assert (await people.scan(cyd, ben))["__typename"] == "Swap"


async def test_the_one_who_is_blocked_hears_what_a_withdrawal_sounds_like(
    app: Starlette, people: People, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    heard = []
    for document in (WITHDRAW, BLOCK):
        cyd = await world.attendee(ana.event)
        swap = (await people.scan(ana, cyd))["id"]
        clock.advance(minutes=1)
        async with live_socket(app, cyd.token) as socket:
            await socket.subscribe(
                "subscription ($event: ID!) { swapChanged(event: $event) { __typename ... on SwapGone { id } } }",
                event=id_of(ana.event),
            )
            await people.ask(ana, document, swap=swap)
            message = await socket.message()
            while message["payload"]["data"]["swapChanged"]["__typename"] != "SwapGone":
                message = await socket.message()
        assert message["payload"]["data"]["swapChanged"]["id"] == swap
        clock.advance(minutes=1)
        answers = [
            await people.scan(cyd, ana),
            await people.ask(cyd, READ, id=swap),
            await people.ask(cyd, WITHDRAW, swap=swap),
            await people.ask(cyd, SHARE_BACK, swap=swap, fields=["EMAIL"]),
            await people.met(cyd),
            await people.ask(cyd, BLOCKED_PEOPLE),
        ]
        heard.append(answers)

    assert heard[0] == heard[1]


async def test_the_evening_forgets_them_both(
    people: People, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    swap_id = await world.swap(ana, ben)
    await world.promise(ana, swap_id)
    await world.promise(ben, swap_id)
    clock.now = ana.event.evening_starts_at(ana.event.day_of(clock()))
    for who in (ana, ben):
        assert len((await people.ask(who, EVENING, event=id_of(who.event)))["followUps"]) == 1

    await people.block(ana, global_id(Kind.SWAP, swap_id, ana.event.id))

    for who in (ana, ben):
        assert (await people.ask(who, EVENING, event=id_of(who.event)))["followUps"] == []


async def test_blocking_works_although_the_other_withdrew_first(people: People, ana: Attendee, ben: Attendee) -> None:
    swap = (await people.scan(ben, ana))["id"]
    await people.ask(ben, WITHDRAW, swap=swap)

    assert await people.block(ana, swap) == "Done"

    assert (await people.scan(ben, ana))["__typename"] == "BadgeNotRecognised"
    assert (await people.scan(ana, ben))["__typename"] == "BadgeNotRecognised"


async def test_a_phone_names_whom_by_the_key_of_its_scan(people: People, ana: Attendee, ben: Attendee) -> None:
    key = people.world.new_key()
    await people.scan(ana, ben, key=key)

    assert await people.block(ana, key) == "Done"
    assert (await people.scan(ben, ana))["__typename"] == "BadgeNotRecognised"
    assert (await people.ask(ana, UNBLOCK, swap=key))["__typename"] == "Done"


async def test_blocking_twice_is_blocking_once_and_so_is_unblocking(
    people: People, ana: Attendee, ben: Attendee
) -> None:
    swap = (await people.scan(ana, ben))["id"]

    assert [await people.block(ana, swap) for _ in range(2)] == ["Done", "Done"]
    assert len(await people.ask(ana, BLOCKED_PEOPLE)) == 1

    answers = [(await people.ask(ana, UNBLOCK, swap=swap))["__typename"] for _ in range(2)]
    assert answers == ["Done", "Done"]
    assert await people.ask(ana, BLOCKED_PEOPLE) == []


async def test_the_list_names_an_event_and_a_day_and_nobody(
    people: People, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    ana_there, ben_there = await people.at_another_event(ana, ben)
    swap_there = (await people.scan(ana_there, ben_there))["id"]
    swap = (await people.scan(ana, ben))["id"]
    await people.block(ana, swap)
    clock.advance(minutes=1)
    await people.block(ana, swap_there)

    [told] = await people.ask(ana, BLOCKED_PEOPLE)

    assert told == {
        "swap": swap, "eventTitle": "Repair Summit", "metOn": "2027-04-22", "blockedAt": "2027-04-22T09:00:00Z",
    }  # fmt: skip
    assert await people.ask(ben, BLOCKED_PEOPLE) == []


async def test_after_unblocking_the_swap_comes_back_by_a_new_scan_of_the_one_who_blocked(
    people: People, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    swap = (await people.scan(ana, ben))["id"]
    await people.block(ana, swap)
    clock.advance(minutes=5)

    await people.ask(ana, UNBLOCK, swap=swap)

    assert await people.met(ana) == await people.met(ben) == []
    assert (await people.scan(ben, ana))["__typename"] == "BadgeNotRecognised"
    assert (await people.scan(ana, ben))["id"] == swap
    assert await people.met(ben) == [swap]


async def test_a_scan_from_before_that_comes_late_does_not_bring_it_back(
    people: People, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    before = clock()
    swap = (await people.scan(ben, ana))["id"]
    clock.advance(minutes=5)
    await people.ask(ana, WITHDRAW, swap=swap)

    late = await people.scan(ana, ben, scannedAt=(before + timedelta(minutes=1)).isoformat())

    assert late["__typename"] == "BadgeNotRecognised"
    assert await people.met(ben) == []


async def test_one_of_two_who_blocked_each_other_cannot_undo_it_alone(
    people: People, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    swap = (await people.scan(ana, ben))["id"]
    await people.block(ana, swap)
    await people.block(ben, swap)
    clock.advance(minutes=1)

    await people.ask(ana, UNBLOCK, swap=swap)

    assert (await people.scan(ana, ben))["__typename"] == "BadgeNotRecognised"
    await people.ask(ben, UNBLOCK, swap=swap)
    assert (await people.scan(ana, ben))["__typename"] == "Swap"


async def test_a_block_waits_at_a_place_for_whoever_takes_it(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    """Ben has met Ana elsewhere under his account; here nobody knows yet that the blocked badge is his."""
    [ana_there] = await people.at_another_event(ana)
    known = (await people.scan(ana, ben))["id"]
    waiting = await people.place(ana_there.event, None, name="Ben Okafor", email=ben.person.email)
    await people.block(ana_there, (await people.scan(ana_there, waiting))["id"])
    assert (await people.scan(ana_there, waiting))["__typename"] == "BadgeNotRecognised"
    assert await people.met(ben) == [known]

    await people.ask(
        ben,
        "mutation ($of: ID!) { claimRegistration(registration: $of) { __typename } }",
        of=global_id(Kind.REGISTRATION, waiting.registration_id, waiting.event.id),
    )

    assert await people.met(ana) == await people.met(ben) == []
    ben_there = people.place_of(waiting, ben.person)
    assert (await people.scan(ben_there, ana_there))["__typename"] == "BadgeNotRecognised"


async def test_a_swap_with_an_unclaimed_place_ends_when_a_blocked_person_takes_it(
    people: People, ana: Attendee, ben: Attendee
) -> None:
    await people.block(ana, (await people.scan(ana, ben))["id"])
    [ana_there] = await people.at_another_event(ana)
    waiting = await people.place(ana_there.event, None, name="Ben Okafor", email=ben.person.email)
    assert (await people.scan(ana_there, waiting))["__typename"] == "Swap"

    await people.ask(
        ben,
        "mutation ($of: ID!) { claimRegistration(registration: $of) { __typename } }",
        of=global_id(Kind.REGISTRATION, waiting.registration_id, waiting.event.id),
    )

    assert await people.met(ana_there) == []
    assert await people.met(people.place_of(waiting, ben.person)) == []


async def test_a_block_outlives_the_event_where_it_was_made(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    await people.block(ana, (await people.scan(ana, ben))["id"])
    ana_there, ben_there = await people.at_another_event(ana, ben)

    await world.pool.execute("DELETE FROM events WHERE id = $1", ana.event.id)

    assert (await people.scan(ben_there, ana_there))["__typename"] == "BadgeNotRecognised"
    [told] = await people.ask(ana_there, BLOCKED_PEOPLE)
    assert told["eventTitle"] == "Repair Summit"
    await people.ask(ana_there, UNBLOCK, swap=told["swap"])
    assert (await people.scan(ben_there, ana_there))["__typename"] == "Swap"


async def test_somebody_else_can_neither_block_by_it_nor_unblock(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap = (await people.scan(ana, ben))["id"]
    cyd = await world.attendee(ana.event)

    assert await people.block(cyd, swap) == "NotFound"
    await people.block(ana, swap)
    assert (await people.ask(cyd, UNBLOCK, swap=swap))["__typename"] == "NotFound"
    await people.ask(ben, UNBLOCK, swap=swap)

    assert len(await people.ask(ana, BLOCKED_PEOPLE)) == 1


async def statements_of_a_scan(people: People, who: Attendee, badge: str) -> tuple[list[str], str, tuple[Any, ...]]:
    """The statements that a scan takes, the answer's words, and what the log keeps but for ids and times."""
    sent: list[str] = []
    world = people.world
    scan = Scan(badge=badge, key=uuid4(), scanned_at=world.clock(), sent_at=world.clock())
    async with world.pool.acquire() as connection:
        with connection.query_logger(lambda record: sent.append(record.query)):
            try:
                await swap_badges(
                    connection, person_id=who.person.id, event_id=who.event.id, scan=scan, limiter=Limiter(),
                    now=world.clock(),
                )  # fmt: skip
                answer = "Swap"
            except DomainError as refusal:
                answer = f"{type(refusal).__name__}: {refusal.message}"
        kept = await connection.fetchrow(
            "SELECT outcome, badge_id, swap_id, is_held_back FROM scans WHERE key = $1", scan.key
        )
    assert kept is not None
    return sent, answer, tuple(kept)


async def test_every_badge_that_may_not_be_known_costs_the_same_statements_and_leaves_the_same_line(
    people: People, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    cyd, dee, eve = [await world.attendee(ana.event) for _ in range(3)]
    await people.block(ana, (await people.scan(ana, ben))["id"])
    await people.block(cyd, (await people.scan(cyd, ana))["id"])
    await people.ask(dee, WITHDRAW, swap=(await people.scan(dee, ana))["id"])
    await world.pool.execute("UPDATE badges SET revoked_at = $1 WHERE id = $2", clock(), eve.badge_id)
    elsewhere = await world.attendee(await world.event())
    badges = {
        "unknown": "0" * 26, "no badge": "nonsense", "of another event": elsewhere.badge.token,
        "revoked": eve.badge.token, "blocked by me": ben.badge.token, "who blocked me": cyd.badge.token,
        "who withdrew": dee.badge.token, "typed, who blocked me": cyd.badge.code,
    }  # fmt: skip

    await statements_of_a_scan(people, ana, "0" * 26)  # the first one on a connection also asks for its types
    told = {name: await statements_of_a_scan(people, ana, badge) for name, badge in badges.items()}

    assert told["unknown"][1].startswith("BadgeNotRecognised")
    assert {name: each for name, each in told.items() if each != told["unknown"]} == {}


async def test_neither_caps_nor_the_limit_on_guessing_tell_of_a_block(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    """Thirty scans of somebody who blocked me end as thirty scans of nobody do."""
    await people.block(ben, (await people.scan(ben, ana))["id"])

    answers = [(await people.scan(ana, ben))["__typename"] for _ in range(31)]

    assert answers == ["BadgeNotRecognised"] * 30 + ["TooManyScans"]


@pytest.mark.timeout(120)
async def test_a_scan_at_the_very_moment_of_a_block_never_leaves_a_live_swap(
    people: People, ana: Attendee, ben: Attendee
) -> None:
    """Here and at an event where they have not met yet: whoever comes first, the end is the same."""
    ana_there, ben_there = await people.at_another_event(ana, ben)
    swap = (await people.scan(ana, ben))["id"]
    for _ in range(12):
        await asyncio.gather(
            people.scan(ben, ana), people.scan(ben_there, ana_there), people.block(ana, swap),
            people.scan(ana, ben), people.scan(ana_there, ben_there),
        )  # fmt: skip

        for who in (ana, ben, ana_there, ben_there):
            assert await people.met(who) == []
        assert await people.world.pool.fetchval("SELECT count(*) FROM swaps WHERE withdrawn_at IS NULL") == 0
        await people.ask(ana, UNBLOCK, swap=swap)
        people.world.clock.advance(minutes=1)
        await people.scan(ana, ben)


CLAIM = "mutation ($of: ID!) { claimRegistration(registration: $of) { __typename } }"


@pytest.mark.timeout(120)
async def test_a_place_taken_at_the_very_moment_it_is_scanned_or_blocked_leaves_no_live_swap(
    people: People, ana: Attendee, ben: Attendee
) -> None:
    """Ana scans a badge that nobody knows to be Ben's, while he takes it: she has blocked him, or blocks that badge."""
    await people.block(ana, (await people.scan(ana, ben))["id"])
    for _ in range(6):
        [ana_there] = await people.at_another_event(ana)
        waiting = await people.place(ana_there.event, None, name="Ben Okafor", email=ben.person.email)

        await asyncio.gather(people.scan(ana_there, waiting), people.ask(ben, CLAIM, of=waiting.gid))

        assert await people.met(ana_there) == await people.met(people.place_of(waiting, ben.person)) == []

    for _ in range(6):
        dee = await people.world.attendee(ana.event)
        known = (await people.scan(ana, dee))["id"]
        [ana_there] = await people.at_another_event(ana)
        waiting = await people.place(ana_there.event, None, email=dee.person.email)
        swap = (await people.scan(ana_there, waiting))["id"]

        await asyncio.gather(people.block(ana_there, swap), people.ask(dee, CLAIM, of=waiting.gid))

        assert known not in await people.met(ana)
        assert await people.met(dee) == await people.met(people.place_of(waiting, dee.person)) == []
