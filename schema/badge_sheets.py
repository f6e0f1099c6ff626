"""Printing badges, for an event's organizers, on sheets that are made while they wait.

The finished file itself is fetched beside GraphQL, see `server.printing.routes`.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.badge_holders import BadgeHolderConnection, read_holder
from schema.badge_prints import BadgePrint
from schema.context import Info
from schema.ids import Kind, read_event, read_key, read_row
from schema.nodes import Done, Problem
from schema.problems import InputNotValid, NotFound, register
from server.errors import InputNotValid as InputRefused
from server.errors import NotFound as NothingThere
from server.printing import errors, models, operations
from server.printing.models import Reason, SheetsRequest, SheetsState
from server.sheets import errors as sheet_errors
from server.sheets import formats
from server.sheets import operations as sheets
from server.sheets.formats import FORMATS, FormatName
from server.sheets.models import BadgesWanted, SheetOrder

strawberry.enum(FormatName, name="BadgePaperName", description="A paper that badges can be printed on.")
strawberry.enum(
    BadgesWanted,
    description="Whose badges: everybody's, those never printed, walk-ins' never printed, one place's, or nobody's: "
    "a test sheet of made-up badges with the outlines of the labels.",
)
strawberry.enum(SheetOrder, name="BadgeOrder", description="In which order badges lie on the sheets.")
strawberry.enum(SheetsState, name="BadgeSheetsState", description="How far sheets have come.")

#: Why there is no file, for the organizer who waits for it.
_TROUBLE = {
    Reason.NOTHING: "There was no badge left to print. Nothing was printed.",
    Reason.UNWRITABLE: "No font here has the letters of these names, so nothing was printed.",
    Reason.BROKEN: "Something went wrong on our side while drawing. Nothing was printed. Please make them again.",
}


@strawberry.type(description="A paper with labels. Lengths are millimetres, counted from its upper left corner.")
class BadgePaper:
    name: FormatName = strawberry.field(description="What to ask for.")
    title: str = strawberry.field(description="The paper in words.")
    like: str | None = strawberry.field(description="A product of these measures, to find it again; null without one.")
    page_width: float = strawberry.field(description="Width of the page.")
    page_height: float = strawberry.field(description="Height of the page.")
    columns: int = strawberry.field(description="Labels side by side.")
    rows: int = strawberry.field(description="Labels beneath each other.")
    left: float = strawberry.field(description="From the page's left edge to the first label.")
    top: float = strawberry.field(description="From the page's upper edge to the first label.")
    pitch_x: float = strawberry.field(description="From one label's left edge to the next one's.")
    pitch_y: float = strawberry.field(description="From one label's upper edge to the next one's.")
    width: float = strawberry.field(description="Width of a label.")
    height: float = strawberry.field(description="Height of a label.")

    @classmethod
    def from_model(cls, name: FormatName, on: formats.Format) -> "BadgePaper":
        return cls(
            name=name, title=on.title, like=on.like, page_width=on.page[0], page_height=on.page[1],
            columns=on.columns, rows=on.rows, left=on.left, top=on.top, pitch_x=on.pitch[0], pitch_y=on.pitch[1],
            width=on.width, height=on.height,
        )  # fmt: skip


@strawberry.type(
    description="The sheets I asked for at an event; each organizer has one set there at a time. The file is kept for "
    "a quarter of an hour, sealed, and fetched by nobody else."
)
class BadgeSheets:
    key: strawberry.ID = strawberry.field(
        description="The key they were asked for with. The file is fetched by POST from "
        "`/events/{slug}/badge-sheets/{key}`, with the session as for GraphQL."
    )
    state: SheetsState = strawberry.field(description="How far they have come.")
    wanted: BadgesWanted = strawberry.field(description="Whose badges are on them.")
    paper: FormatName = strawberry.field(description="The paper they are for.")
    badges: int = strawberry.field(description="How many badges there will be.")
    drawn: int = strawberry.field(description="How many of them are drawn.")
    pages: int | None = strawberry.field(description="Pages of the file; null until it is ready.")
    shortened: int = strawberry.field(description="Badges that lack a symbol or line which no font here has.")
    trouble: str | None = strawberry.field(description="Why they could not be made; null otherwise.")
    asked_at: datetime = strawberry.field(description="When they were asked for.")
    kept_until: datetime = strawberry.field(description="When they are deleted, fetched or not.")
    printed_at: datetime | None = strawberry.field(
        description="When the file was fetched first: since then its badges count as printed."
    )
    model: strawberry.Private[models.AskedSheets]

    @strawberry.field(description="Names that are on none of these sheets, since no font here can write them.")
    async def left_out(self, info: Info) -> list[str]:
        async with info.context.pool.acquire() as connection:
            return await operations.names_left_out(connection, asked=self.model)

    @classmethod
    def from_model(cls, asked: models.AskedSheets) -> "BadgeSheets":
        return cls(
            key=strawberry.ID(str(asked.key)),
            state=asked.state,
            wanted=asked.request.wanted,
            paper=asked.request.format,
            badges=asked.badges,
            drawn=asked.drawn,
            pages=asked.pages,
            shortened=asked.shortened,
            trouble=None if asked.reason is None else _TROUBLE[asked.reason],
            asked_at=asked.asked_at,
            kept_until=asked.kept_until,
            printed_at=asked.printed_at,
            model=asked,
        )


@strawberry.type(description="Printing the badges of one event, for its organizers.")
class BadgePrinting:
    badges: int = strawberry.field(description="Badges that can be printed.")
    new_badges: int = strawberry.field(description="Those of them that never were.")
    new_walk_ins: int = strawberry.field(description="Those of these that belong to people registered on the spot.")
    event_id: strawberry.Private[UUID]

    @strawberry.field(description="The papers that badges can be printed on.")
    def papers(self) -> list[BadgePaper]:
        return [BadgePaper.from_model(name, on) for name, on in FORMATS.items()]

    @strawberry.field(description="The sheets I asked for; null when I have none.")
    async def sheets(self, info: Info) -> BadgeSheets | None:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            asked = await operations.find_sheets(
                connection, event_id=self.event_id, person_id=viewer.person_id, now=info.context.now
            )
        return None if asked is None else BadgeSheets.from_model(asked)

    @strawberry.field(description="Every print of badges of this event, the newest first.")
    async def prints(self, info: Info) -> list[BadgePrint]:
        async with info.context.pool.acquire() as connection:
            return [BadgePrint.from_model(each) for each in await sheets.prints_of(connection, event_id=self.event_id)]

    @strawberry.field(
        description="Who has a badge that can be printed, by name, at most 100 at once. `search` takes words of a "
        "name; accents are forgiven. `onlyNew` leaves out badges that were printed."
    )
    async def holders(
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        search: str | None = None,
        only_new: bool = False,
    ) -> BadgeHolderConnection:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            page = await operations.list_holders(
                connection,
                event_id=self.event_id,
                person_id=viewer.person_id,
                search=search,
                only_new=only_new,
                first=first,
                after=None if after is None else read_holder(after),
            )
        return BadgeHolderConnection.from_model(page, after=after)


@strawberry.type(description="No badge is left of those that were asked for. Nothing was printed.")
class NothingToPrint(Problem):
    pass


@strawberry.type(description="Sheets were asked for too often in a short time. What was there stays.")
class TooManySheets(Problem):
    retry_after: int = strawberry.field(description="Seconds until the next ones can be asked for.")


register(sheet_errors.NothingToPrint, NothingToPrint)
register(errors.TooManySheets, TooManySheets)

MakeBadgeSheetsResult = Annotated[
    BadgeSheets | NothingToPrint | TooManySheets | InputNotValid | NotFound,
    strawberry.union("MakeBadgeSheetsResult", description="The sheets as they are now, or why there will be none."),
]
DiscardBadgeSheetsResult = Annotated[
    Done | InputNotValid | NotFound,
    strawberry.union("DiscardBadgeSheetsResult", description="They are gone, or why not."),
]


@strawberry.type
class BadgeSheetsQuery:
    @strawberry.field(
        description="Printing the badges of an event, for its organizers. Null when the event is not mine to know of."
    )
    async def badge_printing(self, info: Info, event: strawberry.ID) -> BadgePrinting | None:
        viewer = info.context.signed_in()
        event_id = read_event(event)
        async with info.context.pool.acquire() as connection:
            try:
                counts = await operations.count_badges(connection, event_id=event_id, person_id=viewer.person_id)
            except NothingThere:
                return None
        return BadgePrinting(
            badges=counts.all, new_badges=counts.new, new_walk_ins=counts.new_walk_ins, event_id=event_id
        )


@strawberry.type
class BadgeSheetsMutation:
    @strawberry.mutation(
        description="Asks for sheets of badges, in place of any I have at this event. `key` is a UUID made by the "
        "phone: sent again, it answers the same sheets as they are. Ask again for `badgePrinting` until they are "
        "READY. Nothing counts as printed before the file is fetched."
    )
    async def make_badge_sheets(
        self,
        info: Info,
        event: strawberry.ID,
        key: strawberry.ID,
        paper: FormatName,
        wanted: BadgesWanted = BadgesWanted.NEW,
        order: SheetOrder = SheetOrder.NAME,
        registration: strawberry.ID | None = None,
    ) -> MakeBadgeSheetsResult:
        viewer = info.context.signed_in()
        event_id, read = read_event(event), read_key(key)
        if read is None:
            raise InputRefused("key", "A key is a UUID, such as the phone's crypto.randomUUID() makes.")
        async with info.context.pool.acquire() as connection:
            asked = await operations.ask_for_sheets(
                connection,
                event_id=event_id,
                person_id=viewer.person_id,
                key=read,
                request=SheetsRequest(wanted, paper, order, _place(registration, event_id, wanted)),
                limiter=info.context.services.limiter,
                now=info.context.now,
            )
        return BadgeSheets.from_model(asked)

    @strawberry.mutation(description="Deletes the sheets I have at this event, made or not.")
    async def discard_badge_sheets(self, info: Info, event: strawberry.ID) -> DiscardBadgeSheetsResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await operations.discard_sheets(connection, event_id=read_event(event), person_id=viewer.person_id)
        return Done(message="These sheets are gone. Badges that were printed stay as they are.")


def _place(registration: str | None, event_id: UUID, wanted: BadgesWanted) -> UUID | None:
    """The place whose badge is wanted. Raises `NotFound` for one of another event."""
    if wanted is not BadgesWanted.ONE or registration is None:
        return None
    of_event, registration_id = read_row(registration, Kind.REGISTRATION)
    if of_event != event_id:
        raise NothingThere
    return registration_id
