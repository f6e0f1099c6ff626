"""Accepting, suggesting others, declining and calling off: who may when, and what a late answer is told."""

import pytest

from server.agenda.models import PromptPhase
from tests.encounters.documents import BLOCK, DECLINE, SHARE_BACK, WITHDRAW
from tests.meetings.pair import ACCEPT, CANCEL, GONE, MEETINGS, NODE, SUGGEST, TELL, Couple


async def test_a_time_is_accepted_and_both_have_it(couple: Couple) -> None:
    made = await couple.propose()

    agreed = await couple.ask(couple.ben, ACCEPT, meeting=made["id"], startsAt=made["options"][1])

    assert (agreed["state"], agreed["startsAt"], agreed["myTurn"]) == ("AGREED", made["options"][1], False)
    assert (await couple.only(couple.ana))["startsAt"] == made["options"][1]


async def test_each_side_gets_its_own_questions_for_it(couple: Couple) -> None:
    bens = await couple.agree()
    anas = await couple.only(couple.ana)

    for side in (anas, bens):
        phases = [PromptPhase(each["phase"]) for each in side["agenda"]["prompts"]]
        assert phases == sorted(phases, key=list(PromptPhase).index)
        assert {PromptPhase.HELP, PromptPhase.WHO_ELSE, PromptPhase.CLOSE} <= set(phases)
        assert 10 <= side["agenda"]["minutes"] <= 20
    keys = [{each["libraryKey"] for each in side["agenda"]["prompts"]} for side in (anas, bens)]
    assert keys[0].isdisjoint(keys[1])


async def test_the_questions_of_the_day_they_met_stay_as_they_were(couple: Couple) -> None:
    read = "query ($id: ID!) { it: swap(id: $id) { agenda { prompts { id } } } }"
    before = await couple.ask(couple.ana, read, id=couple.swap)
    await couple.agree()

    assert await couple.ask(couple.ana, read, id=couple.swap) == before


async def test_a_question_of_it_is_marked_like_any_other(couple: Couple) -> None:
    await couple.agree()
    prompt = (await couple.only(couple.ana))["agenda"]["prompts"][0]
    mark = """
        mutation ($prompt: ID!) { it: markPrompt(prompt: $prompt, state: ASKED, insight: "Keeps bees") { __typename } }
    """
    assert (await couple.ask(couple.ana, mark, prompt=prompt["id"]))["__typename"] == "Prompt"
    assert (await couple.ask(couple.ben, mark, prompt=prompt["id"]))["__typename"] == "NotFound"

    assert (await couple.only(couple.ana))["agenda"]["prompts"][0]["insight"] == "Keeps bees"


async def test_other_times_are_suggested_and_the_turn_changes(couple: Couple) -> None:
    made = await couple.propose()
    others = couple.times(100, 124)

    suggested = await couple.ask(couple.ben, SUGGEST, meeting=made["id"], options=others)

    assert (suggested["state"], suggested["options"], suggested["myTurn"]) == ("PROPOSED", others, False)
    assert (await couple.only(couple.ana))["myTurn"]


async def test_an_answer_to_times_that_were_replaced_is_told_so_and_changes_nothing(couple: Couple) -> None:
    made = await couple.propose()
    await couple.ask(couple.ben, SUGGEST, meeting=made["id"], options=couple.times(100, 124))

    late = await couple.ask(couple.ana, ACCEPT, meeting=made["id"], startsAt=made["options"][0])

    assert late["__typename"] == "MeetingNotPossible"
    assert "replaced" in late["message"]
    assert (await couple.only(couple.ana))["options"] == couple.times(100, 124)


@pytest.mark.parametrize("document", [ACCEPT, SUGGEST])
async def test_only_the_one_whose_turn_it_is_answers(couple: Couple, document: str) -> None:
    made = await couple.propose()
    more = {"startsAt": made["options"][0]} if document == ACCEPT else {"options": couple.times(100, 124)}

    refused = await couple.ask(couple.ana, document, meeting=made["id"], **more)

    assert refused["__typename"] == "MeetingNotPossible"
    assert "their turn" in refused["message"]


async def test_what_is_sent_twice_counts_once(couple: Couple) -> None:
    made = await couple.propose()
    suggestion = {"meeting": made["id"], "options": couple.times(100, 124), "key": couple.world.new_key()}
    await couple.ask(couple.ben, SUGGEST, **suggestion)
    answer = {"meeting": made["id"], "startsAt": couple.times(100)[0]}
    first = await couple.ask(couple.ana, ACCEPT, **answer)

    assert await couple.ask(couple.ana, ACCEPT, **answer) == first
    again = await couple.ask(couple.ben, SUGGEST, **suggestion)  # the answer to it was lost on the way

    assert (again["state"], again["startsAt"]) == ("AGREED", answer["startsAt"])
    sequence = await couple.world.pool.fetchval("SELECT sequence FROM meetings")
    assert sequence == 2


async def test_an_agreed_time_is_moved_by_suggesting_others(couple: Couple) -> None:
    agreed = await couple.agree()

    moved = await couple.ask(couple.ana, SUGGEST, meeting=agreed["id"], options=couple.times(100, 124))

    assert (moved["state"], moved["startsAt"], moved["agenda"]) == ("PROPOSED", None, None)
    again = await couple.ask(couple.ben, ACCEPT, meeting=agreed["id"], startsAt=couple.times(124)[0])
    assert again["startsAt"] == couple.times(124)[0]
    assert again["agenda"] == agreed["agenda"]


