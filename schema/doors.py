"""Doors: letting people in and out. A door is told a verdict and a name, nothing else of anybody."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_event, read_key, read_row
from schema.nodes import Node, Problem
from schema.problems import InputNotValid, KeyReused, NotFound, problem_of, register
from server.doors import errors, models, operations
from server.doors.models import CheckInDirection, CheckInVerdict
from server.doors.places import operations as places
from server.errors import DomainError
from server.errors import InputNotValid as InputRefused
from server.errors import NotFound as NothingThere

#: A phone that kept more sends them in several goes.
MOST_REPLAYED = 500

strawberry.enum(CheckInDirection, description="Which way somebody goes through the door.")
strawberry.enum(
    CheckInVerdict,
    description="What a scan at a door came to. WRONG_EVENT is said only of events at whose doors I help too; "
    "NOT_A_TICKET is a badge, which admits nobody.",
)


@strawberry.type(description="This scan was made after its phone had been taken off the door. It was not taken.")
class ScannedTooLate(Problem):
    pass


register(errors.ScannedTooLate, ScannedTooLate)


@strawberry.type(description="A place where people are checked in.")
class Door(Node):
    name: str = strawberry.field(description="What the team calls it.")
    check_ins: int = strawberry.field(description="How often somebody was let in here on that day, or today.")

    @classmethod
    def from_model(cls, door: models.Door) -> "Door":
        return cls(id=global_id(Kind.DOOR, door.id, door.event_id), name=door.name, check_ins=door.check_ins)


@strawberry.type(
    description="The verdict for one scan at a door; `name` in large type for the helper; `firstInAt` and `door` tell "
    "of an earlier one."
)
class CheckIn(Node):
    verdict: CheckInVerdict = strawberry.field(description="What the scan came to.")
    name: str | None = strawberry.field(description="Whose ticket it is; null when it is nobody's here.")
    ticket_type: str | None = strawberry.field(description="The kind of ticket, in the organizer's words.")
    first_in_at: datetime | None = strawberry.field(
        description="When they had been let in on that day before this scan; null when they had not."
    )
    offline: bool = strawberry.field(description="Whether the door had no network when it scanned.")
    badge_printed_at: datetime | None = strawberry.field(
        description="When their badge was printed last; null while it never was."
    )
    model: strawberry.Private[models.CheckIn]

    @strawberry.field(description="Where they had been let in before this scan; null when they had not.")
    async def door(self, info: Info) -> Door | None:
        if self.model.door_id is None:
            return None
        return await find_door(info, event_id=self.model.event_id, door_id=self.model.door_id, day=self.model.day)

    @classmethod
    def from_model(cls, check_in: models.CheckIn) -> "CheckIn":
        return cls(
            id=global_id(Kind.CHECK_IN, check_in.id, check_in.event_id),
            verdict=check_in.verdict,
            name=check_in.name,
            ticket_type=check_in.ticket_type,
            first_in_at=check_in.first_in_at,
            offline=check_in.is_offline,
            badge_printed_at=check_in.badge_printed_at,
            model=check_in,
        )


async def find_door(info: Info, *, event_id: UUID, door_id: UUID, day: date) -> Door | None:
    """The door with its count of that day; null when it has been removed."""
    async with info.context.pool.acquire() as connection:
        try:
            return Door.from_model(await places.find_door(connection, event_id=event_id, door_id=door_id, day=day))
        except NothingThere:
            return None


@strawberry.input(
    description="One scan. `key` is made by the phone, once per scan, and kept through every retry; `scannedAt` is "
    "the phone's own time and `sentAt` its time at sending, so that a wrong clock can be told."
)
class CheckInInput:
    code: str = strawberry.field(description="What was read or typed; empty for somebody who was found by name.")
    door: strawberry.ID = strawberry.field(description="The door it was scanned at.")
    key: strawberry.ID = strawberry.field(description="A UUID; the same key at the same door answers the same.")
    scanned_at: datetime = strawberry.field(description="When it was scanned, by the phone's clock.")
    sent_at: datetime | None = strawberry.field(
        default=None, description="When it is sent, by the phone's clock; without it that clock is taken to be right."
    )
    direction: CheckInDirection = strawberry.field(default=CheckInDirection.IN, description="In or out.")
    offline: bool = strawberry.field(default=False, description="Whether the door had no network when it scanned.")
    registration: strawberry.ID | None = strawberry.field(
        default=None, description="Somebody who was found by name, in place of `code`."
    )
    walk_in: strawberry.ID | None = strawberry.field(
        default=None,
        description="Somebody whom the same queue registered on the spot: the key of their `registerWalkIn`, in place "
        "of `code`.",
    )
    shown: CheckInVerdict | None = strawberry.field(
        default=None, description="What the phone told its helper when it judged by itself; never UNDONE."
    )

    def read(self, event_id: UUID) -> models.DoorScan:
        """The scan as the door's operations take it. Raises `NotFound` and `InputNotValid`."""
        key = read_key(self.key)
        if key is None:
            raise InputRefused("checkIn.key", "A key is a UUID, such as the phone's crypto.randomUUID() makes.")
        walk_in = None if self.walk_in is None else read_key(self.walk_in)
        if self.walk_in is not None and walk_in is None:
            raise InputRefused("checkIn.walkIn", "A key is a UUID, such as the phone's crypto.randomUUID() makes.")
        if self.shown is CheckInVerdict.UNDONE:
            raise InputRefused("checkIn.shown", "No scan is shown as undone: undo it instead.")
        return models.DoorScan(
            door_id=row_of_event(self.door, Kind.DOOR, event_id),
            key=key,
            code=self.code,
            registration_id=(
                row_of_event(self.registration, Kind.REGISTRATION, event_id) if self.registration else None
            ),
            direction=self.direction,
            is_offline=self.offline,
            scanned_at=self.scanned_at,
            sent_at=self.sent_at,
            walk_in_key=walk_in,
            shown=self.shown,
        )


