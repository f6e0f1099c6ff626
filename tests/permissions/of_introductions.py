"""The rows of the matrix about introductions. Ben introduces Ana, who is asked, to Dee, who is not yet."""

from collections.abc import Callable

from schema.ids import Kind
from tests.permissions.of_people import Arguments
from tests.permissions.stage import Stage

ARGUMENTS: dict[str, Arguments] = {
    "Query.introductions": lambda _: {},
    "Query.contactsToIntroduce": lambda _: {},
    "Query.introductionSuggestions": lambda _: {},
    "Query.contactsToAsk": lambda _: {},
    "Query.introductionRequests": lambda _: {},
    "Mutation.askAround": lambda stage: {"swap": stage.swap, "need": "A kiln"},
    "Mutation.settleIntroductionRequest": lambda stage: {"request": stage.request},
    "Mutation.agreeToBeAsked": lambda _: {"agree": True},
    "Mutation.introduce": lambda stage: {"first": stage.swap, "second": stage.swap_with_dee, "reason": "Clay, again"},
    "Mutation.answerIntroduction": lambda stage: {"introduction": stage.ids[Kind.INTRODUCTION], "yes": True},
    "Mutation.withdrawIntroduction": lambda stage: {"introduction": stage.ids[Kind.INTRODUCTION]},
    "Mutation.markThanked": lambda stage: {"introduction": stage.ids[Kind.INTRODUCTION], "part": "FIRST"},
}

MARKS: dict[str, Callable[[Stage], str]] = {
    "Query.introductions": lambda stage: stage.ids[Kind.INTRODUCTION],
    "Query.contactsToIntroduce": lambda stage: stage.swap_with_dee,
    "Query.contactsToAsk": lambda stage: stage.swap,
    "Query.introductionRequests": lambda stage: stage.request,
    "Mutation.agreeToBeAsked": lambda stage: stage.ana.person.email,
    "Mutation.answerIntroduction": lambda stage: stage.ids[Kind.INTRODUCTION],
}
