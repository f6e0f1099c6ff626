"""What each row of the matrix asks: a document made from the contract, with arguments from the stage.

`MARKS` says what an answer holds when it is Ana's, or the thing itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from schema.ids import Kind
from schema.printing import printed
from tests.agenda.packs.files import file_of
from tests.encounters.documents import id_of, scan_of
from tests.permissions import (
    of_attendance,
    of_doors,
    of_evenings,
    of_events,
    of_imports,
    of_introductions,
    of_meetings,
    of_notifications,
    of_people,
    of_reviews,
    of_rooms,
    of_sheets,
)
from tests.permissions.of_people import Arguments
from tests.permissions.stage import Stage

SCHEMA: GraphQLSchema = build_schema(printed())
ROOTS = {"Query": "query", "Mutation": "mutation", "Subscription": "subscription"}

#: So deep that an agenda's prompts are reached from a swap.
DEPTH = 3
#: There are more types of nodes than one document may ask for whole.
DEPTH_OF_NODES = 1


def of_anas_badge(stage: Stage) -> dict[str, Any]:
    return scan_of(stage.ana.badge.token, at=stage.here.ends_at)


def node(kind: Kind) -> Arguments:
    return lambda stage: {"id": stage.ids[kind]}


def id_of_node(kind: Kind) -> Callable[[Stage], str]:
    return lambda stage: stage.ids[kind]


#: The arguments of each row.
ARGUMENTS: dict[str, Arguments] = {f"Query.node:{kind.name}": node(kind) for kind in Kind} | {
    **of_people.ARGUMENTS, **of_reviews.ARGUMENTS, **of_introductions.ARGUMENTS, **of_notifications.ARGUMENTS,
    **of_evenings.ARGUMENTS, **of_meetings.ARGUMENTS, **of_events.ARGUMENTS, **of_rooms.ARGUMENTS,
    **of_attendance.ARGUMENTS,
    **of_doors.ARGUMENTS,
    **of_imports.ARGUMENTS,
    "Query.me": lambda _: {},
    "Query.event": lambda stage: {"slug": stage.here.slug},
    "Query.swap": lambda stage: {"id": stage.swap},
    "Query.swap:by_scan_key": lambda stage: {"id": stage.scan_key},
    "Query.swaps": lambda stage: {"event": id_of(stage.here)},
    "Query.goneSwaps": lambda stage: {"event": id_of(stage.here)},
    "Query.doors": lambda stage: {"event": id_of(stage.here)},
    "Query.findRegistrations": lambda stage: {"event": id_of(stage.here), "search": "Ana"},
    "Query.blockedPeople": lambda _: {},
    "Query.reports": lambda stage: {"event": id_of(stage.here)},
    "Query.badgePrinting": lambda stage: {"event": id_of(stage.here)},
    "Query.promptPacks": lambda stage: {"event": id_of(stage.here)},
    "Query.practice": lambda _: {"language": "en"},
    "Mutation.requestSignIn": lambda stage: {"email": stage.ana.person.email},
    "Mutation.claimBadge": lambda stage: {"badge": stage.ana.badge.token, "email": stage.ana.person.email},
    "Mutation.signIn": lambda _: {"code": "123456", "attempt": "0" * 22},
    "Mutation.signOut": lambda _: {},
    "Mutation.updateContact": lambda _: {"contact": {"phone": "+351 21 123 4567"}},
    "Mutation.setSharing": lambda _: {"always": True, "fields": ["PHONE"]},
    "Mutation.updateSettings": lambda _: {"timezone": "Europe/Lisbon"},
    "Mutation.updateCard": lambda stage: {"event": id_of(stage.here), "card": {"name": "Somebody"}},
    "Mutation.dropTopic": lambda stage: {"event": id_of(stage.here), "topic": "pottery"},
    "Mutation.setGoal": lambda stage: {"event": id_of(stage.here), "people": 2},
    "Mutation.claimRegistration": lambda stage: {"registration": stage.claimable},
    "Mutation.claimRegistration:claimed": lambda stage: {"registration": stage.ana.gid},
    "Mutation.reissueBadge": lambda stage: {"registration": stage.ana.gid},
    "Mutation.swapBadges": lambda stage: {"event": id_of(stage.here), "scan": of_anas_badge(stage)},
    "Mutation.replayScans": lambda stage: {"event": id_of(stage.here), "scans": [of_anas_badge(stage)]},
    "Mutation.withdraw": lambda stage: {"swap": stage.swap},
    "Mutation.block": lambda stage: {"swap": stage.swap, "report": "Would not leave me alone"},
    "Mutation.unblock": lambda stage: {"swap": stage.blocked_swap},
    "Mutation.settleReport": lambda stage: {"report": stage.ids[Kind.REPORT]},
    "Mutation.shareBack": lambda stage: {"swap": stage.swap, "fields": ["EMAIL"]},
    "Mutation.declineShare": lambda stage: {"swap": stage.swap},
    "Mutation.registerWalkIn": lambda stage: {"event": id_of(stage.here), "name": "Fay Walk-in"},
    "Mutation.makeBadgeSheets": lambda stage: {
        "event": id_of(stage.here), "key": str(uuid4()), "paper": "A6", "wanted": "ALL",
    },
    "Mutation.makeBadgeSheets:of_one_place": lambda stage: {
        "event": id_of(stage.here), "key": str(uuid4()), "paper": "A6", "wanted": "ONE", "registration": stage.ana.gid,
    },
    "Mutation.discardBadgeSheets": lambda stage: {"event": id_of(stage.here)},
    "Mutation.addPromptPack": lambda stage: {
        "event": id_of(stage.here), "content": file_of(theme="another"), "key": str(uuid4()),
    },
    "Mutation.switchPromptPack": lambda stage: {"pack": stage.ids[Kind.PROMPT_PACK], "on": False},
    "Mutation.removePromptPack": lambda stage: {"pack": stage.ids[Kind.PROMPT_PACK]},
    "Subscription.swapChanged": lambda stage: {"event": id_of(stage.here)},
}  # fmt: skip

#: How a field with a resolver of its own is reached: a row above, and the way down from there.
WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    **of_people.WAYS,
    **of_reviews.WAYS,
    **of_attendance.WAYS,
    **of_doors.WAYS,
    **of_events.WAYS,
    **of_imports.WAYS,
    **of_sheets.WAYS,
    "Event.myRegistration": ("Query.event", ("myRegistration",)),
    "Person.registrations": ("Query.me", ("registrations",)),
    "Person.roles": ("Query.me", ("roles",)),
    "Person.claimable": ("Query.me", ("claimable",)),
    "Registration.badge": ("Query.event", ("myRegistration", "badge")),
    "Registration.ticket": ("Query.event", ("myRegistration", "ticket")),
    "Registration.badgePrints": ("Query.event", ("myRegistration", "badgePrints")),
    "Registration.eventBadgePrints": ("Query.event", ("myRegistration", "eventBadgePrints")),
    "Swap.agenda": ("Query.swap", ("agenda",)),
    "Swap.notes": ("Query.swap", ("notes",)),
    "Swap.promises": ("Query.swap", ("promises",)),
    "Swap.feelings": ("Query.swap", ("feelings",)),
    "CheckIn.door": ("Query.node:CHECK_IN", ("... on CheckIn", "door")),
    "WalkIn.ticket": ("Mutation.registerWalkIn", ("... on WalkIn", "ticket")),
}

#: What tells Ana's, or the thing itself, from the viewer's own. Rows without a mark hold nothing but the viewer's own.
MARKS: dict[str, Callable[[Stage], str]] = {f"Query.node:{kind.name}": id_of_node(kind) for kind in Kind} | {
    **of_people.MARKS, **of_reviews.MARKS, **of_introductions.MARKS, **of_notifications.MARKS,
    **of_evenings.MARKS, **of_meetings.MARKS, **of_events.MARKS, **of_rooms.MARKS, **of_attendance.MARKS,
    **of_doors.MARKS, **of_imports.MARKS, **of_sheets.MARKS,
    "Query.me": lambda stage: stage.ana.person.email,
    "Query.event": lambda stage: id_of(stage.here),
    "Query.swap": lambda stage: stage.swap,
    "Query.swap:by_scan_key": lambda stage: stage.swap,
    "Query.swaps": lambda stage: stage.swap,
    "Query.goneSwaps": lambda stage: stage.blocked_swap,
    "Query.doors": lambda stage: stage.door,
    "Query.findRegistrations": lambda stage: stage.ana.gid,
    "Query.blockedPeople": lambda stage: stage.blocked_swap,
    "Query.reports": lambda stage: stage.ids[Kind.REPORT],
    "Mutation.settleReport": lambda stage: stage.ids[Kind.REPORT],
    "Query.promptPacks": lambda stage: stage.ids[Kind.PROMPT_PACK],
    "Query.practice": lambda _: "Robin",
    "Mutation.switchPromptPack": lambda stage: stage.ids[Kind.PROMPT_PACK],
    "Mutation.updateSettings": lambda stage: stage.ana.person.email,
    "Mutation.updateCard": lambda stage: stage.ana.gid,
    "Mutation.dropTopic": lambda stage: stage.ana.gid,
    "Mutation.setGoal": lambda stage: stage.ana.gid,
    "Mutation.claimRegistration": lambda stage: stage.claimable,
    "Mutation.claimRegistration:claimed": lambda stage: stage.ana.gid,
    "Mutation.reissueBadge": lambda _: "HTTP://HANDSEL.TEST/B/",
    "Mutation.swapBadges": lambda _: "somebody with a kiln",
    "Mutation.replayScans": lambda _: "somebody with a kiln",
    "Mutation.shareBack": lambda stage: stage.swap,
    "Mutation.declineShare": lambda stage: stage.swap,
    "Mutation.checkIn": lambda _: "Ben Other",
    "Mutation.checkIn:found_by_name": lambda _: "Ben Other",
    "Mutation.replayCheckIns": lambda _: "Ben Other",
    "Mutation.undoCheckIn": lambda _: "Ana Self",
    "Subscription.swapChanged": lambda stage: stage.swap,
    "Event.myRegistration": lambda stage: stage.ana.gid,
    "Person.registrations": lambda stage: stage.ana.gid,
    "Person.roles": lambda _: '"OWNER"',
    "Person.claimable": lambda stage: stage.claimable,
    "Registration.badge": lambda stage: stage.ana.badge.token,
    "Registration.ticket": lambda stage: stage.ana.ticket,
    "Registration.badgePrints": lambda _: '"OwnBadgePrint_inUse": true',
    "Registration.eventBadgePrints": lambda _: '"BadgePrint_badges": 1',
    "Swap.agenda": lambda stage: stage.ids[Kind.PROMPT],
    "Swap.notes": lambda _: "Written by Ana",
    "Swap.promises": lambda _: "Written by Ana",
    "Swap.feelings": lambda _: "LEARNED",
    "CheckIn.door": lambda stage: stage.door,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A document with its variables, and the way in its answer to what was asked for."""

    document: str
    variables: dict[str, Any]
    way: tuple[str, ...]


