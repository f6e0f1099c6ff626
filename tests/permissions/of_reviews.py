"""What the rows of the matrix about weekly reviews ask, and what tells Ana's from the viewer's own."""

from collections.abc import Callable
from typing import Any

from schema.ids import Kind
from tests.permissions.stage import Stage


def _ours(stage: Stage) -> str:
    return stage.ids[Kind.REVIEW_FOLLOW_UP]


ARGUMENTS: dict[str, Callable[[Stage], dict[str, Any]]] = {
    "Query.review": lambda _: {},
    "Mutation.endReview": lambda _: {"weekOf": "2027-04-12"},
    "Mutation.reopenReview": lambda _: {"weekOf": "2027-04-12"},
    "Mutation.setReviewTime": lambda _: {"weekday": "SUNDAY", "at": "19:30"},
    "Mutation.setQuiet": lambda _: {"quiet": True},
    "Mutation.doFollowUp:of_review": lambda stage: {"followUp": _ours(stage)},
    "Mutation.postponeFollowUp:of_review": lambda stage: {"followUp": _ours(stage), "until": "2027-04-29"},
    "Mutation.dismissFollowUp:of_review": lambda stage: {"followUp": _ours(stage)},
    "Mutation.reopenFollowUp:of_review": lambda stage: {"followUp": _ours(stage)},
}

MARKS: dict[str, Callable[[Stage], str]] = {
    name: _ours for name in ARGUMENTS if name.endswith(("eview", ":of_review"))
} | {
    "Mutation.setReviewTime": lambda stage: stage.ana.person.email,
    "Mutation.setQuiet": lambda stage: stage.ana.person.email,
    "FollowUp.relationship": lambda stage: stage.ids[Kind.RELATIONSHIP],
}

WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "FollowUp.relationship": ("Query.node:REVIEW_FOLLOW_UP", ("... on FollowUp", "relationship")),
}
