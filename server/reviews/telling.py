"""Why to write to somebody this week, and words to begin with: from the record of the two, and nothing beside it.

What the person wrote about the other stands in the reason, which they alone read; in the draft only where it may be
said to the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from server.agenda.quoting import telling_clause
from server.drafts.guards import may_be_quoted
from server.registrations.models import Card
from server.reviews.saying import calendar_in
from server.reviews.wording import DRAFTS, Ground

#: How much of somebody's words a reason or a draft quotes, in code points.
LONGEST_QUOTE = 120
#: The conversation after which two people know that they go on.
THIRD = 3


@dataclass(frozen=True, slots=True)
class Talk:
    """The last conversation of two people: its day, and at which event; None where it was between events."""

    on: date
    event_title: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """What one person's record holds of another, as it may be used now. Days are those of the person's calendar.

    `promises` are the open ones, oldest first; `insights` what was learned, latest first; `up_to` the other's own line,
    None while they do not open it. `earlier` is how many reviews named them before.
    """

    name: str = field(repr=False)
    touched_on: date
    talk: Talk | None
    conversations: int
    promises: Sequence[str] = field(default=(), repr=False)
    insights: Sequence[str] = field(default=(), repr=False)
    up_to: str | None = field(default=None, repr=False)
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A reason and a draft."""

    ground: Ground
    reason: str = field(repr=False)
    draft: str = field(repr=False)


def tell(
    record: Record,
    *,
    times: Sequence[datetime],
    zone: str,
    own_zone: str,
    today: date,
    language: str,
    seed: bytes,
    place: int,
) -> Told:
    """What to say of one of the three. `zone` is the other's, `own_zone` and `language` the person's.

    `seed` belongs to the person and the week: it varies the draft and nothing else; `place` is which of the three.
    """
    drafts = DRAFTS.in_language(language)
    calendar = calendar_in(drafts.language)
    ground, quote = ground_of(record)
    event = record.talk.event_title if record.talk else None
    words = {
        "name": Card(record.name).first_name,
        "quote": quote,
        # The app takes a reason apart at its colon: that of a title would be taken for it.
        "event": (event or "").replace(": ", ", "),
        "when": calendar.past(record.touched_on, today=today),
        "times": calendar.choice(times, zone=zone, own_zone=own_zone) if times else "",
    }
    return Told(
        ground,
        reason=drafts.reason(ground, **words),
        draft=drafts.draft(ground, seed=seed, place=place, **words),
    )


def ground_of(record: Record) -> tuple[Ground, str]:
    """The best of what the record holds, with the words it quotes: a word that was given, a milestone, what was
    learned, what the other is up to, and at least when they last spoke or were in touch.

    Whoever was named before is not brought up with the same line again while there is another.
    """
    for promise in record.promises:
        if (quote := _sayable(promise)) is not None:
            return Ground.PROMISE, quote
    if record.conversations == THIRD and record.earlier == 0:
        return Ground.THIRD, ""
    lines = [(Ground.INSIGHT, quote) for each in record.insights if (quote := _sayable(each)) is not None]
    if record.up_to is not None and (quote := telling_clause(record.up_to, at_most=LONGEST_QUOTE)) is not None:
        lines.append((Ground.CARD, quote))
    if lines:
        return lines[record.earlier % len(lines)]
    if record.talk is not None and record.talk.event_title is not None and record.talk.on >= record.touched_on:
        return Ground.TALK, ""
    return Ground.TOUCH, ""


def _sayable(words: str) -> str | None:
    """A piece of the person's own words that can be said to the one they are about."""
    return telling_clause(words, at_most=LONGEST_QUOTE) if may_be_quoted(words) else None


def seed_of(person_id: UUID, week: date) -> bytes:
    """What varies the drafts of one person's week."""
    return person_id.bytes + week.isoformat().encode()
