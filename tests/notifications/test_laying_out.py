"""By which ways a notice goes, when, and when somebody has had enough: pure functions of times and choices."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.notifications.kinds import POLICIES
from server.notifications.laying_out import deliveries_of
from server.notifications.models import (
    Channel,
    DeliveryState,
    Device,
    Notice,
    NoticeKind,
    QuietHours,
    Recipient,
)
from server.notifications.quiet import first_moment, is_quiet
from server.notifications.wording import languages, wording_in

EVENING = datetime(2027, 4, 22, 18, 0, tzinfo=UTC)  # seven in Lisbon
ZONES = ("Pacific/Pago_Pago", "America/New_York", "UTC", "Europe/Lisbon", "Asia/Kathmandu", "Pacific/Apia")


def phone() -> Device:
    return Device(uuid4(), "A phone", "https://push.example/x", "https://push.example", b"", b"")


def somebody(**changes: object) -> Recipient:
    values: dict[str, object] = {
        "person_id": uuid4(), "email": "ana@example.org", "locale": "en", "timezone": "Europe/Lisbon",
        "quiet": QuietHours(), "switches": {}, "devices": (phone(),), "pushed": (),
    }  # fmt: skip
    return Recipient(**(values | changes))  # type: ignore[arg-type] # a test names what it changes


def notice(kind: NoticeKind, at: datetime = EVENING, zone: str | None = None) -> Notice:
    return Notice(uuid4(), uuid4(), kind, "key", "/", zone, at)


def laid_out(kind: NoticeKind, who: Recipient, at: datetime = EVENING, zone: str | None = None) -> dict[Channel, str]:
    return {each.channel: each.state.value for each in deliveries_of(notice(kind, at, zone), who, now=at)}


@given(
    starts=st.times(), ends=st.times(), zone=st.sampled_from(ZONES),
    at=st.datetimes(datetime(2027, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - Hypothesis adds the zone
)  # fmt: skip
def test_the_first_moment_is_never_quiet_and_within_a_day(starts: time, ends: time, zone: str, at: datetime) -> None:
    quiet = QuietHours(starts.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0))

    moment = first_moment(quiet, zone=zone, at=at)

    assert at <= moment <= at + timedelta(hours=25)
    clock_is_even = at.astimezone(ZoneInfo(zone)).utcoffset() == moment.astimezone(ZoneInfo(zone)).utcoffset()
    assert not clock_is_even or not is_quiet(quiet, zone=zone, at=moment)


def test_the_same_hour_twice_means_no_quiet_hours() -> None:
    assert not is_quiet(QuietHours(time(8), time(8)), zone="UTC", at=EVENING)


def test_an_evening_goes_by_push_and_mail() -> None:
    assert laid_out(NoticeKind.EVENING_READY, somebody()) == {Channel.PUSH: "WAITING", Channel.MAIL: "WAITING"}


def test_without_a_device_the_mail_goes_all_the_same() -> None:
    assert laid_out(NoticeKind.EVENING_READY, somebody(devices=())) == {Channel.MAIL: "WAITING"}


def test_in_quiet_hours_the_evenings_push_is_let_go_and_its_mail_waits_for_the_morning() -> None:
    late = datetime(2027, 4, 22, 21, 30, tzinfo=UTC)  # half past ten in Lisbon
    made = {each.channel: each for each in deliveries_of(notice(NoticeKind.EVENING_READY, late), somebody(), now=late)}

    assert made[Channel.PUSH].state is DeliveryState.QUIET
    assert made[Channel.MAIL].state is DeliveryState.WAITING
    assert made[Channel.MAIL].due_at == datetime(2027, 4, 23, 7, 0, tzinfo=UTC)


def test_the_zone_of_the_event_counts_before_ones_own() -> None:
    """Seven in the evening in New York is past eleven in Lisbon, where the person's account says they live."""
    at = datetime(2027, 4, 22, 23, 0, tzinfo=UTC)

    assert laid_out(NoticeKind.EVENING_READY, somebody(), at, "America/New_York")[Channel.PUSH] == "WAITING"
    assert laid_out(NoticeKind.EVENING_READY, somebody(), at)[Channel.PUSH] == "QUIET"


def test_what_is_switched_off_is_not_laid_out() -> None:
    off = {(NoticeKind.EVENING_READY, Channel.MAIL): False}

    assert laid_out(NoticeKind.EVENING_READY, somebody(switches=off)) == {Channel.PUSH: "WAITING"}


def test_a_test_is_never_off_and_never_quiet() -> None:
    night = datetime(2027, 4, 22, 2, 0, tzinfo=UTC)
    off = {(NoticeKind.TEST, Channel.MAIL): False}

    assert laid_out(NoticeKind.TEST, somebody(switches=off), night) == {
        Channel.PUSH: "WAITING",
        Channel.MAIL: "WAITING",
    }


@pytest.mark.parametrize("kind", [NoticeKind.EVENING_READY, NoticeKind.PROMISE_DUE])
def test_one_push_in_the_evening_whatever_it_is_about(kind: NoticeKind) -> None:
    pushed = ((NoticeKind.PROMISE_DUE, EVENING - timedelta(hours=1)),)

    assert laid_out(kind, somebody(pushed=pushed))[Channel.PUSH] == "ENOUGH"
    assert laid_out(kind, somebody(pushed=pushed))[Channel.MAIL] == "WAITING"
    assert laid_out(kind, somebody(pushed=pushed), EVENING + timedelta(days=1))[Channel.PUSH] == "WAITING"


def test_one_push_a_week() -> None:
    pushed = ((NoticeKind.REVIEW_READY, EVENING - timedelta(days=5)),)

    assert laid_out(NoticeKind.REVIEW_READY, somebody(pushed=pushed))[Channel.PUSH] == "ENOUGH"
    assert laid_out(NoticeKind.REVIEW_READY, somebody(pushed=pushed), EVENING + timedelta(days=2))[Channel.PUSH] == (
        "WAITING"
    )


def test_no_more_answers_than_a_pocket_bears() -> None:
    for_hour = tuple((NoticeKind.SWAP, EVENING - timedelta(minutes=each)) for each in range(6))
    for_day = tuple((NoticeKind.SWAP, EVENING - timedelta(hours=each)) for each in range(1, 21))

    assert laid_out(NoticeKind.MEETING_PROPOSED, somebody(pushed=for_hour[:5]))[Channel.PUSH] == "WAITING"
    assert laid_out(NoticeKind.MEETING_PROPOSED, somebody(pushed=for_hour))[Channel.PUSH] == "ENOUGH"
    assert laid_out(NoticeKind.SWAP, somebody(pushed=for_day))[Channel.PUSH] == "ENOUGH"


def test_every_kind_has_words_for_every_way_in_every_language() -> None:
    for language in languages():
        wording = wording_in(language)
        for kind in NoticeKind:
            assert (Channel.PUSH in POLICIES[kind].worth) == (kind in wording.pushes)
            assert (Channel.MAIL in POLICIES[kind].worth) == (kind in wording.mails)


def test_no_words_of_a_notice_have_room_for_a_name_or_raise_their_voice() -> None:
    for language in languages():
        wording = wording_in(language)
        said = [word for each in (*wording.pushes.values(), *wording.mails.values()) for word in _words(each)]
        assert [
            each
            for each in said
            if "{" in each or "!" in each or any(sign.isdigit() for sign in each.replace("1-2-1", ""))
        ] == []


def _words(each: object) -> list[str]:
    return [str(getattr(each, name)) for name in each.__slots__]  # type: ignore[attr-defined] # a dataclass with slots
