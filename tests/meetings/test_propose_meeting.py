"""Offering times for a 1-2-1: who may, which times, and how often."""

import asyncio
from datetime import timedelta

from schema.ids import Kind, global_id
from tests.encounters.documents import WITHDRAW
from tests.front_door import FrontDoor
from tests.meetings.pair import MEETINGS, NODE, PROPOSE, TIMES, Couple, told
from tests.world import World


async def test_three_times_are_offered_and_the_other_is_to_answer(couple: Couple) -> None:
    made = await couple.propose(place="  The bench by the river ", minutes=30)

    assert made["state"] == "PROPOSED"
    assert made["options"] == couple.times(30, 54, 78)
    assert (made["minutes"], made["place"], made["startsAt"]) == (30, "The bench by the river", None)
    assert (made["myTurn"], made["myTimezone"], made["theirTimezone"]) == (False, "Europe/Lisbon", "America/New_York")
    assert made["agenda"] is made["calendarFile"] is None
    theirs = await couple.only(couple.ben)
    assert theirs["myTurn"]
    assert (theirs["myTimezone"], theirs["theirTimezone"]) == ("America/New_York", "Europe/Lisbon")
    assert theirs["with"]["card"]["name"] == "Ana Silva"
    assert theirs["key"] is None
    assert await couple.ask(couple.ben, NODE, id=made["id"]) == theirs


async def test_the_other_is_told_once_and_without_a_name(couple: Couple) -> None:
    key = couple.world.new_key()
    made = await couple.propose(key=key)
    await couple.propose(key=key)

    notices = await couple.world.pool.fetch("SELECT person_id, kind, path FROM notices")
    assert [tuple(each) for each in notices] == [(couple.ben.person.id, "MEETING_PROPOSED", f"/meetings/{made['id']}")]


async def test_the_same_key_is_one_proposal_even_after_its_times_have_passed(couple: Couple) -> None:
    key = couple.world.new_key()
    first = await couple.propose(key=key)
    couple.world.clock.advance(hours=80)

    again = await couple.propose(key=key, times=first["options"])

    assert (again["id"], again["key"], again["state"]) == (first["id"], key, "PROPOSED")


async def test_a_second_proposal_waits_until_the_open_one_is_answered(couple: Couple) -> None:
    await couple.propose()

    for who in (couple.ana, couple.ben):
        refused = await couple.propose(who)
        assert refused["__typename"] == "MeetingNotPossible"
        assert "already proposed" in refused["message"]
    assert (await couple.only(couple.ana))["state"] == "PROPOSED"


async def test_two_proposals_at_once_come_to_one(couple: Couple) -> None:
    answers = await asyncio.gather(*(couple.propose(who) for who in (couple.ana, couple.ben, couple.ana, couple.ben)))

    kinds = sorted(answer["__typename"] for answer in answers)
    assert kinds == ["Meeting", *["MeetingNotPossible"] * 3]
    await couple.only(couple.ana)


async def test_two_who_met_at_two_events_have_one_open_proposal(couple: Couple) -> None:
    world = couple.world
    elsewhere = await world.event()
    there = [await world.attendee(elsewhere, who.name, person=who.person) for who in (couple.ana, couple.ben)]
    swap = global_id(Kind.SWAP, await world.swap(*there), elsewhere.id)
    propose = {"swap": swap, "options": couple.times(30, 54)}

    answers = await asyncio.gather(couple.propose(), couple.ask(couple.ben, PROPOSE, **propose))

    assert sorted(answer["__typename"] for answer in answers) == ["Meeting", "MeetingNotPossible"]


async def test_a_proposal_whose_times_have_passed_makes_room(couple: Couple) -> None:
    first = await couple.propose()
    couple.world.clock.advance(hours=79)

    second = await couple.propose(couple.ben)

    assert second["__typename"] == "Meeting"
    states = {each["id"]: each["state"] for each in await couple.ask(couple.ana, MEETINGS)}
    assert states == {first["id"]: "CANCELLED", second["id"]: "PROPOSED"}


