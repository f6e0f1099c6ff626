"""The documents that tests of swaps send."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from schema.ids import Kind, global_id
from server.events.models import Event

SWAP = """
    id share conversations swappedAt feelings
    card { name upTo seeking newHere } contact { email phone links }
    agenda { minutes prompts { id libraryKey phase quote text why about state insight } }
    notes { kind text } promises { id kind text dueOn keptAt }
"""

SWAP_BADGES = f"""
    mutation ($event: ID!, $scan: ScanInput!) {{ swapBadges(event: $event, scan: $scan) {{
        __typename ... on Swap {{ {SWAP} }} ... on Problem {{ message }} }} }}
"""


def scan_of(badge: str, *, at: datetime, **changes: Any) -> dict[str, Any]:
    """The variables of one scan at `at`, by a phone whose clock is right."""
    told = at.astimezone(UTC).isoformat()
    return {"badge": badge, "key": str(uuid4()), "scannedAt": told, "sentAt": told} | changes


def id_of(event: Event) -> str:
    return global_id(Kind.EVENT, event.id)


BLOCK = """
    mutation ($swap: ID!, $report: String, $namesMe: Boolean! = false, $key: ID) {
        block(swap: $swap, report: $report, namesMe: $namesMe, key: $key) {
            __typename ... on Problem { message } ... on InputNotValid { field } } }
"""
UNBLOCK = "mutation ($swap: ID!) { unblock(swap: $swap) { __typename ... on Problem { message } } }"
BLOCKED_PEOPLE = "{ blockedPeople { swap eventTitle metOn blockedAt } }"
WITHDRAW = "mutation ($swap: ID!) { withdraw(swap: $swap) { __typename ... on Problem { message } } }"
SHARE_BACK = """
    mutation ($swap: ID!, $fields: [ContactField!]) { shareBack(swap: $swap, fields: $fields) {
        __typename ... on Problem { message } } }
"""
DECLINE = "mutation ($swap: ID!) { declineShare(swap: $swap) { __typename } }"
SET_SHARING = """
    mutation ($always: Boolean! = true, $fields: [ContactField!]!) {
        setSharing(always: $always, fields: $fields) { __typename } }
"""
CLAIM = "mutation ($of: ID!) { claimRegistration(registration: $of) { __typename } }"
READ = f"query ($id: ID!) {{ swap(id: $id) {{ {SWAP} }} }}"
LIST = f"query ($event: ID!) {{ swaps(event: $event) {{ edges {{ node {{ {SWAP} }} }} }} }}"
