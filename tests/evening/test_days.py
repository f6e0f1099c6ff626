"""An evening belongs to a local day from four to four, in every zone and through every change of the clock."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from server.db import Pool
from server.evening.making import due_evenings
from server.ids import new_id
from tests.world import World


async def hours_due(pool: Pool, world: World, *, zone: str, day: date, evening_at: time) -> list[datetime]:
    """The whole and half hours at which the evening of `day` is due for two people who met on it."""
    noon = datetime.combine(day, time(12), ZoneInfo(zone))
    event = await world.event(
        id=new_id(),
        timezone=zone,
        evening_at=evening_at,
        starts_at=noon.replace(hour=10).astimezone(UTC),
        ends_at=noon.replace(hour=18).astimezone(UTC),
    )
    await world.swap(await world.attendee(event), await world.attendee(event), at=noon.astimezone(UTC))
    start = int(noon.timestamp()) - 48 * 3600
    async with pool.acquire() as connection:
        return [
            instant
            for step in range(48 * 4)
            if await due_evenings(connection, now=(instant := datetime.fromtimestamp(start + step * 1800, UTC)))
        ]


@pytest.mark.parametrize(
    ("zone", "day", "evening_at", "from_to"),
    [
        ("Pacific/Midway", date(2027, 4, 22), time(19), ("2027-04-23T06:00", "2027-04-23T14:30")),
        ("Pacific/Kiritimati", date(2027, 4, 22), time(19), ("2027-04-22T05:00", "2027-04-22T13:30")),
        ("Asia/Kathmandu", date(2027, 4, 22), time(19), ("2027-04-22T13:15", "2027-04-22T21:45")),
        ("Europe/Lisbon", date(2027, 4, 22), time(1), ("2027-04-23T00:00", "2027-04-23T02:30")),
        # Clocks go forward an hour at one: the night is short, and half past one does not exist.
        ("Europe/Lisbon", date(2027, 3, 27), time(19), ("2027-03-27T19:00", "2027-03-28T02:30")),
        ("Europe/Lisbon", date(2027, 3, 27), time(1, 30), ("2027-03-28T01:30", "2027-03-28T02:30")),
        # Clocks go back an hour at two: half past one comes twice, the evening once, at the first.
        ("Europe/Lisbon", date(2027, 10, 30), time(19), ("2027-10-30T18:00", "2027-10-31T03:30")),
        ("Europe/Lisbon", date(2027, 10, 30), time(1, 30), ("2027-10-31T00:30", "2027-10-31T03:30")),
        ("America/New_York", date(2027, 3, 13), time(2, 30), ("2027-03-14T07:30", "2027-03-14T07:30")),
        ("America/New_York", date(2027, 11, 6), time(1, 30), ("2027-11-07T05:30", "2027-11-07T08:30")),
    ],
)
async def test_an_evening_is_due_from_its_hour_to_four_by_the_local_clock(
    pool: Pool, world: World, *, zone: str, day: date, evening_at: time, from_to: tuple[str, str]
) -> None:
    due = await hours_due(pool, world, zone=zone, day=day, evening_at=evening_at)

    assert [each.isoformat()[:16] for each in (due[0], due[-1])] == list(from_to)
    assert len(due) == (due[-1] - due[0]).total_seconds() / 1800 + 1
