"""The addresses of the app's screens that a push or a mail opens. They hold ids alone: no name, no word, no secret."""

from uuid import UUID

from server.ids import node_id

REVIEW = "/review"
PEOPLE = "/people"
INTRODUCTIONS = "/introductions"
MEETINGS = "/meetings"
NOTIFICATIONS = "/you/notifications"

#: The kinds of node that stand in an address, as the schema numbers them.
_EVENT, _SWAP, _RELATIONSHIP, _MEETING = 2, 5, 15, 18


def evening(event_id: UUID) -> str:
    """The evening of one event, whichever event the app is about when it opens."""
    return f"/evening/{node_id(_EVENT, event_id)}"


def conversation(event_id: UUID, swap_id: UUID) -> str:
    """The talk of one swap."""
    return f"/conversations/{node_id(_SWAP, swap_id, event_id)}"


def person(relationship_id: UUID) -> str:
    """Somebody one keeps up with."""
    return f"{PEOPLE}/{node_id(_RELATIONSHIP, relationship_id)}"


def meeting(event_id: UUID, meeting_id: UUID) -> str:
    """One 1-2-1."""
    return f"{MEETINGS}/{node_id(_MEETING, meeting_id, event_id)}"
