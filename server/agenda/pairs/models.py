"""A pair as the chooser needs to know it, at the moment an agenda is made. Plain values; nothing is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from server.agenda.models import ChosenPrompt, PairHistory, Remembered
from server.events.models import CardQuestion
from server.registrations.models import Card


@dataclass(frozen=True, slots=True)
class Participant:
    """One of a pair: their card and language, what they were given before, and what they wrote down themselves.

    Library keys are each oldest first: `had` those about the other in earlier conversations, at whichever event;
    `today` those of this conversation, of which `used` were asked, passed over or written on. `with_others` are those
    about other people on the same day of the event, once for each of them, of the last thirty talks or so.
    """

    registration_id: UUID
    written: Card = field(repr=False)
    is_shared: bool = False
    dropped_topics: tuple[str, ...] = ()
    locale: str = "en"
    had: tuple[str, ...] = ()
    today: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    with_others: tuple[str, ...] = ()
    remembered: Remembered = field(default_factory=Remembered)

    @property
    def card(self) -> Card:
        """The card as the other may see it: open to the event, or `is_shared` because both share."""
        return self.written if self.written.open_to_event or self.is_shared else self.written.closed()


@dataclass(frozen=True, slots=True)
class Pair:
    """The two of a swap, and how many conversations they had before this one, at all events together; and
    whether somebody introduced them.
    """

    lower: Participant
    upper: Participant
    conversations: int
    introduced: bool = False

    def asking(self, questions: frozenset[CardQuestion]) -> "Pair":
        """The same two, with what the event's cards do not ask left out of both."""
        lower, upper = (replace(each, written=each.written.asked(questions)) for each in (self.lower, self.upper))
        return replace(self, lower=lower, upper=upper)

    def history_of(self, reader: Participant, made: Sequence[ChosenPrompt]) -> PairHistory:
        """What is so before `reader` gets an agenda. Of the other it holds which questions they were given, no more:
        those of earlier talks, of this one, and those `made` for it a moment ago.
        """
        other = self.upper if reader is self.lower else self.lower
        return PairHistory(
            conversations=self.conversations,
            asked=reader.had,
            asked_by_other=(*other.had, *other.today, *(prompt.key for prompt in made)),
            remembered=reader.remembered,
            introduced=self.introduced,
        )
