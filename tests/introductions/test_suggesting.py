"""Suggestions: a need that meets an offer among my own open contacts, with a true reason, telling on nobody."""

from pathlib import Path
from typing import Any

import pytest

from server.introductions.suggesting.operations import suggest_for
from server.introductions.suggesting.wording import BOOK
from tests.introductions.labelled import judged, precision
from tests.introductions.three import END, INTRODUCE, Three

SUGGESTIONS = """
    query ($swap: ID) { introductionSuggestions(swap: $swap) {
        first { id card { name } } second { id card { name } } reason words } }
"""


async def suggestions(three: Three, **variables: Any) -> Any:
    return await three.ask(three.ana, SUGGESTIONS, **variables)


@pytest.fixture
async def fitting(three: Three) -> Three:
    """Ben seeks what Cem offers."""
    for who, column, words in (
        (three.ben, "seeking", "somebody who knows old boilers"),
        (three.cem, "offering", "heating engineer, thirty years of gas boilers"),
    ):
        await three.world.pool.execute(
            f"UPDATE cards SET {column} = $2 WHERE registration_id = $1",  # noqa: S608 - column names of our own
            who.who.registration_id, words,
        )  # fmt: skip
    return three


async def test_what_one_seeks_and_another_offers_is_suggested_with_both_their_words(fitting: Three) -> None:
    [found] = await suggestions(fitting)

    assert (found["first"]["id"], found["second"]["id"]) == (fitting.swaps["Ben"], fitting.swaps["Cem"])
    assert found["reason"].endswith("“somebody who knows old boilers”")
    assert "thirty years of gas boilers" in found["reason"]
    assert "Ben" in found["words"]
    assert "Cem" in found["words"]
    assert await suggestions(fitting, swap=fitting.swaps["Cem"]) == [found]


async def test_a_need_i_heard_is_told_to_me_alone_and_the_words_name_its_topic_only(three: Three) -> None:
    from schema.ids import read_any

    swap = read_any(three.swaps["Ben"]).row
    await three.world.note(three.ana.who, swap, "wants to tune the old piano of his mother", kind="NEED")
    await three.world.pool.execute(
        "UPDATE cards SET offering = 'piano tuning' WHERE registration_id = $1", three.cem.who.registration_id
    )

    [found] = await suggestions(three)

    assert "his mother" in found["reason"]
    assert "mother" not in found["words"]
    assert "piano" in found["words"].lower()


@pytest.mark.parametrize("hindrance", ["block", "closed", "quiet", "refused", "introduced", "one-sided"])
async def test_what_cannot_or_should_not_be_introduced_is_not_suggested(fitting: Three, hindrance: str) -> None:
    three = fitting
    match hindrance:
        case "block":
            await three.block(three.ben, three.cem)
        case "closed":
            await three.open_card(three.cem, to_introductions=False)
        case "quiet":
            await three.world.pool.execute(
                "UPDATE people SET quiet_since = now() WHERE id = $1", three.ben.who.person.id
            )
        case "one-sided":
            await three.world.pool.execute(
                "UPDATE swap_sides SET offers = NULL WHERE registration_id = $1", three.ben.who.registration_id
            )
        case "introduced":
            begun = await three.introduce()
            await three.ask(three.ana, END, introduction=begun["id"])
        case _:  # somebody else asked, and was told no
            from schema.ids import Kind, global_id

            dov = await three.somebody("Dov")
            swaps = [
                global_id(Kind.SWAP, await three.world.swap(dov.who, other.who), three.event.id)
                for other in (three.ben, three.cem)
            ]
            begun = await three.ask(dov, INTRODUCE, first=swaps[0], second=swaps[1], reason="Boilers")
            await three.answer(three.ben, begun["id"], yes=False)

    assert await suggestions(three) == []


async def test_that_the_two_have_met_changes_nothing_since_i_do_not_know_it(fitting: Three) -> None:
    before = await suggestions(fitting)
    await fitting.world.swap(fitting.ben.who, fitting.cem.who)

    assert await suggestions(fitting) == before


async def test_many_peoples_suggestions_are_made_at_once_and_each_gets_their_own(fitting: Three) -> None:
    everybody = [each.who.person.id for each in (fitting.ana, fitting.ben, fitting.cem)]
    async with fitting.world.pool.acquire() as connection:
        found = await suggest_for(connection, person_ids=everybody, at_event=fitting.event.id)

    assert [len(found[person_id]) for person_id in everybody] == [1, 0, 0]


def test_reasons_and_words_are_there_in_english_and_german() -> None:
    assert BOOK.languages() == {"en", "de"}
    for language in BOOK.languages():
        assert BOOK.in_language(language).language == language


def test_of_three_suggestions_nearly_all_are_what_people_would_introduce() -> None:
    groups = judged(Path(__file__).with_name("labelled.toml"))

    assert sum(map(len, groups)) >= 60
    assert precision(groups, at=3).share >= 0.9
