"""Where each push and mail leads: to a screen of the app that shows the thing, by an address that tells nothing."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from schema.ids import Kind, read_any
from server.evening.making import make_evenings
from server.notifications.models import NoticeKind
from server.promises.reminding import remind_of_due
from server.reviews.making import make_due
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.introductions.three import Three
from tests.meetings.pair import CANCEL, PROPOSE, begin_relationship, told
from tests.world import Attendee, World

ROOT = Path(__file__).parents[2]
PATHS = dict(
    re.findall(r'^\t(\w+): "(/[^"]*)",', (ROOT / "pwa/src/app/paths.ts").read_text(encoding="utf-8"), re.MULTILINE)
)
#: The screen of each kind, as the app names it, and the kind of thing that stands in its address.
SCREENS = {
    NoticeKind.EVENING_READY: ("eveningOf", Kind.EVENT),
    NoticeKind.REVIEW_READY: ("review", None),
    NoticeKind.PROMISE_DUE: ("person", Kind.RELATIONSHIP),
    NoticeKind.SWAP: ("conversation", Kind.SWAP),
    NoticeKind.INTRODUCTION_ASKED: ("introductions", None),
    NoticeKind.INTRODUCTION_MADE: ("introductions", None),
    NoticeKind.MEETING_PROPOSED: ("meeting", Kind.MEETING),
    NoticeKind.MEETING_CHANGED: ("meeting", Kind.MEETING),
    NoticeKind.TEST: ("notifications", None),
}
TEST = "mutation ($key: ID) { sendTestNotice(key: $key) { __typename } }"
PROMISED = "the article on soil sensors"


def screen_of(path: str) -> tuple[str, dict[str, str]]:
    """The route of an address, with its parameters; one that is written out comes before one with a parameter."""
    for name, route in sorted(PATHS.items(), key=lambda each: each[1].count(":")):
        pattern = re.sub(r":(\w+)", r"(?P<\1>[^/]+)", route)
        if found := re.fullmatch(pattern, path):
            return name, {of: unquote(value) for of, value in found.groupdict().items()}
    raise AssertionError(path)


def asked(name: str) -> str:
    """What a screen asks, word for word."""
    return (ROOT / f"schema/documents/{name}.graphql").read_text(encoding="utf-8")


#: What of the thing each screen is given, from the answer to what it asks.
SHOWN: dict[str, tuple[str, dict[str, str], Callable[[Any, dict[str, str]], Any]]] = {
    "eveningOf": ("evening", {"event": "event"}, lambda said, _: said["evening"]["followUps"]),
    "review": ("review", {}, lambda said, _: said["review"]["followUps"]),
    "person": ("person", {"id": "relationship"}, lambda said, _: said["node"]["promises"]),
    "conversation": ("conversation", {"swap": "swap"}, lambda said, _: said["swap"]),
    "introductions": ("introductions", {}, lambda said, _: said["introductions"]),
    "meeting": (
        "meetings", {}, lambda said, params: [each for each in said["meetings"] if each["id"] == params["meeting"]],
    ),
    "notifications": ("notifications", {}, lambda said, _: said["notifications"]),
}  # fmt: skip


async def shown(front_door: FrontDoor, token: str, screen: str, params: dict[str, str]) -> Any:
    """What of the thing its person is shown when they open the screen."""
    document, variables, read = SHOWN[screen]
    said = await front_door.as_(token).ask(asked(document), **{name: params[of] for name, of in variables.items()})
    return read(said, params)


@pytest.fixture
async def three(front_door: FrontDoor, world: World) -> Three:
    made = Three(front_door, world)
    await made.build()
    return made


async def everything_happens(three: Three) -> dict[Any, Attendee]:
    """One notice of each kind and more; answers who is told, by their person's id."""
    world, ana, ben = three.world, three.ana.who, three.ben.who
    for name, other in (("Ben", ben), ("Cem", three.cem.who)):
        await begin_relationship(world, ana, other, read_any(three.swaps[name]).row)
    await world.promise(ana, read_any(three.swaps["Ben"]).row, PROMISED, due_on=three.event.day_of(world.clock()))
    await three.made()
    options = [told(world.clock() + timedelta(days=days)) for days in (2, 3)]
    made = await three.ask(three.ana, PROPOSE, swap=three.swaps["Ben"], options=options)
    await three.ask(three.ben, CANCEL, meeting=made["id"])
    dov = await world.attendee(three.event, "Dov")
    scan = scan_of(ana.badge.token, at=world.clock())
    await three.front_door.as_(dov.token).ask(SWAP_BADGES, event=id_of(three.event), scan=scan)
    await three.front_door.as_(ana.token).ask(TEST, key=world.new_key())
    await the_hours_come(three)
    return {each.person.id: each for each in (ana, ben, three.cem.who, dov)}


async def the_hours_come(three: Three) -> None:
    """The evening, six o'clock, and long after it a week's review."""
    world, day = three.world, three.event.day_of(three.world.clock())
    world.clock.now = three.event.evening_starts_at(day)
    async with world.pool.acquire() as connection:
        await make_evenings(connection, event=three.event, day=day, now=world.clock())
        await remind_of_due(connection, now=world.clock() + timedelta(hours=2))
        await world.pool.execute("UPDATE relationships SET last_touch_at = last_touch_at - interval '100 days'")
        await make_due(connection, now=world.clock())
        await make_due(connection, now=world.clock() + timedelta(days=7))
    world.clock.advance(days=7)


async def test_each_kind_of_notice_leads_to_a_screen_that_shows_the_thing(three: Three, front_door: FrontDoor) -> None:
    people = await everything_happens(three)

    notices = await three.world.pool.fetch("SELECT DISTINCT person_id, kind, path FROM notices")
    assert {NoticeKind(each["kind"]) for each in notices} == set(NoticeKind)
    for person_id, told_of, path in notices:
        screen, kind = SCREENS[NoticeKind(told_of)]
        found, params = screen_of(path)
        assert (found, [read_any(each).kind for each in params.values()]) == (screen, [kind] if kind else [])
        assert await shown(front_door, people[person_id].token, found, params), (told_of, path)


async def test_somebody_reminded_finds_what_they_promised_also_where_no_contact_is_shared(three: Three) -> None:
    world, ana = three.world, three.ana.who
    eli = await world.attendee(three.event, "Eli")
    swap = await world.swap(ana, eli, mutual=False)
    await world.promise(ana, swap, PROMISED, due_on=three.event.day_of(world.clock()))
    await the_hours_come(three)

    path = await world.pool.fetchval("SELECT path FROM notices WHERE kind = 'PROMISE_DUE'")
    screen, params = screen_of(path)
    talk = await shown(three.front_door, ana.token, screen, params)
    assert (screen, [each["text"] for each in talk["promises"]]) == ("conversation", [PROMISED])
