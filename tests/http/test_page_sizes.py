"""Every list that can be asked for in pages has a largest page, found in the contract itself."""

from collections.abc import Iterator

from graphql import (
    GraphQLID,
    GraphQLInt,
    GraphQLObjectType,
    build_schema,
    get_named_type,
    is_list_type,
    is_non_null_type,
)

from schema.printing import printed
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.imports.stored import stored_import
from tests.world import World

SCHEMA = build_schema(printed())

#: The largest page of each field that takes `first`. A new one needs its line here, and its limit.
LARGEST = {
    "Query.swaps": 100,
    "Query.evening": 5,
    "Query.findRegistrations": 20,
    "Attendance.rows": 100,
    "Attendance.lastScans": 50,
    "BadgePrinting.holders": 100,
    "EventImports.past": 50,
    "Import.findings": 200,
    "Query.reports": 100,
    "Query.doorRoster": 1_000,
    "Query.doorLog": 100,
    "Query.attendanceExports": 100,
    "Query.relationships": 100,
}

#: Lists that grow with what one person did or with an event's set-up, and so have no pages.
WITHOUT_PAGES = {
    "Person.registrations", "Person.roles", "Person.claimable", "Query.doors", "Attendance.days", "Attendance.doors",
    "Attendance.ticketTypes", "LastEdition.arrivals",
    "Attendance.arrivals", "Swap.notes", "Swap.promises", "Swap.feelings", "Agenda.prompts", "Evening.followUps",
    "Mutation.replayCheckIns", "Mutation.replayScans", "SwapConnection.edges", "AttendanceConnection.edges",
    "BadgePrinting.papers", "BadgePrinting.prints", "BadgeHolderConnection.edges", "Registration.badgePrints",
    "Registration.eventBadgePrints", "Query.blockedPeople", "Query.goneSwaps", "Registration.topics",
    "Registration.droppedTopics", "PromptPacks.packs", "PromptPacks.examples", "PromptPack.prompts",
    "Practice.prompts", "Notifications.kinds", "Notifications.devices", "Notifications.deliveries",
    "RelationshipConnection.edges", "Relationship.swaps", "Relationship.notes", "Relationship.promises",
    "Relationship.insights", "Relationship.gifts", "Review.followUps",
    "Query.goneMeetings", "Query.meetings", "Query.introductions", "Query.introductionSuggestions",
    "Query.introductionRequests", "Query.contactsToIntroduce", "Query.contactsToAsk", "IntroductionRequest.suggestions",
    "Relationship.whenMet", "Team.members", "Team.waiting",
    "Query.roomSessions", "RoomSessionsAdded.sessions", "Mutation.replayRoomCheckIns",
    "Subscription.roomChanged",
    "EventImports.keys", "ImportConnection.edges", "ImportFindings.columns", "ImportFindings.remarks",
    "ImportFindings.badRows", "ImportFindings.changes", "ImportChange.parts",
    "Query.doorHelpers", "Query.doorPhones", "RosterPage.entries",
    "Query.doorConflicts", "DoorConflict.scans", "DoorLogConnection.edges", "AttendeeInvitations.refused",
}  # fmt: skip

DOCUMENTS = {
    "Query.swaps": "query ($event: ID!, $first: Int!) { swaps(event: $event, first: $first) { edges { cursor } } }",
    "Query.evening": "query ($event: ID!, $first: Int!) { evening(event: $event, first: $first) { on } }",
    "Query.findRegistrations": """
        query ($event: ID!, $first: Int!) { findRegistrations(event: $event, search: "an", first: $first) { name } }
    """,
    "Attendance.rows": """
        query ($event: ID!, $first: Int!) { attendance(event: $event) { rows(first: $first) { totalCount } } }
    """,
    "Attendance.lastScans": """
        query ($event: ID!, $first: Int!) { attendance(event: $event) { lastScans(first: $first) { id } } }
    """,
    "BadgePrinting.holders": """
        query ($event: ID!, $first: Int!) {
            badgePrinting(event: $event) { holders(first: $first) { edges { cursor } } } }
    """,
    "Query.attendanceExports": """
        query ($event: ID!, $first: Int!) { attendanceExports(event: $event, first: $first) { id } }
    """,
    "EventImports.past": """
        query ($event: ID!, $first: Int!) { eventImports(event: $event) { past(first: $first) { edges { cursor } } } }
    """,
    "Import.findings": """
        query ($event: ID!, $first: Int!) { eventImports(event: $event) { open { findings(first: $first) { badCount } }
                                                                         } }
    """,
    "Query.doorLog": "query ($event: ID!, $first: Int!) { doorLog(event: $event, first: $first) { edges { cursor } } }",
    "Query.doorRoster": "query ($event: ID!, $first: Int!) { doorRoster(event: $event, first: $first) { asOf } }",
    "Query.reports": "query ($event: ID!, $first: Int!) { reports(event: $event, first: $first) { id } }",
}


