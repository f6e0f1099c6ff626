"""Every statement about reviews: whose is due, what was made, and what became of it. Whom they are chosen from is read
in `known`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection
from server.evening.models import FollowUpState
from server.people.models import Weekday
from server.reviews.models import NewReview, Reviewer, StoredReviewFollowUp
from server.reviews.weeks import ReviewTime

#: People whose review is ready at $1, or whose next one nobody has reckoned yet; held until the transaction ends.
#: Another worker takes those after them.
LOCK_DUE: LiteralString = """
    SELECT id, locale, timezone, review_weekday, review_at, review_due_at
    FROM people
    WHERE review_weekday IS NOT NULL AND (review_due_at IS NULL OR review_due_at <= $1)
    ORDER BY review_due_at NULLS FIRST
    LIMIT $2
    FOR NO KEY UPDATE SKIP LOCKED
"""


async def lock_due(connection: Connection, *, now: datetime, limit: int) -> list[tuple[Reviewer, bool]]:
    """Each with whether a review is ready, and not only to be reckoned."""
    rows = await connection.fetch(LOCK_DUE, now, limit)
    return [(_reviewer(row), row["review_due_at"] is not None) for row in rows]


#: One person as their review needs them.
SELECT_REVIEWER: LiteralString = """
    SELECT id, locale, timezone, review_weekday, review_at FROM people WHERE id = $1
"""


async def select_reviewer(connection: Connection, *, person_id: UUID) -> Reviewer | None:
    row = await connection.fetchrow(SELECT_REVIEWER, person_id)
    return None if row is None else _reviewer(row)


#: When the next review of each comes.
UPDATE_DUE: LiteralString = """
    UPDATE people SET review_due_at = due.at
    FROM unnest($1::uuid[], $2::timestamptz[]) AS due (person_id, at)
    WHERE people.id = due.person_id
"""


async def update_due(connection: Connection, *, due: Sequence[tuple[UUID, datetime]]) -> None:
    await connection.execute(UPDATE_DUE, [person_id for person_id, _ in due], [at for _, at in due])


#: Those of the people who have their review of that week already.
SELECT_MADE: LiteralString = """
    SELECT review_weeks.person_id
    FROM unnest($1::uuid[], $2::date[]) AS weeks (person_id, week_of)
    JOIN review_weeks ON review_weeks.person_id = weeks.person_id AND review_weeks.week_of = weeks.week_of
"""


async def select_made(connection: Connection, *, weeks: Sequence[tuple[UUID, date]]) -> set[UUID]:
    rows = await connection.fetch(SELECT_MADE, [person for person, _ in weeks], [week for _, week in weeks])
    return {row["person_id"] for row in rows}


#: Weeks that begin to exist. Makers of the same come in the same order, so they wait and never lock crosswise.
INSERT_WEEKS: LiteralString = """
    INSERT INTO review_weeks (person_id, week_of, ready_at, made_at)
    SELECT new.person_id, new.week_of, new.ready_at, $4
    FROM unnest($1::uuid[], $2::date[], $3::timestamptz[]) AS new (person_id, week_of, ready_at)
    ORDER BY new.person_id
    ON CONFLICT ON CONSTRAINT review_weeks_pkey DO NOTHING
    RETURNING person_id
"""

#: The three of each week, all rows at once.
INSERT_FOLLOW_UPS: LiteralString = """
    INSERT INTO review_follow_ups (person_id, id, week_of, relationship_id, met_event_id, met_swap_id, place, reason,
                                   draft, times, suggested_on, due_on)
    SELECT new.person_id, new.id, new.week_of, new.relationship_id, new.event_id, new.swap_id, new.place, new.reason,
           new.draft, string_to_array(new.times, ' ')::timestamptz[], new.suggested_on, new.suggested_on
    FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::uuid[], $5::uuid[], $6::uuid[], $7::smallint[], $8::text[],
                $9::text[], $10::text[], $11::date[])
        AS new (person_id, id, week_of, relationship_id, event_id, swap_id, place, reason, draft, times, suggested_on)
"""


async def insert_reviews(connection: Connection, *, new: Sequence[NewReview], now: datetime) -> set[UUID]:
    """Whose review this made; the others had theirs."""
    rows = await connection.fetch(
        INSERT_WEEKS,
        [review.person_id for review in new],
        [review.week_of for review in new],
        [review.ready_at for review in new],
        now,
    )
    made = {row["person_id"] for row in rows}
    named = [(review, each) for review in new if review.person_id in made for each in review.follow_ups]
    await connection.execute(
        INSERT_FOLLOW_UPS,
        [review.person_id for review, _ in named],
        [each.id for _, each in named],
        [review.week_of for review, _ in named],
        [each.acquaintance.known.relationship_id for _, each in named],
        [each.acquaintance.event_id for _, each in named],
        [each.acquaintance.swap_id for _, each in named],
        [each.place for _, each in named],
        [each.reason for _, each in named],
        [each.draft for _, each in named],
        [" ".join(time.isoformat() for time in each.times) for _, each in named],  # rows of unequal length: as text
        [review.suggested_on for review, _ in named],
    )
    return made


#: The last week whose review was ready by $2, of those that were made.
SELECT_LAST_WEEK: LiteralString = """
    SELECT max(week_of) AS week_of FROM review_weeks WHERE person_id = $1 AND ready_at <= $2
"""


async def select_last_week(connection: Connection, *, person_id: UUID, ready_by: datetime) -> date | None:
    found: date | None = await connection.fetchval(SELECT_LAST_WEEK, person_id, ready_by)
    return found


#: When the person ended the review of that week; null while they did not, or where none was made.
SELECT_ENDED_AT: LiteralString = """
    SELECT ended_at FROM review_weeks WHERE person_id = $1 AND week_of = $2
