"""Agendas: the prompts one side got for one swap."""

from typing import Annotated

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id
from schema.nodes import Node
from schema.problems import InputNotValid, NotFound
from schema.references import read_prompt
from server.agenda import models, operations
from server.agenda.models import PromptPhase, PromptState

strawberry.enum(PromptPhase, description="Where in the talk a prompt belongs, in the order of the arc.")
strawberry.enum(PromptState, description="What became of a prompt in the talk.")

#: The card's fields as the contract spells them.
FIELD_NAMES = {
    "up_to": "upTo",
    "seeking": "seeking",
    "offering": "offering",
    "ask_me_about": "askMeAbout",
    "good_introduction": "goodIntroduction",
}


@strawberry.type(
    description=(
        "One question about the other person. `quote` is a literal piece of their card, `text` the question "
        "beneath it; `why` says in a line what it is good for; `about` names the card field it grew from."
    )
)
class Prompt(Node):
    phase: PromptPhase = strawberry.field(description="Its place in the arc of the talk.")
    quote: str | None = strawberry.field(description="The other's own words, literally; null where none are quoted.")
    text: str = strawberry.field(description="The question, in the reader's language.")
    why: str = strawberry.field(description="What it is good for, in one line.")
    about: str | None = strawberry.field(description="The card field it grew from, such as `upTo`.")
    state: PromptState = strawberry.field(description="What became of it.")
    insight: str | None = strawberry.field(description="What I learned, in my own words. Only I see it.")
    minutes: int = strawberry.field(description="About how long it takes.")
    library_key: str = strawberry.field(description="Its key in the library, the same on every phone.")

    @classmethod
    def from_model(cls, prompt: models.AskedPrompt) -> "Prompt":
        return cls(
            id=global_id(Kind.PROMPT, prompt.id, prompt.event_id),
            phase=prompt.phase,
            quote=prompt.quote,
            text=prompt.text,
            why=prompt.why,
            about=FIELD_NAMES[prompt.about] if prompt.about else None,
            state=prompt.state,
            insight=prompt.insight,
            minutes=prompt.minutes,
            library_key=prompt.key,
        )


@strawberry.type(description="The ordered prompts of one side for its latest conversation with the other.")
class Agenda:
    minutes: int = strawberry.field(description="About how long all of it takes, at most twenty.")
    prompts: list[Prompt] = strawberry.field(description="In the order to be asked.")

    @classmethod
    def from_models(cls, prompts: list[models.AskedPrompt]) -> "Agenda":
        return cls(
            minutes=sum(prompt.minutes for prompt in prompts),
            prompts=[Prompt.from_model(prompt) for prompt in prompts],
        )


MarkPromptResult = Annotated[
    Prompt | InputNotValid | NotFound,
    strawberry.union("MarkPromptResult", description="The prompt as it is now, or why it was not marked."),
]


@strawberry.type
class AgendaMutation:
    @strawberry.mutation(description="Notes what became of a prompt and, if given, what was learned.")
    async def mark_prompt(
        self,
        info: Info,
        prompt: Annotated[
            strawberry.ID, strawberry.argument(description="The prompt's id, or `<scan key>/<library key>`.")
        ],
        state: PromptState,
        insight: Annotated[
            str | None, strawberry.argument(description="What I learned; nothing leaves an earlier one as it is.")
        ] = None,
    ) -> MarkPromptResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            marked = await operations.mark_prompt(
                connection,
                person_id=viewer.person_id,
                prompt=read_prompt(prompt),
                state=state,
                insight=insight,
                now=info.context.now,
            )
        return Prompt.from_model(marked)