async def test_times_must_be_two_or_three_to_come_and_within_sixty_days(couple: Couple) -> None:
    wrong = {
        "one": couple.times(30),
        "four": couple.times(30, 31, 32, 33),
        "the same twice": couple.times(30, 30),
        "one that has passed": couple.times(-1, 30),
        "one too far": couple.times(30, 24 * 60 + 1),
    }
    for what, times in wrong.items():
        refused = await couple.propose(times=times)
        assert (refused["__typename"], refused["field"]) == ("InputNotValid", "options"), what
    for minutes in (9, 61):
        refused = await couple.propose(minutes=minutes)
        assert (refused["__typename"], refused["field"]) == ("InputNotValid", "minutes")
    assert await couple.ask(couple.ana, MEETINGS) == []


async def test_nothing_is_proposed_while_one_of_the_two_does_not_share(front_door: FrontDoor, world: World) -> None:
    couple = await Couple.meet(front_door, world, shared=False)

    for who in (couple.ana, couple.ben):
        refused = await couple.propose(who)
        assert refused["__typename"] == "MeetingNotPossible"
        assert "share" in refused["message"]


async def test_nobody_proposes_in_a_swap_that_is_not_theirs_or_was_withdrawn(couple: Couple) -> None:
    stranger = await couple.world.attendee(couple.ana.event, "Cyn")
    assert (await couple.propose(stranger))["__typename"] == "NotFound"

    await couple.front_door.as_(couple.ben.token).ask(WITHDRAW, swap=couple.swap)
    assert (await couple.propose())["__typename"] == "NotFound"


async def test_times_to_offer_are_by_day_on_both_clocks_and_apart_from_what_is_agreed(couple: Couple) -> None:
    found = await couple.ask(couple.ana, TIMES, swap=couple.swap, minutes=20)

    offered = found["times"]
    assert (found["myTimezone"], found["theirTimezone"]) == ("Europe/Lisbon", "America/New_York")
    assert len(offered) == 3
    assert all(13 <= int(each[11:13]) <= 16 for each in offered)  # from nine in New York to six in Lisbon, in UTC
    meeting = await couple.propose(times=offered)
    await couple.ask(couple.ben, _ACCEPT, meeting=meeting["id"], at=offered[0])
    again = await couple.ask(couple.ana, TIMES, swap=couple.swap, minutes=20)
    assert offered[0] not in again["times"]


async def test_the_others_zone_is_not_looked_at_before_both_share(front_door: FrontDoor, world: World) -> None:
    couple = await Couple.meet(front_door, world, shared=False)

    offered = await couple.ask(couple.ana, TIMES, swap=couple.swap, minutes=20)

    begins = {each[11:13] for each in offered["times"]}
    assert offered["theirTimezone"] is None
    assert begins == {"09", "14", "10"}  # ten, three and eleven in Lisbon


async def test_a_new_time_zone_of_the_other_is_told_with_the_same_instants(couple: Couple) -> None:
    made = await couple.propose()
    await couple.world.pool.execute("UPDATE people SET timezone = 'Asia/Kathmandu' WHERE id = $1", couple.ben.person.id)

    seen = await couple.only(couple.ana)

    assert seen["theirTimezone"] == "Asia/Kathmandu"
    assert seen["options"] == made["options"]


async def test_a_time_that_clocks_skip_is_an_instant_like_any_other(couple: Couple) -> None:
    """In Lisbon the clocks go from one to two on 28 March 2027, at one in UTC."""
    couple.world.clock.now = couple.world.clock().replace(month=3, day=27)
    skipped = couple.world.clock().replace(day=28, hour=1, minute=30)

    made = await couple.propose(times=[told(skipped), told(skipped + timedelta(hours=1))])

    assert made["options"] == ["2027-03-28T01:30:00Z", "2027-03-28T02:30:00Z"]


_ACCEPT = """
    mutation ($meeting: ID!, $at: DateTime!) { it: answerMeeting(meeting: $meeting, startsAt: $at) { __typename } }
"""
