"""What is settled about an event, and who may read it."""

from datetime import time

from server.events.models import CardQuestion, ChecksInWith, Role
from tests.front_door import FrontDoor
from tests.world import World

EVENT = """
    query ($slug: String!) { event(slug: $slug) { checksInWith cardQuestions languages settings {
        capacity placesTaken eveningAt retentionDays continues { slug } } } }
"""


async def test_an_event_begins_with_sane_settings(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    owner = await world.team(event, Role.OWNER)

    answer = (await front_door.as_(owner.token).ask(EVENT, slug=event.slug))["event"]

    assert answer == {
        "checksInWith": "TICKET",
        "cardQuestions": ["UP_TO", "SEEKING", "OFFERING", "ASK_ME_ABOUT", "GOOD_INTRODUCTION"],
        "languages": ["en", "de", "pt"],
        "settings": {
            "capacity": None, "placesTaken": 0, "eveningAt": "19:00", "retentionDays": 90, "continues": None,
        },
    }  # fmt: skip


async def test_organizers_read_all_of_it_and_attendees_what_concerns_them(front_door: FrontDoor, world: World) -> None:
    last = await world.event()
    event = await world.event(
        capacity=80, checks_in_with=ChecksInWith.BOTH, card_questions=frozenset({CardQuestion.SEEKING}),
        languages=("de",), continues_id=last.id, retention_days=30, evening_at=time(20, 30),
    )  # fmt: skip
    organizer, attendee = await world.team(event), await world.attendee(event)
    await world.registration(event, cancelled_at=world.clock())

    theirs = (await front_door.as_(organizer.token).ask(EVENT, slug=event.slug))["event"]
    seen = (await front_door.as_(attendee.token).ask(EVENT, slug=event.slug))["event"]

    assert theirs["settings"] == {
        "capacity": 80, "placesTaken": 1, "eveningAt": "20:30", "retentionDays": 30, "continues": {"slug": last.slug},
    }  # fmt: skip
    assert seen == {"checksInWith": "BOTH", "cardQuestions": ["SEEKING"], "languages": ["de"], "settings": None}


async def test_a_helper_does_not_read_the_settings(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    helper = await world.team(event, Role.DOOR_HELPER)

    assert (await front_door.as_(helper.token).ask(EVENT, slug=event.slug))["event"]["settings"] is None
