"""What a day's scans come to does not hang on the order in which they arrive."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.attendance.proof import prove_counters
from server.doors.models import CheckInDirection, CheckInVerdict
from server.doors.timeline import LoggedScan, next_id, presence
from tests.doors.phone import DoorPhone
from tests.front_door import FrontDoor
from tests.world import World

NINE = datetime(2027, 4, 22, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Made:
    """A scan at one of two doors, so many minutes before now."""

    minutes_ago: int
    direction: str
    door: int


scans = st.lists(
    st.builds(Made, minutes_ago=st.integers(1, 50), direction=st.sampled_from(["IN", "OUT"]), door=st.integers(0, 1)),
    min_size=2,
    max_size=4,
    unique_by=lambda made: made.minutes_ago,
).flatmap(lambda made: st.tuples(st.just(made), st.permutations(made)))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scans)
async def test_the_same_scans_in_any_order_of_arrival_end_in_the_same_state(
    front_door: FrontDoor, world: World, orders: tuple[list[Made], list[Made]]
) -> None:
    one, other = [await state_after(front_door, world, order) for order in orders]

    assert one == other


async def state_after(front_door: FrontDoor, world: World, order: list[Made]) -> list[Any]:
    """What is kept of somebody and counted at two doors after these scans have arrived, at a new event."""
    event = await world.event(scans_people_out=True)
    phones = [await DoorPhone.at(front_door, world, event, name) for name in ("First", "Second")]
    ana = await world.attendee(event)
    for made in order:
        await phones[made.door].scan(
            ana.ticket, direction=made.direction, at=world.clock() - timedelta(minutes=made.minutes_ago), offline=True
        )
    async with world.pool.acquire() as connection:
        assert (await prove_counters(connection, event_id=event.id, day=event.day_of(world.clock()))).holds
    kept = await world.pool.fetch(
        "SELECT is_in, first_in_at, last_seen_at, doors.name FROM admissions JOIN doors ON doors.id = door_id"
        " WHERE admissions.event_id = $1", event.id,
    )  # fmt: skip
    counted = await world.pool.fetch(
        "SELECT doors.name, minute, sum(came), sum(walk_ins), sum(arrivals), sum(departures)"
        " FROM attendance_counters JOIN doors ON doors.id = door_id WHERE attendance_counters.event_id = $1"
        " GROUP BY doors.name, minute HAVING sum(came) <> 0 OR sum(arrivals) <> 0 OR sum(departures) <> 0"
        " ORDER BY minute", event.id,
    )  # fmt: skip
    return [*map(tuple, kept), *map(tuple, counted)]


def logged(minute: int, direction: str = "IN", verdict: str = "ADMITTED", undone: int | None = None) -> LoggedScan:
    """A scan made, received and perhaps undone so many minutes after nine."""
    at = NINE + timedelta(minutes=minute)
    return LoggedScan(
        UUID(int=10 + minute), UUID(int=1), CheckInDirection(direction), CheckInVerdict(verdict), at, at,
        undone_by=None if undone is None else UUID(int=10 + undone),
    )  # fmt: skip


def test_somebody_only_scanned_out_never_came() -> None:
    assert presence([logged(5, "OUT", "CHECKED_OUT")]).first is None


def test_a_late_check_out_between_two_scans_makes_the_second_a_re_entry() -> None:
    state = presence([logged(0), logged(20, verdict="ALREADY_IN"), logged(10, "OUT", "CHECKED_OUT")])

    assert state.is_in
    assert (len(state.arrivals), len(state.departures)) == (2, 1)


def test_a_repeat_after_the_undoing_is_no_repeat_of_it() -> None:
    assert presence([logged(0, undone=5), logged(9, verdict="ALREADY_IN")]).is_in
    assert not presence([logged(0, undone=5), logged(3, verdict="ALREADY_IN")]).is_in


def test_a_repeat_falls_with_the_admission_even_if_another_repeat_was_undone_before() -> None:
    scans = [logged(0, undone=9), logged(1, verdict="ALREADY_IN", undone=2), logged(5, verdict="ALREADY_IN")]

    assert presence(scans).first is None


def test_a_coming_after_the_undone_one_stands() -> None:
    state = presence([logged(0, undone=30), logged(10, "OUT", "CHECKED_OUT"), logged(20)])

    assert state.first is not None
    assert state.first.happened_at == NINE + timedelta(minutes=20)


def test_ids_grow_with_each_arrival_even_when_another_servers_clock_is_ahead() -> None:
    ahead = LoggedScan(
        UUID(int=(1 << 127) + 5), UUID(int=1), CheckInDirection.IN, CheckInVerdict.ADMITTED, NINE, NINE,
        undone_by=UUID(int=(1 << 127) + 9),
    )  # fmt: skip

    assert next_id([ahead]) == UUID(int=(1 << 127) + 10)
