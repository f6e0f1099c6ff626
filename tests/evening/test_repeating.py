"""Nothing is suggested again within thirty days, unless it was put off; what was settled never is."""

from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest

from server.evening.models import FollowUpKind, FollowUpState, Listed
from server.evening.repeating import not_again
from tests.evening.people_met import DAY, SPACE

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
SUBJECT, MEI = uuid5(SPACE, "subject"), uuid5(SPACE, "Mei")


def listed(
    days_ago: int,
    *,
    kind: FollowUpKind = FollowUpKind.MEET,
    state: FollowUpState = FollowUpState.OPEN,
    due: date | None = None,
    subject: UUID = SUBJECT,
    opened: bool = True,
    place: int = 0,
    registration: UUID = ELSEWHERE,
) -> Listed:
    day = DAY - timedelta(days=days_ago)
    return Listed(
        registration, day, kind, subject, MEI, state, due or day, place, is_live=True, is_opened=opened, at_most=3
    )  # fmt: skip


def left_out(*before: Listed) -> set[UUID]:
    return {about for _, about in not_again(before, registration_id=HERE, day=DAY)}


def test_what_was_seen_rests_for_thirty_days_and_so_does_its_kind_for_that_person() -> None:
    assert left_out(listed(1)) == {SUBJECT, MEI}
    assert left_out(listed(29)) == {SUBJECT, MEI}
    assert left_out(listed(30)) == set()


@pytest.mark.parametrize("state", [FollowUpState.DONE, FollowUpState.DISMISSED])
def test_what_was_settled_never_comes_back_and_the_person_after_thirty_days(state: FollowUpState) -> None:
    assert left_out(listed(5, state=state)) == {SUBJECT, MEI}
    assert left_out(listed(300, state=state)) == {SUBJECT}


def test_what_was_put_off_comes_back_on_its_day() -> None:
    assert left_out(listed(2, state=FollowUpState.LATER, due=DAY + timedelta(days=1))) == {SUBJECT, MEI}
    assert left_out(listed(2, state=FollowUpState.LATER, due=DAY)) == set()


def test_each_promise_and_each_lesson_is_a_thing_of_its_own() -> None:
    for kind in (FollowUpKind.KEEP_PROMISE, FollowUpKind.THANK, FollowUpKind.INTRODUCE):
        assert left_out(listed(1, kind=kind)) == {SUBJECT}


def test_what_nobody_saw_may_come_again() -> None:
    assert left_out(listed(1, opened=False)) == set()
    shown = [listed(1, subject=uuid5(SPACE, str(place)), place=place) for place in range(3)]
    assert SUBJECT not in left_out(*shown, listed(1, place=3))


def test_what_tonight_holds_is_not_held_twice() -> None:
    assert left_out(listed(0, registration=HERE, opened=False)) == {SUBJECT, MEI}
