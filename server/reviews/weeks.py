"""Weeks and their review: which week's review holds at an instant, and when the next one comes. A pure reckoning.

A week is named by its Monday. It has one review at most, whatever becomes of clocks, zones and settings.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from server.people.models import Weekday

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ReviewTime:
    """The hour of the week a person keeps for their review, by the clocks of `timezone` (an IANA name)."""

    weekday: Weekday
    at: time
    timezone: str

    def ready_at(self, week: date) -> datetime:
        """When the review of the week that begins with the Monday `week` is ready, in UTC.

        An hour that the clocks leave out comes as much later as they jump; of one that comes twice, the first counts.
        """
        day = week + timedelta(days=self.weekday - 1)
        return datetime.combine(day, self.at, ZoneInfo(self.timezone)).astimezone(UTC)

    def week_at(self, now: datetime) -> date:
        """The Monday of the last week whose review is ready at `now`."""
        week = monday_of(now.astimezone(ZoneInfo(self.timezone)).date())
        return week if self.ready_at(week) <= now else week - WEEK

    def next_after(self, now: datetime) -> datetime:
        """When the next review after `now` is ready, in UTC."""
        return self.ready_at(self.week_at(now) + WEEK)

    def day_of(self, now: datetime) -> date:
        """The calendar day at `now` where the person lives."""
        return now.astimezone(ZoneInfo(self.timezone)).date()


def monday_of(day: date) -> date:
    """The Monday of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())
