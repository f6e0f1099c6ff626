"""People one keeps up with, across events. It is the viewer's own; the other is shown as far as they are open."""

import base64
import binascii
from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.cards import Card, Contact
from schema.context import Info
from schema.gifts import Gift
from schema.ids import Kind, global_id, read_own
from schema.nodes import Node
from schema.notes import KeyArgument, Note
from schema.pages import PageInfo
from schema.problems import InputNotValid, NotFound
from schema.promises import Promise
from schema.references import read_own_key
from schema.swaps import Swap
from server.errors import InputNotValid as InputRefused
from server.notes.models import Note as NoteModel
from server.relationships.keeping import operations as keeping
from server.relationships.keeping.operations import NewGift
from server.relationships.models import GiftDirection, GiftKind, RelationshipKind
from server.relationships.reading import models, operations
from server.relationships.reading.models import Place

strawberry.enum(RelationshipKind, description="What somebody is to me: chosen by me, and private.")


@strawberry.type(description="Where I met somebody, and on which days we talked.")
class WhenMet:
    event_title: str = strawberry.field(description="The event's title.")
    venue: str | None = strawberry.field(description="Where it was.")
    days: list[date] = strawberry.field(description="The days on which we talked, in the event's time zone.")


@strawberry.type(description="Something I learned from somebody and wrote down. Only I see it.")
class Insight:
    text: str = strawberry.field(description="In my own words.")
    question: str | None = strawberry.field(description="What I had asked; null once they are gone.")


@strawberry.type(description="Somebody I share with, or shared with, across events. Only I see what I keep of them.")
class Relationship(Node):
    card: Card = strawberry.field(
        description="Their card of the latest event at which we share; once that has ended it says where we met, alone."
    )
    contact: Contact | None = strawberry.field(description="What they share with me now; null while nothing.")
    kind: RelationshipKind | None = strawberry.field(description="What they are to me; null where I did not say.")
    conversations: int = strawberry.field(description="How often we talked: once per day with a scan.")
    is_third: bool = strawberry.field(description="Whether the latest conversation was our third.")
    ended: bool = strawberry.field(description="Nothing is shared any more, by whose wish is not told. Mine stays.")
    last_touch_at: datetime | None = strawberry.field(
        description="When we last talked, or I noted that we were in touch."
    )
    resting_until: date | None = strawberry.field(description="I am not reminded of them before this day.")
    when_met: list[WhenMet] = strawberry.field(description="Where we met, the latest first.")
    swaps: list[Swap] = strawberry.field(description="Our swaps as far as they live, the latest first.")
    model: strawberry.Private[models.Relationship]

    @strawberry.field(description="My notes and the needs I heard, at whichever event, oldest first.")
    async def notes(self, info: Info) -> list[Note]:
        found = await info.context.memory.notes.load_many([meeting.side for meeting in self.model.meetings])
        return [Note.from_model(note) for note in sorted((one for some in found for one in some), key=_age)]

    @strawberry.field(description="What I promised them, at whichever event.")
    async def promises(self, info: Info) -> list[Promise]:
        found = await info.context.memory.promises.load_many([meeting.side for meeting in self.model.meetings])
        return [Promise.from_model(promise) for some in reversed(found) for promise in some]

    @strawberry.field(description="What I learned from them, at whichever event.")
    async def insights(self, info: Info) -> list[Insight]:
        meetings = list(reversed(self.model.meetings))
        found = await info.context.memory.insights.load_many([meeting.side for meeting in meetings])
        return [
            Insight(text=insight.text, question=insight.question if meeting.is_live else None)
            for meeting, insights in zip(meetings, found, strict=True)
            for insight in insights
        ]

    @strawberry.field(description="What I gave them and what I received, the latest first.")
    async def gifts(self, info: Info) -> list[Gift]:
        stored = self.model.stored
        return [Gift.from_model(gift) for gift in await info.context.memory.gifts.load((stored.person_id, stored.id))]

    @classmethod
    def from_model(cls, relationship: models.Relationship) -> "Relationship":
        stored, shown = relationship.stored, relationship.shown
        contact = None if shown is None else Swap.from_model(shown).contact
        return cls(
            id=global_id(Kind.RELATIONSHIP, stored.id),
            card=Card.from_model(relationship.card, "en" if shown is None else shown.locale),
            contact=contact,
            kind=stored.kind,
            conversations=relationship.conversations,
            is_third=relationship.is_milestone,
            ended=relationship.is_ended,
            last_touch_at=stored.last_touch_at,
            resting_until=stored.resting_until,
            when_met=_when_met(relationship),
            swaps=[Swap.from_model(swap) for swap in relationship.swaps],
            model=relationship,
        )


@strawberry.type(description="One relationship in a page of them.")
class RelationshipEdge:
    cursor: str = strawberry.field(description="Where it stands; give it as `after` to go on from here.")
    node: Relationship = strawberry.field(description="The relationship.")


@strawberry.type(description="A page of my relationships, the latest touch first. Nothing tells how many there are.")
class RelationshipConnection:
    edges: list[RelationshipEdge] = strawberry.field(description="The relationships of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the whole.")


SetRelationshipKindResult = Annotated[
    Relationship | InputNotValid | NotFound,
    strawberry.union("SetRelationshipKindResult", description="The relationship as it is now, or why it stays."),
]
LogTouchResult = Annotated[
    Relationship | InputNotValid | NotFound,
    strawberry.union("LogTouchResult", description="The relationship as it is now, or why nothing was noted."),
]
TakeBackTouchResult = Annotated[
    Relationship | InputNotValid | NotFound,
    strawberry.union("TakeBackTouchResult", description="The relationship as it is now, or why it stays."),
]
LetRestResult = Annotated[
    Relationship | InputNotValid | NotFound,
    strawberry.union("LetRestResult", description="The relationship as it is now, or why it stays."),
]
ForgetGiftResult = Annotated[
    Relationship | InputNotValid | NotFound,
    strawberry.union("ForgetGiftResult", description="The relationship as it is now, or why it stays."),
]


