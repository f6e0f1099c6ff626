"""The rows of the matrix about an event's attendance, what is exported of it, and how connected the room was."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from schema.ids import Kind
from tests.encounters.documents import id_of
from tests.permissions.stage import Stage

#: As in `questions`.
ARGUMENTS: dict[str, Callable[[Stage], dict[str, Any]]] = {
    "Query.attendance": lambda stage: {"event": id_of(stage.here)},
    "Query.connectedness": lambda stage: {"event": id_of(stage.here)},
    "Query.attendanceExports": lambda stage: {"event": id_of(stage.here)},
    "Mutation.exportAttendance": lambda stage: {
        "event": id_of(stage.here), "key": str(uuid4()), "contents": "SCANS", "format": "XLSX",
    },
    "Subscription.attendanceChanged": lambda stage: {"event": id_of(stage.here)},
}  # fmt: skip
WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Attendance.days": ("Query.attendance", ("days",)),
    "Attendance.arrivals": ("Query.attendance", ("arrivals",)),
    "Attendance.doors": ("Query.attendance", ("doors",)),
    "Attendance.ticketTypes": ("Query.attendance", ("ticketTypes",)),
    "Attendance.typicalStay": ("Query.attendance", ("typicalStay",)),
    "Attendance.lastEdition": ("Query.attendance", ("lastEdition",)),
    "LastEdition.arrivals": ("Query.attendance", ("lastEdition", "arrivals")),
    "Attendance.lastScans": ("Query.attendance", ("lastScans",)),
    "Attendance.rows": ("Query.attendance", ("rows",)),
    "AttendanceConnection.totalCount": ("Query.attendance", ("rows", "totalCount")),
}
MARKS: dict[str, Callable[[Stage], str]] = {
    "Query.attendance": lambda stage: stage.door,
    "Query.connectedness": lambda _: "readyAt",
    "Query.attendanceExports": lambda stage: stage.ids[Kind.EXPORT],
    "Mutation.exportAttendance": lambda _: '"AttendanceExport_contents": "SCANS"',
    "Subscription.attendanceChanged": lambda stage: stage.door,
    "Attendance.days": lambda _: "2027-04-22",
    "Attendance.arrivals": lambda _: '"ArrivalBucket_arrivals": 1',
    "Attendance.doors": lambda stage: stage.door,
    "Attendance.ticketTypes": lambda _: "Day ticket",
    "Attendance.lastScans": lambda stage: stage.ids[Kind.CHECK_IN],
    "Attendance.rows": lambda stage: stage.ana.gid,
    "AttendanceConnection.totalCount": lambda _: "5",
}
