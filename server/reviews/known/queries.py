"""Every statement about the people somebody knows, as a review sees them. Read for many people at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID
from zoneinfo import ZoneInfo

from server.db import Connection
from server.relationships.models import RelationshipKind
from server.reviews.choosing import Known
from server.reviews.models import Acquaintance
from server.reviews.telling import Record, Talk

#: Two people, the one whose review it is first.
Pair = tuple[UUID, UUID]

#: Whom those people may be brought to write to: not touched since $2, both sharing their contact in a live swap, of
#: which the newest counts, and the other not asking for quiet. With the last review that named them. A block ends
#: every swap of the two, so it needs no looking for.
SELECT_ACQUAINTANCES: LiteralString = """
    SELECT relationships.person_id, relationships.id, relationships.other_id, relationships.kind,
           relationships.last_touch_at, relationships.resting_until, newest.event_id, newest.swap_id,
           others.timezone AS their_timezone, latest.suggested_on, latest.later_on, latest.earlier
    FROM relationships
    JOIN people AS others ON others.id = relationships.other_id AND others.quiet_since IS NULL
    CROSS JOIN LATERAL (
        SELECT swaps.event_id, swaps.id AS swap_id
        FROM registrations AS mine
        JOIN registrations AS theirs ON theirs.event_id = mine.event_id AND theirs.person_id = relationships.other_id
        JOIN swaps ON swaps.event_id = mine.event_id AND swaps.lower_id = LEAST(mine.id, theirs.id)
            AND swaps.upper_id = GREATEST(mine.id, theirs.id) AND swaps.withdrawn_at IS NULL
        JOIN swap_sides AS my_side ON my_side.event_id = swaps.event_id AND my_side.swap_id = swaps.id
            AND my_side.registration_id = mine.id AND my_side.offers IS NOT NULL AND my_side.declined_at IS NULL
        JOIN swap_sides AS their_side ON their_side.event_id = swaps.event_id AND their_side.swap_id = swaps.id
            AND their_side.registration_id = theirs.id AND their_side.offers IS NOT NULL
        WHERE mine.person_id = relationships.person_id
        ORDER BY swaps.swapped_at DESC, swaps.id DESC
        LIMIT 1
    ) AS newest
    CROSS JOIN LATERAL (
        SELECT max(review_follow_ups.suggested_on) AS suggested_on, count(*) AS earlier,
               (array_agg(CASE WHEN review_follow_ups.state = 'LATER' THEN review_follow_ups.due_on END
                          ORDER BY review_follow_ups.suggested_on DESC))[1] AS later_on
        FROM review_follow_ups
        WHERE review_follow_ups.person_id = relationships.person_id
          AND review_follow_ups.relationship_id = relationships.id
    ) AS latest
    WHERE relationships.person_id = ANY ($1::uuid[]) AND relationships.last_touch_at < $2
    ORDER BY relationships.person_id, relationships.id
