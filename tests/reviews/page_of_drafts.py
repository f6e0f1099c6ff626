"""Writes out sixty drafts of weekly reviews for invented people, as a page to be read aloud by whoever changed a shape:

python -m tests.reviews.page_of_drafts > docs/review-drafts.md
"""

import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from server.meetings.times import times_for
from server.reviews.telling import Record, Talk, Told, tell
from server.reviews.wording import Ground

SAMPLE = Path(__file__).with_name("sample_people.toml")
HEADINGS = {"en": "English", "de": "Deutsch"}
#: Own zone, then those of the people written to, in turn.
OWN_ZONE, ZONES = "Europe/Lisbon", ("Europe/Lisbon", "Asia/Kolkata", "Europe/Berlin", "America/New_York")
TODAY = date(2027, 4, 23)
HEAD = """\
# Drafts of weekly reviews, to read aloud

Written by `python -m tests.reviews.page_of_drafts`; a test holds it up to date. The people are invented. Above each
draft stands the reason that its reader sees. How they come to be is told in [reviews.md](reviews.md), how to write one
in [drafts.md](drafts.md).
"""


def page() -> str:
    """The page, in Markdown: each shape of each ground once, in every language."""
    parts = [HEAD]
    for language, heading in HEADINGS.items():
        parts.append(f"## {heading}\n")
        parts += [f"{number}. {_lines(told)}" for number, told in enumerate(drafts(language), start=1)]
    return "\n".join(parts)


def drafts(language: str) -> Iterator[Told]:
    """Five people for each ground, so that each of its shapes comes once."""
    sample = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))[language]
    number = 0
    for place in range(5):
        for ground in Ground:
            name, *words = sample[ground][place]
            yield _told(ground, name, "".join(words), language=language, place=place, number=number)
            number += 1


def _told(ground: Ground, name: str, words: str, *, language: str, place: int, number: int) -> Told:
    zone = ZONES[number % len(ZONES)]
    talked_on = TODAY - timedelta(days=30 + 17 * number % 400)
    now = datetime(2027, 4, 23, 15, 0, tzinfo=UTC) + timedelta(days=7 + number % 9)
    told = tell(
        Record(
            name=name,
            touched_on=talked_on if ground is not Ground.TOUCH else talked_on + timedelta(days=3),
            talk=Talk(talked_on, "Repair Summit" if place % 2 else "Spring Fair"),
            conversations=3 if ground is Ground.THIRD else 1,
            promises=(words,) if ground is Ground.PROMISE else (),
            insights=(words,) if ground is Ground.INSIGHT else (),
            up_to=words if ground is Ground.CARD else None,
        ),
        times=times_for(OWN_ZONE, zone, now),
        zone=zone,
        own_zone=OWN_ZONE,
        today=TODAY,
        language=language,
        seed=b"the page",
        place=place,
    )
    assert told.ground is ground, f"{told.ground} where {ground} was meant"
    return told


def _lines(told: Told) -> str:
    return f"{told.reason}\n\n   > {told.draft}\n"


if __name__ == "__main__":
    sys.stdout.write(page())