def lists() -> Iterator[tuple[str, bool]]:
    """Every field that answers a list or a connection, and whether it takes `first`."""
    for each in SCHEMA.type_map.values():
        if not isinstance(each, GraphQLObjectType) or each.name.startswith("__"):
            continue
        for name, field in each.fields.items():
            bare = field.type.of_type if is_non_null_type(field.type) else field.type
            holds_things = isinstance(get_named_type(bare), GraphQLObjectType)
            if get_named_type(bare).name.endswith("Connection") or (is_list_type(bare) and holds_things):
                yield f"{each.name}.{name}", "first" in field.args
            elif is_list_type(bare) and f"{each.name}.{name}" in WITHOUT_PAGES:
                yield f"{each.name}.{name}", False
            elif "first" in field.args and get_named_type(field.args["first"].type) is not GraphQLID:
                # `introduce(first, second)` names two people and no page, as the contract calls them.
                assert field.args["first"].type.of_type is GraphQLInt
                yield f"{each.name}.{name}", True


def test_every_list_has_a_largest_page_or_a_reason_to_have_none() -> None:
    found = dict(lists())

    assert {name for name, has_pages in found.items() if has_pages} == set(LARGEST)
    assert {name for name, has_pages in found.items() if not has_pages} == WITHOUT_PAGES


async def test_no_page_is_larger_than_its_limit_and_none_is_empty(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    ana = await world.attendee(event)
    organizer = await world.team(event)
    await stored_import(world, event, organizer.id)
    for field, document in DOCUMENTS.items():
        door = front_door.as_(ana.token if field in {"Query.swaps", "Query.evening"} else organizer.token)
        for first in (1, LARGEST[field]):
            await door.ask(document, event=id_of(event), first=first)
        for first in (LARGEST[field] + 1, 2**31 - 1, 0, -1, -(2**31)):
            assert await door.refusal(document, event=id_of(event), first=first) == "REFUSED", (field, first)


async def test_a_queue_is_sent_in_pieces(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    organizer, door, ana = await world.team(event), await world.door(event), await world.attendee(event)
    at_the_door = {"code": "x", "door": door, "key": world.new_key(), "scannedAt": "2027-04-22T09:00:00Z"}
    of_a_badge = {"badge": "x", "key": world.new_key(), "scannedAt": "2027-04-22T09:00:00Z"}
    check_ins = """
        mutation ($event: ID!, $queue: [CheckInInput!]!) { replayCheckIns(event: $event, checkIns: $queue) { key } }
    """
    scans = "mutation ($event: ID!, $queue: [ScanInput!]!) { replayScans(event: $event, scans: $queue) { key } }"

    rooms = """
        mutation ($event: ID!, $queue: [RoomCheckInInput!]!) {
            replayRoomCheckIns(event: $event, checkIns: $queue) { key } }
    """
    at_a_room = {"code": "x", "session": "x", "key": world.new_key(), "scannedAt": "2027-04-22T09:00:00Z"}

    asked = ((organizer, check_ins, at_the_door), (organizer, rooms, at_a_room), (ana, scans, of_a_badge))
    for somebody, document, scan in asked:
        queue = [scan] * 501
        assert await front_door.as_(somebody.token).refusal(document, event=id_of(event), queue=queue) == "REFUSED"
