"""The talk that people practise on, with somebody who is not real. Nothing of it is kept."""

import strawberry

from schema.cards import Card
from schema.context import Info
from server.agenda import models, practice
from server.agenda.models import PromptPhase


@strawberry.type(
    description="A question to practise on. It belongs to no conversation, and nothing can be marked on it."
)
class PracticePrompt:
    library_key: str = strawberry.field(description="Its key in the library.")
    phase: PromptPhase = strawberry.field(description="Its place in the arc of the talk.")
    quote: str | None = strawberry.field(description="Words of the made-up card; null where none are quoted.")
    text: str = strawberry.field(description="The question.")
    why: str = strawberry.field(description="What it is good for, in one line.")

    @classmethod
    def from_model(cls, prompt: models.ChosenPrompt) -> "PracticePrompt":
        return cls(library_key=prompt.key, phase=prompt.phase, quote=prompt.quote, text=prompt.text, why=prompt.why)


@strawberry.type(
    description="Two minutes with somebody who is not real. Nothing that is done in it is kept or counted."
)
class Practice:
    card: Card = strawberry.field(description="The card of somebody made up.")
    prompts: list[PracticePrompt] = strawberry.field(description="The few questions, in the order to be asked.")


@strawberry.type
class PracticeQuery:
    @strawberry.field(
        description="A talk to practise on, the same for everybody; a language without one gives English."
    )
    def practice(self, info: Info, language: str) -> Practice:
        info.context.signed_in()
        found = practice.practice_in(language)
        return Practice(
            card=Card.from_model(found.card, found.language),
            prompts=[PracticePrompt.from_model(prompt) for prompt in found.prompts],
        )