async def test_all_times_may_be_declined(couple: Couple) -> None:
    made = await couple.propose()

    declined = await couple.ask(couple.ben, ACCEPT, meeting=made["id"])

    assert declined["state"] == "DECLINED"
    assert (await couple.ask(couple.ben, ACCEPT, meeting=made["id"]))["state"] == "DECLINED"
    late = await couple.ask(couple.ben, ACCEPT, meeting=made["id"], startsAt=made["options"][0])
    assert (late["__typename"], "called off" in late["message"]) == ("MeetingNotPossible", True)
    assert (await couple.propose(couple.ben))["state"] == "PROPOSED"


@pytest.mark.parametrize("by", ["ana", "ben"])
async def test_either_calls_it_off_while_it_lies_ahead(couple: Couple, by: str) -> None:
    agreed = await couple.agree()

    for _ in range(2):
        cancelled = await couple.ask(getattr(couple, by), CANCEL, meeting=agreed["id"])
        assert (cancelled["state"], cancelled["startsAt"]) == ("CANCELLED", None)
    left = await couple.world.pool.fetchval("SELECT count(*) FROM agenda_prompts WHERE meeting_id IS NOT NULL")
    assert left == 0


async def test_a_proposal_of_ones_own_phone_is_called_off_by_its_key(couple: Couple) -> None:
    key = couple.world.new_key()
    await couple.propose(key=key)

    assert (await couple.ask(couple.ben, CANCEL, meeting=key))["__typename"] == "NotFound"
    assert (await couple.ask(couple.ana, CANCEL, meeting=key))["state"] == "CANCELLED"


async def test_what_has_begun_is_not_called_off_or_moved_any_more(couple: Couple) -> None:
    agreed = await couple.agree()
    couple.world.clock.advance(hours=31)

    refused = await couple.ask(couple.ana, CANCEL, meeting=agreed["id"])
    assert (refused["__typename"], refused["field"]) == ("InputNotValid", "meeting")
    moved = await couple.ask(couple.ana, SUGGEST, meeting=agreed["id"], options=couple.times(100, 124))
    assert moved["__typename"] == "MeetingNotPossible"


async def test_a_time_that_has_passed_is_not_accepted(couple: Couple) -> None:
    made = await couple.propose()
    couple.world.clock.advance(hours=31)

    late = await couple.ask(couple.ben, ACCEPT, meeting=made["id"], startsAt=made["options"][0])

    assert (late["__typename"], "passed" in late["message"]) == ("MeetingNotPossible", True)


async def test_of_two_changes_only_the_latest_is_told(couple: Couple) -> None:
    agreed = await couple.agree()
    await couple.ask(couple.ben, CANCEL, meeting=agreed["id"])

    assert await couple.still_told() == [(couple.ana.person.id, "MEETING_CHANGED")]


async def test_of_times_that_have_passed_nothing_is_told(couple: Couple) -> None:
    await couple.propose()
    assert await couple.still_told() == [(couple.ben.person.id, "MEETING_PROPOSED")]
    couple.world.clock.advance(hours=79)

    assert await couple.still_told() == []


@pytest.mark.parametrize("ending", [WITHDRAW, BLOCK, DECLINE])
@pytest.mark.parametrize("is_agreed", [True, False])
async def test_when_consent_ends_nothing_of_it_is_read_any_more(couple: Couple, ending: str, is_agreed: bool) -> None:
    made = await couple.agree() if is_agreed else await couple.propose()
    await couple.front_door.as_(couple.ben.token).ask(ending, swap=couple.swap)

    assert await couple.still_told() == []
    for who in (couple.ana, couple.ben):
        assert await couple.ask(who, MEETINGS) == []
        assert await couple.ask(who, NODE, id=made["id"]) is None
        for document, more in (
            (ACCEPT, {"startsAt": made["options"][0]}),
            (SUGGEST, {"options": couple.times(100, 124)}),
            (CANCEL, {}),
            (TELL, {"tookPlace": True}),
        ):
            refused = await couple.ask(who, document, meeting=made["id"], **more)
            assert refused["__typename"] == "NotFound"
        gone = await couple.ask(who, GONE)
        assert [each["startsAt"] for each in gone] == ([made["startsAt"]] if is_agreed else [])
        assert "Ana" not in str(gone)
        assert "Ben" not in str(gone)
        assert "bench" not in str(gone)


async def test_who_stops_sharing_has_called_it_off_for_good(couple: Couple) -> None:
    await couple.agree()
    bens = couple.front_door.as_(couple.ben.token)
    await bens.ask(DECLINE, swap=couple.swap)
    [gone] = await couple.ask(couple.ana, GONE)

    await bens.ask(SHARE_BACK, swap=couple.swap)

    again = await couple.only(couple.ana)
    assert again["state"] == "CANCELLED"
    assert sequence_of(again["calendarFile"]) == sequence_of(gone["calendarFile"])


def sequence_of(file: dict[str, str]) -> str:
    [line] = [line for line in file["content"].splitlines() if line.startswith("SEQUENCE:")]
    return line


async def test_a_third_person_reads_and_changes_nothing(couple: Couple) -> None:
    agreed = await couple.agree()
    stranger = await couple.world.attendee(couple.ana.event, "Cyn")

    assert await couple.ask(stranger, MEETINGS) == []
    assert await couple.ask(stranger, GONE) == []
    assert await couple.ask(stranger, NODE, id=agreed["id"]) is None
    for document, more in (
        (ACCEPT, {"startsAt": agreed["startsAt"]}),
        (SUGGEST, {"options": couple.times(100, 124)}),
        (CANCEL, {}),
        (TELL, {"tookPlace": True}),
    ):
        assert (await couple.ask(stranger, document, meeting=agreed["id"], **more))["__typename"] == "NotFound"
    assert (await couple.only(couple.ana))["state"] == "AGREED"
