"""A 1-2-1 as a file for any calendar: one iCalendar object (RFC 5545), to be taken in by hand.

One 1-2-1 is one UID for ever; a later file of it has a higher SEQUENCE and takes the place of the earlier one in the
calendar, or takes it out. Nobody's address is in it, and nothing is sent to anybody.
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//Handsel//1-2-1//EN"
#: A reminder so long before it begins.
_REMINDED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """`name` is fit for any file system, `content` is the whole file with CRLF line ends."""

    name: str
    content: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar is told. `starts_at` is an instant, `zone` the reader's; texts are in the reader's language.

    `changed_at` is when the 1-2-1 last changed; `link` opens it in the app.
    """

    meeting_id: UUID
    sequence: int
    starts_at: datetime
    minutes: int
    zone: str
    title: str = field(repr=False)
    about: str | None = field(repr=False)
    place: str | None = field(repr=False)
    link: str
    changed_at: datetime
    is_cancelled: bool

    @property
    def ends_at(self) -> datetime:
        """By the instant: twenty minutes across a change of the clocks are twenty minutes."""
        return self.starts_at + timedelta(minutes=self.minutes)


def calendar_file(entry: Entry) -> CalendarFile:
    """The file of one 1-2-1 as it is now: METHOD PUBLISH while it holds, CANCEL once it does not."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if entry.is_cancelled else "PUBLISH")
    clock = _clock_of(entry)
    starts, ends = entry.starts_at.astimezone(clock), entry.ends_at.astimezone(clock)
    if clock is not UTC:
        calendar.add_component(_rules(entry.zone, starts))
    calendar.add_component(_event(entry, starts, ends))
    return CalendarFile(f"1-2-1-{starts:%Y-%m-%d}.ics", calendar.to_ical().decode())


def _event(entry: Entry, starts: datetime, ends: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.meeting_id}@handsel")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", _line(entry.title))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    # RFC 5546, 3.2.1 and 3.2.5, want an organizer in both methods: the app, since nobody's address is given away.
    event.add("organizer", entry.link, encode=False)
    event.add("url", entry.link, encode=False)
    if entry.about:
        event.add("description", _line(entry.about))
    if entry.place:
        event.add("location", _line(entry.place))
    if not entry.is_cancelled:
        event.add_component(_reminder(entry))
    return event


def _reminder(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -_REMINDED)
    alarm.add("description", _line(entry.title))
    return alarm


def _clock_of(entry: Entry) -> tzinfo:
    """The reader's own, but for an hour that it shows twice: a file cannot say which of the two is meant, and readers
    of files take one or the other. That hour is told in UTC.
    """
    if entry.zone in {"UTC", "Etc/UTC"}:
        return UTC
    clock = ZoneInfo(entry.zone)
    shown = [each.astimezone(clock) for each in (entry.starts_at, entry.ends_at)]
    is_shown_twice = any(each.replace(fold=0).utcoffset() != each.replace(fold=1).utcoffset() for each in shown)
    return UTC if is_shown_twice else clock


def _rules(zone: str, starts: datetime) -> Timezone:
    """The rules of the reader's clock for the years around it."""
    return Timezone.from_tzid(zone, first_date=date(starts.year - 1, 1, 1), last_date=date(starts.year + 2, 1, 1))


def _line(words: str) -> str:
    """One line without control characters. Escaping and folding are the library's."""
    seen = (" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in words)
    return " ".join("".join(seen).split())
