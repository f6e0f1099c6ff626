"""Answering: two yeses make it, a no is silent and final, and consent is asked again at each step."""

import asyncio
from datetime import timedelta

import pytest

from server.introductions.models import ENDS_AFTER, FIRST_ANSWERS_WITHIN
from tests.introductions.three import END, LIST, NODE, REASON, THANKED, Three


@pytest.fixture
async def asked(three: Three) -> str:
    """The id of an introduction that Ben is asked about."""
    introduction: str = (await three.introduce())["id"]
    return introduction


async def test_the_second_is_asked_only_after_the_firsts_yes(three: Three, asked: str) -> None:
    assert (await three.answer(three.cem, asked, yes=True))["__typename"] == "NotFound"

    mine = await three.answer(three.ben, asked, yes=True)

    assert (mine["state"], mine["myAnswer"], mine["contact"]) == ("ASKING_SECOND", True, None)
    [theirs] = await three.seen(three.cem)
    assert (theirs["state"], theirs["myPart"]) == ("ASKING_SECOND", "SECOND")
    assert three.ben.of(theirs) == {"name", "card", "wish"}
    assert (await three.seen(three.ana))[0]["state"] == "ASKING_FIRST"


async def test_two_yeses_give_each_the_others_contact_and_a_note_with_their_own_words(three: Three, asked: str) -> None:
    await three.answer(three.ben, asked, yes=True)
    await three.answer(three.cem, asked, yes=True)

    for who, other in ((three.ben, three.cem), (three.cem, three.ben)):
        [made] = await three.seen(who)
        assert made["state"] == "MADE"
        assert made["contact"] == {"email": None, "phone": other.words["contact"], "links": []}
        assert REASON in made["note"]
        assert f"“{other.words['wish']}”" in made["note"]
        assert "Ana" in made["note"]
    [kept] = await three.seen(three.ana)
    assert kept["state"] == "MADE"
    assert kept["contact"] is kept["other"] is kept["note"] is None
    told = await three.world.pool.fetch("SELECT person_id FROM notices WHERE kind = 'INTRODUCTION_MADE'")
    assert {row["person_id"] for row in told} == {each.who.person.id for each in (three.ana, three.ben, three.cem)}


async def test_the_fields_named_with_a_yes_are_what_crosses(three: Three, asked: str) -> None:
    await three.answer(three.ben, asked, yes=True, fields=["EMAIL"])
    made = await three.answer(three.cem, asked, yes=True)

    assert made["contact"] == {"email": three.ben.who.person.email, "phone": None, "links": []}
    assert (await three.answer(three.cem, asked, yes=True, fields=[]))["__typename"] == "InputNotValid"


async def test_the_introducer_remembers_a_gift_to_each_once(three: Three) -> None:
    connection_between = "SELECT count(*) FROM gifts WHERE person_id = $1 AND kind = 'INTRODUCTION'"
    async with three.world.pool.acquire() as connection:
        from schema.ids import read_any
        from server.relationships.operations import begin

        for swap in three.swaps.values():
            named = read_any(swap)
            assert named.event_id is not None
            await begin(connection, event_id=named.event_id, swap_id=named.row, now=three.world.clock())
    made = await three.made()
    await three.answer(three.cem, made, yes=True)

    assert await three.world.pool.fetchval(connection_between, three.ana.who.person.id) == 2
    assert await three.world.pool.fetchval(connection_between, three.ben.who.person.id) == 0


@pytest.mark.parametrize("who", ["first", "second"])
async def test_a_no_is_seen_by_nobody_but_the_one_who_said_it(three: Three, asked: str, who: str) -> None:
    if who == "second":
        await three.answer(three.ben, asked, yes=True)
    refuser, others = (three.ben, (three.ana, three.cem)) if who == "first" else (three.cem, (three.ana, three.ben))
    before = [await three.seen(each) for each in others]
    notices = await three.world.pool.fetchval("SELECT count(*) FROM notices")

    said = await three.answer(refuser, asked, yes=False)

    assert (said["state"], said["other"], said["myAnswer"]) == ("CLOSED", None, False)
    assert [await three.seen(each) for each in others] == before
    assert await three.world.pool.fetchval("SELECT count(*) FROM notices") == notices


async def test_a_no_is_final_and_a_yes_sent_before_it_and_arriving_after_changes_nothing(
    three: Three, asked: str
) -> None:
    await three.answer(three.ben, asked, yes=True)
    await three.answer(three.ben, asked, yes=False)

    again = await three.answer(three.ben, asked, yes=True)

    assert again["state"] == "CLOSED"
    assert (await three.answer(three.cem, asked, yes=True))["__typename"] == "NotFound"
    assert await three.seen(three.cem) == []


async def test_after_a_fortnight_it_reads_closed_alike_whatever_was_said(three: Three, asked: str) -> None:
    three.world.clock.now += FIRST_ANSWERS_WITHIN - timedelta(hours=1)
    await three.answer(three.ben, asked, yes=True)
    three.world.clock.now += timedelta(days=6)
    assert (await three.seen(three.ana))[0]["state"] == "ASKING_FIRST"
    assert (await three.seen(three.cem))[0]["answerBy"] is not None

    three.world.clock.now += timedelta(days=1, hours=1)

    assert {each["state"] for who in (three.ana, three.ben, three.cem) for each in await three.seen(who)} == {"CLOSED"}
    late = await three.answer(three.cem, asked, yes=True)
    assert (late["state"], late["other"], late["myAnswer"]) == ("CLOSED", None, None)


