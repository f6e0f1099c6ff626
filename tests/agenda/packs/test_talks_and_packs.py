"""What becomes of talks and phones when packs are added, switched and removed."""

from collections.abc import Callable

import pytest

from server.agenda.packs.reading import key_of
from server.events.models import Event
from tests.agenda.packs.files import REMOVE, SWITCH, add, file_of, texts_of
from tests.agenda.test_prompts_shown_by_a_phone import meet
from tests.clock import Clock
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.vault.conftest import FetchingPhone, phone_of
from tests.world import Attendee, Somebody, World

__all__ = ["phone_of"]
QUESTIONS = texts_of()


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def organizer(world: World, event: Event) -> Somebody:
    return await world.team(event)


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana")


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ben", up_to="mending bicycles")


async def asked(front_door: FrontDoor, clock: Clock, who: Attendee, whom: Attendee) -> list[str]:
    """The questions of who's agenda about whom, after a scan."""
    return [prompt["text"] for prompt in (await meet(front_door, clock, who, whom)).swap["agenda"]["prompts"]]


async def test_a_talk_is_asked_from_the_packs_that_are_on_and_keeps_what_it_has(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, organizer: Somebody, ana: Attendee, ben: Attendee
) -> None:
    door = front_door.as_(organizer.token)
    pack = await add(front_door, world, organizer, event, file_of())

    while_on = await asked(front_door, clock, ana, ben)
    await door.ask(SWITCH, pack=pack["id"], on=False)
    while_off = await asked(front_door, clock, ana, await world.attendee(event))
    await door.ask(REMOVE, pack=pack["id"])
    afterwards = await asked(front_door, clock, ana, ben)

    assert 1 <= len(QUESTIONS & set(while_on)) <= 2
    assert QUESTIONS & set(while_off) == set()
    assert afterwards == while_on


async def test_the_same_questions_at_the_next_event_are_others_for_the_same_two(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, organizer: Somebody, ana: Attendee, ben: Attendee
) -> None:
    await add(front_door, world, organizer, event, file_of())
    first = {*await asked(front_door, clock, ana, ben), *await asked(front_door, clock, ben, ana)}
    clock.advance(hours=48)
    later = await world.event()
    theirs = await world.team(later)
    await add(front_door, world, theirs, later, file_of(theme="once-more", title="Once more"))
    await add(front_door, world, theirs, later, file_of(theme="today", title="Today", mark=" today"))
    _, badge = await world.registration(later, person=ben.person)
    await world.registration(later, person=ana.person)

    scan = scan_of(world.badge_of(badge).token, at=clock())
    swap = (await front_door.as_(ana.token).ask(SWAP_BADGES, event=id_of(later), scan=scan))["swapBadges"]

    second = {prompt["text"] for prompt in swap["agenda"]["prompts"]}
    assert QUESTIONS & first
    # Of the first pack's questions those that are left may suit neither; of the second there always is one.
    assert (QUESTIONS | texts_of(" today")) & second
    assert first & second == set()


async def test_what_a_phone_showed_of_a_pack_holds_though_it_was_removed_since(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, organizer: Somebody, ana: Attendee, ben: Attendee
) -> None:
    pack = await add(front_door, world, organizer, event, file_of())
    shown, learned = (key_of(text) for text in sorted(QUESTIONS)[:2])
    await front_door.as_(organizer.token).ask(REMOVE, pack=pack["id"])
    scan = scan_of(ben.badge.token, at=clock(), shownPrompts=[shown])

    swap = (await front_door.as_(ana.token).ask(SWAP_BADGES, event=id_of(event), scan=scan))["swapBadges"]
    mark = """
        mutation ($prompt: ID!, $learned: String!) { markPrompt(prompt: $prompt, state: ASKED, insight: $learned) {
            __typename ... on Prompt { libraryKey insight text } } }
    """
    marked = (await front_door.as_(ana.token).ask(mark, prompt=f"{scan['key']}/{learned}", learned="Oil."))[
        "markPrompt"
    ]

    assert swap["agenda"]["prompts"][0]["libraryKey"] == shown
    assert (marked["__typename"], marked["libraryKey"], marked["insight"]) == ("Prompt", learned, "Oil.")


async def test_phones_follow_the_packs_at_their_next_sync(
    front_door: FrontDoor, world: World, event: Event, organizer: Somebody, ana: Attendee, ben: Attendee,
    phone_of: Callable[[Attendee], FetchingPhone],
) -> None:  # fmt: skip
    door = front_door.as_(organizer.token)
    phone = phone_of(ana)
    await phone.fetch()

    def ready() -> set[str]:
        content = phone.kept.scan(ben.badge.token, event.id)
        assert content is not None
        texts = {each["key"]: each["text"] for each in phone.kept.texts["prompts"]}
        return QUESTIONS & {text for prompt in content["prompts"] for text in texts[prompt["key"]].values()}

    assert ready() == set()
    pack = await add(front_door, world, organizer, event, file_of())
    added = await phone.fetch()
    while_on = ready()
    unchanged = await phone.fetch()
    await door.ask(SWITCH, pack=pack["id"], on=False)
    switched = await phone.fetch()

    assert added is not None
    assert (len(added.entries), added.texts is not None) == (1, True)
    assert len(while_on) == 4
    assert unchanged is None
    assert switched is not None
    assert (len(switched.entries), switched.texts is not None) == (1, True)
    assert ready() == set()


async def test_packs_of_one_event_are_asked_at_no_other(
    front_door: FrontDoor, world: World, clock: Clock, event: Event, organizer: Somebody
) -> None:
    await add(front_door, world, organizer, event, file_of())
    elsewhere = await world.event()
    who, whom = [await world.attendee(elsewhere, name) for name in ("Cyn", "Dee")]

    assert QUESTIONS & set(await asked(front_door, clock, who, whom)) == set()
