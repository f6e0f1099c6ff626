"""Organizers add packs of prompts to their event: once each, whole, and only what attendees may be shown."""

import asyncio

import pytest

from schema.ids import Kind, global_id
from server.agenda.packs import operations
from server.agenda.packs.keeping import MOST_PACKS, REMOVED_KEPT
from server.db import Pool
from server.events.models import Event, Role
from tests.agenda.packs.files import ADD, PACKS, REMOVE, SWITCH, add, file_of, prompt_of
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import Somebody, World


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def organizer(world: World, event: Event) -> Somebody:
    return await world.team(event)


async def packs_of(front_door: FrontDoor, who: Somebody, event: Event) -> list[dict[str, object]]:
    answer = await front_door.as_(who.token).ask(PACKS, event=global_id(Kind.EVENT, event.id))
    packs: list[dict[str, object]] = answer["promptPacks"]["packs"]
    return packs


async def test_a_pack_is_listed_as_its_file_says(
    front_door: FrontDoor, world: World, event: Event, organizer: Somebody
) -> None:
    content = file_of()

    added = await add(front_door, world, organizer, event, content)

    assert added["__typename"] == "PromptPack"
    assert (added["title"], added["theme"], added["language"]) == ("A day of mending", "mending", "en")
    assert (added["on"], added["promptCount"], added["advice"], added["content"]) == (True, 10, [], content.strip())
    assert added["prompts"][0] == {
        "name": "open-a", "phase": "OPEN", "side": "A", "about": None, "text": "Which machine here would you keep?",
    }  # fmt: skip
    assert await packs_of(front_door, organizer, event) == [
        {name: said for name, said in added.items() if name != "__typename"}
    ]


async def test_the_team_sees_who_added_a_pack(front_door: FrontDoor, world: World, event: Event) -> None:
    mira = await world.person(name="Mira Sand")
    await world.role(mira, event, Role.OWNER)

    await add(front_door, world, mira, event, file_of())

    [pack] = await packs_of(front_door, await world.team(event), event)
    assert pack["addedBy"] == "Mira Sand"


async def test_sent_again_it_is_the_same_pack(
    front_door: FrontDoor, world: World, event: Event, organizer: Somebody, clock: Clock
) -> None:
    key = world.new_key()
    first = await add(front_door, world, organizer, event, file_of(), key=key)
    clock.advance(hours=1)

    again = await add(front_door, world, organizer, event, file_of(), key=key)
    of_a_colleague = await add(front_door, world, await world.team(event), event, file_of() + "\n\n")

    assert first == again == of_a_colleague
    assert len(await packs_of(front_door, organizer, event)) == 1


async def test_ten_phones_adding_one_file_at_once_add_one_pack(
    front_door: FrontDoor, world: World, event: Event, organizer: Somebody
) -> None:
    answers = await asyncio.gather(*(add(front_door, world, organizer, event, file_of()) for _ in range(10)))

    assert len({answer["id"] for answer in answers}) == 1


async def test_a_key_is_for_one_file(front_door: FrontDoor, world: World, event: Event, organizer: Somebody) -> None:
    key = world.new_key()
    await add(front_door, world, organizer, event, file_of(), key=key)

    answer = await add(front_door, world, organizer, event, file_of(theme="other", mark=" now"), key=key)

    assert answer["__typename"] == "KeyReused"


async def test_another_pack_of_its_theme_and_language_takes_its_place_only_when_asked(
    front_door: FrontDoor, world: World, event: Event, organizer: Somebody
) -> None:
    await add(front_door, world, organizer, event, file_of(title="First try"))
    better = file_of(title="Second try", mark=" now")

    refused = await add(front_door, world, organizer, event, better)
    taken = await add(front_door, world, organizer, event, better, replaces=True)

    assert (refused["__typename"], refused["title"]) == ("PackThere", "First try")
    assert "“First try” is here already" in refused["message"]
    assert taken["__typename"] == "PromptPack"
    assert [pack["title"] for pack in await packs_of(front_door, organizer, event)] == ["Second try"]


