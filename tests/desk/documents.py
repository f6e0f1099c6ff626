"""What the desk sends."""

from typing import Any

from schema.ids import Kind, global_id
from server.events.models import Event
from tests.front_door import FrontDoor

REGISTER = """
    mutation ($event: ID!, $name: String!, $email: String, $key: ID, $letIn: Boolean = false) {
        registerWalkIn(event: $event, name: $name, email: $email, key: $key, letIn: $letIn) {
            __typename ... on WalkIn { registration name ticket { code type } }
            ... on InputNotValid { field } ... on Problem { message } } }
"""
FIND = """
    query ($event: ID!, $search: String!, $first: Int! = 10) {
        findRegistrations(event: $event, search: $search, first: $first) { registration name ticketType state } }
"""


def id_of(event: Event) -> str:
    return global_id(Kind.EVENT, event.id)


async def register(
    helper: FrontDoor, event: Event, name: str, *, email: str | None = None, key: str | None = None
) -> dict[str, Any]:
    data = await helper.ask(REGISTER, event=id_of(event), name=name, email=email, key=key)
    answer: dict[str, Any] = data["registerWalkIn"]
    return answer


async def find(helper: FrontDoor, event: Event, search: str, first: int = 10) -> list[dict[str, Any]]:
    data = await helper.ask(FIND, event=id_of(event), search=search, first=first)
    found: list[dict[str, Any]] = data["findRegistrations"]
    return found
