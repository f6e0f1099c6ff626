"""The figures of a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.events.models import Event, Role
from tests.attendance.documents import ROWS, id_of
from tests.clock import Clock
from tests.desk.documents import register
from tests.doors.phone import ATTENDANCE, DoorPhone, figures
from tests.front_door import FrontDoor
from tests.world import World


async def test_a_day_is_told_in_figures(front_door: FrontDoor, world: World) -> None:
    event = await world.event(scans_people_out=True)
    phone = await DoorPhone.at(front_door, world, event)
    people = [await world.attendee(event) for _ in range(5)]
    await world.registration(event, cancelled_at=world.clock())
    for person in people[:3]:
        await phone.scan(person.ticket)
    await phone.scan(people[0].ticket, direction="OUT")
    walk_in = await register(phone.front_door, event, "Zoë Brandt")
    await phone.scan(walk_in["ticket"]["code"])

    seen = await figures(front_door, world, event)

    assert seen == {
        "expected": 5, "came": 4, "walkIns": 1, "noShows": 2, "noShowsAreFinal": False,
        "hereNow": 3, "hereNowIsKnown": True, "day": "2027-04-22", "days": ["2027-04-22"],
        "doors": [{"name": "Main door", "checkIns": 4}],
        "arrivals": [{"startsAt": "2027-04-22T09:00:00Z", "arrivals": 4, "departures": 1}],
    }  # fmt: skip


async def test_an_event_to_which_nobody_has_come_yet_shows_zeros(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    await world.door(event)
    await world.attendee(event)

    seen = await figures(front_door, world, event)

    assert (seen["expected"], seen["came"], seen["noShows"]) == (1, 0, 1)
    assert (seen["arrivals"], seen["doors"]) == ([], [{"name": "Main door", "checkIns": 0}])


async def test_where_people_are_not_scanned_out_all_who_came_are_here(front_door: FrontDoor, world: World) -> None:
    event = await world.event(scans_people_out=False)
    phone = await DoorPhone.at(front_door, world, event)
    ana = await world.attendee(event)
    await phone.scan(ana.ticket)
    await phone.scan(ana.ticket, direction="OUT")

    seen = await figures(front_door, world, event)

    assert (seen["hereNow"], seen["hereNowIsKnown"]) == (1, False)


async def test_a_trial_that_was_undone_leaves_nothing_though_the_zone_is_put_right_after_it(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    phone = await DoorPhone.at(front_door, world, event)
    clock.now = event.ends_at + timedelta(hours=8, minutes=30)
    await phone.undo(await phone.scan((await world.attendee(event)).ticket))
    await world.pool.execute("UPDATE events SET timezone = 'Asia/Tokyo' WHERE id = $1", event.id)

    seen = await figures(front_door, world, event)

    assert (seen["day"], seen["came"], seen["arrivals"]) == ("2027-04-22", 0, [])


async def test_somebody_cancelled_after_coming_neither_is_expected_nor_makes_a_no_show_less(
    front_door: FrontDoor, world: World
) -> None:
    event = await world.event()
    phone = await DoorPhone.at(front_door, world, event)
    ana, _ben = await world.attendee(event), await world.attendee(event)
    await phone.scan(ana.ticket)
    await world.pool.execute(
        "UPDATE registrations SET cancelled_at = $2 WHERE id = $1", ana.registration_id, world.clock()
    )

    seen = await figures(front_door, world, event)

    assert (seen["expected"], seen["came"], seen["noShows"]) == (1, 1, 1)


async def test_no_shows_are_named_so_once_the_day_is_over(front_door: FrontDoor, world: World, clock: Clock) -> None:
    event = await world.event()
    await world.attendee(event)
    clock.now = datetime(2027, 4, 23, 2, 59, tzinfo=UTC)  # 03:59 in Lisbon
    assert not (await figures(front_door, world, event))["noShowsAreFinal"]
    clock.advance(minutes=1)

    seen = await figures(front_door, world, event)

    assert (seen["day"], seen["noShows"], seen["noShowsAreFinal"]) == ("2027-04-22", 1, True)


async def test_each_day_of_a_longer_event_has_its_own_attendance(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event(ends_at=clock() + timedelta(days=2))
    phone = await DoorPhone.at(front_door, world, event)
    ana, ben = await world.attendee(event), await world.attendee(event)
    await phone.scan(ana.ticket)
    clock.advance(days=1)
    again = await phone.scan(ana.ticket)
    await phone.scan(ben.ticket)

    today = await figures(front_door, world, event)
    yesterday = await figures(front_door, world, event, on="2027-04-22")

    assert again["verdict"] == "ADMITTED"
    assert again["firstInAt"] is None
    assert today["days"] == ["2027-04-22", "2027-04-23", "2027-04-24"]
    assert (today["day"], today["came"], today["noShows"]) == ("2027-04-23", 2, 0)
    assert (yesterday["day"], yesterday["came"], yesterday["noShows"]) == ("2027-04-22", 1, 1)
    assert yesterday["noShowsAreFinal"]


async def test_a_day_goes_from_four_to_four_by_the_local_clock(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event(ends_at=clock() + timedelta(days=2))
    phone = await DoorPhone.at(front_door, world, event)
    ana = await world.attendee(event)
    clock.now = datetime(2027, 4, 23, 2, 59, 59, tzinfo=UTC)
    late = await phone.scan(ana.ticket)
    clock.advance(seconds=1)
    early = await phone.scan(ana.ticket)

    assert (late["verdict"], early["verdict"]) == ("ADMITTED", "ADMITTED")
    assert (await figures(front_door, world, event, on="2027-04-22"))["came"] == 1
    assert (await figures(front_door, world, event, on="2027-04-23"))["came"] == 1


@pytest.mark.parametrize(
    ("last_minute", "hours"),
    [
        # Lisbon goes to summer time on 28 March 2027 at 01:00 UTC: the night before is an hour shorter.
        (datetime(2027, 3, 28, 2, 59, tzinfo=UTC), 23),
        # And back on 31 October 2027 at 01:00 UTC: it is an hour longer.
        (datetime(2027, 10, 31, 3, 59, tzinfo=UTC), 25),
    ],
)
async def test_the_night_in_which_clocks_change_belongs_to_the_day_before_whole(
    front_door: FrontDoor, world: World, clock: Clock, last_minute: datetime, hours: int
) -> None:
    day = last_minute.date() - timedelta(days=1)
    event = await world.event(starts_at=last_minute - timedelta(hours=17), ends_at=last_minute + timedelta(hours=9))
    begins, ends = (event.day_starts_at(each).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    assert ends - begins == timedelta(hours=hours)
    clock.now = last_minute
    phone = await DoorPhone.at(front_door, world, event)
    await phone.scan((await world.attendee(event)).ticket)
    await phone.scan((await world.attendee(event)).ticket, at=begins, offline=True)

    seen = await figures(front_door, world, event, on=day.isoformat())

    assert seen["came"] == 2
    assert len(seen["arrivals"]) == hours * 4
    assert [each["arrivals"] for each in (seen["arrivals"][0], seen["arrivals"][-1])] == [1, 1]


async def test_before_and_after_the_event_the_nearest_day_is_shown(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event(ends_at=clock() + timedelta(days=1))
    shown = {}
    for moment in (clock() - timedelta(days=9), clock() - timedelta(hours=9), clock(), clock() + timedelta(days=40)):
        clock.now = moment
        shown[moment] = (await figures(front_door, world, event))["day"]

    assert list(shown.values()) == ["2027-04-22", "2027-04-21", "2027-04-22", "2027-04-23"]


async def test_somebody_let_in_on_the_evening_before_adds_that_day(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    phone = await DoorPhone.at(front_door, world, event)
    clock.advance(hours=-9)
    await phone.scan((await world.attendee(event)).ticket)
    clock.advance(hours=9)

    seen = await figures(front_door, world, event)

    assert (seen["day"], seen["came"], seen["days"]) == ("2027-04-22", 0, ["2027-04-21", "2027-04-22"])


async def test_arrivals_come_in_buckets_without_a_gap(front_door: FrontDoor, world: World, clock: Clock) -> None:
    event = await world.event()
    phone = await DoorPhone.at(front_door, world, event)
    organizer = front_door.as_((await world.team(event)).token)
    for minutes in (0, 4, 31):
        clock.now = datetime(2027, 4, 22, 9, tzinfo=UTC) + timedelta(minutes=minutes)
        await phone.scan((await world.attendee(event)).ticket)
    document = (
        "query ($event: ID!, $n: Int!) { attendance(event: $event) { arrivals(bucketMinutes: $n) { arrivals } } }"
    )

    async def arrivals(bucket: int) -> list[int]:
        seen = await organizer.ask(document, event=id_of(event), n=bucket)
        return [each["arrivals"] for each in seen["attendance"]["arrivals"]]

    assert await arrivals(10) == [2, 0, 0, 1]
    assert await arrivals(1440) == [3]
    assert len(await arrivals(1)) == 32
    for impossible in (0, -5, 1441):
        assert await organizer.refusal(document, event=id_of(event), n=impossible) == "REFUSED"


@pytest.mark.parametrize("day", [date.min, date.max])
async def test_a_day_far_away_is_empty(front_door: FrontDoor, world: World, day: date) -> None:
    event = await world.event(timezone="Pacific/Kiritimati")
    await world.attendee(event)

    assert (await figures(front_door, world, event, on=day.isoformat()))["came"] == 0


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.mark.parametrize("document", [ATTENDANCE, ROWS])
async def test_only_its_organizers_see_attendance(
    front_door: FrontDoor, world: World, event: Event, document: str
) -> None:
    ana = await world.attendee(event)
    helper = await world.team(event, Role.DOOR_HELPER)
    elsewhere = await world.team(await world.event(), Role.OWNER)

    for role in (Role.OWNER, Role.ORGANIZER):
        member = front_door.as_((await world.team(event, role)).token)
        assert (await member.ask(document, event=id_of(event)))["attendance"] is not None
    assert await front_door.refusal(document, event=id_of(event)) == "UNAUTHENTICATED"
    for token in (ana.token, helper.token):
        assert await front_door.as_(token).refusal(document, event=id_of(event)) == "FORBIDDEN"
    assert await front_door.as_(elsewhere.token).ask(document, event=id_of(event)) == {"attendance": None}


async def test_the_door_team_sees_doors_and_nobody_else_does(front_door: FrontDoor, world: World, event: Event) -> None:
    phone = await DoorPhone.at(front_door, world, event)
    ana, stranger = await world.attendee(event), await world.person()
    await phone.scan(ana.ticket)
    document = "query ($event: ID!) { doors(event: $event) { id name checkIns } }"

    assert (await phone.front_door.ask(document, event=id_of(event)))["doors"] == [
        {"id": phone.door, "name": "Main door", "checkIns": 1}
    ]
    assert await front_door.refusal(document, event=id_of(event)) == "UNAUTHENTICATED"
    assert await front_door.as_(ana.token).refusal(document, event=id_of(event)) == "FORBIDDEN"
    assert await front_door.as_(stranger.token).refusal(document, event=id_of(event)) == "NOT_FOUND"
