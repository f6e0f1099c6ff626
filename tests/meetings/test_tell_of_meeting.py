"""After a 1-2-1: it took place or not, what was given and received, and what follows from it."""

from typing import Any

from tests.meetings.pair import TELL, Couple

CONVERSATIONS = "SELECT count(*) FROM conversations"


async def gifts(couple: Couple) -> list[tuple[Any, ...]]:
    rows = await couple.world.pool.fetch(
        "SELECT person_id, direction, kind, text FROM gifts ORDER BY person_id, direction"
    )
    return [tuple(row) for row in rows]


async def held(couple: Couple) -> Any:
    """A 1-2-1 whose time is over."""
    agreed = await couple.agree()
    couple.world.clock.advance(hours=31)
    return agreed


async def test_one_that_took_place_is_a_conversation_of_its_own(couple: Couple) -> None:
    meeting = await held(couple)

    told = await couple.ask(couple.ana, TELL, meeting=meeting["id"], tookPlace=True)

    assert (told["tookPlace"], told["with"]["conversations"]) == (True, 2)
    assert (await couple.only(couple.ben))["tookPlace"] is None  # each says it for themselves
    await couple.ask(couple.ben, TELL, meeting=meeting["id"], tookPlace=True)
    assert await couple.world.pool.fetchval(CONVERSATIONS) == 2


async def test_said_by_mistake_it_is_taken_back(couple: Couple) -> None:
    meeting = await held(couple)
    await couple.ask(couple.ana, TELL, meeting=meeting["id"], tookPlace=True, gave="A book on bees")

    told = await couple.ask(couple.ana, TELL, meeting=meeting["id"], tookPlace=False, gave="A book on bees")

    assert (told["tookPlace"], told["with"]["conversations"]) == (False, 1)
    assert await gifts(couple) == []


async def test_one_side_saying_so_is_enough(couple: Couple) -> None:
    meeting = await held(couple)
    await couple.ask(couple.ana, TELL, meeting=meeting["id"], tookPlace=True)
    await couple.ask(couple.ben, TELL, meeting=meeting["id"], tookPlace=False)

    assert await couple.world.pool.fetchval(CONVERSATIONS) == 2


async def test_both_were_in_touch_when_it_began(couple: Couple) -> None:
    meeting = await held(couple)
    await couple.ask(couple.ana, TELL, meeting=meeting["id"], tookPlace=True)

    touched = await couple.world.pool.fetch("SELECT last_touch_at FROM relationships")
    at = await couple.world.pool.fetchval("SELECT starts_at FROM meetings")
    assert [each["last_touch_at"] for each in touched] == [at, at]


async def test_what_was_given_and_received_is_remembered_by_the_one_who_says_so(couple: Couple) -> None:
    meeting = await held(couple)
    words = {"gave": "Whom to ask about kilns", "gaveKind": "ADVICE", "received": "A jar of honey"}
    for _ in range(2):
        await couple.ask(couple.ana, TELL, meeting=meeting["id"], tookPlace=True, **words)

    ana = couple.ana.person.id
    assert await gifts(couple) == [
        (ana, "GAVE", "ADVICE", "Whom to ask about kilns"),
        (ana, "RECEIVED", "OTHER", "A jar of honey"),
    ]


async def test_a_kind_alone_is_enough(couple: Couple) -> None:
    meeting = await held(couple)
    await couple.ask(couple.ana, TELL, meeting=meeting["id"], tookPlace=True, gaveKind="ENCOURAGEMENT")

    assert await gifts(couple) == [(couple.ana.person.id, "GAVE", "ENCOURAGEMENT", "")]


async def test_said_again_the_latest_words_count(couple: Couple) -> None:
    meeting = await held(couple)
    await couple.ask(couple.ana, TELL, meeting=meeting["id"], tookPlace=True, gave="Honey", received="Time")
    await couple.ask(couple.ana, TELL, meeting=meeting["id"], tookPlace=True, gave="A jar of honey")

    assert await gifts(couple) == [(couple.ana.person.id, "GAVE", "OTHER", "A jar of honey")]


async def test_before_its_time_there_is_nothing_to_say(couple: Couple) -> None:
    agreed = await couple.agree()

    refused = await couple.ask(couple.ana, TELL, meeting=agreed["id"], tookPlace=True)

    assert refused["__typename"] == "MeetingNotPossible"
    assert "not come yet" in refused["message"]
    assert await couple.world.pool.fetchval(CONVERSATIONS) == 1


async def test_words_that_are_too_long_are_refused_and_nothing_is_kept(couple: Couple) -> None:
    meeting = await held(couple)

    refused = await couple.ask(couple.ana, TELL, meeting=meeting["id"], tookPlace=True, gave="a" * 281)

    assert (refused["__typename"], refused["field"]) == ("InputNotValid", "gave")
    assert (await couple.only(couple.ana))["tookPlace"] is None
