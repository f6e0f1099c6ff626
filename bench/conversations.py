"""Believable conversations for a bench: people with cards, who met, told each other things, promised, noted needs and
gave. Written straight into the tables, the same each time for the same chance.
"""

import random
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from server.db import Connection
from server.demo.models import read_demo
from server.events.models import Event
from server.ids import new_id
from server.registrations.models import Card
from server.registrations.topics.telling import telling_topics

PROMISES = ["the article on soil sensors", "Introduce her to Jun from the tool library", "Call about the roof"]
INSIGHTS = ["He repairs old radios with parts from one shop in Porto", "Bees sleep less than she thought", "Ask locals"]
NEEDS = ["a hall with a stove, one evening a week", "somebody who repairs bicycles", "help with the first web page"]
#: So many rows go in one statement, which ends before its time is over on a busy machine as well.
AT_ONCE = 20_000

BEGIN_RELATIONSHIPS = """
    INSERT INTO relationships (person_id, id, other_id, met_event_id, met_event_title, met_on, began_at, last_touch_at)
    SELECT mine.registration_id, gen_random_uuid(), theirs.registration_id, mine.event_id, 'Fair', $2, $3, $3
    FROM swap_sides AS mine
    JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
        AND theirs.registration_id <> mine.registration_id
    WHERE mine.event_id = $1
"""
GIVE = """
    INSERT INTO gifts (person_id, id, relationship_id, key, direction, kind, text, given_at)
    SELECT relationships.person_id, gen_random_uuid(), relationships.id, promises.id, 'GAVE', 'PROMISE', promises.text,
           promises.kept_at
    FROM promises
    JOIN swaps ON swaps.event_id = promises.event_id AND swaps.id = promises.swap_id
    JOIN relationships ON relationships.person_id = promises.registration_id
        AND relationships.other_id IN (swaps.lower_id, swaps.upper_id)
    WHERE promises.event_id = $1 AND promises.kept_at IS NOT NULL
"""


async def copy(connection: Connection, table: str, columns: str, records: list[tuple[Any, ...]]) -> None:
    left = iter(records)
    while some := list(islice(left, AT_ONCE)):
        await connection.copy_records_to_table(table, columns=columns.split(), records=some)


async def fill(
    connection: Connection,
    event: Event,
    people: int,
    swaps: int,
    chance: random.Random,
    *,
    day: date,
    now: datetime,
    noon: datetime,
) -> None:
    """People with open cards of the demo's; half of the swaps with something learned, a third with a promise, a fourth
    of these kept, a fifth felt alike, a tenth with a need noted.
    """
    await connection.execute("SET statement_timeout = 0")
    ids = sorted(new_id() for _ in range(people))
    numbered = list(enumerate(ids))
    await copy(
        connection,
        "people",
        "id email email_key created_at",
        [(who, f"{number}@example.org", f"{number}@example.org", now) for number, who in numbered],
    )
    await copy(
        connection,
        "registrations",
        "event_id id person_id name name_key source created_at",
        [(event.id, who, who, f"Attendee {number}", f"attendee {number}", "bench", now) for number, who in numbered],
    )
    drafts = [each.draft() for each in read_demo().people]
    texts = [(each.up_to, each.seeking, each.offering, each.ask_me_about) for each in drafts]
    topics = [
        list(telling_topics(Card("", up_to=up_to, seeking=seeking, offering=offering, ask_me_about=ask_me)))
        for up_to, seeking, offering, ask_me in texts
    ]
    await copy(
        connection,
        "cards",
        "event_id registration_id name up_to seeking offering ask_me_about topics open_to_event open_to_introductions"
        " updated_at",
        [
            (
                event.id,
                who,
                f"Attendee {number}",
                *texts[number % len(texts)],
                topics[number % len(texts)],
                True,
                True,
                now,
            )
            for number, who in numbered
        ],
    )
    pairs: set[tuple[UUID, UUID]] = set()
    while len(pairs) < swaps:
        lower, upper = sorted(chance.sample(ids, 2))
        pairs.add((lower, upper))
    met = [(new_id(), lower, upper) for lower, upper in sorted(pairs)]
    await copy(
        connection,
        "swaps",
        "event_id id lower_id upper_id swapped_at changed_at",
        [(event.id, swap, lower, upper, noon, noon) for swap, lower, upper in met],
    )
    sides = [(swap, who) for swap, lower, upper in met for who in (lower, upper)]
    await copy(
        connection,
        "swap_sides",
        "event_id swap_id registration_id scanned_at offers offered_at",
        [(event.id, swap, who, noon, ["EMAIL"], noon) for swap, who in sides],
    )
    await copy(connection, "conversations", "event_id swap_id day", [(event.id, swap, day) for swap, _, _ in met])
    await copy(
        connection,
        "promises",
        "event_id id swap_id registration_id key kind text made_at kept_at",
        [
            (
                event.id,
                new_id(),
                swap,
                who,
                new_id(),
                "OTHER",
                chance.choice(PROMISES),
                noon,
                noon if chance.random() < 1 / 4 else None,
            )
            for swap, who in sides
            if chance.random() < 1 / 6
        ],
    )
    await copy(
        connection,
        "agenda_prompts",
        "event_id id swap_id registration_id day place library_key phase minutes text why state insight marked_at",
        [
            (event.id, new_id(), swap, who, day, place, f"key-{place}", "LEARN", 3, "What?", "Why", *told)
            for swap, who in sides
            for place, told in enumerate(
                [("ASKED", chance.choice(INSIGHTS) if chance.random() < 1 / 4 else None, noon)]
                + [("WAITING", None, None)] * 5
            )
        ],
    )
    await copy(
        connection,
        "feelings",
        "event_id swap_id registration_id feeling felt_at",
        [
            (event.id, swap, who, "TALK_AGAIN", noon)
            for swap, lower, upper in met
            if chance.random() < 1 / 5
            for who in (lower, upper)
        ],
    )
    await copy(
        connection,
        "notes",
        "event_id id swap_id registration_id key kind text written_at",
        [
            (event.id, new_id(), swap, who, new_id(), "NEED", chance.choice(NEEDS), noon)
            for swap, who in sides
            if chance.random() < 1 / 20
        ],
    )
    await connection.execute(BEGIN_RELATIONSHIPS, event.id, day, noon)
    await connection.execute(GIVE, event.id)
    await connection.execute("RESET statement_timeout")
