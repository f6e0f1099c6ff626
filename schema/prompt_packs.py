"""Packs of prompts that an event's organizers add and switch. To attendees no pack is shown, only its questions."""

from datetime import datetime
from typing import Annotated

import strawberry

from schema.agenda import FIELD_NAMES
from schema.context import Info
from schema.ids import Kind, global_id, read_event, read_key, read_row
from schema.nodes import Done, Node, Problem
from schema.problems import InputNotValid, KeyReused, NotFound, register
from server.agenda.models import PromptPhase, Side
from server.agenda.packs import errors, models, operations
from server.agenda.packs.examples import examples
from server.agenda.packs.keeping import MOST_PACKS
from server.errors import InputNotValid as InputRefused

strawberry.enum(Side, name="PromptSide", description="Which of the two of a pair is rather given a prompt.")


@strawberry.type(description="One question of a pack.")
class PackPrompt:
    name: str = strawberry.field(description="Its key in the file.")
    phase: PromptPhase = strawberry.field(description="Its place in the arc of the talk.")
    side: Side = strawberry.field(description="Whom it is for; an opening is for this side alone.")
    about: str | None = strawberry.field(description="The card field whose words stand above it, such as `upTo`.")
    when: list[str] = strawberry.field(description="What must be so, all of it, in the words of the file.")
    text: str = strawberry.field(description="The question.")
    why: str = strawberry.field(description="What it is good for, in one line.")
    minutes: int = strawberry.field(description="About how long it takes.")

    @classmethod
    def from_model(cls, of: models.PackPrompt) -> "PackPrompt":
        prompt = of.prompt
        return cls(
            name=of.name,
            phase=prompt.phase,
            side=prompt.side,
            about=FIELD_NAMES[prompt.about] if prompt.about else None,
            when=list(prompt.when),
            text=prompt.text,
            why=prompt.why,
            minutes=prompt.minutes,
        )


@strawberry.type(description="Questions that an event's organizers added, in one language.")
class PromptPack(Node):
    title: str = strawberry.field(description="What the team calls it.")
    theme: str = strawberry.field(description="What it is about, in one word: the same in each of its languages.")
    language: str = strawberry.field(description="The language of its questions, such as `en`.")
    on: bool = strawberry.field(description="Whether talks that begin now are asked from it.")
    added_at: datetime = strawberry.field(description="When it was added.")
    added_by: str | None = strawberry.field(
        description="The organizer who added it; null for the host of the server, and when their account is gone."
    )
    prompt_count: int = strawberry.field(description="How many questions it holds.")
    prompts: list[PackPrompt] = strawberry.field(description="Its questions, in the order of the file.")
    advice: list[str] = strawberry.field(description="What would make it better, in words; nothing of it must be done.")
    content: str = strawberry.field(description="The file as it was written.")

    @classmethod
    def from_model(cls, pack: models.KeptPack) -> "PromptPack":
        return cls(
            id=global_id(Kind.PROMPT_PACK, pack.id, pack.event_id),
            title=pack.title,
            theme=pack.theme,
            language=pack.language,
            on=pack.is_on,
            added_at=pack.added_at,
            added_by=pack.added_by,
            prompt_count=len(pack.prompts),
            prompts=[PackPrompt.from_model(each) for each in pack.prompts],
            advice=list(pack.advice),
            content=pack.content,
        )


@strawberry.type(description="A pack that comes along: to be used as it is, or to start from.")
class ExamplePromptPack:
    title: str = strawberry.field(description="What it is called.")
    language: str = strawberry.field(description="The language of its questions, such as `en`.")
    content: str = strawberry.field(description="The whole file.")


@strawberry.type(description="The packs of one event, for its organizers.")
class PromptPacks:
    packs: list[PromptPack] = strawberry.field(description="On and off, the oldest first.")
    examples: list[ExamplePromptPack] = strawberry.field(description="Packs that come along.")
    most: int = strawberry.field(description="How many packs an event can have.")


@strawberry.type(description="The file breaks the rules for prompts. Nothing was added.")
class PackNotValid(Problem):
    faults: list[str] = strawberry.field(description="Each thing to mend, in words.")


@strawberry.type(description="The event has another pack of the same theme and language. Nothing was added.")
class PackThere(Problem):
    title: str = strawberry.field(description="What that one is called.")


@strawberry.type(description="The event has as many packs as it can have. Nothing was added.")
class TooManyPacks(Problem):
    most: int = strawberry.field(description="How many it can have.")


@strawberry.type(description="The packs of an event were changed too often in a short time. They are as they were.")
class TooManyPackChanges(Problem):
    retry_after: int = strawberry.field(description="Seconds until they can be changed again.")


