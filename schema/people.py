"""My own account. Nobody else's is ever reachable."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema.cards import Contact
from schema.context import Info
from schema.events import Event, EventRole
from schema.ids import Kind, global_id
from schema.nodes import Done, Node
from schema.problems import InputNotValid, NotFound
from server.events import operations as events
from server.people import models, operations
from server.registrations import models as registration_models
from server.registrations import operations as registrations

if TYPE_CHECKING:
    from schema.registrations import Registration

strawberry.enum(models.Weekday, description="A day of the week.")


@strawberry.type(description="My standing choice about my contact details.")
class Sharing:
    always: bool = strawberry.field(description="Whether they cross without asking once two people scanned each other.")
    fields: list[models.ContactField] = strawberry.field(
        description="Which of them cross then; without it, those I chose last."
    )

    @classmethod
    def from_model(cls, sharing: models.Sharing) -> "Sharing":
        return cls(always=sharing.always, fields=[each for each in models.ContactField if each in sharing.fields])


@strawberry.type(description="A ticket that came to my address and that nobody has taken yet.")
class ClaimableRegistration:
    id: strawberry.ID = strawberry.field(description="To claim it with.")
    event: Event = strawberry.field(description="Where it is for.")
    name: str = strawberry.field(description="The name on the ticket.")
    ticket_type: str | None = strawberry.field(description="The kind of ticket, in the organizer's words.")

    @classmethod
    def from_model(cls, claimable: registration_models.Claimable) -> "ClaimableRegistration":
        return cls(
            id=global_id(Kind.REGISTRATION, claimable.id, claimable.event.id),
            event=Event.from_model(claimable.event),
            name=claimable.name,
            ticket_type=claimable.ticket_type,
        )


@strawberry.type(description="Myself; nobody else's account is ever reachable.")
class Person(Node):
    name: str = strawberry.field(description="What I last wrote on a card, else the name on my ticket; may be empty.")
    locale: str = strawberry.field(description="The language I chose, such as en.")
    timezone: str = strawberry.field(description="My own IANA time zone, for what is not at an event.")
    email: str = strawberry.field(
        description="The address I sign in with. Others see it only where I share my mail address and wrote no other."
    )
    sharing: Sharing = strawberry.field(description="My standing choice about my contact details.")
    contact: Contact = strawberry.field(description="My contact details, all of them.")
    may_create_events: bool = strawberry.field(description="Whether the host of this server lets me create events.")
    review_weekday: models.Weekday | None = strawberry.field(
        description="The day of my weekly review; null while I want none."
    )
    review_at: str = strawberry.field(description="Its hour by the clocks of my time zone, such as 16:00.")
    quiet: bool = strawberry.field(description="Whether I asked that nobody is reminded of me.")
    evening_limit: int = strawberry.field(description="How many suggestions I want of an evening at most, one to five.")
    may_be_asked: bool = strawberry.field(
        description="Whether my contacts may ask me if I know somebody for what they need."
    )
    model: strawberry.Private[models.Person]

    @strawberry.field(description="My places at events, the event that starts last first.")
    async def registrations(
        self, info: Info
    ) -> list[Annotated["Registration", strawberry.lazy("schema.registrations")]]:
        from schema.registrations import Registration

        async with info.context.pool.acquire() as connection:
            own = await registrations.list_own(connection, person_id=self.model.id, now=info.context.now)
        return [Registration.from_model(each) for each in own]

    @strawberry.field(description="Where I help or organize, the event that starts last first.")
    async def roles(self, info: Info) -> list[EventRole]:
        async with info.context.pool.acquire() as connection:
            held = await events.roles_of(connection, person_id=self.model.id)
        return [EventRole.from_model(each) for each in held]

    @strawberry.field(
        description="Tickets that came to my address and wait to be claimed, at events where I have no place yet."
    )
    async def claimable(self, info: Info) -> list[ClaimableRegistration]:
        async with info.context.pool.acquire() as connection:
            waiting = await registrations.list_claimable(connection, person_id=self.model.id)
        return [ClaimableRegistration.from_model(each) for each in waiting]

    @classmethod
    def from_model(cls, person: models.Person) -> "Person":
        return cls(
            id=global_id(Kind.PERSON, person.id),
            name=person.name,
            locale=person.locale,
            timezone=person.timezone,
            email=person.email,
            sharing=Sharing.from_model(person.sharing),
            contact=Contact.from_model(person.contact),
            may_create_events=person.may_create_events,
            may_be_asked=person.may_be_asked,
            review_weekday=person.review_weekday,
            review_at=f"{person.review_at:%H:%M}",
            quiet=person.is_quiet,
            evening_limit=person.evening_limit,
            model=person,
        )


@strawberry.input(description="My contact details, whole: what is left out is removed.")
class ContactInput:
    email: str | None = strawberry.field(default=strawberry.UNSET, description="Mail address to be reached at.")
    phone: str | None = strawberry.field(default=strawberry.UNSET, description="Phone number, up to 40 characters.")
    links: list[str] = strawberry.field(
        default_factory=list, description="Web addresses, http or https, at most five; without a scheme https is meant."
    )


UpdateContactResult = Annotated[
    Done | InputNotValid | NotFound, strawberry.union("UpdateContactResult", description="Kept, or what to correct.")
]
SetSharingResult = Annotated[
    Done | InputNotValid | NotFound, strawberry.union("SetSharingResult", description="Kept, or what to correct.")
]
UpdateSettingsResult = Annotated[
    Person | InputNotValid | NotFound, strawberry.union("UpdateSettingsResult", description="Me, or what to correct.")
]


@strawberry.type
class PeopleQuery:
    @strawberry.field(description="My account; null when nobody is signed in.")
    async def me(self, info: Info) -> Person | None:
        viewer = info.context.viewer
        if viewer is None:
            return None
        async with info.context.pool.acquire() as connection:
            return Person.from_model(await operations.find_person(connection, person_id=viewer.person_id))


@strawberry.type
class PeopleMutation:
    @strawberry.mutation(description="Keeps my contact details. Nobody sees them until I share them.")
    async def update_contact(self, info: Info, contact: ContactInput) -> UpdateContactResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await operations.update_contact(
                connection,
                person_id=viewer.person_id,
                email=contact.email or None,
                phone=contact.phone or None,
                links=contact.links,
            )
        return Done(message="Your contact details are kept.")

    @strawberry.mutation(description="Keeps my standing choice about my contact details.")
    async def set_sharing(self, info: Info, always: bool, fields: list[models.ContactField]) -> SetSharingResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await operations.set_sharing(connection, person_id=viewer.person_id, always=always, fields=fields)
        return Done(message="Your choice is kept.")

    @strawberry.mutation(description="Changes my language and time zone; what is left out stays.")
    async def update_settings(
        self,
        info: Info,
        locale: str | None = strawberry.UNSET,
        timezone: str | None = strawberry.UNSET,
    ) -> UpdateSettingsResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await operations.update_settings(
                connection, person_id=viewer.person_id, locale=locale or None, timezone=timezone or None
            )
            return Person.from_model(await operations.find_person(connection, person_id=viewer.person_id))