"""


async def select_acquaintances(
    connection: Connection, *, zones: Mapping[UUID, str], untouched_since: datetime
) -> dict[UUID, list[Acquaintance]]:
    """By person; `zones` are theirs, in which days are reckoned."""
    found: defaultdict[UUID, list[Acquaintance]] = defaultdict(list)
    for row in await connection.fetch(SELECT_ACQUAINTANCES, list(zones), untouched_since):
        person_id = row["person_id"]
        known = Known(
            relationship_id=row["id"],
            kind=None if row["kind"] is None else RelationshipKind(row["kind"]),
            touched_on=row["last_touch_at"].astimezone(ZoneInfo(zones[person_id])).date(),
            suggested_on=row["suggested_on"],
            later_on=row["later_on"],
            resting_until=row["resting_until"],
        )
        found[person_id].append(
            Acquaintance(
                known=known,
                person_id=person_id,
                other_id=row["other_id"],
                event_id=row["event_id"],
                swap_id=row["swap_id"],
                timezone=row["their_timezone"],
                earlier=row["earlier"],
            )
        )
    return found


#: The swaps of those pairs at any event, live ones only; and which end is whose.
SELECT_RECORDS: LiteralString = """
    WITH met AS MATERIALIZED (
        SELECT pairs.person_id, pairs.other_id, swaps.event_id, swaps.id AS swap_id, swaps.swapped_at,
               mine.id AS my_id, theirs.id AS their_id
        FROM unnest($1::uuid[], $2::uuid[]) AS pairs (person_id, other_id)
        JOIN registrations AS mine ON mine.person_id = pairs.person_id
        JOIN registrations AS theirs ON theirs.event_id = mine.event_id AND theirs.person_id = pairs.other_id
        JOIN swaps ON swaps.event_id = mine.event_id AND swaps.lower_id = LEAST(mine.id, theirs.id)
            AND swaps.upper_id = GREATEST(mine.id, theirs.id) AND swaps.withdrawn_at IS NULL
    )
    SELECT DISTINCT ON (met.person_id, met.other_id)
           met.person_id, met.other_id, cards.name, cards.up_to,
           talks.conversations, talks.last_on, talks.event_title,
           ARRAY(
               SELECT promises.text
               FROM met AS all_met
               JOIN promises ON promises.event_id = all_met.event_id AND promises.swap_id = all_met.swap_id
                   AND promises.registration_id = all_met.my_id
               WHERE all_met.person_id = met.person_id AND all_met.other_id = met.other_id AND promises.kept_at IS NULL
               ORDER BY promises.made_at, promises.id
           ) AS promises,
           ARRAY(
               SELECT agenda_prompts.insight
               FROM met AS all_met
               JOIN agenda_prompts ON agenda_prompts.event_id = all_met.event_id
                   AND agenda_prompts.swap_id = all_met.swap_id AND agenda_prompts.registration_id = all_met.my_id
               WHERE all_met.person_id = met.person_id AND all_met.other_id = met.other_id
                 AND agenda_prompts.insight IS NOT NULL
               ORDER BY agenda_prompts.marked_at DESC, agenda_prompts.id
           ) AS insights
    FROM met
    JOIN cards ON cards.event_id = met.event_id AND cards.registration_id = met.their_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS conversations, max(conversations.day) AS last_on,
               (array_agg(
                   CASE WHEN conversations.day <= ((events.ends_at AT TIME ZONE events.timezone)
                                                   - interval '4 hours')::date THEN events.title END
                   ORDER BY conversations.day DESC))[1] AS event_title
        FROM met AS all_met
        JOIN events ON events.id = all_met.event_id
        JOIN conversations ON conversations.event_id = all_met.event_id AND conversations.swap_id = all_met.swap_id
        WHERE all_met.person_id = met.person_id AND all_met.other_id = met.other_id
    ) AS talks
    ORDER BY met.person_id, met.other_id, met.swapped_at DESC, met.swap_id DESC
"""


async def select_records(connection: Connection, *, chosen: Collection[Acquaintance]) -> dict[Pair, Record]:
    """What each of the chosen pairs has on record, as the first of the two may use it."""
    by_pair = {(each.person_id, each.other_id): each for each in chosen}
    rows = await connection.fetch(SELECT_RECORDS, [pair[0] for pair in by_pair], [pair[1] for pair in by_pair])
    found: dict[Pair, Record] = {}
    for row in rows:
        pair = (row["person_id"], row["other_id"])
        last_on: date | None = row["last_on"]
        found[pair] = Record(
            name=row["name"],
            touched_on=by_pair[pair].known.touched_on,
            talk=None if last_on is None else Talk(last_on, row["event_title"]),
            conversations=row["conversations"],
            promises=tuple(row["promises"]),
            insights=tuple(row["insights"]),
            up_to=row["up_to"],
            earlier=by_pair[pair].earlier,
        )
    return found


#: When the 1-2-1s begin that these people agreed to, from $2 on, in swaps that live.
SELECT_AGREED_STARTS: LiteralString = """
    SELECT registrations.person_id, meetings.starts_at
    FROM registrations
    JOIN swap_sides ON swap_sides.event_id = registrations.event_id
        AND swap_sides.registration_id = registrations.id
    JOIN swaps ON swaps.event_id = swap_sides.event_id AND swaps.id = swap_sides.swap_id
        AND swaps.withdrawn_at IS NULL
    JOIN meetings ON meetings.event_id = swap_sides.event_id AND meetings.swap_id = swap_sides.swap_id
    WHERE registrations.person_id = ANY ($1::uuid[]) AND meetings.state = 'AGREED' AND meetings.starts_at >= $2
    ORDER BY meetings.starts_at
"""


async def select_agreed_starts(
    connection: Connection, *, people: Sequence[UUID], since: datetime
) -> dict[UUID, list[datetime]]:
    """By person; whoever agreed to none is left out."""
    starts: dict[UUID, list[datetime]] = {}
    for row in await connection.fetch(SELECT_AGREED_STARTS, people, since):
        starts.setdefault(row["person_id"], []).append(row["starts_at"])
    return starts
