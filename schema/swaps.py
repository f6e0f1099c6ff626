"""Swaps as one side sees them, and what that side shares and feels."""

import base64
import binascii
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.agenda import Agenda
from schema.cards import Card, Contact
from schema.context import Info
from schema.events import Event
from schema.ids import Kind, global_id, read_event
from schema.nodes import Node
from schema.notes import Note, SwapArgument
from schema.pages import PageInfo
from schema.problems import InputNotValid, NotFound
from schema.promises import Promise
from schema.references import read_swap
from server.encounters.sharing import operations as sharing
from server.errors import InputNotValid as InputRefused
from server.errors import NotFound as NothingThere
from server.people.models import ContactField
from server.swaps import models, operations, watching
from server.swaps.models import Feeling, Place, ShareState

strawberry.enum(ShareState, description="Whose contact fields are open in this swap.")
strawberry.enum(
    Feeling, description="How a conversation felt. Private; TALK_AGAIN is told to the other only if they feel it too."
)


@strawberry.type(description="The meeting of two people at an event, as one of them sees it.")
class Swap(Node):
    event: Event = strawberry.field(description="Where they met.")
    card: Card = strawberry.field(description="The other's card; a first name alone while it is closed to me.")
    contact: Contact | None = strawberry.field(description="What the other shares with me here; null while nothing.")
    share: ShareState = strawberry.field(description="Whose contact fields are open.")
    swapped_at: datetime = strawberry.field(description="The earliest true time at which either scanned the other.")
    conversations: int = strawberry.field(description="How often we talked: once per day with a scan.")
    model: strawberry.Private[models.Swap]

    @strawberry.field(description="What to ask them about, in order.")
    async def agenda(self, info: Info) -> Agenda:
        return Agenda.from_models(await info.context.memory.agendas.load(self.model.side))

    @strawberry.field(description="My notes and the needs I heard, oldest first.")
    async def notes(self, info: Info) -> list[Note]:
        return [Note.from_model(note) for note in await info.context.memory.notes.load(self.model.side)]

    @strawberry.field(description="What I promised, oldest first.")
    async def promises(self, info: Info) -> list[Promise]:
        return [Promise.from_model(promise) for promise in await info.context.memory.promises.load(self.model.side)]

    @strawberry.field(description="How it felt to me.")
    def feelings(self) -> list[Feeling]:
        return sorted(self.model.feelings)

    @classmethod
    def from_model(cls, swap: models.Swap) -> "Swap":
        return cls(
            id=global_id(Kind.SWAP, swap.id, swap.event.id),
            event=Event.from_model(swap.event),
            card=Card.from_model(swap.card, swap.locale),
            contact=None if swap.contact is None else Contact.from_model(swap.contact, file=swap.contact_file),
            share=swap.share,
            swapped_at=swap.swapped_at,
            conversations=swap.conversations,
            model=swap,
        )


@strawberry.type(description="One swap in a page of them.")
class SwapEdge:
    cursor: str = strawberry.field(description="Where it stands; give it as `after` to go on from here.")
    node: Swap = strawberry.field(description="The swap.")


@strawberry.type(description="A page of my swaps, the latest first.")
class SwapConnection:
    edges: list[SwapEdge] = strawberry.field(description="The swaps of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the whole.")


@strawberry.type(description="A swap of mine was withdrawn; nothing of it may be shown any more.")
class SwapGone:
    id: strawberry.ID = strawberry.field(description="The swap's id.")


SwapChange = Annotated[
    Swap | SwapGone, strawberry.union("SwapChange", description="A swap as it is now, or that it is gone.")
]
ShareBackResult = Annotated[
    Swap | InputNotValid | NotFound,
    strawberry.union("ShareBackResult", description="The swap as it is now, or why nothing was shared."),
]
DeclineShareResult = Annotated[
    Swap | InputNotValid | NotFound,
    strawberry.union("DeclineShareResult", description="The swap as it is now, or why nothing was changed."),
]
FeelResult = Annotated[
    Swap | InputNotValid | NotFound,
    strawberry.union("FeelResult", description="The swap as it is now, or why nothing was noted."),
]


