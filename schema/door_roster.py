"""The roster for a door's phone: names, kinds of ticket, states, and hashes of what admits. Nothing else of anybody."""

import base64
from datetime import datetime

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_event
from server.doors.roster import models, operations
from server.doors.roster.cursors import read_moment, read_place, write_moment, write_place
from server.registrations.models import RegistrationState


@strawberry.type(description="What a door's phone keeps of one registration, so that it can judge by itself.")
class RosterEntry:
    registration: strawberry.ID = strawberry.field(description="Their place; to be checked in with.")
    name: str = strawberry.field(description="The name on the ticket; empty for a kiosk.")
    ticket_type: str | None = strawberry.field(description="The kind of ticket, in the organizer's words.")
    state: RegistrationState = strawberry.field(description="Where they are today, as the doors know it.")
    first_in_at: datetime | None = strawberry.field(description="When they were first let in today.")
    door: str | None = strawberry.field(description="The name of the door where that was.")
    badge_printed_at: datetime | None = strawberry.field(description="When their badge was printed last.")
    codes: list[str] = strawberry.field(
        description="SHA-256 of each code that admits them, base64url without padding: of tickets, of the badge in "
        "use, or of both, as the event checks people in."
    )

    @classmethod
    def from_model(cls, entry: models.RosterEntry) -> "RosterEntry":
        return cls(
            registration=global_id(Kind.REGISTRATION, entry.registration_id, entry.event_id),
            name=entry.name,
            ticket_type=entry.ticket_type,
            state=entry.state,
            first_in_at=entry.first_in_at,
            door=entry.door_name,
            badge_printed_at=entry.badge_printed_at,
            codes=[base64.urlsafe_b64encode(code).rstrip(b"=").decode() for code in entry.codes],
        )


@strawberry.type(description="One page of a roster. It may tell of somebody twice; the last word counts.")
class RosterPage:
    entries: list[RosterEntry] = strawberry.field(description="Lines that are new or changed.")
    gone: list[strawberry.ID] = strawberry.field(description="Registrations that are no more.")
    next: str | None = strawberry.field(description="To be sent as `after` for the next page; null on the last one.")
    as_of: str = strawberry.field(
        description="To be sent as `changedSince` next time, once all pages have come. Another one on a later page "
        "means that the pages began again."
    )
    whole: bool = strawberry.field(
        description="Whether these pages are the whole roster: who is not on them is no more. Also where a change was "
        "asked for, on a new day or under new rules."
    )


@strawberry.type
class DoorRosterQuery:
    @strawberry.field(
        description="The roster of today for a door's phone and the door team, at most 1,000 lines at once; with "
        "`changedSince` only what changed. `waiting` says how many scans the phone has still to send."
    )
    async def door_roster(
        self,
        info: Info,
        event: strawberry.ID,
        first: int = 500,
        after: str | None = None,
        changed_since: str | None = None,
        waiting: int | None = None,
    ) -> RosterPage:
        event_id = read_event(event)
        keeper = await info.context.keeper(event_id)
        async with info.context.pool.acquire() as connection:
            page = await operations.read_roster(
                connection,
                event_id=event_id,
                keeper=keeper,
                first=first,
                after=None if after is None else read_place(after),
                changed_since=None if changed_since is None else read_moment(changed_since),
                waiting=waiting,
                now=info.context.now,
            )
        return RosterPage(
            entries=[RosterEntry.from_model(each) for each in page.entries],
            gone=[global_id(Kind.REGISTRATION, each, event_id) for each in page.gone],
            next=None if page.next is None else write_place(page.next),
            as_of=write_moment(page.as_of),
            whole=page.is_whole,
        )
