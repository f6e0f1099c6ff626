"""A week has one review, at an hour of the person's own clock, in every zone and through every change of the clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.people.models import Weekday
from server.reviews.weeks import WEEK, ReviewTime

MONDAY = date(2027, 4, 19)
ZONES = (
    "Pacific/Niue", "Pacific/Kiritimati", "Asia/Kathmandu", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe",
)  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "ready_at"),
    [
        ("Pacific/Niue", "2027-04-24T03:00"),
        ("Pacific/Kiritimati", "2027-04-23T02:00"),
        ("Asia/Kathmandu", "2027-04-23T10:15"),
        ("Europe/Lisbon", "2027-04-23T15:00"),
    ],
)
def test_a_review_is_ready_at_its_hour_by_the_local_clock(zone: str, ready_at: str) -> None:
    hour = ReviewTime(Weekday.FRIDAY, time(16), zone)

    assert hour.ready_at(MONDAY).isoformat()[:16] == ready_at


def test_an_hour_that_the_clocks_leave_out_comes_once_and_later() -> None:
    hour = ReviewTime(Weekday.SUNDAY, time(2, 30), "Europe/Berlin")

    assert hour.ready_at(date(2027, 3, 22)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_of_an_hour_that_comes_twice_the_first_counts() -> None:
    hour = ReviewTime(Weekday.SUNDAY, time(2, 30), "Europe/Berlin")
    first, second = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)

    assert hour.ready_at(date(2027, 10, 25)) == first
    assert hour.week_at(first) == hour.week_at(second) == date(2027, 10, 25)
    assert hour.week_at(first - timedelta(seconds=1)) == date(2027, 10, 18)


@given(
    zone=st.sampled_from(ZONES),
    weekday=st.sampled_from(Weekday),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis gives them the zone
)
def test_every_instant_has_one_last_review_and_one_next(zone: str, weekday: Weekday, at: time, now: datetime) -> None:
    hour = ReviewTime(weekday, at, zone)
    week = hour.week_at(now)

    assert week.weekday() == 0
    assert hour.ready_at(week) <= now < hour.ready_at(week + WEEK)
    assert hour.next_after(now) == hour.ready_at(week + WEEK)
