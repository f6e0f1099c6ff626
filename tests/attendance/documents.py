"""What the attendance screen asks."""

from typing import Any

from schema.ids import Kind, global_id
from server.events.models import Event
from tests.front_door import FrontDoor

ROWS = """
    query ($event: ID!, $on: Date, $first: Int! = 50, $after: String, $show: AttendanceFilter, $search: String) {
        attendance(event: $event, on: $on) { rows(first: $first, after: $after, show: $show, search: $search) {
            totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            edges { cursor node {
                id registration name ticketType state firstInAt lastSeenAt walkIn door { name checkIns } } } } } }
"""


EXPORT = """
    mutation (
        $event: ID!, $key: ID!, $contents: AttendanceExportContents! = PEOPLE, $format: AttendanceExportFormat! = CSV,
        $on: Date
    ) {
        exportAttendance(event: $event, key: $key, contents: $contents, format: $format, on: $on) {
            __typename ... on AttendanceExport { id key state mine on } ... on Problem { message } } }
"""
EXPORTS = """
    query ($event: ID!) { attendanceExports(event: $event) {
        id key mine askedBy contents format on state lines written size fetchedAt } }
"""


def id_of(event: Event) -> str:
    return global_id(Kind.EVENT, event.id)


async def rows(organizer: FrontDoor, event: Event, **asked: Any) -> dict[str, Any]:
    """One page."""
    data = await organizer.ask(ROWS, event=id_of(event), **asked)
    page: dict[str, Any] = data["attendance"]["rows"]
    return page


async def names(organizer: FrontDoor, event: Event, **asked: Any) -> list[str]:
    """The names on one page, which must hold as many as it counts."""
    page = await rows(organizer, event, **asked)
    found = [edge["node"]["name"] for edge in page["edges"]]
    assert page["totalCount"] == len(found)
    return found