"""


async def select_ended_at(connection: Connection, *, person_id: UUID, week_of: date) -> datetime | None:
    found: datetime | None = await connection.fetchval(SELECT_ENDED_AT, person_id, week_of)
    return found


#: The person is through with a week, or, with null, goes on after all. The first time it was said stays.
END_WEEK: LiteralString = """
    UPDATE review_weeks SET ended_at = CASE WHEN $3::timestamptz IS NULL THEN NULL ELSE COALESCE(ended_at, $3) END
    WHERE person_id = $1 AND week_of = $2
    RETURNING true
"""


async def end_week(connection: Connection, *, person_id: UUID, week_of: date, ended_at: datetime | None) -> bool:
    """Whether there is a review of that week."""
    return bool(await connection.fetchval(END_WEEK, person_id, week_of, ended_at))


#: Whether the person has a relationship in which anybody could ever be named.
SELECT_KNOWS_SOMEBODY: LiteralString = """
    SELECT EXISTS (SELECT 1 FROM relationships WHERE person_id = $1 AND other_id IS NOT NULL)
"""


async def select_knows_somebody(connection: Connection, *, person_id: UUID) -> bool:
    return bool(await connection.fetchval(SELECT_KNOWS_SOMEBODY, person_id))


#: What a week named, in its order: nobody who asks for quiet by now, or whom the person let rest since.
SELECT_FOLLOW_UPS: LiteralString = """
    SELECT follow_ups.person_id, follow_ups.id, follow_ups.relationship_id, relationships.other_id,
           follow_ups.met_event_id, follow_ups.met_swap_id, follow_ups.state, follow_ups.reason, follow_ups.draft,
           follow_ups.times, follow_ups.due_on, follow_ups.settled_at, follow_ups.touched_from,
           others.timezone AS their_timezone
    FROM review_follow_ups AS follow_ups
    JOIN relationships ON relationships.person_id = follow_ups.person_id
        AND relationships.id = follow_ups.relationship_id
        AND (relationships.resting_until IS NULL OR relationships.resting_until <= $3)
    JOIN people AS others ON others.id = relationships.other_id AND others.quiet_since IS NULL
    WHERE follow_ups.person_id = $1 AND follow_ups.week_of = $2
    ORDER BY follow_ups.place, follow_ups.id
"""


async def select_follow_ups(
    connection: Connection, *, person_id: UUID, week_of: date, today: date
) -> list[StoredReviewFollowUp]:
    rows = await connection.fetch(SELECT_FOLLOW_UPS, person_id, week_of, today)
    return [_follow_up(row) for row in rows]


#: Holds one of the person's own until the transaction ends.
LOCK_FOLLOW_UP: LiteralString = """
    SELECT follow_ups.person_id, follow_ups.id, follow_ups.relationship_id, relationships.other_id,
           follow_ups.met_event_id, follow_ups.met_swap_id, follow_ups.state, follow_ups.reason, follow_ups.draft,
           follow_ups.times, follow_ups.due_on, follow_ups.settled_at, follow_ups.touched_from,
           others.timezone AS their_timezone
    FROM review_follow_ups AS follow_ups
    JOIN relationships ON relationships.person_id = follow_ups.person_id
        AND relationships.id = follow_ups.relationship_id
    JOIN people AS others ON others.id = relationships.other_id AND others.quiet_since IS NULL
    WHERE follow_ups.person_id = $1 AND follow_ups.id = $2
    FOR UPDATE OF follow_ups
"""


async def lock_follow_up(connection: Connection, *, person_id: UUID, follow_up_id: UUID) -> StoredReviewFollowUp | None:
    row = await connection.fetchrow(LOCK_FOLLOW_UP, person_id, follow_up_id)
    return None if row is None else _follow_up(row)


#: What became of one; without a day in $5 it is due on the day of its review.
UPDATE_FOLLOW_UP: LiteralString = """
    UPDATE review_follow_ups
    SET state = $3, settled_at = $4, due_on = COALESCE($5, suggested_on), touched_from = $6
    WHERE person_id = $1 AND id = $2
    RETURNING due_on
"""


async def update_follow_up(
    connection: Connection,
    follow_up: StoredReviewFollowUp,
    *,
    state: FollowUpState,
    settled_at: datetime | None,
    until: date | None,
    touched_from: datetime | None,
) -> StoredReviewFollowUp:
    due_on: date = await connection.fetchval(
        UPDATE_FOLLOW_UP, follow_up.person_id, follow_up.id, state, settled_at, until, touched_from
    )
    return replace(follow_up, state=state, settled_at=settled_at, due_on=due_on, touched_from=touched_from)


def _reviewer(row: Record) -> Reviewer:
    weekday, at, timezone = row["review_weekday"], row["review_at"], row["timezone"]
    hour = None if weekday is None else ReviewTime(Weekday(weekday), at, timezone)
    return Reviewer(row["id"], row["locale"], timezone, hour)


def _follow_up(row: Record) -> StoredReviewFollowUp:
    return StoredReviewFollowUp(
        person_id=row["person_id"],
        id=row["id"],
        relationship_id=row["relationship_id"],
        other_id=row["other_id"],
        event_id=row["met_event_id"],
        swap_id=row["met_swap_id"],
        state=FollowUpState(row["state"]),
        reason=row["reason"],
        draft=row["draft"],
        times=tuple(row["times"]),
        due_on=row["due_on"],
        settled_at=row["settled_at"],
        touched_from=row["touched_from"],
        their_timezone=row["their_timezone"],
    )