@strawberry.type
class SwapsQuery:
    @strawberry.field(description="One swap of mine; null when it is not mine or was withdrawn.")
    async def swap(self, info: Info, id: SwapArgument) -> Swap | None:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            try:
                side = await operations.locate(connection, person_id=viewer.person_id, swap=read_swap(id))
                found = await operations.find_swap(
                    connection, event_id=side.event_id, swap_id=side.swap_id, person_id=viewer.person_id
                )
            except NothingThere:
                return None
        return Swap.from_model(found)

    @strawberry.field(description="My swaps at an event, the latest first; at most 100 at once.")
    async def swaps(
        self,
        info: Info,
        event: strawberry.ID,
        first: int = 20,
        after: str | None = None,
        changed_since: datetime | None = None,
    ) -> SwapConnection:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            page = await operations.list_swaps(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                first=first,
                after=_read_cursor(after),
                changed_since=changed_since,
            )
        edges = [SwapEdge(cursor=_cursor(swap), node=Swap.from_model(swap)) for swap in page.swaps]
        return SwapConnection(edges=edges, page_info=PageInfo.of(edges, has_next=page.has_more, after=after))

    @strawberry.field(
        description="My swaps at an event that were withdrawn by either side, or since then: what a phone forgets that "
        "was not listening."
    )
    async def gone_swaps(
        self, info: Info, event: strawberry.ID, changed_since: datetime | None = None
    ) -> list[SwapGone]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            gone = await operations.list_gone(
                connection, event_id=read_event(event), person_id=viewer.person_id, changed_since=changed_since
            )
        return [SwapGone(id=global_id(Kind.SWAP, each.swap_id, each.event_id)) for each in gone]


@strawberry.type
class SwapsMutation:
    @strawberry.mutation(description="Shares contact details in this swap: the fields given, or my usual ones.")
    async def share_back(
        self, info: Info, swap: SwapArgument, fields: list[ContactField] | None = None
    ) -> ShareBackResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            shared = await sharing.share_back(
                connection,
                person_id=viewer.person_id,
                swap=read_swap(swap),
                fields=None if fields is None else frozenset(fields),
                now=info.context.now,
            )
        return Swap.from_model(shared)

    @strawberry.mutation(description="Lets their offer pass. They are not told.")
    async def decline_share(self, info: Info, swap: SwapArgument) -> DeclineShareResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            declined = await sharing.decline_share(
                connection, person_id=viewer.person_id, swap=read_swap(swap), now=info.context.now
            )
        return Swap.from_model(declined)

    @strawberry.mutation(description="Notes how a conversation felt, or takes it back. Only I see it.")
    async def feel(self, info: Info, swap: SwapArgument, feeling: Feeling, felt: bool = True) -> FeelResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            changed = await operations.feel(
                connection,
                person_id=viewer.person_id,
                swap=read_swap(swap),
                feeling=feeling,
                felt=felt,
                now=info.context.now,
            )
        return Swap.from_model(changed)


@strawberry.type
class SwapsSubscription:
    @strawberry.subscription(description="A swap of mine in this event appeared or changed, made by either side.")
    async def swap_changed(self, info: Info, event: strawberry.ID) -> AsyncGenerator[SwapChange, None]:
        viewer = info.context.signed_in()
        services = info.context.services
        watcher = watching.Watcher(read_event(event), viewer.person_id, viewer.session_id)
        changes = watching.watch_swaps(services.pool, services.live, watcher=watcher, clock=services.clock)
        async for change in changes:
            if isinstance(change, models.Swap):
                yield Swap.from_model(change)
            else:
                yield SwapGone(id=global_id(Kind.SWAP, change.swap_id, change.event_id))


def _cursor(swap: models.Swap) -> str:
    raw = f"{swap.swapped_at.isoformat()} {swap.id}"
    return base64.urlsafe_b64encode(raw.encode()).decode()


def _read_cursor(cursor: str | None) -> Place | None:
    """Raises `InputNotValid` for a cursor this server did not make."""
    if cursor is None:
        return None
    try:
        at, _, swap_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        return Place(datetime.fromisoformat(at).astimezone(UTC), UUID(swap_id))
    except (binascii.Error, ValueError, OverflowError) as error:
        raise InputRefused("after", "That cursor is not one of ours. Start from the first page.") from error
