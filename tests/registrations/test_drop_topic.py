"""The topics found on my card: I see them, and what I drop stays dropped."""

from typing import Any
from uuid import uuid4

import pytest

from schema.ids import Kind, global_id
from server.db import Pool
from server.registrations.topics import operations
from tests.front_door import FrontDoor
from tests.world import Attendee, World

UPDATE = """
    mutation ($event: ID!, $card: CardInput!) { updateCard(event: $event, card: $card) {
        ... on Registration { topics { key name } droppedTopics { key name } card { topics } } } }
"""
DROP = """
    mutation ($event: ID!, $topic: String!, $dropped: Boolean) {
        dropTopic(event: $event, topic: $topic, dropped: $dropped) { __typename
            ... on Registration { topics { key name } droppedTopics { key name } }
            ... on Problem { message } } }
"""
SPEAK = "mutation ($locale: String!) { updateSettings(locale: $locale) { __typename } }"


@pytest.fixture
async def ana(world: World) -> Attendee:
    return await world.attendee(await world.event(), "Ana Duarte", open_to_event=False)


@pytest.fixture
def door(front_door: FrontDoor, ana: Attendee) -> FrontDoor:
    return front_door.as_(ana.token)


async def write(door: FrontDoor, ana: Attendee, **card: Any) -> dict[str, Any]:
    variables = {"event": global_id(Kind.EVENT, ana.event.id), "card": {"name": "Ana Duarte"} | card}
    answer: dict[str, Any] = (await door.ask(UPDATE, **variables))["updateCard"]
    return answer


async def drop(door: FrontDoor, ana: Attendee, topic: str, **more: Any) -> dict[str, Any]:
    event = global_id(Kind.EVENT, ana.event.id)
    answer: dict[str, Any] = (await door.ask(DROP, event=event, topic=topic, **more))["dropTopic"]
    return answer


def keys(topics: list[dict[str, str]]) -> list[str]:
    return [topic["key"] for topic in topics]


async def test_a_saved_card_answers_the_topics_found_in_it(door: FrontDoor, ana: Attendee) -> None:
    answer = await write(door, ana, upTo="keeping bees", seeking="advice on hiring", offering="fixing bikes, and bees")

    assert answer["topics"] == [
        {"key": "beekeeping", "name": "beekeeping"},
        {"key": "recruiting", "name": "recruiting"},
        {"key": "bicycle-repair", "name": "bicycle repair"},
    ]
    assert answer["card"]["topics"] == ["beekeeping", "recruiting", "bicycle repair"]
    assert (await write(door, ana))["topics"] == []


async def test_topics_are_named_in_the_language_i_chose(door: FrontDoor, ana: Attendee) -> None:
    await door.ask(SPEAK, locale="de")

    answer = await write(door, ana, upTo="keeping bees and chess")

    assert [topic["name"] for topic in answer["topics"]] == ["Imkerei", "Schach"]


async def test_a_dropped_topic_stays_dropped_however_often_the_card_is_written(door: FrontDoor, ana: Attendee) -> None:
    await write(door, ana, upTo="bees and chess")

    dropped = await drop(door, ana, "chess")
    again = await drop(door, ana, "chess")
    written = await write(door, ana, upTo="chess, bees and bread")

    assert keys(dropped["topics"]) == ["beekeeping"]
    assert keys(dropped["droppedTopics"]) == ["chess"]
    assert again == dropped
    assert keys(written["topics"]) == ["beekeeping", "bread"]
    assert keys(written["droppedTopics"]) == ["chess"]


async def test_a_dropped_topic_can_be_taken_back(door: FrontDoor, ana: Attendee) -> None:
    await write(door, ana, upTo="bees and chess")
    await drop(door, ana, "beekeeping")

    answer = await drop(door, ana, "beekeeping", dropped=False)

    assert keys(answer["topics"]) == ["beekeeping", "chess"]
    assert answer["droppedTopics"] == []


async def test_a_topic_that_was_never_found_cannot_be_dropped(door: FrontDoor, ana: Attendee, pool: Pool) -> None:
    await write(door, ana, upTo="bees")

    for topic in ("chess", "", "x" * 5_000, "beekeeping'"):
        assert (await drop(door, ana, topic))["__typename"] == "NotFound"

    assert await pool.fetchval("SELECT dropped_topics FROM cards") == []


