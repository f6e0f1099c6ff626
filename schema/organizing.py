"""Setting up an event: creating it, copying the last one, changing what is settled about it."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry

from schema.context import Info
from schema.events import Event
from schema.ids import read_event, read_key
from schema.nodes import Problem
from schema.problems import InputNotValid, KeyReused, NotFound, register
from server.errors import InputNotValid as InputRefused
from server.events.errors import SlugTaken as SlugIsTaken
from server.events.models import CardQuestion, ChecksInWith
from server.organizing import errors, operations
from server.organizing.models import Settings


@strawberry.type(description="The host of this server has not given me the right to create events. Nothing was made.")
class MayNotCreateEvents(Problem):
    pass


@strawberry.type(description="Another event has that word in its address. Nothing was changed.")
class SlugTaken(Problem):
    pass


@strawberry.type(description="It would harm what has happened at the event already. Nothing was changed.")
class TooLateToChange(Problem):
    field: str = strawberry.field(description="The input field that cannot be changed so.")


@strawberry.type(description="Somebody else has changed it since it was looked at. Nothing was changed now.")
class ChangedMeanwhile(Problem):
    field: str = strawberry.field(description="The input field that is no longer as it was seen; the first of several.")


register(errors.ChangedMeanwhile, ChangedMeanwhile)
register(errors.MayNotCreateEvents, MayNotCreateEvents)
register(errors.TooLateToChange, TooLateToChange)
register(SlugIsTaken, SlugTaken)


@strawberry.input(description="What is settled about an event. What is left out stays as it is, or begins as usual.")
class EventSettingsInput:
    slug: str | None = strawberry.field(
        default=strawberry.UNSET, description="The event's word in addresses; made from the title when left out."
    )
    venue: str | None = strawberry.field(default=strawberry.UNSET, description="Where it is; null for nothing.")
    ends_at: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="When it ends; eight hours after it starts when left out."
    )
    capacity: int | None = strawberry.field(
        default=strawberry.UNSET, description="How many places there are; null for no limit."
    )
    evening_at: str | None = strawberry.field(
        default=strawberry.UNSET, description="The hour of the evening list by the event's clock, such as `19:00`."
    )
    uses_check_in: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether people are checked in at a door."
    )
    checks_in_with: ChecksInWith | None = strawberry.field(
        default=strawberry.UNSET, description="What the doors admit by."
    )
    scans_people_out: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether doors also scan people out."
    )
    card_questions: list[CardQuestion] | None = strawberry.field(
        default=strawberry.UNSET, description="What the cards ask."
    )
    languages: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="The languages people are asked in, the first one first; empty for all."
    )
    retention_days: int | None = strawberry.field(
        default=strawberry.UNSET, description="Days after the end until what was kept for the day goes, 1 to 730."
    )


@strawberry.input(description="A new event. Title, start and zone are enough.")
class EventInput(EventSettingsInput):
    title: str = strawberry.field(description="What it is called.")
    starts_at: datetime = strawberry.field(description="When it begins.")
    timezone: str = strawberry.field(description="IANA time zone of its days and evenings; the phone's own is a guess.")


@strawberry.input(description="What is to change about an event. What is left out stays as it is.")
class EventChanges(EventSettingsInput):
    title: str | None = strawberry.field(default=strawberry.UNSET, description="What it is called.")
    starts_at: datetime | None = strawberry.field(default=strawberry.UNSET, description="When it begins.")
    timezone: str | None = strawberry.field(default=strawberry.UNSET, description="Its time zone.")
    continues: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The edition before this one, which I organize too; null for none."
    )


def _slug(text: str) -> str:
    return text.strip().lower()


def _hour(text: str) -> time:
    """Raises `InputNotValid` for what is no hour and minute."""
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise InputRefused("eveningAt", "Use an hour such as 19:00.") from error


def _each_once(tags: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tags))


#: What is read from the input, where it is not taken as it is.
_READ: Mapping[str, Callable[[Any], object]] = {
    "slug": _slug,
    "evening_at": _hour,
    "card_questions": frozenset,
    "languages": _each_once,
    "continues": read_event,
}
#: For these null says that there is none; for the others it says nothing, like leaving them out.
_MAY_BE_NULL = {"venue", "capacity", "continues"}


def _settings(given: EventSettingsInput) -> Settings:
    """What the input names. Raises `InputNotValid`, and `NotFound` for an event that is none."""
    settings: dict[str, object] = {}
    for name in (each.name for each in dataclasses.fields(given)):
        value = getattr(given, name)
        if value is strawberry.UNSET or (value is None and name not in _MAY_BE_NULL):
            continue
        read = _READ.get(name)
        settings["continues_id" if name == "continues" else name] = (
            value if read is None or value is None else read(value)
        )
    return cast("Settings", settings)


CreateEventResult = Annotated[
    Event | MayNotCreateEvents | SlugTaken | KeyReused | InputNotValid,
    strawberry.union("CreateEventResult", description="The new event, or why there is none."),
]
CopyEventResult = Annotated[
    Event | MayNotCreateEvents | KeyReused | InputNotValid | NotFound,
    strawberry.union("CopyEventResult", description="The next edition, or why there is none."),
]
UpdateEventResult = Annotated[
    Event | ChangedMeanwhile | TooLateToChange | SlugTaken | InputNotValid | NotFound,
    strawberry.union("UpdateEventResult", description="The event as it is now, or why it stays as it was."),
]
KeyArgument = Annotated[strawberry.ID, strawberry.argument(description="A UUID made by the phone, once per event.")]


@strawberry.type
class OrganizingMutation:
    @strawberry.mutation(
        description="Makes an event that belongs to me, with one door, where the host of the server lets me. The same "
        "key again answers the same event. Its address is made from the title, with a number when that is taken."
    )
    async def create_event(
        self,
        info: Info,
        input: Annotated[EventInput, strawberry.argument(description="What is known of it.")],
        key: KeyArgument,
    ) -> CreateEventResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            event = await operations.create_event(
                connection,
                person_id=viewer.person_id,
                title=input.title,
                starts_at=input.starts_at,
                timezone=input.timezone,
                settings=_settings(input),
                key=_key(key),
                now=info.context.now,
            )
        return Event.from_model(event)

    @strawberry.mutation(
        description="Makes the next edition of an event that I organize: its settings, doors, packs of prompts and "
        "team. Nobody's place and no attendance is copied. The same key again answers the same event."
    )
    async def copy_event(
        self,
        info: Info,
        event: Annotated[strawberry.ID, strawberry.argument(description="The edition before.")],
        starts_at: Annotated[datetime, strawberry.argument(description="When the new one begins; it lasts as long.")],
        key: KeyArgument,
        title: Annotated[
            str | None, strawberry.argument(description="What it is called; as the one before when left out.")
        ] = None,
    ) -> CopyEventResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            copied = await operations.copy_event(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                starts_at=starts_at,
                title=title,
                key=_key(key),
                now=info.context.now,
            )
        return Event.from_model(copied)

    @strawberry.mutation(
        description="Changes what is settled about an event, for its organizers. What would harm what has happened is "
        "refused, with all that came along with it."
    )
    async def update_event(
        self,
        info: Info,
        event: Annotated[strawberry.ID, strawberry.argument(description="The event.")],
        input: Annotated[EventChanges, strawberry.argument(description="What is to change.")],
        seen: Annotated[
            EventChanges | None,
            strawberry.argument(
                description="What I last saw of what is to change. Where somebody else has changed that since, nothing "
                "is changed; left out, the last one wins."
            ),
        ] = None,
    ) -> UpdateEventResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            changed = await operations.update_event(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                settings=_settings(input),
                seen=None if seen is None else _settings(seen),
                now=info.context.now,
            )
        return Event.from_model(changed)


def _key(text: str) -> UUID:
    """Raises `InputNotValid` for what is no key."""
    read = read_key(text)
    if read is None:
        raise InputRefused("key", "A key is a UUID, such as the phone's crypto.randomUUID() makes.")
    return read
