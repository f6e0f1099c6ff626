"""Which times are offered to two people, each with a clock of their own."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.meetings.times import EARLIEST, LATEST, times_for

#: A Friday afternoon.
NOW = datetime(2027, 4, 23, 15, 7, tzinfo=UTC)
ZONES = (
    "Europe/Lisbon",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "Pacific/Pago_Pago",
    "Pacific/Kiritimati",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
)


def clocks(times: list[datetime], zone: str) -> list[str]:
    return [f"{each.astimezone(ZoneInfo(zone)):%a %H:%M}" for each in times]


def test_two_in_one_zone_are_offered_three_hours_on_three_working_days() -> None:
    assert clocks(times_for("Europe/Lisbon", "Europe/Lisbon", NOW), "Europe/Lisbon") == [
        "Mon 10:00",
        "Wed 15:00",
        "Fri 11:00",
    ]


def test_two_in_different_zones_are_offered_hours_of_both_their_days() -> None:
    offered = times_for("Europe/Lisbon", "America/New_York", NOW)

    assert clocks(offered, "Europe/Lisbon") == ["Mon 15:00", "Wed 16:00", "Fri 14:00"]
    assert clocks(offered, "America/New_York") == ["Mon 10:00", "Wed 11:00", "Fri 09:00"]


def test_where_no_working_hour_is_common_the_longer_day_is_offered() -> None:
    offered = times_for("Europe/Lisbon", "Pacific/Auckland", NOW)

    assert len(offered) >= 2
    for zone in ("Europe/Lisbon", "Pacific/Auckland"):
        assert all(8 <= each.astimezone(ZoneInfo(zone)).hour < 21 for each in offered)


def test_what_is_busy_already_is_not_offered() -> None:
    first, *_ = times_for("Europe/Lisbon", "Europe/Lisbon", NOW)

    again = times_for("Europe/Lisbon", "Europe/Lisbon", NOW, busy=[first + timedelta(minutes=30)])

    assert all(abs(each - first) >= timedelta(minutes=30) for each in again)
    assert len(again) == 3


@pytest.mark.parametrize("now", [datetime(2027, 3, 26, 12, tzinfo=UTC), datetime(2027, 10, 29, 12, tzinfo=UTC)])
def test_a_change_of_the_clocks_moves_the_instant_and_not_the_hour(now: datetime) -> None:
    offered = times_for("Europe/Lisbon", "Europe/Berlin", now)

    assert all(9 <= each.astimezone(ZoneInfo("Europe/Lisbon")).hour < 17 for each in offered)
    assert len({each.utcoffset() for each in offered}) == 1


@settings(max_examples=60, deadline=None)
@given(
    mine=st.sampled_from(ZONES),
    theirs=st.sampled_from(ZONES),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)),  # noqa: DTZ001 - hypothesis adds the zone itself
    minutes=st.integers(10, 60),
)
def test_whatever_the_zones_the_times_are_by_day_on_both_clocks(
    mine: str, theirs: str, now: datetime, minutes: int
) -> None:
    now = now.replace(tzinfo=UTC)

    offered = times_for(mine, theirs, now, minutes=minutes)

    assert 2 <= len(offered) <= 3
    assert offered == sorted(set(offered))
    assert all(EARLIEST <= each - now <= LATEST for each in offered)
    assert max(Counter(each.astimezone(ZoneInfo(mine)).hour for each in offered).values()) <= 2
    for zone in (mine, theirs):
        for each in offered:
            begins = each.astimezone(ZoneInfo(zone))
            ends = (each + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
            assert begins.hour >= 8
            assert ends.time() <= datetime(2000, 1, 1, 21).time()  # noqa: DTZ001 - an hour on a wall
            assert begins.date() == ends.date()
