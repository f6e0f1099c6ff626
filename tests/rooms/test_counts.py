"""The counts of a session are what its log says, whatever was scanned, in whatever order it arrived."""

from datetime import timedelta
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.ids import Kind, read_row
from server.doors.timeline import presence
from server.rooms.scanning.queries import select_scans
from tests.front_door import FrontDoor
from tests.rooms.phone import RoomPhone
from tests.world import World


class Made(NamedTuple):
    """A scan of one of two people, so many minutes ago; it may be taken back."""

    minutes_ago: int
    direction: str
    person: int
    is_undone: bool


made = st.builds(
    Made,
    st.integers(1, 50),
    st.sampled_from(["IN", "IN", "OUT"]),
    st.integers(0, 1),
    st.sampled_from([False, False, True]),
)
orders = st.lists(made, min_size=1, max_size=6, unique_by=lambda each: each.minutes_ago).flatmap(
    lambda scans: st.tuples(st.just(sorted(scans, reverse=True)), st.permutations(scans))
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders)
async def test_counts_say_what_the_log_says_and_without_undoing_the_order_does_not_matter(
    front_door: FrontDoor, world: World, of: tuple[list[Made], list[Made]]
) -> None:
    event = await world.event()
    people = [await world.attendee(event) for _ in range(2)]
    counted = []
    for order in of:
        phone = await RoomPhone.at(front_door, world, event, capacity=1)
        for each in order:
            at = world.clock() - timedelta(minutes=each.minutes_ago)
            scan = phone.made(people[each.person].ticket, direction=each.direction, at=at, offline=True)
            await phone.replay(scan, scan)
            if each.is_undone:
                await phone.undo(scan["key"])
        counted.append(await phone.counts())
        event_id, session_id = read_row(phone.session, Kind.ROOM_SESSION)
        async with world.pool.acquire() as connection:
            states = [
                presence(
                    await select_scans(
                        connection, event_id=event_id, registration_id=each.registration_id, session_id=session_id
                    )
                )
                for each in people
            ]
        assert counted[-1] == (sum(each.first is not None for each in states), sum(each.is_in for each in states))

    if not any(each.is_undone for each in of[0]):
        assert counted[0] == counted[1]
