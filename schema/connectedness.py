"""How connected a room was, for its organizers. No type here could name a person or a pair."""

from datetime import datetime

import strawberry

from schema.context import Info
from schema.ids import read_event
from server.connectedness import models, operations
from server.errors import NotFound as NothingThere


@strawberry.type(
    description="Worked out once, a day after the event; each figure null unless at least five people stand behind it "
    "and behind its complement. Never a person, never a pair."
)
class Connectedness:
    people_who_met_someone: int | None = strawberry.field(
        description="Of those who came, how many scanned a badge or were scanned. It does not say who."
    )
    median_people_met: float | None = strawberry.field(
        description="How many people somebody in the middle of those met. It does not say how good a talk was."
    )
    people_who_met_nobody: int | None = strawberry.field(
        description="Of those who came, how many are in no swap. They may have talked all day without a scan."
    )
    ready_at: datetime = strawberry.field(description="When the figures are worked out. Before, there are none.")
    worked_out_at: datetime | None = strawberry.field(
        description="When they were. They never change, whatever is withdrawn or added since."
    )

    @classmethod
    def from_model(cls, found: models.Connectedness) -> "Connectedness":
        figures = found.figures
        return cls(
            people_who_met_someone=figures.people_who_met_someone,
            median_people_met=figures.median_people_met,
            people_who_met_nobody=figures.people_who_met_nobody,
            ready_at=found.ready_at,
            worked_out_at=figures.worked_out_at,
        )


@strawberry.type
class ConnectednessQuery:
    @strawberry.field(
        description="How connected the room was, for the event's organizers. Null when the event is not mine to know "
        "of."
    )
    async def connectedness(self, info: Info, event: strawberry.ID) -> Connectedness | None:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            try:
                found = await operations.read_connectedness(
                    connection, event_id=read_event(event), person_id=viewer.person_id, now=info.context.now
                )
            except NothingThere:
                return None
        return Connectedness.from_model(found)
