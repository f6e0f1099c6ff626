"""Days and times as a draft says them in each language, read from `calendars/`. It decides none of them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

_CALENDARS = Path(__file__).with_name("calendars")
#: A day so near is named; one further back is its month, as people speak of it.
_DAYS_NAMED = 45


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days and times of one language."""

    times: Mapping[str, str]
    when: Mapping[str, str]
    weekdays: Sequence[str]
    months: Sequence[str]

    def past(self, day: date, *, today: date) -> str:
        """A day that has been, such as "in March"; with its number while it is near, with its year where one passed."""
        words = {"number": str(day.day), "month": self.months[day.month - 1], "year": str(day.year)}
        if (today - day).days <= _DAYS_NAMED:
            return self.when["day"].format(**words)
        return self.when["month" if day.year == today.year else "month_of_year"].format(**words)

    def choice(self, starts: Sequence[datetime], *, zone: str, own_zone: str) -> str:
        """Times to choose from, by the clock of `zone`, with the writer's own beside each where it differs."""
        said = [self._time(start.astimezone(ZoneInfo(zone)), start.astimezone(ZoneInfo(own_zone))) for start in starts]
        if len(said) == 1:
            return said[0]
        return self.times["between"].join(said[:-1]) + self.times["last"] + said[-1]

    def _time(self, theirs: datetime, own: datetime) -> str:
        same_clock = theirs.replace(tzinfo=None) == own.replace(tzinfo=None)
        form = "one" if same_clock else "both" if theirs.date() == own.date() else "both_days"
        return self.times[form].format(
            day=self._day(theirs), hour=f"{theirs:%H:%M}", own_day=self._day(own), own_hour=f"{own:%H:%M}"
        )

    def _day(self, day: date) -> str:
        weekday, month = self.weekdays[day.weekday()], self.months[day.month - 1]
        return self.times["day"].format(weekday=weekday, number=day.day, month=month)


@cache
def calendar_in(language: str) -> Calendar:
    """The calendar of a language that there are drafts in."""
    written = tomllib.loads((_CALENDARS / f"{language}.toml").read_text(encoding="utf-8"))
    return Calendar(written["times"], written["when"], written["names"]["weekdays"], written["names"]["months"])
