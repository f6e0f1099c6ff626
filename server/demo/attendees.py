"""The list of attendees that the demo event is imported from."""

from server.demo.models import Demo
from server.imports.models import AttendeeRow, ReadFile


def attendee_list(demo: Demo) -> ReadFile:
    """Those who hold a ticket, as a ticket system would export them."""
    rows = tuple(
        AttendeeRow(
            line=number,
            external_id=person.id,
            name=person.name,
            email=person.email,
            ticket_type=person.ticket,
            ticket_code=None,
            pronouns=None,
            is_cancelled=False,
        )
        for number, person in enumerate(demo.people, start=1)
        if not person.is_walk_in
    )
    return ReadFile("demo", "demo", "utf-8", rows, bad_rows=(), notes=(), skipped=0)
