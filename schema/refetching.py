"""Asking for a thing again by its id. Whatever is not the viewer's to see is null, the same as what is not there."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import strawberry

from schema.agenda import Prompt
from schema.attendance import AttendanceRow
from schema.attendance_exports import AttendanceExport
from schema.context import Info, Services
from schema.door_helpers import DoorHelper
from schema.door_phones import DoorPhone
from schema.doors import CheckIn, Door
from schema.events import Event
from schema.follow_ups import FollowUp
from schema.gifts import Gift
from schema.ids import GlobalId, Kind, read_any
from schema.imports import Import
from schema.introductions import Introduction
from schema.meetings import Meeting
from schema.nodes import Node
from schema.notes import Note
from schema.notifications import Delivery
from schema.people import Person
from schema.promises import Promise
from schema.prompt_packs import PromptPack
from schema.registrations import Badge, Registration
from schema.relationships import Relationship
from schema.reports import Report
from schema.rooms import RoomSession
from schema.swaps import Swap
from schema.teams import TeamInvitation
from server.agenda import operations as agenda
from server.agenda.packs import operations as packs
from server.attendance import operations as attendance
from server.attendance.exporting import operations as exporting
from server.db import Connection
from server.doors import operations as doors
from server.doors.helpers import operations as helpers
from server.doors.keepers import Keeper
from server.doors.phones import operations as phones
from server.doors.places import operations as places
from server.errors import NotAllowed, NotFound
from server.evening import settling as evening
from server.events import operations as events
from server.imports.uploads import operations as imports
from server.introductions import operations as introductions
from server.meetings import reading as meetings
from server.notes import operations as notes
from server.notifications.choosing import operations as notifications
from server.people import operations as people
from server.promises import operations as promises
from server.registrations import models
from server.registrations import operations as registrations
from server.relationships.reading import operations as relationships
from server.reports import operations as reports
from server.reviews import operations as reviews
from server.rooms import operations as rooms
from server.swaps import operations as swaps
from server.teams import operations as teams


class Refetch:
    """Who asks again, with what it takes to answer."""

    def __init__(self, connection: Connection, person_id: UUID, services: Services, now: datetime) -> None:
        self.connection, self.person_id, self.services, self.now = connection, person_id, services, now

    async def person(self, asked: GlobalId) -> Node:
        """My own account; nobody else's is ever reachable."""
        if asked.row != self.person_id:
            raise NotFound
        return Person.from_model(await people.find_person(self.connection, person_id=self.person_id))

    async def event(self, asked: GlobalId) -> Node:
        return Event.from_model(await events.find_event(self.connection, event_id=asked.row))

    async def registration(self, asked: GlobalId) -> Node:
        return Registration.from_model(await self._own_place(asked, lambda own: own.id == asked.row))

    async def badge(self, asked: GlobalId) -> Node:
        own = await self._own_place(asked, lambda own: own.badge is not None and own.badge.id == asked.row)
        if own.badge is None:
            raise NotFound
        return Badge.from_model(own.badge, own.event.id, self.services)

    async def swap(self, asked: GlobalId) -> Node:
        return Swap.from_model(
            await swaps.find_swap(self.connection, event_id=_event(asked), swap_id=asked.row, person_id=self.person_id)
        )

    async def prompt(self, asked: GlobalId) -> Node:
        return Prompt.from_model(
            await agenda.find_prompt(
                self.connection, event_id=_event(asked), prompt_id=asked.row, person_id=self.person_id
            )
        )

    async def note(self, asked: GlobalId) -> Node:
        return Note.from_model(
            await notes.find_note(self.connection, event_id=_event(asked), note_id=asked.row, person_id=self.person_id)
        )

    async def promise(self, asked: GlobalId) -> Node:
        return Promise.from_model(
            await promises.find_promise(
                self.connection, event_id=_event(asked), promise_id=asked.row, person_id=self.person_id
            )
        )

    async def follow_up(self, asked: GlobalId) -> Node:
        return FollowUp.from_evening(
            await evening.find_follow_up(
                self.connection, event_id=_event(asked), follow_up_id=asked.row, person_id=self.person_id
            )
        )

    async def review_follow_up(self, asked: GlobalId) -> Node:
        return FollowUp.from_review(
            await reviews.find_follow_up(self.connection, follow_up_id=asked.row, person_id=self.person_id)
        )

    async def introduction(self, asked: GlobalId) -> Node:
        return Introduction.from_model(
            await introductions.find_introduction(
                self.connection, introduction_id=asked.row, person_id=self.person_id, now=self.now
            )
        )

    async def meeting(self, asked: GlobalId) -> Node:
        found = await meetings.find_meeting(
            self.connection, event_id=_event(asked), meeting_id=asked.row, person_id=self.person_id
        )
        return Meeting.from_model(found, self.services)

    async def door(self, asked: GlobalId) -> Node:
        keeper = Keeper(person_id=self.person_id)
        found = await places.list_doors(self.connection, event_id=_event(asked), keeper=keeper, now=self.now)
        for door in found:
            if door.id == asked.row:
                return Door.from_model(door)
        raise NotFound

    async def check_in(self, asked: GlobalId) -> Node:
        return CheckIn.from_model(
            await doors.find_check_in(
                self.connection, event_id=_event(asked), check_in_id=asked.row, person_id=self.person_id
            )
        )

    async def room_session(self, asked: GlobalId) -> Node:
        return RoomSession.from_model(
            await rooms.find_session(
                self.connection, event_id=_event(asked), session_id=asked.row, person_id=self.person_id
            )
        )

    async def door_phone(self, asked: GlobalId) -> Node:
        return DoorPhone.from_model(
            await phones.read_phone(
                self.connection, event_id=_event(asked), phone_id=asked.row, person_id=self.person_id
            )
        )

    async def door_helper(self, asked: GlobalId) -> Node:
        found = await helpers.list_helpers(self.connection, event_id=_event(asked), person_id=self.person_id)
        for helper in found:
            if helper.id == asked.row:
                return DoorHelper.from_model(helper)
        raise NotFound

    async def attendance_row(self, asked: GlobalId) -> Node:
        if asked.day is None:
            raise NotFound
        figures, row = await attendance.find_row(
            self.connection,
            event_id=_event(asked),
            registration_id=asked.row,
            day=asked.day,
            person_id=self.person_id,
            now=self.now,
        )
        return AttendanceRow.from_model(row, {door.id: Door.from_model(door) for door in figures.doors})

    async def report(self, asked: GlobalId) -> Node:
        return Report.from_model(
            await reports.find_report(
                self.connection, event_id=_event(asked), report_id=asked.row, person_id=self.person_id
            )
        )

    async def export(self, asked: GlobalId) -> Node:
        found = await exporting.find_export(
            self.connection, event_id=_event(asked), export_id=asked.row, person_id=self.person_id, now=self.now
        )
        return AttendanceExport.from_model(found, self.person_id)

    async def delivery(self, asked: GlobalId) -> Node:
        return Delivery.from_model(
            await notifications.find_delivery(self.connection, person_id=self.person_id, delivery_id=asked.row)
        )

    async def an_import(self, asked: GlobalId) -> Node:
        return Import.from_model(
            await imports.find_import(
                self.connection, event_id=_event(asked), import_id=asked.row, person_id=self.person_id, now=self.now
            )
        )

    async def prompt_pack(self, asked: GlobalId) -> Node:
        return PromptPack.from_model(
            await packs.find_pack(self.connection, event_id=_event(asked), pack_id=asked.row, person_id=self.person_id)
        )

    async def team_invitation(self, asked: GlobalId) -> Node:
        found = await teams.find_invitation(
            self.connection,
            event_id=_event(asked),
            invitation_id=asked.row,
            person_id=self.person_id,
            now=self.now,
        )
        return TeamInvitation.from_model(found)

    async def relationship(self, asked: GlobalId) -> Node:
        return Relationship.from_model(
            await relationships.find_relationship(self.connection, person_id=self.person_id, relationship_id=asked.row)
        )

    async def gift(self, asked: GlobalId) -> Node:
        return Gift.from_model(
            await relationships.find_gift(self.connection, person_id=self.person_id, gift_id=asked.row)
        )

    async def _own_place(self, asked: GlobalId, is_it: Callable[[models.Registration], bool]) -> models.Registration:
        own = await registrations.find_own(
            self.connection, event_id=_event(asked), person_id=self.person_id, now=self.now
        )
        if own is None or not is_it(own):
            raise NotFound
        return own


