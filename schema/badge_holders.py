"""Who has a badge on paper, and whose is still to be printed, for an event's organizers."""

from datetime import datetime

import strawberry

from schema.ids import Kind, global_id
from schema.pages import PageInfo, cursor_by_name, read_cursor_by_name
from server.printing import models
from server.printing.models import HolderPlace


@strawberry.type(description="Somebody whose badge can be printed. Printing it lets nobody in.")
class BadgeHolder:
    registration: strawberry.ID = strawberry.field(description="Their place.")
    name: str = strawberry.field(description="The name on the ticket.")
    ticket_type: str | None = strawberry.field(description="The kind of ticket, in the organizer's words.")
    walk_in: bool = strawberry.field(description="Whether they were registered on the spot.")
    printed_at: datetime | None = strawberry.field(
        description="When the badge they have now was printed last; null while it never was."
    )
    issued_at: datetime = strawberry.field(description="When the badge they have now was made.")

    @classmethod
    def from_model(cls, holder: models.BadgeHolder) -> "BadgeHolder":
        return cls(
            registration=global_id(Kind.REGISTRATION, holder.place.registration_id, holder.event_id),
            name=holder.name,
            ticket_type=holder.ticket_type,
            walk_in=holder.is_walk_in,
            printed_at=holder.printed_at,
            issued_at=holder.issued_at,
        )


@strawberry.type(description="One holder in a page of them.")
class BadgeHolderEdge:
    cursor: str = strawberry.field(description="Where it stands; give it as `after` to go on from here.")
    node: BadgeHolder = strawberry.field(description="The holder.")


@strawberry.type(description="A page of holders, by name.")
class BadgeHolderConnection:
    edges: list[BadgeHolderEdge] = strawberry.field(description="The holders of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the whole.")

    @classmethod
    def from_model(cls, page: models.HolderPage, *, after: str | None) -> "BadgeHolderConnection":
        edges = [
            BadgeHolderEdge(
                cursor=cursor_by_name(each.place.name_key, each.place.registration_id),
                node=BadgeHolder.from_model(each),
            )
            for each in page.holders
        ]
        return cls(edges=edges, page_info=PageInfo.of(edges, has_next=page.has_next, after=after))


def read_holder(after: str) -> HolderPlace:
    """Raises `InputNotValid` for anything that was not a holder's cursor."""
    return HolderPlace(*read_cursor_by_name(after, field="holders.after"))