async def test_the_first_has_a_week_so_that_the_second_has_one_too(three: Three, asked: str) -> None:
    three.world.clock.now += FIRST_ANSWERS_WITHIN

    assert (await three.answer(three.ben, asked, yes=True))["state"] == "CLOSED"
    assert await three.seen(three.cem) == []
    assert ENDS_AFTER == 2 * FIRST_ANSWERS_WITHIN


ENDINGS = [
    "Ben withdraws", "Ana withdraws from Cem", "Cem blocks Ana", "Ben blocks Cem", "Cem blocks Ben",
    "Ben closes his card", "Cem ends introductions", "Ana takes it back",
]  # fmt: skip


async def end(three: Three, how: str, introduction: str) -> None:
    people = {"Ana": three.ana, "Ben": three.ben, "Cem": three.cem}
    words = how.split()
    who = people[words[0]]
    match words[1:]:
        case ["withdraws"]:
            await three.withdraw(who, words[0])
        case ["withdraws", "from", whom]:
            await three.withdraw(who, whom)
        case ["blocks", whom]:
            await three.block(who, people[whom])
        case ["closes", *_]:
            await three.open_card(who, to_event=False)
        case ["ends", *_]:
            await three.open_card(who, to_introductions=False)
        case _:
            await three.ask(who, END, introduction=introduction)


@pytest.mark.parametrize("how", ENDINGS)
async def test_when_consent_ends_nothing_of_it_is_left_for_the_two_and_it_never_comes_back(
    three: Three, asked: str, how: str
) -> None:
    await three.answer(three.ben, asked, yes=True)
    before = (await three.seen(three.ana))[0]
    three.world.clock.now += timedelta(minutes=1)

    await end(three, how, asked)

    for who in (three.ben, three.cem):
        assert await three.seen(who) == []
        assert await three.ask(who, NODE, id=asked) is None
        assert (await three.answer(who, asked, yes=True))["__typename"] == "NotFound"
    [kept] = await three.seen(three.ana)
    assert kept["state"] == ("CLOSED" if how.startswith("Ana takes") else before["state"])
    three.world.clock.now += timedelta(minutes=1)
    for who in (three.ben, three.cem):
        await three.open_card(who)
    await three.world.pool.execute("UPDATE swaps SET withdrawn_at = NULL")
    await three.world.pool.execute("UPDATE swap_sides SET offers = ARRAY['EMAIL']")
    await three.world.pool.execute("DELETE FROM blocks")
    assert await three.seen(three.ben) == await three.seen(three.cem) == []


async def test_a_made_one_ends_for_both_when_either_withdraws_or_blocks_and_the_introducer_is_not_told(
    three: Three,
) -> None:
    made = await three.made()
    before = await three.seen(three.ana)
    await three.ask(three.ben, END, introduction=made)

    assert await three.seen(three.ben) == await three.seen(three.cem) == []
    assert await three.seen(three.ana) == before


async def test_a_made_one_stays_when_the_introducer_is_no_contact_any_more_but_names_them_no_longer(
    three: Three,
) -> None:
    await three.made()
    await three.withdraw(three.ben, "Ben")

    [mine] = await three.seen(three.ben)
    assert (mine["state"], mine["introducer"]["name"], mine["note"]) == ("MADE", "Someone you met", None)
    assert mine["contact"]["phone"] == three.cem.words["contact"]
    [kept] = await three.seen(three.ana)
    assert (kept["first"], kept["second"]["id"]) == (None, three.swaps["Cem"])


async def test_a_yes_against_a_withdrawal_is_made_whole_or_not_at_all(three: Three, asked: str) -> None:
    await three.answer(three.ben, asked, yes=True)

    said, _ = await asyncio.gather(three.answer(three.cem, asked, yes=True), three.withdraw(three.ben, "Ben"))

    is_made = await three.world.pool.fetchval("SELECT made_at IS NOT NULL FROM introductions")
    assert is_made == (said["__typename"] == "Introduction")
    assert [each["state"] for each in await three.seen(three.cem)] == (["MADE"] if is_made else [])


async def test_both_tick_off_that_they_thanked_and_the_introducer_can_for_them(three: Three) -> None:
    made = await three.made()
    mine = await three.ask(three.ben, THANKED, introduction=made, thanked=True)
    assert (mine["firstThankedAt"] is None, mine["secondThankedAt"]) == (False, None)
    hers = await three.ask(three.ana, THANKED, introduction=made, part="SECOND", thanked=True)
    assert None not in (hers["firstThankedAt"], hers["secondThankedAt"])
    back = await three.ask(three.ana, THANKED, introduction=made, part="SECOND", thanked=False)
    assert back["secondThankedAt"] is None

    refused = [
        await three.ask(three.ben, THANKED, introduction=made, part="SECOND", thanked=True),
        await three.ask(three.ana, THANKED, introduction=made, thanked=True),
    ]
    assert [each["__typename"] for each in refused] == ["InputNotValid", "InputNotValid"]
    assert (await three.ask(three.ben, LIST))[0]["secondThankedAt"] is None
