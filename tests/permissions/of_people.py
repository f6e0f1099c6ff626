"""The rows of the matrix about what one keeps of people, in one conversation and across events: what they ask, and what
tells Ana's.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from schema.ids import Kind
from tests.permissions.stage import Stage

Arguments = Callable[[Stage], dict[str, Any]]


def _of_relationship(**more: Any) -> Arguments:
    return lambda stage: {"relationship": stage.ids[Kind.RELATIONSHIP]} | more


ARGUMENTS: dict[str, Arguments] = {
    "Query.relationships": lambda _: {},
    "Mutation.setRelationshipKind": _of_relationship(kind="GET_TO_KNOW"),
    "Mutation.logTouch": _of_relationship(gave="A jar of honey", key=str(uuid4())),
    "Mutation.takeBackTouch": _of_relationship(key=str(uuid4())),
    "Mutation.letRest": _of_relationship(until="2027-06-01"),
    "Mutation.forgetGift": lambda stage: {"gift": stage.ids[Kind.GIFT]},
    "Mutation.feel": lambda stage: {"swap": stage.swap, "feeling": "CAN_HELP"},
    "Mutation.markPrompt": lambda stage: {"prompt": stage.ids[Kind.PROMPT], "state": "SKIPPED"},
    "Mutation.addNote": lambda stage: {"swap": stage.swap, "text": "Likes tea"},
    "Mutation.noteNeed": lambda stage: {"swap": stage.swap, "text": "Needs tea"},
    "Mutation.promise": lambda stage: {"swap": stage.swap, "kind": "SEND", "text": "Some tea"},
    "Mutation.keepPromise": lambda stage: {"promise": stage.ids[Kind.PROMISE]},
    "Mutation.reopenPromise": lambda stage: {"promise": stage.ids[Kind.PROMISE]},
}

WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    f"Relationship.{name}": ("Query.node:RELATIONSHIP", ("... on Relationship", name))
    for name in ("notes", "promises", "insights", "gifts")
}

MARKS: dict[str, Callable[[Stage], str]] = {
    row: lambda stage: stage.ids[Kind.RELATIONSHIP]
    for row in (
        "Query.relationships", "Mutation.setRelationshipKind", "Mutation.logTouch", "Mutation.takeBackTouch",
        "Mutation.letRest", "Mutation.forgetGift",
    )
} | {
    "Mutation.feel": lambda stage: stage.swap,
    "Mutation.markPrompt": lambda stage: stage.ids[Kind.PROMPT],
    "Mutation.keepPromise": lambda stage: stage.ids[Kind.PROMISE],
    "Mutation.reopenPromise": lambda stage: stage.ids[Kind.PROMISE],
    "Relationship.notes": lambda _: "Written by Ana",
    "Relationship.promises": lambda _: "Written by Ana",
    "Relationship.insights": lambda _: "Written by Ana",
    "Relationship.gifts": lambda _: "Given by Ana",
}  # fmt: skip