CheckInResult = Annotated[
    CheckIn | KeyReused | InputNotValid | NotFound | ScannedTooLate,
    strawberry.union("CheckInResult", description="The verdict, or why the scan could not be judged."),
]
UndoCheckInResult = Annotated[
    CheckIn | InputNotValid | NotFound,
    strawberry.union("UndoCheckInResult", description="The undoing, with the verdict UNDONE, or why it was not."),
]


@strawberry.type(description="What one scan of a phone's queue came to.")
class ReplayedCheckIn:
    key: strawberry.ID = strawberry.field(description="The scan's key, as it was sent.")
    result: CheckInResult = strawberry.field(description="What `checkIn` answers.")


@strawberry.type
class DoorsQuery:
    @strawberry.field(
        description="The doors of an event with today's counts, for its door team, by name; a paired phone sees its "
        "own door alone."
    )
    async def doors(self, info: Info, event: strawberry.ID) -> list[Door]:
        event_id = read_event(event)
        keeper = await info.context.reader(event_id)
        async with info.context.pool.acquire() as connection:
            found = await places.list_doors(connection, event_id=event_id, keeper=keeper, now=info.context.now)
        return [Door.from_model(door) for door in found]


@strawberry.type
class DoorsMutation:
    @strawberry.mutation(
        description="Lets somebody in or out at a door. Of all scans of one coming exactly one is ADMITTED."
    )
    async def check_in(self, info: Info, event: strawberry.ID, check_in: CheckInInput) -> CheckInResult:
        event_id = read_event(event)
        keeper = await info.context.keeper(event_id)
        async with info.context.pool.acquire() as connection:
            told = await operations.check_in(
                connection,
                event_id=event_id,
                keeper=keeper,
                scan=check_in.read(event_id),
                now=info.context.now,
            )
        return CheckIn.from_model(told)

    @strawberry.mutation(
        description="A door's queue, in any order, any number of times, at most 500 scans at once; one answer for "
        "each, in the order given."
    )
    async def replay_check_ins(
        self, info: Info, event: strawberry.ID, check_ins: list[CheckInInput]
    ) -> list[ReplayedCheckIn]:
        event_id = read_event(event)
        keeper = await info.context.keeper(event_id)
        if len(check_ins) > MOST_REPLAYED:
            raise InputRefused("checkIns", f"Send at most {MOST_REPLAYED} scans at once.")
        async with info.context.pool.acquire() as connection:
            answers = await operations.replay_check_ins(
                connection,
                event_id=event_id,
                keeper=keeper,
                scans=[_read_or_refuse(each, event_id) for each in check_ins],
                now=info.context.now,
            )
        return _replayed(check_ins, answers)

    @strawberry.mutation(
        description="Takes back one check-in or check-out of today. The log keeps both; undoing twice is undoing once."
    )
    async def undo_check_in(self, info: Info, check_in: strawberry.ID) -> UndoCheckInResult:
        event_id, check_in_id = read_row(check_in, Kind.CHECK_IN)
        keeper = await info.context.keeper(event_id)
        async with info.context.pool.acquire() as connection:
            undone = await operations.undo_check_in(
                connection,
                event_id=event_id,
                check_in_id=check_in_id,
                keeper=keeper,
                now=info.context.now,
            )
        return CheckIn.from_model(undone)


def _read_or_refuse(scan: CheckInInput, event_id: UUID) -> models.DoorScan | DomainError:
    try:
        return scan.read(event_id)
    except DomainError as refusal:
        return refusal


def _replayed(scans: Sequence[CheckInInput], answers: Sequence[models.CheckIn | DomainError]) -> list[ReplayedCheckIn]:
    """Built by hand: the handlers that turn refusals into problems pass lists by."""
    return [ReplayedCheckIn(key=scan.key, result=_result(answer)) for scan, answer in zip(scans, answers, strict=True)]


def _result(answer: models.CheckIn | DomainError) -> CheckInResult:
    if isinstance(answer, models.CheckIn):
        return CheckIn.from_model(answer)
    problem = problem_of(answer)
    if isinstance(problem, KeyReused | InputNotValid | NotFound | ScannedTooLate):
        return problem
    raise answer


def row_of_event(text: strawberry.ID, kind: Kind, event_id: UUID) -> UUID:
    """The row that the id names, at this event. Raises `NotFound` for an id of anything else."""
    found_at, row = read_row(text, kind)
    if found_at != event_id:
        raise NothingThere
    return row
