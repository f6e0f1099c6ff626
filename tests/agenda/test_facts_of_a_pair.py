"""What is known of a pair when an agenda is made: over all their events, and from each one's own records alone."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from server.agenda.library import library_in
from server.agenda.models import Circumstance, Remembered
from server.agenda.pairs.models import Pair, Participant
from server.agenda.pairs.queries import MOST_WITH_OTHERS, select_pair
from server.db import Connection
from server.registrations.models import Card
from tests.clock import Clock
from tests.encounters.documents import BLOCK, SWAP_BADGES, UNBLOCK, WITHDRAW, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World


class Friends:
    """Ana and Ben, who meet at one event after another, each a week after the last."""

    def __init__(self, front_door: FrontDoor, world: World, clock: Clock) -> None:
        self.front_door, self.world, self.clock = front_door, world, clock

    async def come(self, **card: Any) -> None:
        """To the next event."""
        self.clock.advance(days=7)
        event = await self.world.event()
        mine = getattr(self, "ana", None)
        theirs = getattr(self, "ben", None)
        self.ana: Attendee = await self.world.attendee(event, "Ana", person=mine and mine.person)
        self.ben: Attendee = await self.world.attendee(event, "Ben", person=theirs and theirs.person, **card)

    async def meet(self) -> dict[str, Any]:
        """The swap as Ana sees it."""
        return await meet(self.front_door, self.clock, self.ana, self.ben)

    async def agenda_of(self, reader: Attendee) -> list[str]:
        rows = await self.world.pool.fetch(
            "SELECT library_key FROM agenda_prompts WHERE event_id = $1 AND registration_id = $2 ORDER BY place",
            reader.event.id, reader.registration_id,
        )  # fmt: skip
        return [row["library_key"] for row in rows]


async def meet(front_door: FrontDoor, clock: Clock, one: Attendee, other: Attendee) -> dict[str, Any]:
    scan = scan_of(other.badge.token, at=clock())
    answer = await front_door.as_(one.token).ask(SWAP_BADGES, event=id_of(one.event), scan=scan)
    swap: dict[str, Any] = answer["swapBadges"]
    return swap


@pytest.fixture
async def friends(front_door: FrontDoor, world: World, clock: Clock) -> Friends:
    """They are at their first event."""
    both = Friends(front_door, world, clock)
    await both.come()
    return both


async def facts(connection: Connection, one: Attendee, other: Attendee, clock: Clock) -> Pair:
    """As they are for the swap of the two at their event today."""
    swap_id = await connection.fetchval(
        "SELECT id FROM swaps WHERE event_id = $1 AND lower_id = $2 AND upper_id = $3",
        one.event.id, *sorted((one.registration_id, other.registration_id)),
    )  # fmt: skip
    day = one.event.day_of(clock())
    starts_at = one.event.day_starts_at(day)
    pair = await select_pair(
        connection, event_id=one.event.id, swap_id=swap_id, day=day, day_starts_at=starts_at, now=clock()
    )
    assert pair is not None
    return pair


def of(pair: Pair, who: Attendee) -> Participant:
    return pair.lower if pair.lower.registration_id == who.registration_id else pair.upper


def whens(keys: Sequence[str]) -> set[Circumstance]:
    return {each for key in keys for each in library_in("en").by_key[key].when}


async def test_at_the_next_event_nothing_is_asked_twice_by_either_and_they_open_as_people_who_have_met(
    friends: Friends,
) -> None:
    await friends.meet()
    first = [*await friends.agenda_of(friends.ana), *await friends.agenda_of(friends.ben)]
    await friends.come()

    await friends.meet()

    mine, theirs = await friends.agenda_of(friends.ana), await friends.agenda_of(friends.ben)
    assert not {*mine, *theirs} & set(first)
    for agenda in (mine, theirs):
        assert whens(agenda[:1]) & {Circumstance.AGAIN, Circumstance.SECOND_MEETING}


async def test_conversations_at_all_events_count(friends: Friends, connection: Connection, clock: Clock) -> None:
    for earlier in range(3):
        await friends.meet()
        assert (await facts(connection, friends.ana, friends.ben, clock)).conversations == earlier
        await friends.come()


async def test_somebody_else_of_the_same_name_is_a_stranger(
    friends: Friends, world: World, connection: Connection, clock: Clock
) -> None:
    await friends.meet()
    await friends.come()
    namesake = await world.attendee(friends.ana.event, "Ben")

    await meet(friends.front_door, clock, friends.ana, namesake)

    pair = await facts(connection, friends.ana, namesake, clock)
    assert (pair.conversations, of(pair, friends.ana).had) == (0, ())


@pytest.mark.parametrize("ended_by", ["withdrawing", "blocking and taking it back"])
async def test_a_meeting_that_one_of_them_ended_is_as_if_it_had_never_been(
    friends: Friends, connection: Connection, clock: Clock, ended_by: str
) -> None:
    swap = await friends.meet()
    ana = friends.front_door.as_(friends.ana.token)
    if ended_by == "withdrawing":
        await ana.ask(WITHDRAW, swap=swap["id"])
    else:
        await ana.ask(BLOCK, swap=swap["id"])
        await ana.ask(UNBLOCK, swap=swap["id"])
    await friends.come()
    await friends.meet()

    pair = await facts(connection, friends.ana, friends.ben, clock)

    assert pair.conversations == 0
    assert of(pair, friends.ana).had == of(pair, friends.ben).had == ()


async def test_what_one_promised_kept_and_noted_is_remembered_for_them_alone(
    friends: Friends, world: World, connection: Connection, clock: Clock
) -> None:
    met = await world.swap(friends.ana, friends.ben)
    await world.promise(friends.ana, met)
    await world.note(friends.ben, met, "a dry shed", kind="NEED")
    await world.note(friends.ana, met, "likes rain")
    await friends.come()
    await friends.meet()

    pair = await facts(connection, friends.ana, friends.ben, clock)

    assert of(pair, friends.ana).remembered == Remembered(open_promise=True)
    assert of(pair, friends.ben).remembered == Remembered(need=True)
    assert pair.history_of(of(pair, friends.ben), ()).remembered == Remembered(need=True)


async def test_a_promise_is_kept_from_then_on(
    friends: Friends, world: World, connection: Connection, clock: Clock
) -> None:
    promise = await world.promise(friends.ana, await world.swap(friends.ana, friends.ben))
    await world.pool.execute("UPDATE promises SET kept_at = $2 WHERE id = $1", promise, clock() + timedelta(days=10))
    await friends.come()
    await friends.meet()
    assert of(await facts(connection, friends.ana, friends.ben, clock), friends.ana).remembered.open_promise

    clock.advance(days=4)

    remembered = of(await facts(connection, friends.ana, friends.ben, clock), friends.ana).remembered
    assert remembered == Remembered(kept_promise=True)


async def test_what_is_promised_and_noted_in_a_talk_is_nothing_to_come_back_to_in_it(
    friends: Friends, world: World, connection: Connection, clock: Clock
) -> None:
    met = await world.swap(friends.ana, friends.ben)
    await world.promise(friends.ana, met)
    await world.note(friends.ana, met, "a dry shed", kind="NEED")

    pair = await facts(connection, friends.ana, friends.ben, clock)

    assert of(pair, friends.ana).remembered == Remembered()


async def test_what_one_has_with_others_is_counted_for_the_day_and_never_the_others(
    friends: Friends, world: World, connection: Connection, clock: Clock
) -> None:
    event = friends.ana.event
    mei, olu = await world.attendee(event, "Mei"), await world.attendee(event, "Olu")
    with_mei = await meet(friends.front_door, clock, friends.ana, mei)
    await meet(friends.front_door, clock, mei, olu)
    await friends.meet()

    pair = await facts(connection, friends.ana, friends.ben, clock)

    keys = [prompt["libraryKey"] for prompt in with_mei["agenda"]["prompts"]]
    assert sorted(of(pair, friends.ana).with_others) == sorted(keys)
    assert of(pair, friends.ben).with_others == ()


async def test_of_a_very_full_day_only_the_latest_talks_are_counted(
    friends: Friends, connection: Connection, clock: Clock
) -> None:
    await friends.meet()
    mei = await friends.world.attendee(friends.ana.event, "Mei")
    await meet(friends.front_door, clock, friends.ana, mei)
    await connection.execute("""
        INSERT INTO agenda_prompts (event_id, id, swap_id, registration_id, day, place, library_key, phase, minutes,
                                    text, why)
        SELECT event_id, ('ffffffff' || substr(gen_random_uuid()::text, 9))::uuid, swap_id, registration_id, day,
               10 + number, 'later-' || number, 'LEARN', 1, '', ''
        FROM (SELECT DISTINCT ON (registration_id) * FROM agenda_prompts
              WHERE registration_id = $1 ORDER BY registration_id, id DESC) AS latest, generate_series(1, $2) AS number
    """, friends.ana.registration_id, MOST_WITH_OTHERS)  # fmt: skip

    pair = await facts(connection, friends.ana, friends.ben, clock)

    counted = of(pair, friends.ana).with_others
    assert len(counted) == MOST_WITH_OTHERS
    assert all(key.startswith("later-") for key in counted)


async def test_a_closed_card_is_known_to_its_owner_and_not_to_the_other(
    friends: Friends, world: World, connection: Connection, clock: Clock
) -> None:
    shy = await world.attendee(friends.ana.event, "Noor", seeking="a dry shed", open_to_event=False)
    await meet(friends.front_door, clock, friends.ana, shy)

    noor = of(await facts(connection, friends.ana, shy, clock), shy)

    assert noor.written.seeking == "a dry shed"
    assert noor.card == Card(name="Noor")


async def test_a_closed_card_is_asked_about_once_both_share(
    friends: Friends, world: World, connection: Connection, clock: Clock
) -> None:
    shy = await world.attendee(friends.ana.event, "Noor van Dijk", seeking="a dry shed", open_to_event=False)
    swap_id = await world.swap(friends.ana, shy, mutual=False)
    shares = "UPDATE swap_sides SET offers = $3 WHERE swap_id = $1 AND registration_id = $2"

    seen = [of(await facts(connection, friends.ana, shy, clock), shy).card]
    await world.pool.execute(shares, swap_id, shy.registration_id, ["PHONE"])
    seen.append(of(await facts(connection, friends.ana, shy, clock), shy).card)
    await world.pool.execute(shares, swap_id, shy.registration_id, None)
    seen.append(of(await facts(connection, friends.ana, shy, clock), shy).card)

    assert [card.seeking for card in seen] == [None, "a dry shed", None]