register(errors.TooManyPackChanges, TooManyPackChanges)
register(errors.PackNotValid, PackNotValid)
register(errors.PackThere, PackThere)
register(errors.TooManyPacks, TooManyPacks)

AddPromptPackResult = Annotated[
    PromptPack | PackNotValid | PackThere | TooManyPacks | TooManyPackChanges | KeyReused | InputNotValid | NotFound,
    strawberry.union("AddPromptPackResult", description="The pack with advice, or why it was not added."),
]
SwitchPromptPackResult = Annotated[
    PromptPack | TooManyPackChanges | NotFound,
    strawberry.union("SwitchPromptPackResult", description="The pack as it is now, or why it was not switched."),
]
RemovePromptPackResult = Annotated[
    Done | TooManyPackChanges | NotFound,
    strawberry.union("RemovePromptPackResult", description="It is gone, or why not."),
]
PackArgument = Annotated[strawberry.ID, strawberry.argument(description="The pack.")]


@strawberry.type
class PromptPacksQuery:
    @strawberry.field(description="The packs of prompts of an event, for its organizers.")
    async def prompt_packs(
        self, info: Info, event: Annotated[strawberry.ID, strawberry.argument(description="The event.")]
    ) -> PromptPacks:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await operations.list_packs(connection, event_id=read_event(event), person_id=viewer.person_id)
        return PromptPacks(
            packs=[PromptPack.from_model(each) for each in found],
            examples=[
                ExamplePromptPack(title=each.title, language=each.language, content=each.content) for each in examples()
            ],
            most=MOST_PACKS,
        )


@strawberry.type
class PromptPacksMutation:
    @strawberry.mutation(
        description="Adds a pack to an event, for its organizers. Sent again, with the same key or the same content, "
        "it answers the pack that is there. A file with faults is refused with all of them."
    )
    async def add_prompt_pack(
        self,
        info: Info,
        event: Annotated[strawberry.ID, strawberry.argument(description="The event.")],
        content: Annotated[str, strawberry.argument(description="The file: TOML, as docs/prompts.md describes it.")],
        key: Annotated[strawberry.ID, strawberry.argument(description="A UUID made by the phone, once per file.")],
        replaces: Annotated[
            bool, strawberry.argument(description="Put it in the place of one with the same theme and language.")
        ] = False,
        on: Annotated[bool, strawberry.argument(description="Whether it is switched on at once.")] = True,
    ) -> AddPromptPackResult:
        viewer = info.context.signed_in()
        event_id, read = read_event(event), read_key(key)
        if read is None:
            raise InputRefused("key", "A key is a UUID, such as the phone's crypto.randomUUID() makes.")
        async with info.context.pool.acquire() as connection:
            added = await operations.add_pack(
                connection,
                event_id=event_id,
                person_id=viewer.person_id,
                content=content,
                key=read,
                replaces=replaces,
                is_on=on,
                limiter=info.context.services.limiter,
                now=info.context.now,
            )
        return PromptPack.from_model(added)

    @strawberry.mutation(
        description="Switches a pack on or off, for the event's organizers. Talks that began keep their questions."
    )
    async def switch_prompt_pack(
        self,
        info: Info,
        pack: PackArgument,
        on: Annotated[bool, strawberry.argument(description="Whether talks that begin now are asked from it.")],
    ) -> SwitchPromptPackResult:
        viewer = info.context.signed_in()
        event_id, pack_id = read_row(pack, Kind.PROMPT_PACK)
        async with info.context.pool.acquire() as connection:
            switched = await operations.switch_pack(
                connection,
                event_id=event_id,
                pack_id=pack_id,
                person_id=viewer.person_id,
                is_on=on,
                limiter=info.context.services.limiter,
                now=info.context.now,
            )
        return PromptPack.from_model(switched)

    @strawberry.mutation(
        description="Removes a pack, for the event's organizers. Talks that began keep their questions, and the same "
        "file can be added again."
    )
    async def remove_prompt_pack(self, info: Info, pack: PackArgument) -> RemovePromptPackResult:
        viewer = info.context.signed_in()
        event_id, pack_id = read_row(pack, Kind.PROMPT_PACK)
        async with info.context.pool.acquire() as connection:
            await operations.remove_pack(
                connection,
                event_id=event_id,
                pack_id=pack_id,
                person_id=viewer.person_id,
                limiter=info.context.services.limiter,
                now=info.context.now,
            )
        return Done(message="The pack is gone. Questions that are on somebody's agenda stay there.")
