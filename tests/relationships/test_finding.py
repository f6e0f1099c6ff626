"""People are found in any script by what they open now and by what was written about them, page by page."""

from typing import Any

import pytest

from tests.encounters.asking import People
from tests.encounters.documents import WITHDRAW, id_of
from tests.relationships.conftest import Keeping, gid_of_swap
from tests.relationships.documents import LIST, LOG_TOUCH, SET_KIND
from tests.world import Attendee, World

ADD_NOTE = "mutation ($swap: ID!, $text: String!) { addNote(swap: $swap, text: $text) { __typename } }"
UPDATE_CARD = "mutation ($event: ID!, $card: CardInput!) { updateCard(event: $event, card: $card) { __typename } }"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Zoë Müller", "zoe mull"),
        ("Zoë Müller", "MÜLLER"),
        ("Ａｎｎａ Ｗｉｄｅ", "anna wide"),  # noqa: RUF001 - that is what is tested
        ("Ολυμπία Ζήση", "ολυμπια ζησ"),
        ("Юлия Чёрная", "черная"),
        ("山田 花子", "花"),
        ("ヤマダ ハナコ", "ﾊﾅｺ"),
        ("김민준", "민준"),
        ("ليلى", "ليل"),
    ],
)
async def test_a_name_is_found_typed_in_part_and_without_accent_case_or_width(
    keeping: Keeping, world: World, ana: Attendee, ben: Attendee, name: str, typed: str
) -> None:
    other = await world.attendee(ana.event, name)
    await keeping.share(ana, ben)
    await keeping.share(ana, other)

    assert await keeping.names(ana, search=typed) == [name]


async def test_all_words_must_be_found_wherever_they_stand(
    keeping: Keeping, people: People, ana: Attendee, ben: Attendee
) -> None:
    swap = gid_of_swap(ana.event, await keeping.share(ana, ben))
    await people.ask(ana, ADD_NOTE, swap=swap, text="Knows a Töpferin in Évora")
    kept = (await keeping.one(ana))["id"]
    await people.ask(ana, LOG_TOUCH, of=kept, received="A 100% honest answer")

    for typed in ("ben evora", "topferin tool", "school honest", "100%", "  BEN  "):
        assert await keeping.names(ana, search=typed) == ["Ben Okafor"], typed
    for typed in ("ben lisbon", "100_", "%", "evora honestly"):
        assert await keeping.names(ana, search=typed) == (["Ben Okafor"] if typed == "%" else []), typed
    assert await keeping.names(ben, search="evora") == []


async def test_a_card_is_found_by_its_new_words_as_soon_as_it_is_written(
    keeping: Keeping, people: People, ana: Attendee, ben: Attendee
) -> None:
    await keeping.share(ana, ben)
    await people.ask(ben, UPDATE_CARD, event=id_of(ben.event), card={"name": "Ben Okafor", "offering": "Brückenbau"})

    assert await keeping.names(ana, search="bruckenbau") == ["Ben Okafor"]
    assert await keeping.names(ana, search="tool library") == []


async def test_words_of_who_withdrew_find_nobody_and_my_own_do(
    keeping: Keeping, people: People, ana: Attendee, ben: Attendee
) -> None:
    swap = gid_of_swap(ana.event, await keeping.share(ana, ben))
    await people.ask(ana, ADD_NOTE, swap=swap, text="Likes tea")
    await people.ask(ben, WITHDRAW, swap=swap)

    assert await keeping.names(ana, search="okafor") == []
    assert await keeping.names(ana, search="library") == []
    assert await keeping.names(ana, search="tea") == ["Someone you met at Repair Summit"]


async def test_a_kind_narrows_the_list(keeping: Keeping, people: People, world: World, ana: Attendee) -> None:
    for name in ("Ben Okafor", "Cem Kaya"):
        await keeping.share(ana, await world.attendee(ana.event, name))
    of = next(each["id"] for each in await keeping.all(ana) if each["card"]["name"] == "Cem Kaya")
    await people.ask(ana, SET_KIND, of=of, kind="WORKED_WITH")

    assert await keeping.names(ana, kind="WORKED_WITH") == ["Cem Kaya"]
    assert await keeping.names(ana, kind="GET_TO_KNOW") == []


async def test_pages_hold_everybody_once_the_latest_touch_first(
    keeping: Keeping, people: People, world: World, ana: Attendee
) -> None:
    for number in range(7):
        await keeping.share(ana, await world.attendee(ana.event, f"Person {number}"))
        if number % 2:  # two at a time share a moment
            world.clock.advance(minutes=1)
    seen: list[str] = []
    after: str | None = None
    while True:
        page: dict[str, Any] = await people.ask(ana, LIST, first=2, after=after)
        seen += [each["node"]["card"]["name"] for each in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]

    assert sorted(seen) == [f"Person {number}" for number in range(7)]
    assert [int(name.removeprefix("Person ")) // 2 for name in seen] == [3, 2, 2, 1, 1, 0, 0]


async def test_a_page_or_a_search_too_large_is_refused_with_a_sentence(people: People, ana: Attendee) -> None:
    for wrong in ({"first": 0}, {"first": 101}, {"search": "a b c d e f"}, {"search": "x" * 81}, {"after": "no"}):
        answer = await people.front_door.as_(ana.token).answer(LIST, **wrong)
        assert answer["errors"][0]["extensions"]["code"] == "BAD_REQUEST" or answer["errors"], wrong
