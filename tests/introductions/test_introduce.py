"""Beginning an introduction: who can be introduced, what the introducer is told, and what they are never told."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from server.introductions.models import ENDS_AFTER
from tests.introductions.three import REASON, Three


async def test_the_first_is_asked_with_the_reason_and_who_it_is_and_nothing_more(three: Three) -> None:
    begun = await three.introduce()

    assert (begun["__typename"], begun["state"], begun["myPart"]) == ("Introduction", "ASKING_FIRST", "INTRODUCER")
    [asked] = await three.seen(three.ben)
    assert (asked["state"], asked["myPart"], asked["reason"]) == ("ASKING_FIRST", "FIRST", REASON)
    assert asked["introducer"]["name"].startswith("Ana")
    assert asked["contact"] is asked["first"] is asked["second"] is asked["note"] is None
    assert three.cem.of(asked) == {"name", "card", "wish"}
    assert await three.seen(three.cem) == []


async def test_the_first_hears_of_it_once_and_the_second_not_at_all(three: Three) -> None:
    await three.introduce(key=str(uuid4()))

    told = await three.world.pool.fetch("SELECT person_id, kind, path FROM notices")
    assert [tuple(row) for row in told] == [(three.ben.who.person.id, "INTRODUCTION_ASKED", "/introductions")]


async def test_the_same_key_again_answers_as_the_first_time_also_at_once(three: Three) -> None:
    key = str(uuid4())
    answers = await asyncio.gather(*(three.introduce(key=key) for _ in range(4)))

    assert len({answer["id"] for answer in answers}) == 1
    assert await three.world.pool.fetchval("SELECT count(*) FROM introductions") == 1


async def test_two_taps_with_different_keys_ask_once(three: Three) -> None:
    answers = await asyncio.gather(*(three.introduce(key=str(uuid4())) for _ in range(4)))

    assert sorted(answer["__typename"] for answer in answers) == ["CannotIntroduce"] * 3 + ["Introduction"]


async def test_only_contacts_of_mine_who_share_and_are_open_to_introductions_can_be_introduced(three: Three) -> None:
    await three.open_card(three.cem, to_introductions=False)
    refused = await three.introduce()
    assert (refused["__typename"], "opened their card" in refused["message"]) == ("CannotIntroduce", True)

    await three.open_card(three.cem, to_event=False)
    assert (await three.introduce())["__typename"] == "CannotIntroduce"

    await three.open_card(three.cem)
    await three.world.pool.execute(
        "UPDATE swap_sides SET offers = NULL WHERE registration_id = $1", three.cem.who.registration_id
    )
    assert "do not share" in (await three.introduce())["message"]

    await three.withdraw(three.cem, "Cem")
    assert (await three.introduce())["__typename"] == "NotFound"


async def test_nobody_introduces_other_peoples_contacts_or_somebody_to_themselves(three: Three) -> None:
    assert (await three.introduce(second=three.swaps["Ben"]))["__typename"] == "CannotIntroduce"
    dov = await three.somebody("Dov")
    asked = {"first": three.swaps["Ben"], "second": three.swaps["Cem"], "reason": REASON}
    from tests.introductions.three import INTRODUCE

    assert (await three.ask(dov, INTRODUCE, **asked))["__typename"] == "NotFound"


async def test_a_reason_is_needed_and_kept_short(three: Three) -> None:
    for reason in ("", "   ", "x" * 281):
        assert (await three.introduce(reason=reason))["__typename"] == "InputNotValid"


async def test_a_block_between_the_two_is_never_told_and_nobody_is_asked(three: Three) -> None:
    await three.block(three.cem, three.ben)

    begun = await three.introduce()

    assert (begun["__typename"], begun["state"]) == ("Introduction", "ASKING_FIRST")
    assert await three.seen(three.ben) == await three.seen(three.cem) == []
    assert await three.world.pool.fetchval("SELECT count(*) FROM notices WHERE kind = 'INTRODUCTION_ASKED'") == 0


async def test_after_a_no_the_same_pair_is_never_asked_for_the_same_reason_whoever_introduces(three: Three) -> None:
    begun = await three.introduce()
    await three.answer(three.ben, begun["id"], yes=False)
    dov = await three.somebody("Dov")
    from schema.ids import Kind, global_id
    from tests.introductions.three import INTRODUCE

    swaps = [
        global_id(Kind.SWAP, await three.world.swap(dov.who, other.who), three.event.id)
        for other in (three.cem, three.ben)
    ]
    again = await three.ask(dov, INTRODUCE, first=swaps[0], second=swaps[1], reason=f"  {REASON.upper()}! ")

    assert (again["__typename"], again["state"]) == ("Introduction", "ASKING_FIRST")
    assert await three.seen(three.cem) == []
    other = await three.ask(dov, INTRODUCE, first=swaps[0], second=swaps[1], reason="Something else")
    assert other["__typename"] == "CannotIntroduce"  # Dov asked these two already, as Dov knows


async def test_what_hinders_a_second_try_is_the_same_after_a_no_and_after_silence(three: Three) -> None:
    begun = await three.introduce()
    quiet = await three.introduce()
    await three.answer(three.ben, begun["id"], yes=False)
    assert await three.introduce() == quiet

    three.world.clock.now += ENDS_AFTER
    after_no = await three.introduce()
    await three.world.pool.execute("UPDATE introductions SET first_says_yes = NULL, first_answered_at = NULL")
    assert await three.introduce() == after_no
    assert "this reason before" in after_no["message"]
    assert (await three.introduce(reason="Another thing altogether"))["__typename"] == "Introduction"


async def test_nobody_introduces_more_than_ten_times_in_a_day(three: Three) -> None:
    await three.introduce()
    await three.world.pool.execute(
        "INSERT INTO introductions (id, introducer_id, first_id, first_event_id, first_swap_id, second_id,"
        " second_event_id, second_swap_id, key, reason, reason_hash, asked_at, taken_back_at)"
        " SELECT gen_random_uuid(), introducer_id, first_id, first_event_id, first_swap_id, second_id,"
        " second_event_id, second_swap_id, gen_random_uuid(), reason, number::text::bytea, asked_at, asked_at"
        " FROM introductions, generate_series(1, 9) AS number"
    )
    await three.world.pool.execute("UPDATE introductions SET taken_back_at = asked_at")
    refused = await three.introduce(reason="One more")
    assert "enough introductions for a day" in refused["message"]

    three.world.clock.now += timedelta(days=1, minutes=1)
    assert (await three.introduce(reason="One more"))["__typename"] == "Introduction"