async def test_a_theme_may_be_there_in_several_languages(
    front_door: FrontDoor, world: World, event: Event, organizer: Somebody
) -> None:
    german = file_of(language="de").replace("?", ", wie?")

    answers = [await add(front_door, world, organizer, event, each) for each in (file_of(), german)]

    assert [answer["__typename"] for answer in answers] == ["PromptPack", "PromptPack"]


async def test_every_fault_is_told_and_nothing_is_added(
    front_door: FrontDoor, world: World, event: Event, organizer: Somebody
) -> None:
    content = file_of() + "\n".join(
        [
            prompt_of("sells", "LEARN", "A", "What do you sell to your customers?"),
            prompt_of("closed", "OPEN", "B", "Do you like it here?"),
            prompt_of("long", "HELP", "A", "What would you say if " + "this was a very long question " * 3 + "?"),
            prompt_of("asked", "CLOSE", "A", "Where are you off to next?"),
            prompt_of("hidden", "CLOSE", "B", "What comes \\u202E next?"),
        ]
    )

    answer = await add(front_door, world, organizer, event, content)

    assert answer["__typename"] == "PackNotValid"
    assert [fault.partition(":")[0] for fault in answer["faults"]] == [
        "prompt sells", "prompt closed", "prompt long", "prompt hidden", "prompt asked",
    ]  # fmt: skip
    assert await packs_of(front_door, organizer, event) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("hello", "the file cannot be read"),
        ('title = "A\nb"', "line 1 cannot be read"),
        ("a = " + "[" * 9_000, "the file cannot be read"),
        ("a = " + "1" * 9_000, "the file cannot be read"),
        ('title = "A"\ntheme = "a"\nlanguage = "en"\nprompts = [1]', "it holds no prompts"),
        (file_of().replace('theme = "mending"', ""), "it has no theme"),
        (file_of(title=""), "it has no title"),
        (file_of(title="A" * 61), "the title is longer"),
        (file_of(theme="Day One"), "it has no theme"),
        (file_of(language="tlh"), "no questions are asked in 'tlh' here"),
        (file_of() + "\n[lint]\nnever = []", "it has [lint]"),
        ('banner = "x"\n' + file_of(), "banner is not a word that a pack knows"),
        (file_of() + "".join(prompt_of(f"more-{n}", "CLOSE", "A", f"What of {n}?") for n in range(15)), "25 prompts"),
    ],
)  # fmt: skip
async def test_a_file_that_is_no_pack_is_refused_in_words(
    content: str, says: str, front_door: FrontDoor, world: World, event: Event, organizer: Somebody
) -> None:
    answer = await add(front_door, world, organizer, event, content)

    assert answer["__typename"] == "PackNotValid"
    assert says in " ".join(answer["faults"])


@pytest.mark.parametrize("content", ["", " \n ", "#" * 33_000, 'title = "\x07"'])
async def test_what_is_no_text_of_a_fair_length_is_refused(
    content: str, front_door: FrontDoor, world: World, event: Event, organizer: Somebody
) -> None:
    answer = await add(front_door, world, organizer, event, content)

    assert (answer["__typename"], answer["field"]) == ("InputNotValid", "content")


async def test_advice_is_told_and_refuses_nothing(
    front_door: FrontDoor, world: World, event: Event, organizer: Somebody
) -> None:
    one = 'title = "One"\ntheme = "one"\nlanguage = "en"\n' + prompt_of(
        "only", "OPEN", "A", "What brought you to the old school?", 'when = ["newcomer"]'
    )

    answer = await add(front_door, world, organizer, event, one)

    assert answer["__typename"] == "PromptPack"
    assert len(answer["advice"]) == 3


