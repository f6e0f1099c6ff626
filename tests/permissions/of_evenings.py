"""The rows of the matrix about evenings and what stands on them."""

from collections.abc import Callable

from schema.ids import Kind
from tests.encounters.documents import id_of
from tests.permissions.of_people import Arguments
from tests.permissions.stage import Stage

ARGUMENTS: dict[str, Arguments] = {
    "Query.evening": lambda stage: {"event": id_of(stage.here)},
    "Mutation.doFollowUp": lambda stage: {"followUp": stage.ids[Kind.FOLLOW_UP]},
    "Mutation.postponeFollowUp": lambda stage: {"followUp": stage.ids[Kind.FOLLOW_UP], "until": "2027-04-25"},
    "Mutation.dismissFollowUp": lambda stage: {"followUp": stage.ids[Kind.FOLLOW_UP]},
    "Mutation.reopenFollowUp": lambda stage: {"followUp": stage.ids[Kind.FOLLOW_UP]},
    "Mutation.endEvening": lambda stage: {"event": id_of(stage.here)},
    "Mutation.reopenEvening": lambda stage: {"event": id_of(stage.here)},
    "Mutation.setEveningLimit": lambda _: {"limit": 4},
}

MARKS: dict[str, Callable[[Stage], str]] = {
    "Query.evening": lambda stage: stage.ids[Kind.FOLLOW_UP],
    "Mutation.doFollowUp": lambda stage: stage.ids[Kind.FOLLOW_UP],
    "Mutation.postponeFollowUp": lambda stage: stage.ids[Kind.FOLLOW_UP],
    "Mutation.dismissFollowUp": lambda stage: stage.ids[Kind.FOLLOW_UP],
    "Mutation.reopenFollowUp": lambda stage: stage.ids[Kind.FOLLOW_UP],
    "Mutation.endEvening": lambda stage: stage.ids[Kind.FOLLOW_UP],
    "Mutation.reopenEvening": lambda stage: stage.ids[Kind.FOLLOW_UP],
    "Mutation.setEveningLimit": lambda stage: stage.ana.person.email,
}