_BY_KIND: dict[Kind, Callable[[Refetch, GlobalId], Awaitable[Node]]] = {
    Kind.PERSON: Refetch.person,
    Kind.EVENT: Refetch.event,
    Kind.REGISTRATION: Refetch.registration,
    Kind.BADGE: Refetch.badge,
    Kind.SWAP: Refetch.swap,
    Kind.PROMPT: Refetch.prompt,
    Kind.NOTE: Refetch.note,
    Kind.PROMISE: Refetch.promise,
    Kind.FOLLOW_UP: Refetch.follow_up,
    Kind.REVIEW_FOLLOW_UP: Refetch.review_follow_up,
    Kind.INTRODUCTION: Refetch.introduction,
    Kind.DOOR: Refetch.door,
    Kind.ATTENDANCE_ROW: Refetch.attendance_row,
    Kind.CHECK_IN: Refetch.check_in,
    Kind.DOOR_PHONE: Refetch.door_phone,
    Kind.DOOR_HELPER: Refetch.door_helper,
    Kind.REPORT: Refetch.report,
    Kind.PROMPT_PACK: Refetch.prompt_pack,
    Kind.IMPORT: Refetch.an_import,
    Kind.RELATIONSHIP: Refetch.relationship,
    Kind.GIFT: Refetch.gift,
    Kind.DELIVERY: Refetch.delivery,
    Kind.MEETING: Refetch.meeting,
    Kind.ROOM_SESSION: Refetch.room_session,
    Kind.EXPORT: Refetch.export,
    Kind.TEAM_INVITATION: Refetch.team_invitation,
}


@strawberry.type
class RefetchingQuery:
    @strawberry.field(description="A thing by its id; null when it is not there or not mine to see.")
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            refetch = Refetch(connection, viewer.person_id, info.context.services, info.context.now)
            try:
                asked = read_any(id)
                return await _BY_KIND[asked.kind](refetch, asked)
            except (NotFound, NotAllowed):
                return None


def _event(asked: GlobalId) -> UUID:
    """The event in the id. Raises `NotFound` for kinds without one."""
    if asked.event_id is None:
        raise NotFound
    return asked.event_id
