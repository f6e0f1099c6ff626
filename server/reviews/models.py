"""A person's weekly review, and what the making of one reads and writes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from server.evening.models import FollowUpState
from server.reviews.choosing import Known
from server.reviews.weeks import ReviewTime
from server.swaps.models import Swap


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Whose review it is, in which language, and when it comes; `hour` is None where they want none."""

    person_id: UUID
    locale: str
    timezone: str
    hour: ReviewTime | None


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Somebody a person may write to now: the two share their contact, and neither wants to be left alone.

    `event_id` and `swap_id` are the newest swap by which they do.
    """

    known: Known
    person_id: UUID
    other_id: UUID
    event_id: UUID
    swap_id: UUID
    timezone: str
    earlier: int


@dataclass(frozen=True, slots=True)
class NewReviewFollowUp:
    """One of the three about to be kept, with its place among them."""

    id: UUID
    acquaintance: Acquaintance
    place: int
    reason: str = field(repr=False)
    draft: str = field(repr=False)
    times: Sequence[datetime]


@dataclass(frozen=True, slots=True)
class NewReview:
    """A week's review about to be kept. It names somebody: a week without anybody is not kept."""

    person_id: UUID
    week_of: date
    ready_at: datetime
    suggested_on: date
    follow_ups: Sequence[NewReviewFollowUp]


@dataclass(frozen=True, slots=True)
class StoredReviewFollowUp:
    """One of the three, as it is kept. `their_timezone` is the other's own."""

    person_id: UUID
    id: UUID
    relationship_id: UUID
    other_id: UUID
    event_id: UUID
    swap_id: UUID
    state: FollowUpState
    reason: str = field(repr=False)
    draft: str = field(repr=False)
    times: tuple[datetime, ...]
    due_on: date
    settled_at: datetime | None
    touched_from: datetime | None
    their_timezone: str


@dataclass(frozen=True, slots=True)
class ReviewFollowUp:
    """One of the three, with the swap as the person sees it."""

    stored: StoredReviewFollowUp
    swap: Swap


@dataclass(frozen=True, slots=True)
class Review:
    """A person's review. `week_of` is the Monday of its week.

    `complete` is true once nothing of it is left open, also where nobody was named, or its person ended it at
    `ended_at`. `next_at` is when the next one
    comes, None where the person wants none; `knows_somebody` is whether there is anybody it could ever name.
    """

    week_of: date
    complete: bool
    ended_at: datetime | None
    follow_ups: list[ReviewFollowUp]
    next_at: datetime | None
    knows_somebody: bool
