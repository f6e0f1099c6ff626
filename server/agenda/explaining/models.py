"""Why an agenda is as it is, in words. Keys, phases and rules only: no name, and nothing that anybody wrote."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from server.agenda.models import Circumstance, PromptPhase, Side


@dataclass(frozen=True, slots=True)
class GivenPrompt:
    """A prompt of one side's agenda as it is kept, without its words."""

    id: UUID
    key: str
    phase: PromptPhase
    minutes: int


@dataclass(frozen=True, slots=True)
class GivenAgenda:
    """What one side was given for one day, in order, and when either of the two cards was last changed."""

    registration_id: UUID
    day: date
    prompts: tuple[GivenPrompt, ...]
    cards_changed_at: datetime


@dataclass(frozen=True, slots=True)
class Loser:
    """A prompt that came after the one that was chosen, and the rule that put it there."""

    key: str
    rule: str


@dataclass(frozen=True, slots=True)
class ExplainedPrompt:
    """One prompt and why it is there. `as_chosen` is false where the rules would now put another in its place."""

    key: str
    phase: PromptPhase
    minutes: int
    as_chosen: bool
    why: str
    lost: tuple[Loser, ...]


@dataclass(frozen=True, slots=True)
class ExplainedAgenda:
    """One side's agenda. `holds` is what was so; `cards_changed` says that a card is no longer as it was then."""

    side: Side
    language: str
    day: date
    made_at: datetime
    holds: tuple[Circumstance, ...]
    cards_changed: bool
    prompts: tuple[ExplainedPrompt, ...]

    @property
    def minutes(self) -> int:
        return sum(prompt.minutes for prompt in self.prompts)
