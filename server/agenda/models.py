"""What the agenda reads and gives: facts about two cards and their history, and the chosen prompts.

Plain values only; nothing here knows of a database, a phone or a screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from server.registrations.models import Card


class PromptPhase(StrEnum):
    """Where in the talk a prompt belongs; the members stand in the order of the arc."""

    OPEN = "OPEN"
    LEARN = "LEARN"
    HELP = "HELP"
    WHO_ELSE = "WHO_ELSE"
    CLOSE = "CLOSE"


class Side(StrEnum):
    """Which of the two of a pair reads: A is the lower registration, B the upper."""

    A = "A"
    B = "B"


class CardField(StrEnum):
    """The five fields of a card that people talk about."""

    UP_TO = "up_to"
    SEEKING = "seeking"
    OFFERING = "offering"
    ASK_ME_ABOUT = "ask_me_about"
    GOOD_INTRODUCTION = "good_introduction"

    def of(self, card: Card) -> str | None:
        """What stands in that field, as written."""
        words: str | None = getattr(card, self.value)
        return words


class Circumstance(StrEnum):
    """What must be so before a prompt fits; docs/prompts.md says each in a sentence."""

    FIRST_MEETING = "first_meeting"
    AGAIN = "again"
    SECOND_MEETING = "second_meeting"
    THIRD_MEETING = "third_meeting"
    NEWCOMER = "newcomer"
    READER_NEWCOMER = "reader_newcomer"
    RETURNING = "returning"
    BETWEEN_THINGS = "between_things"
    EMPTY_UP_TO = "empty_up_to"
    EMPTY_SEEKING = "empty_seeking"
    EMPTY_OFFERING = "empty_offering"
    EMPTY_ASK_ME_ABOUT = "empty_ask_me_about"
    EMPTY_GOOD_INTRODUCTION = "empty_good_introduction"
    COMMON_TOPIC = "common_topic"
    THEY_OFFER = "they_offer"
    THEY_SEEK = "they_seek"
    READER_PROMISED = "reader_promised"
    READER_KEPT = "reader_kept"
    NEED_NOTED = "need_noted"
    INTRODUCED = "introduced"
    ONE_TO_ONE = "one_to_one"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the reader's own records say of earlier conversations with this person. The other's are never in it.

    An open promise is one the reader made to them; a kept one as well; a need is one of theirs that was written down.
    """

    open_promise: bool = False
    kept_promise: bool = False
    need: bool = False


@dataclass(frozen=True, slots=True)
class PairHistory:
    """What these two already had, over all events they met at.

    `asked` are the library keys this reader had about this other, `asked_by_other` those the other had
    about the reader, each oldest first. In one and the same swap, the keys of the agenda that was made
    first belong in the history of the one made second: then the two never read the same question.
    `conversations` counts earlier ones only; `introduced` says that somebody introduced the two.
    """

    conversations: int = 0
    asked: tuple[str, ...] = ()
    asked_by_other: tuple[str, ...] = ()
    remembered: Remembered = Remembered()
    introduced: bool = False


#: What two people have had who never met.
NEVER_MET = PairHistory()


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt of the library. `when` must hold as a whole; `minutes` is a soft time.

    `theme` marks one that an event's organizers added: the theme of the pack that it comes from.
    """

    key: str
    phase: PromptPhase
    side: Side
    text: str
    why: str
    minutes: int
    about: CardField | None = None
    when: tuple[Circumstance, ...] = ()
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class Library:
    """The prompts of one language, in the order of its file."""

    language: str
    prompts: tuple[Prompt, ...]
    by_key: Mapping[str, Prompt]


@dataclass(frozen=True, slots=True)
class ChosenPrompt:
    """A prompt as it is shown: the other's own words, and the question beneath them.

    `quote` is a literal piece of the field `about`; it is in the writer's language, `text` in the reader's.
    """

    key: str
    phase: PromptPhase
    side: Side
    quote: str | None
    text: str
    why: str
    about: CardField | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """The prompts of one side of one swap, in the order to be asked."""

    language: str
    prompts: tuple[ChosenPrompt, ...]

    @property
    def minutes(self) -> int:
        """How long it takes when everything is asked."""
        return sum(prompt.minutes for prompt in self.prompts)


class PromptState(StrEnum):
    """What became of a prompt in the talk."""

    WAITING = "WAITING"
    ASKED = "ASKED"
    SKIPPED = "SKIPPED"


@dataclass(frozen=True, slots=True)
class AskedPrompt:
    """A prompt of one side's agenda as it is kept, with what its reader did with it. `about` is a `CardField`."""

    event_id: UUID
    id: UUID
    key: str
    phase: PromptPhase
    minutes: int
    quote: str | None
    text: str
    why: str
    about: str | None
    state: PromptState
    insight: str | None


@dataclass(frozen=True, slots=True)
class ShownScan:
    """A scan after which a phone went on showing prompts: its true time, its reader's language, and the other's card
    as that reader may see it.
    """

    happened_at: datetime
    locale: str
    other: Card = field(repr=False)
