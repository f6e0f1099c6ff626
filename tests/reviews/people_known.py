"""What a review is chosen and told from, as a test says it in a line."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from server.relationships.models import RelationshipKind
from server.relationships.operations import begin
from server.reviews.choosing import Known
from tests.world import Attendee, World

DAY = date(2027, 4, 23)  # a Friday
SPACE = UUID(int=18)


def known(
    name: str,
    *,
    touched: int,
    kind: RelationshipKind | None = None,
    suggested: int | None = None,
    later_on: date | None = None,
    resting_until: date | None = None,
) -> Known:
    """Somebody last touched and last named so many days before `DAY`."""
    return Known(
        relationship_id=uuid5(SPACE, name),
        kind=kind,
        touched_on=DAY - timedelta(days=touched),
        suggested_on=None if suggested is None else DAY - timedelta(days=suggested),
        later_on=later_on,
        resting_until=resting_until,
    )


def named(*names: str) -> list[UUID]:
    return [uuid5(SPACE, name) for name in names]


async def meet(world: World, first: Attendee, second: Attendee, *, days_ago: int) -> UUID:
    """The id of a mutual swap of so many days ago, remembered by both."""
    at = world.clock() - timedelta(days=days_ago)
    swap_id = await world.swap(first, second, at=at)
    async with world.pool.acquire() as connection:
        await begin(connection, event_id=first.event.id, swap_id=swap_id, now=at)
    return swap_id
