"""Events and the roles held there."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id
from schema.nodes import Node
from server.agenda.library import languages_of
from server.errors import NotAllowed, NotFound
from server.events import models, operations
from server.events.models import CardQuestion, ChecksInWith, Role

if TYPE_CHECKING:
    from schema.registrations import Registration

strawberry.enum(Role, description="What somebody may do at an event beyond attending it.")
strawberry.enum(ChecksInWith, description="What a door admits by.")
strawberry.enum(CardQuestion, description="A question that an event's cards may ask.")


@strawberry.type(description="What only an event's organizers know of its set-up.")
class EventSettings:
    capacity: int | None = strawberry.field(description="How many places there are; null where nobody counts.")
    places_taken: int = strawberry.field(description="Places that are not cancelled, walk-ins among them.")
    evening_at: str = strawberry.field(
        description="The hour of the evening list, such as `19:00`, by the event's clock."
    )
    retention_days: int = strawberry.field(
        description="Days after the end until what was kept for the day goes, 1 to 730."
    )
    continues: Annotated["Event", strawberry.lazy("schema.events")] | None = strawberry.field(
        description="The edition before this one."
    )

    @classmethod
    def from_model(cls, settings: models.Settings) -> "EventSettings":
        event = settings.event
        return cls(
            capacity=event.capacity,
            places_taken=settings.places_taken,
            evening_at=event.evening_at.isoformat("minutes"),
            retention_days=event.retention_days,
            continues=None if settings.continues is None else Event.from_model(settings.continues),
        )


@strawberry.type(description="A gathering of people, with its own time zone.")
class Event(Node):
    slug: str = strawberry.field(description="The event's word in addresses.")
    title: str = strawberry.field(description="What the event is called.")
    venue: str | None = strawberry.field(description="Where it is, in the organizer's words.")
    starts_at: datetime = strawberry.field(description="When it begins.")
    ends_at: datetime = strawberry.field(description="When it ends.")
    timezone: str = strawberry.field(description="IANA time zone of the event's days and evenings.")
    uses_check_in: bool = strawberry.field(description="Whether people are checked in at a door.")
    scans_people_out: bool = strawberry.field(
        description="Whether doors also scan people out; only then is `hereNow` known."
    )
    checks_in_with: ChecksInWith = strawberry.field(description="Whether the doors read tickets, badges, or both.")
    card_questions: list[CardQuestion] = strawberry.field(
        description="What this event's cards ask; words that somebody wrote elsewhere grow no prompt here."
    )
    languages: list[str] = strawberry.field(
        description="The languages people are asked in here, such as `en`. Whoever reads none of them is asked in "
        "English, where that is among them, else in the first."
    )
    model: strawberry.Private[models.Event]

    @strawberry.field(description="What is settled about it; null for everybody but its organizers.")
    async def settings(self, info: Info) -> EventSettings | None:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            try:
                found = await operations.find_settings(connection, event=self.model, person_id=viewer.person_id)
            except (NotFound, NotAllowed):
                return None
        return EventSettings.from_model(found)

    @strawberry.field(description="My own place at this event, once I have claimed it.")
    async def my_registration(
        self, info: Info
    ) -> Annotated["Registration", strawberry.lazy("schema.registrations")] | None:
        from schema.registrations import Registration
        from server.registrations import operations as registrations

        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await registrations.find_own(
                connection, event_id=self.model.id, person_id=viewer.person_id, now=info.context.now
            )
        return None if found is None else Registration.from_model(found)

    @classmethod
    def from_model(cls, event: models.Event) -> "Event":
        return cls(
            id=global_id(Kind.EVENT, event.id),
            slug=event.slug,
            title=event.title,
            venue=event.venue,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            timezone=event.timezone,
            uses_check_in=event.uses_check_in,
            scans_people_out=event.scans_people_out,
            checks_in_with=event.checks_in_with,
            card_questions=[question for question in CardQuestion if question in event.card_questions],
            languages=list(languages_of(event)),
            model=event,
        )


@strawberry.type(description="A role I hold at an event.")
class EventRole:
    event: Event = strawberry.field(description="The event it is held at.")
    role: Role = strawberry.field(description="What it lets me do there.")

    @classmethod
    def from_model(cls, held: models.EventRole) -> "EventRole":
        return cls(event=Event.from_model(held.event), role=held.role)


@strawberry.type
class EventsQuery:
    @strawberry.field(description="An event by its word in addresses; null when there is none.")
    async def event(self, info: Info, slug: str) -> Event | None:
        info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await operations.find_event_by_slug(connection, slug=slug)
        return None if found is None else Event.from_model(found)
