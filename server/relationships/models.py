"""What one person keeps about another across events. It belongs to its owner; the other never sees any of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class RelationshipKind(StrEnum):
    """What somebody wants of a relationship, chosen by them alone, and private."""

    STAY_IN_TOUCH = "STAY_IN_TOUCH"
    GET_TO_KNOW = "GET_TO_KNOW"
    WORKED_WITH = "WORKED_WITH"


class GiftDirection(StrEnum):
    """Seen from the one whose memory it is."""

    GAVE = "GAVE"
    RECEIVED = "RECEIVED"


class GiftKind(StrEnum):
    """What people give each other who know one another. Memory, never counted up."""

    SUPPLIERS = "SUPPLIERS"
    FRIENDS = "FRIENDS"
    ADVICE = "ADVICE"
    MARKET_NEWS = "MARKET_NEWS"
    INFORMATION = "INFORMATION"
    SUPPORT = "SUPPORT"
    ENCOURAGEMENT = "ENCOURAGEMENT"
    FEEDBACK = "FEEDBACK"
    IDEAS = "IDEAS"
    SOLUTIONS = "SOLUTIONS"
    INTRODUCTION = "INTRODUCTION"
    PROMISE = "PROMISE"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Gift:
    """One thing given or received, in its owner's own words."""

    id: UUID
    key: UUID
    direction: GiftDirection
    kind: GiftKind
    text: str = field(repr=False)
    given_at: datetime


@dataclass(frozen=True, slots=True)
class StoredRelationship:
    """A relationship as its row keeps it. `resting_until` is a day in its owner's time zone."""

    person_id: UUID
    id: UUID
    other_id: UUID | None
    kind: RelationshipKind | None
    met_event_title: str
    met_on: date
    began_at: datetime
    last_touch_at: datetime
    resting_until: date | None
