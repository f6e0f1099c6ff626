"""Changing an event's settings, as long as it harms nothing that has happened."""

from datetime import timedelta
from typing import Any

import pytest

from server.events.models import Event
from tests.doors.phone import DoorPhone
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.imports.stored import stored_key
from tests.organizing.documents import UPDATE
from tests.world import World


async def update(front_door: FrontDoor, world: World, event: Event, **changes: Any) -> dict[str, Any]:
    organizer = await world.team(event)
    answer = await front_door.as_(organizer.token).ask(UPDATE, event=id_of(event), input=changes)
    found: dict[str, Any] = answer["updateEvent"]
    return found


async def test_only_what_is_named_changes(front_door: FrontDoor, world: World) -> None:
    event = await world.event(capacity=80, languages=("de",))

    await update(front_door, world, event, title="Repair  Summit II", eveningAt="20:00", checksInWith="BADGE")
    changed = await update(front_door, world, event, capacity=None, venue=None, cardQuestions=[], languages=[])

    assert changed == {
        "__typename": "Event", "slug": event.slug, "title": "Repair Summit II", "venue": None,
        "startsAt": "2027-04-22T08:00:00Z", "endsAt": "2027-04-22T17:00:00Z", "timezone": "Europe/Lisbon",
        "checksInWith": "BADGE", "cardQuestions": [], "languages": ["en", "de", "pt"],
        "settings": {
            "capacity": None, "placesTaken": 0, "eveningAt": "20:00", "retentionDays": 90, "continues": None,
        },
    }  # fmt: skip


async def test_an_event_before_its_day_moves_freely(front_door: FrontDoor, world: World) -> None:
    event = await world.event()

    changed = await update(
        front_door, world, event, startsAt="2027-06-01T08:00:00Z", endsAt="2027-06-03T16:00:00Z",
        timezone="Europe/Berlin", slug="another",
    )  # fmt: skip

    assert (changed["slug"], changed["startsAt"], changed["timezone"]) == (
        "another", "2027-06-01T08:00:00Z", "Europe/Berlin",
    )  # fmt: skip


async def test_the_zone_stays_also_when_it_is_no_longer_known_who_came(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    phone = await DoorPhone.at(front_door, world, event)
    await phone.scan((await world.attendee(event)).ticket)
    await world.pool.execute("DELETE FROM admissions")

    refused = await update(front_door, world, event, timezone="Asia/Tokyo")

    assert (refused["__typename"], refused["field"]) == ("TooLateToChange", "timezone")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("startsAt", {"startsAt": "2027-04-24T08:00:00Z", "endsAt": "2027-04-24T16:00:00Z"}),
        ("timezone", {"timezone": "Asia/Tokyo"}),
    ],
)
async def test_a_day_on_which_people_came_stays_in_the_event(
    front_door: FrontDoor, world: World, field: str, changes: dict[str, str]
) -> None:
    event = await world.event()
    await world.admit(await world.attendee(event))

    refused = await update(front_door, world, event, title="Moved", **changes)
    longer = await update(front_door, world, event, endsAt="2027-04-23T16:00:00Z")

    assert (refused["__typename"], refused["field"]) == ("TooLateToChange", field)
    assert (longer["title"], longer["endsAt"]) == (event.title, "2027-04-23T16:00:00Z")


async def test_a_day_on_which_two_met_stays_in_the_event(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    await world.swap(await world.attendee(event), await world.attendee(event))

    refused = await update(
        front_door, world, event, startsAt="2027-04-24T08:00:00Z", endsAt="2027-04-24T16:00:00Z"
    )  # fmt: skip

    assert refused["__typename"] == "TooLateToChange"
    assert "22 April 2027" in refused["message"]


async def test_the_address_stays_once_invitations_have_left(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    await world.invitation(event, "ana@example.org")

    refused = await update(front_door, world, event, slug="another")
    same = await update(front_door, world, event, slug=event.slug, title="Other words")

    assert (refused["__typename"], refused["field"]) == ("TooLateToChange", "slug")
    assert same["title"] == "Other words"


async def test_the_address_stays_while_other_programs_send_attendees_there(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    await stored_key(world, event, (await world.team(event)).id)

    refused = await update(front_door, world, event, slug="another")
    await world.pool.execute("UPDATE import_keys SET revoked_at = made_at")
    changed = await update(front_door, world, event, slug="another")

    assert (refused["__typename"], refused["field"]) == ("TooLateToChange", "slug")
    assert "Import" in refused["message"]
    assert changed["slug"] == "another"


async def test_a_shorter_time_that_would_forget_at_once_is_refused(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    world.clock.now = event.ends_at + timedelta(days=40)

    refused = await update(front_door, world, event, retentionDays=30)
    shorter = await update(front_door, world, event, retentionDays=41)

    assert (refused["__typename"], refused["field"]) == ("TooLateToChange", "retentionDays")
    assert shorter["settings"]["retentionDays"] == 41


async def test_an_end_in_the_last_of_all_years_is_refused_in_words(front_door: FrontDoor, world: World) -> None:
    refused = await update(front_door, world, await world.event(), endsAt="9999-12-31T22:00:00Z")

    assert (refused["__typename"], refused["field"]) == ("InputNotValid", "endsAt")


async def test_a_slug_of_another_event_is_refused(front_door: FrontDoor, world: World) -> None:
    event, other = await world.event(), await world.event()

    assert (await update(front_door, world, event, slug=other.slug))["__typename"] == "SlugTaken"


async def test_an_event_continues_only_what_its_organizer_organizes(front_door: FrontDoor, world: World) -> None:
    event, last = await world.event(), await world.event()

    refused = await update(front_door, world, event, continues=id_of(last))
    itself = await update(front_door, world, event, continues=id_of(event))

    assert refused["__typename"] == "NotFound"
    assert itself["__typename"] == "InputNotValid"


async def test_once_it_has_begun_its_end_is_not_moved_into_the_past(front_door: FrontDoor, world: World) -> None:
    """Else organizers would be told of the room, which they are only afterwards, while people are still in it."""
    event = await world.event(starts_at=world.clock() - timedelta(days=2), ends_at=world.clock() + timedelta(days=1))

    early = await update(front_door, world, event, endsAt=(world.clock() - timedelta(hours=25)).isoformat())
    now = await update(front_door, world, event, endsAt=world.clock().isoformat())

    assert (early["__typename"], early["field"]) == ("TooLateToChange", "endsAt")
    assert now["__typename"] == "Event"


async def test_nor_in_two_steps_with_its_start_in_the_evening_first(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    world.clock.now = event.starts_at + timedelta(hours=2)
    await world.swap(await world.attendee(event), await world.attendee(event))

    later = await update(front_door, world, event, startsAt=(event.ends_at - timedelta(hours=1)).isoformat())
    over = await update(
        front_door, world, event, startsAt=event.starts_at.isoformat(),
        endsAt=(event.starts_at + timedelta(hours=1)).isoformat(),
    )  # fmt: skip

    assert later["__typename"] == "Event"
    assert (over["__typename"], over["field"]) == ("TooLateToChange", "endsAt")