async def test_an_event_has_only_so_many_packs_and_forgets_what_was_removed_long_ago(
    front_door: FrontDoor,
    world: World,
    event: Event,
    organizer: Somebody,
    pool: Pool,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(operations, "CHANGES_OF_AN_EVENT", "1000/10 minutes")
    for number in range(MOST_PACKS):
        answer = await add(front_door, world, organizer, event, file_of(theme=f"theme-{number}"))
    full = await add(front_door, world, organizer, event, file_of(theme="one-more"))
    for number in range(REMOVED_KEPT + 3):
        clock.advance(minutes=1)
        await front_door.as_(organizer.token).ask(REMOVE, pack=answer["id"])
        answer = await add(front_door, world, organizer, event, file_of(theme=f"again-{number}"))

    assert (full["__typename"], full["most"]) == ("TooManyPacks", MOST_PACKS)
    assert await pool.fetchval("SELECT count(*) FROM prompt_packs") == MOST_PACKS + REMOVED_KEPT


async def test_a_pack_is_switched_removed_and_added_again(
    front_door: FrontDoor, world: World, event: Event, organizer: Somebody
) -> None:
    door = front_door.as_(organizer.token)
    key = world.new_key()
    added = await add(front_door, world, organizer, event, file_of(), key=key, on=False)

    switched = (await door.ask(SWITCH, pack=added["id"], on=True))["switchPromptPack"]
    removed = (await door.ask(REMOVE, pack=added["id"]))["removePromptPack"]
    gone = (await door.ask(REMOVE, pack=added["id"]))["removePromptPack"]
    replayed = await add(front_door, world, organizer, event, file_of(), key=key)
    anew = await add(front_door, world, organizer, event, file_of())

    assert (added["on"], switched["on"]) == (False, True)
    assert (removed["__typename"], gone["__typename"]) == ("Done", "NotFound")
    assert (await door.ask(SWITCH, pack=global_id(Kind.PROMPT_PACK, event.id, event.id), on=True))["switchPromptPack"][
        "__typename"
    ] == "NotFound"
    assert replayed["__typename"] == "NotFound"
    assert (anew["id"], anew["on"]) == (added["id"], True)


@pytest.mark.parametrize("role", [Role.DOOR_HELPER, None])
async def test_only_organizers_add_packs(role: Role | None, front_door: FrontDoor, world: World, event: Event) -> None:
    who = (await world.attendee(event)).person if role is None else await world.team(event, role)

    refused = await front_door.as_(who.token).refusal(
        ADD, event=global_id(Kind.EVENT, event.id), content=file_of(), key=world.new_key()
    )

    assert refused == "FORBIDDEN"


async def test_a_pack_goes_with_its_event_and_stays_without_its_writer(
    front_door: FrontDoor, world: World, event: Event, organizer: Somebody, pool: Pool
) -> None:
    other = await world.team(event)
    await add(front_door, world, organizer, event, file_of())

    await pool.execute("DELETE FROM people WHERE id = $1", organizer.id)
    [pack] = await packs_of(front_door, other, event)
    await pool.execute("DELETE FROM events WHERE id = $1", event.id)

    assert pack["addedBy"] is None
    assert await pool.fetchval("SELECT count(*) FROM prompt_packs") == 0


async def test_the_packs_of_an_event_are_not_changed_without_end(
    front_door: FrontDoor, world: World, event: Event, organizer: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = await add(front_door, world, organizer, event, file_of())
    monkeypatch.setattr(operations, "CHANGES_OF_AN_EVENT", "1/10 minutes")
    door = front_door.as_(organizer.token)

    switched = (await door.ask(SWITCH, pack=pack["id"], on=False))["switchPromptPack"]
    removed = (await door.ask(REMOVE, pack=pack["id"]))["removePromptPack"]

    assert (switched["__typename"], removed["__typename"]) == ("PromptPack", "TooManyPackChanges")
    assert len(await packs_of(front_door, organizer, event)) == 1
