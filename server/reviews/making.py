"""Making the weekly reviews: one for each person and week, whoever makes it and however often the clock comes round.

A week is unique in its table, so a second worker, a rerun, a kill half-way or an hour that comes twice change nothing.
Its notice is written in the same transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from server.db import Connection
from server.ids import new_id
from server.meetings.times import EARLIEST, times_for
from server.notifications.models import NewNotice, NoticeKind
from server.notifications.telling import tell_all
from server.reviews import queries
from server.reviews.choosing import choose
from server.reviews.known.queries import Pair, select_acquaintances, select_agreed_starts, select_records
from server.reviews.models import Acquaintance, NewReview, NewReviewFollowUp, Reviewer
from server.reviews.rhythms import RHYTHMS
from server.reviews.telling import Record, seed_of, tell
from server.reviews.weeks import ReviewTime
from server.screens import REVIEW

#: People per transaction: few enough that nobody waits long for a lock, many enough that statements cost little.
BATCH = 100
#: Times offered lie so far behind the hour of the review that none is past while it can still be opened, and on other
#: days than its own.
OFFERED_AFTER = timedelta(days=7, hours=12)


@dataclass(frozen=True, slots=True)
class Week:
    """One person's review to be made, or made already: whose, of which week, and when it was ready."""

    reviewer: Reviewer
    hour: ReviewTime
    week_of: date

    @property
    def ready_at(self) -> datetime:
        return self.hour.ready_at(self.week_of)


async def make_due(connection: Connection, *, now: datetime) -> int:
    """Make every review that is ready at `now`, tell whose it is, and reckon when the next comes; how many were made.

    One transaction for each batch; of what one worker holds another makes nothing.
    """
    made = 0
    while True:
        async with connection.transaction():
            due = await queries.lock_due(connection, now=now, limit=BATCH)
            if not due:
                return made
            hours = [(reviewer, reviewer.hour, ready) for reviewer, ready in due if reviewer.hour is not None]
            weeks = [Week(reviewer, hour, hour.week_at(now)) for reviewer, hour, is_ready in hours if is_ready]
            made += len(await make(connection, weeks, now=now))
            await queries.update_due(
                connection, due=[(reviewer.person_id, hour.next_after(now)) for reviewer, hour, _ in hours]
            )


async def make(connection: Connection, weeks: Sequence[Week], *, now: datetime, is_told: bool = True) -> set[UUID]:
    """Make those of the reviews that are missing and name somebody; whose this made. Call it in a transaction."""
    had = await queries.select_made(connection, weeks=[(week.reviewer.person_id, week.week_of) for week in weeks])
    missing = sorted(
        (week for week in weeks if week.reviewer.person_id not in had), key=lambda week: week.reviewer.person_id
    )
    new = [review for review in await _reviews(connection, missing, now=now) if review.follow_ups]
    if not new:
        return set()
    made = await queries.insert_reviews(connection, new=new, now=now)
    if is_told:
        told = [
            NewNotice(each.person_id, NoticeKind.REVIEW_READY, each.week_of.isoformat(), REVIEW)
            for each in new
            if each.person_id in made
        ]
        await tell_all(connection, told, now=now)
    return made


async def _reviews(connection: Connection, weeks: Sequence[Week], *, now: datetime) -> list[NewReview]:
    if not weeks:
        return []
    zones = {week.reviewer.person_id: week.reviewer.timezone for week in weeks}
    # The day before the shortest rhythm is over, wherever days begin: the rest is decided by `choosing`.
    untouched_since = now - timedelta(days=min(RHYTHMS.values()) - 1)
    known = await select_acquaintances(connection, zones=zones, untouched_since=untouched_since)
    chosen = {week.reviewer.person_id: _chosen(week, known.get(week.reviewer.person_id, []), now) for week in weeks}
    records = await select_records(connection, chosen=[each for three in chosen.values() for each in three])
    busy = await select_agreed_starts(connection, people=list(zones), since=now)
    return [
        _review(week, chosen[week.reviewer.person_id], records, busy=busy.get(week.reviewer.person_id, ()), now=now)
        for week in weeks
    ]


def _chosen(week: Week, known: Sequence[Acquaintance], now: datetime) -> list[Acquaintance]:
    by_relationship = {each.known.relationship_id: each for each in known}
    ids = choose([each.known for each in known], day=week.hour.day_of(now))
    return [by_relationship[each] for each in ids]


def _review(
    week: Week,
    three: Sequence[Acquaintance],
    records: Mapping[Pair, Record],
    *,
    busy: Sequence[datetime],
    now: datetime,
) -> NewReview:
    """Nobody is offered a time that another of the three is offered, since all might say yes, nor one near a 1-2-1 that
    the person has agreed to: `busy` are the starts of those.
    """
    today = week.hour.day_of(now)
    own_zone = week.reviewer.timezone
    # A review that is opened late still offers times that people have a day to answer.
    offered_from = max(week.ready_at + OFFERED_AFTER, now + EARLIEST) - EARLIEST
    taken = list(busy)
    follow_ups = []
    for place, each in enumerate(three):
        record = records[each.person_id, each.other_id]
        times = times_for(own_zone, each.timezone, offered_from, busy=taken)
        taken += times
        told = tell(
            record,
            times=times,
            zone=each.timezone,
            own_zone=own_zone,
            today=today,
            language=week.reviewer.locale,
            seed=seed_of(each.person_id, week.week_of),
            place=place,
        )
        follow_ups.append(NewReviewFollowUp(new_id(), each, place, told.reason, told.draft, times))
    return NewReview(week.reviewer.person_id, week.week_of, week.ready_at, today, follow_ups)