async def test_nobody_drops_a_topic_of_another(front_door: FrontDoor, ana: Attendee, world: World) -> None:
    await write(front_door.as_(ana.token), ana, upTo="bees")
    ben = await world.attendee(ana.event, "Ben")

    assert (await drop(front_door.as_(ben.token), ana, "beekeeping"))["__typename"] == "NotFound"
    stranger = await world.person()
    assert (await drop(front_door.as_(stranger.token), ana, "beekeeping"))["__typename"] == "NotFound"


async def test_a_closed_card_shows_its_topics_to_nobody(front_door: FrontDoor, ana: Attendee, world: World) -> None:
    ben = await world.attendee(ana.event, "Ben")
    scan = """
        mutation ($event: ID!, $scan: ScanInput!) { swapBadges(event: $event, scan: $scan) {
            ... on Swap { card { name topics } } } }
    """
    variables = {
        "event": global_id(Kind.EVENT, ana.event.id),
        "scan": {"badge": ana.badge.token, "key": str(uuid4()), "scannedAt": world.clock().isoformat()},
    }
    mine = front_door.as_(ana.token)
    await write(mine, ana, upTo="bees", openToEvent=False)
    closed = (await front_door.as_(ben.token).ask(scan, **variables))["swapBadges"]
    await write(mine, ana, upTo="bees", openToEvent=True)
    opened = (await front_door.as_(ben.token).ask(scan, **variables))["swapBadges"]

    assert closed["card"] == {"name": "Ana", "topics": []}
    assert opened["card"] == {"name": "Ana Duarte", "topics": ["beekeeping"]}


async def test_the_topics_of_an_event_are_found_anew_and_nothing_else_changes(
    door: FrontDoor, ana: Attendee, world: World, pool: Pool
) -> None:
    await write(door, ana, upTo="bees and chess")
    await drop(door, ana, "chess")
    await pool.execute("UPDATE cards SET topics = '{}'")
    before = await pool.fetchval("SELECT updated_at FROM cards")
    other = await world.attendee(await world.event(), "Zoe")
    async with pool.acquire() as connection:
        first = await operations.recognise_topics(connection, event_id=ana.event.id)
        second = await operations.recognise_topics(connection, event_id=ana.event.id)

    of_ana = "SELECT * FROM cards WHERE registration_id = $1"
    card = await pool.fetchrow(of_ana, ana.registration_id)
    assert card is not None
    assert (first, second) == ((1, 1), (1, 0))
    assert (card["topics"], card["dropped_topics"], card["updated_at"]) == (["beekeeping"], ["chess"], before)
    assert other.event.id != ana.event.id


async def test_events_are_read_anew_only_when_the_table_is_another_one(
    door: FrontDoor, ana: Attendee, world: World, pool: Pool
) -> None:
    aged = await world.event()
    await pool.execute("UPDATE events SET aged_at = now() WHERE id = $1", aged.id)
    async with pool.acquire() as connection:
        before = await operations.unread_events(connection)
        await operations.recognise_topics(connection, event_id=ana.event.id)
        after = await operations.unread_events(connection)
        await pool.execute("UPDATE events SET topics_read_with = 'an older table'")
        once_more = await operations.unread_events(connection)

    assert (before, after, once_more) == ([ana.event.id], [], [ana.event.id])


async def test_more_cards_than_are_read_at_once_are_all_read(
    world: World, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "CARDS_READ_AT_ONCE", 2)
    event = await world.event()
    for name in ("Ana", "Ben", "Cem", "Dee", "Eva"):
        await world.attendee(event, name)
    await pool.execute("UPDATE cards SET offering = 'bees', topics = '{}'")
    async with pool.acquire() as connection:
        read, changed = await operations.recognise_topics(connection, event_id=event.id)

    assert (read, changed) == (5, 5)
    assert await pool.fetchval("SELECT count(*) FROM cards WHERE 'beekeeping' = ANY (topics)") == 5
