"""Whoever asks for everything hears the canaries that were opened to them, and no other."""

import pytest
from graphql import GraphQLObjectType, GraphQLUnionType, get_named_type

from schema.ids import Kind, read_any
from tests.front_door import FrontDoor
from tests.permissions.questions import SCHEMA
from tests.privacy.everything import everything, words_of
from tests.privacy.hearing import HEARD, allowed
from tests.privacy.town import Town, ids_in
from tests.world import World

#: What no type that organizers and helpers are answered may lead to.
OF_MEETINGS = {
    "Swap", "SwapGone", "SwapConnection", "Agenda", "Prompt", "Note", "Promise", "FollowUp", "Evening", "Card",
    "Contact", "Person", "Registration", "Badge", "Sharing", "Relationship", "Gift", "Insight", "WhenMet",
    "Introduction",
    "Meeting", "GoneMeeting",
}  # fmt: skip
OF_THE_TEAM = {
    "Attendance", "AttendanceConnection", "AttendanceRow", "AttendanceExport", "ExportAttendanceResult", "LastEdition",
    "Door", "FoundRegistration", "CheckIn", "CheckInResult",
    "UndoCheckInResult", "ReplayedCheckIn", "RegisterWalkInResult", "WalkIn", "Report",
    "SettleReportResult", "RoomSession", "AddRoomSessionsResult", "UpdateRoomSessionResult",
    "RemoveRoomSessionResult", "PutBackRoomSessionResult", "CheckInToRoomResult", "UndoRoomCheckInResult",
    "ReplayedRoomCheckIn", "AddDoorHelperResult", "DoorConflict", "DoorHelper", "DoorLogConnection", "DoorPhone",
    "DoorsChanged", "RosterPage", "Team", "TeamInvitation", "Import",
}  # fmt: skip


#: What nobody of the team is ever answered an id of.
OF_ATTENDEES = {
    Kind.SWAP, Kind.PROMPT, Kind.NOTE, Kind.PROMISE, Kind.FOLLOW_UP, Kind.BADGE, Kind.RELATIONSHIP, Kind.GIFT,
    Kind.INTRODUCTION,
    Kind.MEETING,
}  # fmt: skip


@pytest.fixture
async def town(front_door: FrontDoor, world: World) -> Town:
    return await Town.build(front_door, world)


async def test_nobody_hears_more_than_was_opened_to_them(front_door: FrontDoor, town: Town) -> None:
    assert set(HEARD) == set(town.tokens)
    leaks = []
    for viewer, answers in (await everything(front_door, town)).items():
        said = words_of(answers)
        leaks += [f"{viewer} hears {of}" for of in town.leaks(said, allowed(town, viewer))]
        unheard = [town.canaries[each] for each in _surely_heard(town, viewer) if each not in said]
        assert not unheard, f"{viewer} asked for too little: {unheard}"
        _expect_no_strange_ids(town, viewer, answers)

    assert not leaks, "\n".join(leaks)


def _surely_heard(town: Town, viewer: str) -> set[str]:
    """What the viewer's answers must hold, lest the scan prove nothing."""
    heard = {
        text
        for name, what in HEARD[viewer].items()
        for each in what
        if each != "card"
        for text in town.residents[name].sung(each)
    }
    heard |= {town.residents[name].canaries["upTo"] for name, what in HEARD[viewer].items() if "card" in what}
    if viewer in town.residents:
        heard |= town.residents[viewer].sung("ticket", "badge", "phone", "signInMail", "cardName")
    if viewer == "Gil":
        heard |= town.residents["Gil"].sung("note", "need", "promise", "insight")
    return heard


def _expect_no_strange_ids(town: Town, viewer: str, answers: list[dict[str, object]]) -> None:
    """No pair in any answer: attendees get no id of another's place or account, the team none of a meeting."""
    seen = {read_any(each) for answer in answers for each in ids_in(answer)}
    own = town.residents[viewer].attendee if viewer in town.residents else None
    for each in seen:
        if each.kind is Kind.PERSON:
            assert own is None or each.row == own.person.id, viewer
        if own is not None:
            assert each.kind not in {Kind.REGISTRATION, Kind.ATTENDANCE_ROW} or each.row == own.registration_id, viewer
            assert each.kind is not Kind.BADGE or each.row == own.badge_id, viewer
        else:
            assert each.kind not in OF_ATTENDEES, viewer


def test_no_field_of_the_team_leads_to_a_meeting_or_a_card() -> None:
    """The contract itself: from what organizers and helpers are answered, no path leads there, however long."""
    reached, waiting = set[str](), set(OF_THE_TEAM)
    while waiting:
        named = SCHEMA.type_map[waiting.pop()]
        reached.add(named.name)
        if isinstance(named, GraphQLUnionType):
            waiting |= {each.name for each in named.types} - reached
        elif isinstance(named, GraphQLObjectType):
            waiting |= {get_named_type(each.type).name for each in named.fields.values()} - reached

    assert reached & OF_MEETINGS == set()
    assert "Feeling" not in reached
    theirs = ("Attendance", "CheckIn", "Door", "WalkIn", "Report", "Room")
    of_the_team = {name for name in SCHEMA.type_map if name.startswith(theirs)}
    assert of_the_team - reached == {
        "AttendanceFilter", "CheckInInput", "DoorLogFilter", "RoomCheckInInput", "RoomSessionInput",
    }  # fmt: skip


def test_no_argument_of_the_team_names_a_meeting() -> None:
    query = SCHEMA.type_map["Query"]
    assert isinstance(query, GraphQLObjectType)
    for name in ("attendance", "doors", "findRegistrations", "reports", "roomSessions", "attendanceExports"):
        assert set(query.fields[name].args) <= {"event", "on", "search", "first", "settled"}, name