@strawberry.type
class RelationshipsQuery:
    @strawberry.field(
        description="People I share with, and those I wrote something about, the latest touch first; at most 100 at "
        "once. `search` looks, in any script, in what they open to me now and in what I wrote."
    )
    async def relationships(
        self,
        info: Info,
        first: int = 20,
        after: str | None = None,
        search: str | None = None,
        kind: RelationshipKind | None = None,
    ) -> RelationshipConnection:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            page = await operations.list_relationships(
                connection,
                person_id=viewer.person_id,
                first=first,
                after=_read_cursor(after),
                search=search,
                kind=kind,
            )
        edges = [
            RelationshipEdge(cursor=_cursor(each), node=Relationship.from_model(each)) for each in page.relationships
        ]
        return RelationshipConnection(edges=edges, page_info=PageInfo.of(edges, has_next=page.has_more, after=after))


@strawberry.type
class RelationshipsMutation:
    @strawberry.mutation(description="Says what somebody is to me; null takes it back. Only I see it.")
    async def set_relationship_kind(
        self, info: Info, relationship: strawberry.ID, kind: RelationshipKind | None = None
    ) -> SetRelationshipKindResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            changed = await keeping.set_kind(
                connection,
                person_id=viewer.person_id,
                relationship_id=read_own(relationship, Kind.RELATIONSHIP),
                kind=kind,
            )
        return Relationship.from_model(changed)

    @strawberry.mutation(description="Notes that we were in touch, and what I gave and received. Only I see it.")
    async def log_touch(
        self,
        info: Info,
        relationship: strawberry.ID,
        gave: Annotated[str | None, strawberry.argument(description="What I gave, in my own words.")] = None,
        received: Annotated[str | None, strawberry.argument(description="What I received, in my own words.")] = None,
        key: KeyArgument = None,
        gave_kind: Annotated[GiftKind | None, strawberry.argument(description="What kind of thing I gave.")] = None,
        received_kind: Annotated[GiftKind | None, strawberry.argument(description="What kind I received.")] = None,
        at: Annotated[datetime | None, strawberry.argument(description="When; now without it, never later.")] = None,
    ) -> LogTouchResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            touched = await keeping.log_touch(
                connection,
                person_id=viewer.person_id,
                relationship_id=read_own(relationship, Kind.RELATIONSHIP),
                gifts=(
                    NewGift(GiftDirection.GAVE, gave, gave_kind),
                    NewGift(GiftDirection.RECEIVED, received, received_kind),
                ),
                key=read_own_key(key),
                at=at,
                now=info.context.now,
            )
        return Relationship.from_model(touched)

    @strawberry.mutation(description="Takes back a touch by the key it was noted with, and its gifts with it.")
    async def take_back_touch(self, info: Info, relationship: strawberry.ID, key: strawberry.ID) -> TakeBackTouchResult:
        viewer = info.context.signed_in()
        own_key = read_own_key(key)
        if own_key is None:
            raise InputRefused("key", "Name the touch by the key it was noted with.")
        async with info.context.pool.acquire() as connection:
            changed = await keeping.take_back_touch(
                connection,
                person_id=viewer.person_id,
                relationship_id=read_own(relationship, Kind.RELATIONSHIP),
                key=own_key,
            )
        return Relationship.from_model(changed)

    @strawberry.mutation(description="Does not remind me of somebody before that day; null ends the rest.")
    async def let_rest(self, info: Info, relationship: strawberry.ID, until: date | None = None) -> LetRestResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            changed = await keeping.let_rest(
                connection,
                person_id=viewer.person_id,
                relationship_id=read_own(relationship, Kind.RELATIONSHIP),
                until=until,
                now=info.context.now,
            )
        return Relationship.from_model(changed)

    @strawberry.mutation(description="Forgets something I gave or received.")
    async def forget_gift(self, info: Info, gift: strawberry.ID) -> ForgetGiftResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            changed = await keeping.drop_gift(connection, person_id=viewer.person_id, gift_id=read_own(gift, Kind.GIFT))
        return Relationship.from_model(changed)


def _age(note: NoteModel) -> tuple[datetime, UUID]:
    return note.written_at, note.id


def _when_met(relationship: models.Relationship) -> list[WhenMet]:
    """From the meetings; from the row where the events are long gone."""
    met = [WhenMet(event_title=one.event_title, venue=one.venue, days=list(one.days)) for one in relationship.meetings]
    stored = relationship.stored
    return met or [WhenMet(event_title=stored.met_event_title, venue=None, days=[stored.met_on])]


def _cursor(relationship: models.Relationship) -> str:
    raw = f"{relationship.stored.last_touch_at.isoformat()} {relationship.stored.id}"
    return base64.urlsafe_b64encode(raw.encode()).decode()


def _read_cursor(cursor: str | None) -> Place | None:
    """Raises `InputNotValid` for a cursor this server did not make."""
    if cursor is None:
        return None
    try:
        at, _, relationship_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        return Place(datetime.fromisoformat(at).astimezone(UTC), UUID(relationship_id))
    except (binascii.Error, ValueError, OverflowError) as error:
        raise InputRefused("after", "That cursor is not one of ours. Start from the first page.") from error