def question(row: str, stage: Stage) -> Question:
    """What the row asks for."""
    root, way = WAYS.get(row, (row, ()))
    kind, _, name = root.partition(":")[0].partition(".")
    field = fields_of(kind)[name]
    arguments = ARGUMENTS[root](stage)
    declared = ", ".join(f"${each}: {field.args[each].type}" for each in arguments)
    passed = ", ".join(f"{each}: ${each}" for each in arguments)
    depth = 1 if name == "node" else DEPTH  # every kind of node at once is more than one document may ask for
    chosen = _along(field.type, way) if way else selection(field.type, depth)
    document = (
        f"{ROOTS[kind]} {f'({declared})' if declared else ''} {{ {name}{f'({passed})' if passed else ''} {chosen} }}"
    )
    return Question(document, arguments, (name, *(each for each in way if not each.startswith("..."))))


def selection(kind: GraphQLOutputType, depth: int = DEPTH) -> str:
    """Every field of the type that needs no argument, and of what it leads to, so deep; of all nodes not as deep."""
    named = get_named_type(kind)
    depth = min(depth, DEPTH_OF_NODES) if isinstance(named, GraphQLInterfaceType) else depth
    if is_leaf_type(named):
        return ""
    if isinstance(named, GraphQLUnionType | GraphQLInterfaceType):
        members = SCHEMA.get_possible_types(named)
        # Its name once, not in each member: so often no field may be asked for in one place.
        parts = [f"... on {each.name} {_fields(each, depth).replace(' __typename', '', 1)}" for each in members]
        return "{ __typename " + " ".join(parts) + " }"
    assert isinstance(named, GraphQLObjectType)
    return _fields(named, depth)


