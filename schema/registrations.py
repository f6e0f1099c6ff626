"""A person's own place at an event: card, badge, ticket, goal."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema import problems
from schema.badge_prints import BadgePrint, OwnBadgePrint
from schema.cards import Card, Topic, topics_of
from schema.context import Info, Services
from schema.events import Event
from schema.ids import Kind, global_id, read_event, read_row
from schema.nodes import Node
from schema.problems import AlreadyRegistered, EventClosed, InputNotValid, NotFound
from server.badges import errors as badge_errors
from server.badges import operations as badges
from server.badges.tokens import badge_secret, ticket_code
from server.registrations import errors, models, operations
from server.registrations.cards import LONGEST_TEXT, CardDraft
from server.registrations.models import EarlierPlace, RegistrationState
from server.sheets import operations as sheets

strawberry.enum(
    RegistrationState,
    description="Where somebody is today, as the doors know it.",
)


@strawberry.type(description="What the door reads; never the same secret as the badge.")
class Ticket:
    code: str = strawberry.field(description="Ten characters, to show or to say.")
    type: str | None = strawberry.field(description="The kind of ticket, in the organizer's words.")


@strawberry.type(
    description="What others scan. `url` is what the QR code holds; `code` is the short one that can be typed."
)
class Badge(Node):
    url: str = strawberry.field(description="What the QR code holds, in capitals so that the code stays small.")
    code: str = strawberry.field(description="Eight characters to type instead of scanning; needs the network.")
    issued_at: datetime = strawberry.field(description="When this badge was made.")
    revoked_at: datetime | None = strawberry.field(description="When it stopped working; null while it works.")

    @classmethod
    def from_model(cls, badge: models.LiveBadge, event_id: UUID, services: Services) -> "Badge":
        secret = badge_secret(services.secrets, badge.id, badge.key_id)
        return cls(
            id=global_id(Kind.BADGE, badge.id, event_id),
            url=secret.address(services.settings.public_url),
            code=secret.code,
            issued_at=badge.issued_at,
            revoked_at=None,
        )


@strawberry.type(description="A person's place at an event. Only its owner sees it.")
class Registration(Node):
    event: Annotated["Event", strawberry.lazy("schema.events")] = strawberry.field(description="Where it is for.")
    state: RegistrationState = strawberry.field(description="Where I am today, as the doors know it.")
    card: Card = strawberry.field(description="What I say about myself there.")
    open_to_event: bool = strawberry.field(description="Whether a scan of my badge shows my card.")
    open_to_introductions: bool = strawberry.field(description="Whether people I met may be asked to introduce me.")
    goal: int | None = strawberry.field(description="How many people I came to meet, one to five; null without a goal.")
    topics: list[Topic] = strawberry.field(description="What my card is found to speak of; others see the same.")
    dropped_topics: list[Topic] = strawberry.field(description="What I took off my card; it is not found there again.")
    model: strawberry.Private[models.Registration]

    @strawberry.field(description="My badge; null until one is issued.")
    def badge(self, info: Info) -> Badge | None:
        badge = self.model.badge
        if badge is None:
            return None
        return Badge.from_model(badge, self.model.event.id, info.context.services)

    @strawberry.field(description="My ticket for the door.")
    def ticket(self, info: Info) -> Ticket:
        return Ticket(code=ticket_code(info.context.services.secrets, self.model.id), type=self.model.ticket_type)

    @strawberry.field(description="Every print that held a badge of mine, the newest first.")
    async def badge_prints(self, info: Info) -> list[OwnBadgePrint]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await sheets.own_prints(connection, event_id=self.model.event.id, person_id=viewer.person_id)
        return [OwnBadgePrint.from_model(each) for each in found]

    @strawberry.field(
        description="Every print of badges of this event, the newest first: whoever prints them holds their codes."
    )
    async def event_badge_prints(self, info: Info) -> list[BadgePrint]:
        async with info.context.pool.acquire() as connection:
            found = await sheets.prints_of(connection, event_id=self.model.event.id)
        return [BadgePrint.from_model(each) for each in found]

    @classmethod
    def from_model(cls, registration: models.Registration) -> "Registration":
        return cls(
            id=global_id(Kind.REGISTRATION, registration.id, registration.event.id),
            event=Event.from_model(registration.event),
            state=registration.state,
            card=Card.from_model(registration.card, registration.locale),
            open_to_event=registration.card.open_to_event,
            open_to_introductions=registration.card.open_to_introductions,
            goal=registration.goal,
            topics=topics_of(registration.card.topics, registration.locale),
            dropped_topics=topics_of(registration.dropped_topics, registration.locale),
            model=registration,
        )


def _text(description: str) -> str | None:
    """A text of the card that may be left out."""
    text: str | None = strawberry.field(
        default=strawberry.UNSET, description=f"{description} At most {LONGEST_TEXT} characters."
    )
    return text


@strawberry.input(description="My card, whole: a text that is left out or blank is removed.")
class CardInput:
    name: str = strawberry.field(description="The way I like to be called; at most 120 characters.")
    pronouns: str | None = strawberry.field(
        default=strawberry.UNSET, description="How I am spoken of; at most 40 characters."
    )
    up_to: str | None = _text("What I am up to these days.")
    seeking: str | None = _text("Where I would welcome help.")
    offering: str | None = _text("What I can help with.")
    ask_me_about: str | None = _text("What I like to be asked about.")
    good_introduction: str | None = _text("Whom I would like to be introduced to.")
    new_here: bool = strawberry.field(default=False, description="First time at this gathering.")
    returning: bool = strawberry.field(
        default=False, description="I have been at this gathering before; refused together with `newHere`."
    )
    between_things: bool = strawberry.field(default=False, description="In transition, such as between two jobs.")
    open_to_event: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether a scan of my badge shows my card; unchanged when left out."
    )
    open_to_introductions: bool | None = strawberry.field(
        default=strawberry.UNSET,
        description="Whether people I met may be asked to introduce me; unchanged when left out.",
    )

    def draft(self) -> CardDraft:
        return CardDraft(
            name=self.name,
            pronouns=self.pronouns or None,
            up_to=self.up_to or None,
            seeking=self.seeking or None,
            offering=self.offering or None,
            ask_me_about=self.ask_me_about or None,
            good_introduction=self.good_introduction or None,
            new_here=self.new_here,
            returning=self.returning,
            between_things=self.between_things,
            open_to_event=None if self.open_to_event is strawberry.UNSET else self.open_to_event,
            open_to_introductions=(
                None if self.open_to_introductions is strawberry.UNSET else self.open_to_introductions
            ),
        )


problems.register(errors.AlreadyRegistered, AlreadyRegistered)
problems.register(badge_errors.EventOver, EventClosed)

UpdateCardResult = Annotated[
    Registration | InputNotValid | NotFound,
    strawberry.union("UpdateCardResult", description="My place with its new card, or what to correct."),
]
SetGoalResult = Annotated[
    Registration | InputNotValid | NotFound,
    strawberry.union("SetGoalResult", description="My place with its new goal, or what to correct."),
]
DropTopicResult = Annotated[
    Registration | InputNotValid | NotFound,
    strawberry.union("DropTopicResult", description="My place with the topics that are left, or why not."),
]
ClaimRegistrationResult = Annotated[
    Registration | AlreadyRegistered | InputNotValid | NotFound,
    strawberry.union("ClaimRegistrationResult", description="My place, or why it is not mine to take."),
]
ReissueBadgeResult = Annotated[
    Badge | EventClosed | InputNotValid | NotFound,
    strawberry.union("ReissueBadgeResult", description="The new badge, or why there is none."),
]


@strawberry.type
class RegistrationsMutation:
    @strawberry.mutation(description="Keeps my card at an event. Nobody sees it before I open it to the event.")
    async def update_card(
        self,
        info: Info,
        event: strawberry.ID,
        card: CardInput,
        carried_from: Annotated[
            strawberry.ID | None,
            strawberry.argument(
                description="My place at another event, when the card was carried over from there: what I dropped of "
                "its topics stays away here too. The texts are those of `card`."
            ),
        ] = None,
    ) -> UpdateCardResult:
        viewer = info.context.signed_in()
        earlier = None if carried_from is None else EarlierPlace(*read_row(carried_from, Kind.REGISTRATION))
        async with info.context.pool.acquire() as connection:
            registration = await operations.update_card(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                card=card.draft(),
                carried_from=earlier,
                now=info.context.now,
            )
        return Registration.from_model(registration)

    @strawberry.mutation(
        description="Takes a topic off my card for good, or lets it be found there again when `dropped` is false."
    )
    async def drop_topic(self, info: Info, event: strawberry.ID, topic: str, dropped: bool = True) -> DropTopicResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            registration = await operations.drop_topic(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                topic=topic,
                dropped=dropped,
                now=info.context.now,
            )
        return Registration.from_model(registration)

    @strawberry.mutation(description="Keeps how many people I came to meet, one to five; null for no goal.")
    async def set_goal(self, info: Info, event: strawberry.ID, people: int | None = strawberry.UNSET) -> SetGoalResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            registration = await operations.set_goal(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                people_to_meet=None if people is strawberry.UNSET else people,
                now=info.context.now,
            )
        return Registration.from_model(registration)

    @strawberry.mutation(
        description="Takes a ticket that came to my address; one at each event. Taking it again answers the same."
    )
    async def claim_registration(self, info: Info, registration: strawberry.ID) -> ClaimRegistrationResult:
        viewer = info.context.signed_in()
        event_id, registration_id = read_row(registration, Kind.REGISTRATION)
        async with info.context.pool.acquire() as connection:
            claimed = await operations.claim(
                connection,
                event_id=event_id,
                registration_id=registration_id,
                person_id=viewer.person_id,
                now=info.context.now,
            )
        return Registration.from_model(claimed)

    @strawberry.mutation(
        description="Makes a new badge and ends the old one at once: for my own place, or as an organizer of the event."
    )
    async def reissue_badge(self, info: Info, registration: strawberry.ID) -> ReissueBadgeResult:
        viewer = info.context.signed_in()
        event_id, registration_id = read_row(registration, Kind.REGISTRATION)
        async with info.context.pool.acquire() as connection:
            badge = await badges.reissue_badge(
                connection,
                event_id=event_id,
                registration_id=registration_id,
                person_id=viewer.person_id,
                secrets=info.context.services.secrets,
                now=info.context.now,
            )
        return Badge.from_model(badge, event_id, info.context.services)
