"""Scanning a badge, and ending what came of it."""

from datetime import datetime
from typing import Annotated, cast

import strawberry

from schema import problems
from schema.context import Info
from schema.ids import read_event, read_key
from schema.nodes import Done, Problem
from schema.notes import SwapArgument
from schema.problems import EventClosed, InputNotValid, KeyReused, NotFound
from schema.references import read_swap
from schema.swaps import Swap
from server.encounters import errors, models, operations
from server.encounters.ending import operations as endings
from server.errors import DomainError
from server.errors import InputNotValid as InputRefused
from server.swaps.models import Swap as SwapModel

#: A long day's queue; more come in the next request.
MOST_REPLAYED = 500


@strawberry.type(description="Unknown, revoked, of another event, or of somebody who does not wish to be met.")
class BadgeNotRecognised(Problem):
    pass


@strawberry.type(description="The badge is my own.")
class OwnBadge(Problem):
    pass


@strawberry.type(description="Too many unknown badges in a row.")
class TooManyScans(Problem):
    retry_after: int = strawberry.field(description="Seconds to wait.")


problems.register(errors.BadgeNotRecognised, BadgeNotRecognised)
problems.register(errors.OwnBadge, OwnBadge)
problems.register(errors.EventClosed, EventClosed)
problems.register(errors.NotCheckedIn, EventClosed)
problems.register(errors.TooManyScans, TooManyScans)


@strawberry.input(
    description=(
        "One reading of a badge. `key` is made by the phone, once per scan, and kept through every retry; `scannedAt` "
        "is the phone's own time and `sentAt` its time at sending, so that a wrong clock can be told; `shownPrompts` "
        "are the library keys already shown offline."
    )
)
class ScanInput:
    badge: str = strawberry.field(description="What the QR code held, or the code typed.")
    key: strawberry.ID = strawberry.field(description="A UUID made by the phone for this scan.")
    scanned_at: datetime = strawberry.field(description="The phone's time at the scan.")
    sent_at: datetime | None = strawberry.field(default=None, description="The phone's time at sending.")
    shown_prompts: list[str] | None = strawberry.field(
        default=None, description="Library keys already shown, in order; the agenda begins with them."
    )

    def as_model(self) -> models.Scan:
        """Raises `InputNotValid` when the key is no UUID."""
        key = read_key(self.key)
        if key is None:
            raise InputRefused("scan.key", "A key is a UUID that the phone makes, once per scan.")
        return models.Scan(
            badge=self.badge,
            key=key,
            scanned_at=self.scanned_at,
            sent_at=self.sent_at,
            shown_prompts=tuple(self.shown_prompts or ()),
        )


SwapBadgesResult = Annotated[
    Swap | BadgeNotRecognised | OwnBadge | EventClosed | TooManyScans | KeyReused | InputNotValid | NotFound,
    strawberry.union("SwapBadgesResult", description="The swap, or why there is none."),
]


@strawberry.type(description="What one scan of a phone's queue came to.")
class ReplayedScan:
    key: strawberry.ID = strawberry.field(description="The scan's key, as it was sent.")
    result: SwapBadgesResult = strawberry.field(description="What `swapBadges` answers.")


WithdrawResult = Annotated[
    Done | InputNotValid | NotFound,
    strawberry.union("WithdrawResult", description="That it is done, or why not."),
]


@strawberry.type
class EncountersMutation:
    @strawberry.mutation(description="Scans a badge: makes the swap, or finds it, and answers what to ask about.")
    async def swap_badges(self, info: Info, event: strawberry.ID, scan: ScanInput) -> SwapBadgesResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            swap = await operations.swap_badges(
                connection,
                person_id=viewer.person_id,
                event_id=read_event(event),
                scan=scan.as_model(),
                limiter=info.context.services.limiter,
                now=info.context.now,
            )
        return Swap.from_model(swap)

    @strawberry.mutation(
        description="The phone's queue, in any order, any number of times, at most 500 scans at once; one answer for "
        "each scan, in the order given."
    )
    async def replay_scans(self, info: Info, event: strawberry.ID, scans: list[ScanInput]) -> list[ReplayedScan]:
        viewer = info.context.signed_in()
        if len(scans) > MOST_REPLAYED:
            raise InputRefused("scans", f"Send at most {MOST_REPLAYED} scans at once.")
        async with info.context.pool.acquire() as connection:
            answers = await operations.replay_scans(
                connection,
                person_id=viewer.person_id,
                event_id=read_event(event),
                scans=[_read_or_refuse(scan) for scan in scans],
                limiter=info.context.services.limiter,
                now=info.context.now,
            )
        return [ReplayedScan(key=scan.key, result=_result(answer)) for scan, answer in zip(scans, answers, strict=True)]

    @strawberry.mutation(description="Ends the swap for both; each keeps only their own notes.")
    async def withdraw(self, info: Info, swap: SwapArgument) -> WithdrawResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await endings.withdraw(connection, person_id=viewer.person_id, swap=read_swap(swap), now=info.context.now)
        return Done(message="Withdrawn. Neither of you sees the other's card or contact any more.")


def _read_or_refuse(scan: ScanInput) -> models.Scan | DomainError:
    try:
        return scan.as_model()
    except DomainError as refusal:
        return refusal


def _result(answer: SwapModel | DomainError) -> SwapBadgesResult:
    """The member of the union that tells of `answer`; handlers do not reach into lists, so it is made by hand."""
    if isinstance(answer, DomainError):
        problem = problems.problem_of(answer)
        if problem is None:
            raise answer
        return cast("SwapBadgesResult", problem)
    return Swap.from_model(answer)
