"""Scanning at a session by badge or ticket: a phone is told a verdict and a name, for the moment of the scan."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.doors import ScannedTooLate
from schema.ids import Kind, read_event, read_row
from schema.problems import InputNotValid, KeyReused, NotFound, problem_of
from schema.rooms import RoomSession, key_of
from server.doors.models import CheckInDirection
from server.errors import DomainError
from server.errors import InputNotValid as InputRefused
from server.errors import NotFound as NothingThere
from server.rooms import models
from server.rooms.models import RoomVerdict
from server.rooms.scanning import operations as scanning

#: A phone that kept more sends them in several goes.
MOST_REPLAYED = 500

strawberry.enum(
    RoomVerdict,
    description="What a scan at a session came to. FULL is counted too: it tells that more are here than the room "
    "takes, and the helper decides. LEFT is a scan out.",
)


@strawberry.type(description="The verdict for one scan at a session; `name` only for the moment of the scan.")
class RoomCheckIn:
    key: strawberry.ID = strawberry.field(description="The scan's key, as it was sent.")
    verdict: RoomVerdict = strawberry.field(description="What the scan came to.")
    name: str | None = strawberry.field(description="Whose badge or ticket it is; null when it is nobody's here.")
    offline: bool = strawberry.field(description="Whether the phone had no network when it scanned.")
    session: RoomSession = strawberry.field(description="The session, with its counts as they are now.")

    @classmethod
    def from_model(cls, told: models.RoomCheckIn) -> "RoomCheckIn":
        return cls(
            key=strawberry.ID(str(told.key)),
            verdict=told.verdict,
            name=told.name,
            offline=told.is_offline,
            session=RoomSession.from_model(told.session),
        )


@strawberry.input(
    description="One scan. `key` is made by the phone, once per scan, and kept through every retry; `scannedAt` is "
    "the phone's own time and `sentAt` its time at sending, so that a wrong clock can be told."
)
class RoomCheckInInput:
    code: str = strawberry.field(description="What was read or typed: a badge or a ticket.")
    session: strawberry.ID = strawberry.field(description="The session it was scanned at.")
    key: strawberry.ID = strawberry.field(description="A UUID; the same key at the same session answers the same.")
    scanned_at: datetime = strawberry.field(description="When it was scanned, by the phone's clock.")
    sent_at: datetime | None = strawberry.field(
        default=None, description="When it is sent, by the phone's clock; without it that clock is taken to be right."
    )
    direction: CheckInDirection = strawberry.field(default=CheckInDirection.IN, description="In or out.")
    offline: bool = strawberry.field(default=False, description="Whether the phone had no network when it scanned.")

    def read(self, event_id: UUID) -> models.RoomScan:
        """The scan as the operations take it. Raises `NotFound` and `InputNotValid`."""
        key = key_of(self.key, "checkIn.key")
        found_at, session_id = read_row(self.session, Kind.ROOM_SESSION)
        if found_at != event_id:
            raise NothingThere
        return models.RoomScan(session_id, key, self.code, self.direction, self.offline, self.scanned_at, self.sent_at)


CheckInToRoomResult = Annotated[
    RoomCheckIn | KeyReused | InputNotValid | NotFound | ScannedTooLate,
    strawberry.union("CheckInToRoomResult", description="The verdict, or why the scan could not be counted."),
]
UndoRoomCheckInResult = Annotated[
    RoomCheckIn | InputNotValid | NotFound,
    strawberry.union("UndoRoomCheckInResult", description="The undoing, with the verdict UNDONE, or why it was not."),
]


@strawberry.type(description="What one scan of a phone's queue came to.")
class ReplayedRoomCheckIn:
    key: strawberry.ID = strawberry.field(description="The scan's key, as it was sent.")
    result: CheckInToRoomResult = strawberry.field(description="What `checkInToRoom` answers.")


@strawberry.type
class RoomScansMutation:
    @strawberry.mutation(
        description="Counts somebody in or out at a session, by badge or ticket. It lets nobody into the event. Of all "
        "scans of one coming exactly one counts."
    )
    async def check_in_to_room(
        self, info: Info, event: strawberry.ID, check_in: RoomCheckInInput
    ) -> CheckInToRoomResult:
        event_id = read_event(event)
        keeper = await info.context.keeper(event_id)
        async with info.context.pool.acquire() as connection:
            told = await scanning.check_in_to_room(
                connection,
                event_id=event_id,
                keeper=keeper,
                scan=check_in.read(event_id),
                now=info.context.now,
            )
        return RoomCheckIn.from_model(told)

    @strawberry.mutation(
        description="A room's queue, in any order, any number of times, at most 500 scans at once; one answer for "
        "each, in the order given."
    )
    async def replay_room_check_ins(
        self, info: Info, event: strawberry.ID, check_ins: list[RoomCheckInInput]
    ) -> list[ReplayedRoomCheckIn]:
        event_id = read_event(event)
        keeper = await info.context.keeper(event_id)
        if len(check_ins) > MOST_REPLAYED:
            raise InputRefused("checkIns", f"Send at most {MOST_REPLAYED} scans at once.")
        async with info.context.pool.acquire() as connection:
            answers = await scanning.replay_room_check_ins(
                connection,
                event_id=event_id,
                keeper=keeper,
                scans=[_read_or_refuse(each, event_id) for each in check_ins],
                now=info.context.now,
            )
        return _replayed(check_ins, answers)

    @strawberry.mutation(
        description="Takes the scan of that key back. The log keeps both; undoing twice is undoing once."
    )
    async def undo_room_check_in(self, info: Info, session: strawberry.ID, key: strawberry.ID) -> UndoRoomCheckInResult:
        event_id, session_id = read_row(session, Kind.ROOM_SESSION)
        keeper = await info.context.keeper(event_id)
        async with info.context.pool.acquire() as connection:
            undone = await scanning.undo_room_check_in(
                connection,
                event_id=event_id,
                session_id=session_id,
                key=key_of(key, "key"),
                keeper=keeper,
                now=info.context.now,
            )
        return RoomCheckIn.from_model(undone)


def _read_or_refuse(scan: RoomCheckInInput, event_id: UUID) -> models.RoomScan | DomainError:
    try:
        return scan.read(event_id)
    except DomainError as refusal:
        return refusal


def _replayed(
    scans: Sequence[RoomCheckInInput], answers: Sequence[models.RoomCheckIn | DomainError]
) -> list[ReplayedRoomCheckIn]:
    """Built by hand: the handlers that turn refusals into problems pass lists by."""
    return [
        ReplayedRoomCheckIn(key=scan.key, result=_result(answer)) for scan, answer in zip(scans, answers, strict=True)
    ]


def _result(answer: models.RoomCheckIn | DomainError) -> CheckInToRoomResult:
    if isinstance(answer, models.RoomCheckIn):
        return RoomCheckIn.from_model(answer)
    problem = problem_of(answer)
    if isinstance(problem, KeyReused | InputNotValid | NotFound | ScannedTooLate):
        return problem
    raise answer
