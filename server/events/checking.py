"""What an event must be like to be kept, whoever sets it up and however. Pure; it asks no database."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from zoneinfo import available_timezones

from server.errors import InputNotValid
from server.events.models import LONGEST_KEPT, SHORTEST_KEPT, Event
from server.texts import clean_optional_text

LONGEST_TITLE = 120
LONGEST_VENUE = 200
LONGEST_SLUG = 63
#: A festival of two weeks with its days before and after.
LONGEST_EVENT = timedelta(days=31)
#: Reckoning with days and zones is safe in these.
SANE_YEARS = range(2000, 2200)
MOST_PLACES = 1_000_000

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


def is_slug(text: str) -> bool:
    """Whether the text can be an event's word in addresses."""
    return _SLUG.fullmatch(text) is not None


def slugs_for(title: str) -> Iterator[str]:
    """Words for the event's address made from its title, each to be tried when those before are taken; without end."""
    letters = unicodedata.normalize("NFKD", title.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    word = _NOT_IN_SLUG.sub("-", letters).strip("-")[: LONGEST_SLUG - 8].strip("-") or "event"
    yield word
    number = 2
    while True:
        yield f"{word}-{number}"
        number += 1


def checked(event: Event) -> Event:
    """The event as it is kept: texts cleaned. Raises `InputNotValid` naming the field."""
    if not is_slug(event.slug):
        raise InputNotValid("slug", "Use lower-case letters, digits and hyphens for the event's address.")
    title = clean_optional_text(event.title, field="title", longest=LONGEST_TITLE)
    if title is None:
        raise InputNotValid("title", "Give the event a title.")
    _check_times(event)
    if event.capacity is not None and not 0 < event.capacity <= MOST_PLACES:
        raise InputNotValid("capacity", "Say how many places there are, or leave it empty for no limit.")
    if not SHORTEST_KEPT <= event.retention_days <= LONGEST_KEPT:
        raise InputNotValid("retentionDays", f"Choose from {SHORTEST_KEPT} to {LONGEST_KEPT} days.")
    venue = clean_optional_text(event.venue, field="venue", longest=LONGEST_VENUE)
    return replace(event, title=" ".join(title.split()), venue=venue)


def _check_times(event: Event) -> None:
    if event.starts_at.year not in SANE_YEARS:
        raise InputNotValid("startsAt", "Check the year of that date.")
    if event.ends_at <= event.starts_at:
        raise InputNotValid("endsAt", "The event must end after it starts.")
    if event.ends_at - event.starts_at > LONGEST_EVENT:
        raise InputNotValid("endsAt", f"An event lasts {LONGEST_EVENT.days} days at most. Check its end.")
    if event.evening_at.second or event.evening_at.microsecond or event.evening_at.tzinfo:
        raise InputNotValid("eveningAt", "Use an hour such as 19:00.")
    if event.timezone not in _zones():
        raise InputNotValid("timezone", "Use a time zone such as Europe/Lisbon.")


@cache
def _zones() -> frozenset[str]:
    """Zones by names that phones know too. Two that a system keeps beside them are the machine's own clock and none."""
    return frozenset(available_timezones() - {"localtime", "Factory"})
