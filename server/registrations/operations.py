"""A person's own places at events: finding and taking them, the card, the goal. Nobody changes another's."""

import asyncio
from collections import Counter
from datetime import datetime
from uuid import UUID

import asyncpg

from server.blocks import operations as blocks
from server.db import Connection, violated
from server.errors import InputNotValid, NotFound
from server.people import operations as people
from server.registrations import queries
from server.registrations.cards import CardDraft, clean_card
from server.registrations.errors import AlreadyRegistered
from server.registrations.models import Claimable, EarlierPlace, Registration
from server.registrations.topics import queries as topic_queries
from server.registrations.topics.telling import telling_topics

MOST_PEOPLE_TO_MEET = 5


async def find_own(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> Registration | None:
    """The person's place at this event, with today's state."""
    found = await queries.select_own(connection, person_id=person_id, event_id=event_id, now=now)
    return found[0] if found else None


async def list_own(connection: Connection, *, person_id: UUID, now: datetime) -> list[Registration]:
    """All of the person's places, the event that starts last first."""
    return await queries.select_own(connection, person_id=person_id, event_id=None, now=now)


async def list_claimable(connection: Connection, *, person_id: UUID) -> list[Claimable]:
    """What came to the person's address and waits to be taken, at events where they have no place yet."""
    return await queries.select_claimable(connection, person_id=person_id)


async def claim(
    connection: Connection, *, event_id: UUID, registration_id: UUID, person_id: UUID, now: datetime
) -> Registration:
    """Take a place that came to the person's own address; taking it twice is taking it once.

    Its card begins with the name on the ticket, closed. Raises `NotFound` when it is not theirs to take, and
    `AlreadyRegistered` when they have another place at this event.
    """
    try:
        async with connection.transaction():
            await queries.release_cancelled(
                connection, event_id=event_id, person_id=person_id, except_for=registration_id
            )
            name = await queries.claim_registration(
                connection, event_id=event_id, registration_id=registration_id, person_id=person_id, now=now
            )
            if name is None:
                raise NotFound
            await blocks.follow_claim(
                connection, event_id=event_id, registration_id=registration_id, person_id=person_id, now=now
            )
            await queries.insert_first_card(connection, event_id=event_id, registration_id=registration_id, now=now)
            await people.take_name(connection, person_id=person_id, name=name, replace=False)
    except asyncpg.UniqueViolationError as error:
        if violated(error, "registrations_one_per_person"):
            raise AlreadyRegistered from error
        raise
    return await _own(connection, event_id=event_id, person_id=person_id, now=now)


async def claim_what_is_clear(
    connection: Connection, *, person_id: UUID, first: tuple[UUID, UUID] | None, now: datetime
) -> None:
    """Take for the person what needs no question: `first` (event, registration), whose badge they showed, and the
    only ticket that came to their address at an event. Where there are several they are asked.
    """
    waiting = await queries.select_claimable(connection, person_id=person_id)
    at_event = Counter(each.event.id for each in waiting)
    clear = [(each.event.id, each.id) for each in waiting if at_event[each.event.id] == 1]
    if first in {(each.event.id, each.id) for each in waiting} - set(clear):
        clear.append(first)
    for event_id, registration_id in clear:
        await _claim_if_still_free(
            connection, event_id=event_id, registration_id=registration_id, person_id=person_id, now=now
        )


async def update_card(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    card: CardDraft,
    carried_from: EarlierPlace | None = None,
    now: datetime,
) -> Registration:
    """Keep this card in place of the old one, with the topics it speaks of and its owner did not drop.

    `carried_from` is the own place it was carried over from: topics dropped there are dropped here too.
    Raises `InputNotValid`, and `NotFound` without a place at both.
    """
    clean = clean_card(card)
    topics = await asyncio.to_thread(telling_topics, clean)  # the table takes half a second to load, once
    try:
        async with connection.transaction():
            if carried_from is not None and not await topic_queries.take_dropped_topics(
                connection, event_id=event_id, person_id=person_id, earlier=carried_from, topics=topics
            ):
                raise NotFound
            await queries.update_own_card(
                connection, event_id=event_id, person_id=person_id, card=clean, topics=topics, now=now
            )
            registration = await _own(connection, event_id=event_id, person_id=person_id, now=now)
            await people.take_name(connection, person_id=person_id, name=clean.name, replace=True)
    except asyncpg.CheckViolationError as error:
        if violated(error, "cards_new_or_returning"):
            raise InputNotValid(
                "card.returning", "Say that you are new here or that you have been here before, not both."
            ) from error
        raise
    return registration


async def drop_topic(
    connection: Connection, *, event_id: UUID, person_id: UUID, topic: str, dropped: bool, now: datetime
) -> Registration:
    """Take a topic off one's own card for good, or (`dropped` false) let it be found there again.

    Raises `NotFound` for a topic that was never found on it, and without a place there.
    """
    async with connection.transaction():
        written = await topic_queries.drop_topic(
            connection, event_id=event_id, person_id=person_id, topic=topic, dropped=dropped
        )
        if written is None:
            raise NotFound
        await topic_queries.update_topics(
            connection,
            event_id=event_id,
            registration_id=written.registration_id,
            topics=telling_topics(written.card, without=written.dropped_topics),
            now=now,
        )
        return await _own(connection, event_id=event_id, person_id=person_id, now=now)


async def set_goal(
    connection: Connection, *, event_id: UUID, person_id: UUID, people_to_meet: int | None, now: datetime
) -> Registration:
    """Keep how many people the person came to meet, one to five; None for no goal.

    Raises `InputNotValid`, and `NotFound` without a place there.
    """
    if people_to_meet is not None and not 1 <= people_to_meet <= MOST_PEOPLE_TO_MEET:
        raise InputNotValid("people", f"Choose between one and {MOST_PEOPLE_TO_MEET} people, or no goal.")
    await queries.update_goal(connection, event_id=event_id, person_id=person_id, people=people_to_meet)
    return await _own(connection, event_id=event_id, person_id=person_id, now=now)


async def _own(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> Registration:
    registration = await find_own(connection, event_id=event_id, person_id=person_id, now=now)
    if registration is None:
        raise NotFound
    return registration


async def _claim_if_still_free(
    connection: Connection, *, event_id: UUID, registration_id: UUID, person_id: UUID, now: datetime
) -> None:
    try:
        await claim(connection, event_id=event_id, registration_id=registration_id, person_id=person_id, now=now)
    except (AlreadyRegistered, NotFound):
        # Another device of theirs was quicker, or an organizer took the ticket back: signing in goes on.
        return
