"""A person's own place at an event: card, badge, ticket, goal."""

from datetime import datetime
from typing import Annotated

import strawberry

from schema.cards import Card
from schema.context import Info
from schema.events import Event
from schema.ids import Kind, global_id
from schema.nodes import Node
from server.badges.tokens import badge_secret, ticket_code
from server.registrations import models
from server.registrations.models import RegistrationState

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


@strawberry.type(description="A person's place at an event. Only its owner sees it.")
class Registration(Node):
    event: Annotated["Event", strawberry.lazy("schema.events")] = strawberry.field(description="Where it is for.")
    state: RegistrationState = strawberry.field(description="Where I am today, as the doors know it.")
    card: Card = strawberry.field(description="What I say about myself there.")
    open_to_event: bool = strawberry.field(description="Whether a scan of my badge shows my card.")
    open_to_introductions: bool = strawberry.field(description="Whether people I met may be asked to introduce me.")
    goal: int | None = strawberry.field(description="How many people I came to meet, one to five; null without a goal.")
    model: strawberry.Private[models.Registration]

    @strawberry.field(description="My badge; null until one is issued.")
    def badge(self, info: Info) -> Badge | None:
        badge = self.model.badge
        if badge is None:
            return None
        services = info.context.services
        secret = badge_secret(services.secrets, badge.id, badge.key_id)
        return Badge(
            id=global_id(Kind.BADGE, badge.id, self.model.event.id),
            url=secret.address(services.settings.public_url),
            code=secret.code,
            issued_at=badge.issued_at,
            revoked_at=None,
        )

    @strawberry.field(description="My ticket for the door.")
    def ticket(self, info: Info) -> Ticket:
        return Ticket(code=ticket_code(info.context.services.secrets, self.model.id), type=self.model.ticket_type)

    @classmethod
    def from_model(cls, registration: models.Registration) -> "Registration":
        return cls(
            id=global_id(Kind.REGISTRATION, registration.id, registration.event.id),
            event=Event.from_model(registration.event),
            state=registration.state,
            card=Card.from_model(registration.card),
            open_to_event=registration.card.open_to_event,
            open_to_introductions=registration.card.open_to_introductions,
            goal=registration.goal,
            model=registration,
        )
