"""When scans are a conflict: a pure rule over what doors were told, whatever the order of arrival."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from server.doors.conflicts.models import ToldScan
from server.doors.conflicts.rule import conflicts_of
from server.doors.models import CheckInDirection, CheckInVerdict
from server.ids import new_id

NINE = datetime(2027, 4, 22, 9, tzinfo=UTC)
IN, OUT = CheckInDirection
ADMITTED, ALREADY_IN = CheckInVerdict.ADMITTED, CheckInVerdict.ALREADY_IN


def scan(
    minute: int = 0,
    verdict: CheckInVerdict = ADMITTED,
    *,
    direction: CheckInDirection = IN,
    offline: bool = False,
    shown: CheckInVerdict | None = None,
    undone: bool = False,
    key: int = 0,
) -> ToldScan:
    at = NINE + timedelta(minutes=minute)
    return ToldScan(
        id=new_id(), key=UUID(int=key), door_id=UUID(int=1), door_name="Main door", helper_name=None,
        direction=direction, happened_at=at, scanned_at=at, received_at=at, is_offline=offline, shown=shown,
        verdict=verdict, is_undone=undone, seen_at=None, seen_by=None,
    )  # fmt: skip


def told_offline(minute: int, verdict: CheckInVerdict = ALREADY_IN, *, undone: bool = False) -> ToldScan:
    return scan(minute, verdict, offline=True, shown=ADMITTED, undone=undone)


def test_two_that_let_in_are_one_where_one_was_offline() -> None:
    assert len(conflicts_of([scan(0), told_offline(1)])) == 1
    assert len(conflicts_of([told_offline(0, ADMITTED), told_offline(1)])) == 1
    assert conflicts_of([scan(0), scan(1, ALREADY_IN)]) == []
    assert conflicts_of([scan(0), scan(1, ALREADY_IN, offline=True, shown=ALREADY_IN)]) == []


def test_a_phone_that_said_nothing_had_told_what_the_server_says() -> None:
    assert conflicts_of([scan(0), scan(1, ALREADY_IN, offline=True)]) == []


def test_a_cancelled_ticket_that_two_doors_let_in_is_one() -> None:
    cancelled = CheckInVerdict.CANCELLED

    assert len(conflicts_of([told_offline(0, cancelled), told_offline(1, cancelled)])) == 1


def test_whoever_went_out_between_came_twice() -> None:
    out = scan(1, CheckInVerdict.CHECKED_OUT, direction=OUT)

    assert conflicts_of([scan(0), out, told_offline(2, ADMITTED)]) == []
    assert len(conflicts_of([scan(0), told_offline(3), out, told_offline(4)])) == 1


def test_an_undone_scan_is_none() -> None:
    assert conflicts_of([scan(0), told_offline(1, undone=True)]) == []


any_scan = st.builds(
    scan,
    st.integers(0, 6),
    st.sampled_from([ADMITTED, ALREADY_IN, CheckInVerdict.CANCELLED]),
    direction=st.sampled_from([IN, IN, OUT]),
    offline=st.booleans(),
    shown=st.sampled_from([None, ADMITTED, ALREADY_IN]),
    undone=st.sampled_from([False, False, False, True]),
)


@given(st.lists(any_scan, max_size=8), st.randoms(use_true_random=False))
def test_whatever_the_order_of_arrival_the_conflicts_are_the_same(scans: list[ToldScan], random: object) -> None:
    keyed = [_with_key(each, number) for number, each in enumerate(scans)]
    arrived = list(keyed)
    random.shuffle(arrived)  # type: ignore[attr-defined] # Hypothesis names no type of its own

    assert conflicts_of(arrived) == conflicts_of(keyed)


@given(st.lists(any_scan, max_size=8))
def test_every_scan_is_in_at_most_one_and_each_holds_what_makes_it_one(scans: list[ToldScan]) -> None:
    keyed = [_with_key(each, number) for number, each in enumerate(scans)]

    found = conflicts_of(keyed)

    ids = [each.id for conflict in found for each in conflict]
    assert len(ids) == len(set(ids))
    for conflict in found:
        assert len(conflict) > 1
        assert any(each.is_offline for each in conflict)
        assert all(each.let_in and not each.is_undone for each in conflict)


@given(st.lists(any_scan, max_size=8))
def test_without_a_network_lost_there_is_none(scans: list[ToldScan]) -> None:
    assert conflicts_of([each for each in scans if not each.is_offline]) == []


def _with_key(made: ToldScan, number: int) -> ToldScan:
    changes = {name: getattr(made, name) for name in ToldScan.__slots__} | {"key": UUID(int=number)}
    return ToldScan(**changes)
