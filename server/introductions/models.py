"""An introduction of two people by somebody who knows both, and what each of the three may see of it. Plain values."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from server.people.models import Contact, ContactField
from server.registrations.models import Card
from server.swaps.models import Swap

#: The first may answer for so long, so that as much is left for the second.
FIRST_ANSWERS_WITHIN = timedelta(days=7)
#: So long after it was begun an introduction that was not made is closed: the same for a no, for silence, and for a
#: consent that ended, so that the time tells nobody which it was.
ENDS_AFTER = timedelta(days=14)


class IntroductionState(StrEnum):
    """How far an introduction has come, as one of the three may know it."""

    ASKING_FIRST = "ASKING_FIRST"
    ASKING_SECOND = "ASKING_SECOND"
    MADE = "MADE"
    CLOSED = "CLOSED"


class IntroductionPart(StrEnum):
    """Who somebody is in an introduction."""

    INTRODUCER = "INTRODUCER"
    FIRST = "FIRST"
    SECOND = "SECOND"


#: The two who are asked.
ASKED = (IntroductionPart.FIRST, IntroductionPart.SECOND)


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the two who are introduced: by which swap the introducer knows them, and what they said.

    `is_contact` says that this swap is live and both share in it. `offers` are the contact fields they opened with
    their yes. `thanked_at` is when they thanked the introducer, by the word of either.
    """

    person_id: UUID
    event_id: UUID
    swap_id: UUID
    is_contact: bool
    says_yes: bool | None = None
    answered_at: datetime | None = None
    offers: frozenset[ContactField] = frozenset()
    thanked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Introduction:
    """An introduction as it is kept. `has_consent` says whether all three still let it go on, as of now;
    `is_apart` that one of the two blocked the other.
    """

    id: UUID
    introducer_id: UUID
    first: Asked
    second: Asked
    reason: str = field(repr=False)
    asked_at: datetime
    made_at: datetime | None
    taken_back_at: datetime | None
    ended_at: datetime | None
    has_consent: bool
    is_apart: bool

    @property
    def first_answers_until(self) -> datetime:
        return self.asked_at + FIRST_ANSWERS_WITHIN

    @property
    def closes_at(self) -> datetime:
        return self.asked_at + ENDS_AFTER

    def part_of(self, person_id: UUID) -> IntroductionPart:
        """Who this person is in it; they must be one of the three."""
        if person_id == self.introducer_id:
            return IntroductionPart.INTRODUCER
        return IntroductionPart.FIRST if person_id == self.first.person_id else IntroductionPart.SECOND

    def asked(self, part: IntroductionPart) -> Asked:
        """The one of the two who holds this part."""
        return self.first if part is IntroductionPart.FIRST else self.second

    def other_than(self, part: IntroductionPart) -> Asked:
        """The other one of the two."""
        return self.second if part is IntroductionPart.FIRST else self.first


@dataclass(frozen=True, slots=True)
class Seen:
    """What one of the three may know of an introduction now. What it does not allow is not even read.

    `answer_by` is set for one who is asked and may still answer.
    """

    state: IntroductionState
    part: IntroductionPart
    shows_other: bool = False
    shows_contact: bool = False
    answer_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeenIntroduction:
    """An introduction with all that one of the three is shown of it.

    `introducer` is the introducer's card, without a name once they are no contact any more. `other` is the other
    side's card for one who is asked; `note` says why the two were introduced, in the reader's language.
    """

    introduction: Introduction
    seen: Seen
    introducer: Card = field(repr=False)
    other: Card | None = field(repr=False)
    contact: Contact | None = field(repr=False)
    note: str | None = field(repr=False)
    first: Swap | None = field(repr=False)
    second: Swap | None = field(repr=False)
    locale: str = "en"

    @property
    def my_answer(self) -> bool | None:
        """What this reader answered; None for the introducer, and before."""
        return None if self.seen.part not in ASKED else self.introduction.asked(self.seen.part).says_yes