def _fields(named: GraphQLObjectType, depth: int) -> str:
    """Under names that hold the type's, since members of a union may give one name two types."""
    chosen = ["__typename"]
    for name, field in named.fields.items():
        if any(is_required_argument(each) for each in field.args.values()):
            continue
        if is_leaf_type(get_named_type(field.type)):
            chosen.append(f"{named.name}_{name}: {name}")
        elif depth > 1:
            chosen.append(f"{named.name}_{name}: {name} {selection(field.type, depth - 1)}")
    return "{ " + " ".join(chosen) + " }"


def _along(kind: GraphQLOutputType, way: tuple[str, ...]) -> str:
    """The selection of that one field."""
    if not way:
        return selection(kind)
    step, rest = way[0], way[1:]
    if step.startswith("..."):
        return f"{{ __typename {step} {_along(_type(step.removeprefix('... on ')), rest)} }}"
    return f"{{ __typename {step} {_along(fields_of(get_named_type(kind).name)[step].type, rest)} }}"


def fields_of(name: str) -> dict[str, GraphQLField]:
    """The fields of a type that has some."""
    fields: dict[str, GraphQLField] = _type(name).fields
    return fields


def _type(name: str) -> GraphQLObjectType:
    found = SCHEMA.type_map[name]
    assert isinstance(found, GraphQLObjectType), name
    return found
