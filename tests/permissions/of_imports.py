"""The rows of the matrix about lists brought into an event, and about telling who is on them: what they ask, and what
tells the organizer's own.
"""

from collections.abc import Callable
from uuid import uuid4

from schema.ids import Kind
from tests.encounters.documents import id_of
from tests.permissions.of_people import Arguments
from tests.permissions.stage import Stage

ARGUMENTS: dict[str, Arguments] = {
    "Query.eventImports": lambda stage: {"event": id_of(stage.here)},
    "Query.attendeeInvitations": lambda stage: {"event": id_of(stage.here)},
    "Mutation.inviteAttendees": lambda stage: {"event": id_of(stage.here)},
    "Mutation.tryInvitationAgain": lambda stage: {"registration": stage.ana.gid},
    "Mutation.useImportColumns": lambda stage: {"import": stage.begun_import, "uses": ["NAME"]},
    "Mutation.bringInImport": lambda stage: {"import": stage.begun_import},
    "Mutation.addImportKey": lambda stage: {
        "event": id_of(stage.here),
        "key": str(uuid4()),
        "sender": "INTERFACE",
        "name": "Our shop",
    },
    "Mutation.revokeImportKey": lambda stage: {"event": id_of(stage.here), "key": stage.import_key},
    "Mutation.takeOverImportKey": lambda stage: {"event": id_of(stage.here), "key": stage.import_key},
    "Mutation.forgetImport": lambda stage: {"import": stage.begun_import},
}

WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "EventImports.keys": ("Query.eventImports", ("keys",)),
    "AttendeeInvitations.refused": ("Query.attendeeInvitations", ("refused",)),
    "EventImports.past": ("Query.eventImports", ("past",)),
    "Import.findings": ("Query.node:IMPORT", ("... on Import", "findings")),
}

MARKS: dict[str, Callable[[Stage], str]] = {
    "Query.eventImports": lambda stage: stage.ids[Kind.IMPORT],
    "Query.attendeeInvitations": lambda _: '"AttendeeInvitations_underWay": false',
    "Mutation.inviteAttendees": lambda _: '"AttendeeInvitations_underWay": true',
    "Mutation.useImportColumns": lambda stage: stage.begun_import,
    "Mutation.bringInImport": lambda stage: stage.begun_import,
    "EventImports.keys": lambda stage: stage.import_key,
    "Mutation.takeOverImportKey": lambda stage: stage.import_key,
    "AttendeeInvitations.refused": lambda stage: stage.dee.gid,
    "Mutation.tryInvitationAgain": lambda _: '"AttendeeInvitations_underWay": false',
    "EventImports.past": lambda stage: stage.ids[Kind.IMPORT],
    "Import.findings": lambda _: "Lia Listed",
}
