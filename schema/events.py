"""Events and the roles held there."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id
from schema.nodes import Node
from server.events import models, operations
from server.events.models import Role

if TYPE_CHECKING:
    from schema.registrations import Registration

strawberry.enum(Role, description="What somebody may do at an event beyond attending it.")


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
    model: strawberry.Private[models.Event]

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
