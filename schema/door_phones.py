"""Phones that are paired with a door. What a phone holds is for `door_cookies` alone, and is in no answer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.door_cookies import keep_earlier, set_cookie
from schema.door_helpers import DoorHelper
from schema.doors import Door, find_door
from schema.ids import Kind, global_id, read_event, read_row
from schema.nodes import Done, Node, Problem
from schema.problems import InputNotValid, NotFound, register
from schema.rooms import RoomSession
from server.doors import errors
from server.doors.errors import DoorPhoneExpired, DoorPhoneRevoked
from server.doors.helpers.models import DoorHelper as HelperModel
from server.doors.phones import models, operations
from server.doors.phones.models import PhoneKind, Place
from server.doors.phones.pairing import operations as pairing
from server.errors import InputNotValid as InputRefused
from server.events import operations as events
from server.events.models import ChecksInWith
from server.rooms import operations as rooms

strawberry.enum(
    PhoneKind,
    name="DoorPhoneKind",
    description="What a paired phone is for: a helper at a door, people who let themselves in, or a session room.",
)


@strawberry.type(description="Unknown, mistyped, closed or too old: one answer for all.")
class PairingNotValid(Problem):
    pass


@strawberry.type(description="No helper of this event has that PIN, or too many wrong ones were tried just now.")
class PinNotValid(Problem):
    pass


register(errors.PairingNotValid, PairingNotValid)
register(errors.PinNotValid, PinNotValid)
register(errors.PinsRest, PinNotValid)


@strawberry.type(description="A pairing code, shown to phones for a quarter of an hour; good for several of them.")
class Pairing:
    address: str = strawberry.field(description="What a QR code holds: opens the app, ready to pair.")
    code: str = strawberry.field(description="The same to type.")
    expires_at: datetime = strawberry.field(description="When it ends.")


@strawberry.type(description="All that a paired phone knows of its event.")
class DoorPhoneEvent:
    id: strawberry.ID = strawberry.field(description="The event's id, as everywhere.")
    slug: str = strawberry.field(description="The event's word in addresses.")
    title: str = strawberry.field(description="What the event is called.")
    timezone: str = strawberry.field(description="IANA time zone of its days.")
    scans_people_out: bool = strawberry.field(description="Whether its doors also scan people out.")
    checks_in_with: ChecksInWith = strawberry.field(description="What admits people there.")


@strawberry.type(description="A phone that is paired with a door. Its organizers see it, and it sees itself.")
class DoorPhone(Node):
    kind: PhoneKind = strawberry.field(description="What it is for.")
    helper: DoorHelper | None = strawberry.field(
        description="Who holds it; null for a kiosk, and while a PIN has to be typed: until then it may do nothing."
    )
    paired_at: datetime = strawberry.field(description="When it was paired.")
    expires_at: datetime = strawberry.field(description="When its event takes no more scans, and the phone ends.")
    revoked_at: datetime | None = strawberry.field(description="When it was taken off its door; null while it is good.")
    last_seen_at: datetime = strawberry.field(description="When it last asked for anything, to half a minute.")
    waiting: int | None = strawberry.field(
        description="How many scans it said that it had still to send, at its last sync; null before the first."
    )
    model: strawberry.Private[models.DoorPhone]

    @strawberry.field(description="The event it is bound to.")
    async def event(self, info: Info) -> DoorPhoneEvent:
        async with info.context.pool.acquire() as connection:
            event = await events.find_event(connection, event_id=self.model.event_id)
        return DoorPhoneEvent(
            id=global_id(Kind.EVENT, event.id),
            slug=event.slug,
            title=event.title,
            timezone=event.timezone,
            scans_people_out=event.scans_people_out,
            checks_in_with=event.checks_in_with,
        )

    @strawberry.field(description="The door it stands at; null for a session room's.")
    async def door(self, info: Info) -> Door | None:
        if self.model.door_id is None:
            return None
        async with info.context.pool.acquire() as connection:
            event = await events.find_event(connection, event_id=self.model.event_id)
        day = event.day_of(info.context.now)
        return await find_door(info, event_id=event.id, door_id=self.model.door_id, day=day)

    @strawberry.field(description="The session whose room it stands at; null for a door's.")
    async def room(self, info: Info) -> RoomSession | None:
        if self.model.room_id is None:
            return None
        async with info.context.pool.acquire() as connection:
            session = await rooms.read_session(connection, event_id=self.model.event_id, session_id=self.model.room_id)
        return RoomSession.from_model(session)

    @classmethod
    def from_model(cls, phone: models.DoorPhone) -> "DoorPhone":
        helper = None
        if phone.helper_id is not None:
            held_by = HelperModel(phone.event_id, phone.helper_id, phone.helper_name or "")
            helper = DoorHelper.from_model(held_by)
        return cls(
            id=global_id(Kind.DOOR_PHONE, phone.id, phone.event_id),
            kind=phone.kind,
            helper=helper,
            paired_at=phone.paired_at,
            expires_at=phone.expires_at,
            revoked_at=phone.revoked_at,
            last_seen_at=phone.last_seen_at,
            waiting=phone.waiting,
            model=phone,
        )


OpenPairingResult = Annotated[
    Pairing | InputNotValid | NotFound,
    strawberry.union("OpenPairingResult", description="The code, or why there is none."),
]
ClosePairingResult = Annotated[
    Done | InputNotValid | NotFound,
    strawberry.union("ClosePairingResult", description="Done, or there is no such place."),
]
PairDoorPhoneResult = Annotated[
    DoorPhone | PairingNotValid | PinNotValid,
    strawberry.union("PairDoorPhoneResult", description="The phone at its door, or why it is not."),
]
ChangeDoorHelperResult = Annotated[
    DoorPhone | PinNotValid,
    strawberry.union("ChangeDoorHelperResult", description="The phone in its new hands, or why it is not."),
]
RevokeDoorPhoneResult = Annotated[
    DoorPhone | NotFound, strawberry.union("RevokeDoorPhoneResult", description="The phone, or there is none.")
]


@strawberry.type
class DoorPhonesQuery:
    @strawberry.field(
        description="This phone, if it is paired with a door; null where it is none. One that was taken off its door "
        "is told so by the code DOOR_PHONE_REVOKED, and after the event by DOOR_PHONE_EXPIRED."
    )
    async def door_phone(self, info: Info) -> DoorPhone | None:
        phone = await info.context.door_phone()
        if phone is None:
            return None
        if phone.revoked_at is not None:
            raise DoorPhoneRevoked
        if phone.expires_at < info.context.now:
            raise DoorPhoneExpired
        return DoorPhone.from_model(phone)

    @strawberry.field(
        description="The phones that were paired with the event's doors, for its organizers: good ones first, the "
        "newest first, at most 200."
    )
    async def door_phones(self, info: Info, event: strawberry.ID) -> list[DoorPhone]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await operations.list_phones(connection, event_id=read_event(event), person_id=viewer.person_id)
        return [DoorPhone.from_model(each) for each in found]


@strawberry.type
class DoorPhonesMutation:
    @strawberry.mutation(
        description="Shows a code that pairs phones with a door, for organizers; or with a session room, which is "
        "then named in place of a door. It lasts a quarter of an hour."
    )
    async def open_pairing(
        self,
        info: Info,
        door: strawberry.ID | None = None,
        kind: PhoneKind = PhoneKind.DOOR,
        room: strawberry.ID | None = None,
    ) -> OpenPairingResult:
        viewer = info.context.signed_in()
        event_id, place = _read_place(door, room)
        async with info.context.pool.acquire() as connection:
            opened = await pairing.open_pairing(
                connection, event_id=event_id, place=place, kind=kind, person_id=viewer.person_id, now=info.context.now
            )
        address = f"{info.context.services.settings.public_url}/pair#{opened.code}&kind={kind.value}"
        return Pairing(address=address, code=opened.code, expires_at=opened.expires_at)

    @strawberry.mutation(
        description="Ends all codes of a door or session room, for organizers. Phones that are paired stay."
    )
    async def close_pairing(
        self, info: Info, door: strawberry.ID | None = None, room: strawberry.ID | None = None
    ) -> ClosePairingResult:
        viewer = info.context.signed_in()
        event_id, place = _read_place(door, room)
        async with info.context.pool.acquire() as connection:
            await pairing.close_pairings(
                connection, event_id=event_id, place=place, person_id=viewer.person_id, now=info.context.now
            )
        return Done(message="The code no longer works. Phones that are paired stay paired.")

    @strawberry.mutation(
        description="Pairs this phone: sets its cookie. The PIN is the helper's; a kiosk's is not asked. Paired again "
        "for the same task at the same event it stays the same phone. Else what it was ends, and for a day still sends "
        "what it had scanned: under its own id, in the header Handsel-Door-Phone."
    )
    async def pair_door_phone(self, info: Info, code: str, pin: str = "") -> PairDoorPhoneResult:
        context = info.context
        async with context.pool.acquire() as connection:
            paired = await pairing.pair_phone(
                connection,
                code=code,
                pin=pin,
                replaces=context.door_cookie,
                network=context.network,
                limiter=context.services.limiter,
                secrets=context.services.secrets,
                now=context.now,
            )
        if paired.is_new and context.door_cookie is not None:
            keep_earlier(context, [context.door_cookie, *context.earlier_door_cookies])
        set_cookie(context, paired.token)
        return DoorPhone.from_model(paired.phone)

    @strawberry.mutation(description="The next helper holds this phone from now on, by their PIN.")
    async def change_door_helper(self, info: Info, pin: str) -> ChangeDoorHelperResult:
        context = info.context
        phone = await context.door_phone()
        async with context.pool.acquire() as connection:
            changed = await pairing.change_helper(
                connection, phone=phone, pin=pin, secrets=context.services.secrets, now=context.now
            )
        return DoorPhone.from_model(changed)

    @strawberry.mutation(
        description="This phone is no door any more and forgets its cookie. Doing so without being one is no mistake. "
        "Send what waits first: afterwards nobody takes it."
    )
    async def leave_door(self, info: Info) -> Done:
        context = info.context
        if context.door_cookie is not None:
            async with context.pool.acquire() as connection:
                await operations.leave_door(connection, token=context.door_cookie, now=context.now)
        set_cookie(context, None)
        return Done(message="This phone is no door any more.")

    @strawberry.mutation(
        description="Takes a phone off its door at once, for organizers. What it scanned before may come in for a day."
    )
    async def revoke_door_phone(self, info: Info, phone: strawberry.ID) -> RevokeDoorPhoneResult:
        viewer = info.context.signed_in()
        event_id, phone_id = read_row(phone, Kind.DOOR_PHONE)
        async with info.context.pool.acquire() as connection:
            revoked = await operations.revoke_phone(
                connection, event_id=event_id, phone_id=phone_id, person_id=viewer.person_id, now=info.context.now
            )
        return DoorPhone.from_model(revoked)


def _read_place(door: str | None, room: str | None) -> tuple[UUID, Place]:
    """Event and place. Raises `InputNotValid` unless one of the two is named, and `NotFound`."""
    if door is not None and room is None:
        event_id, door_id = read_row(door, Kind.DOOR)
        return event_id, Place(door_id=door_id, room_id=None)
    if room is not None and door is None:
        event_id, room_id = read_row(room, Kind.ROOM_SESSION)
        return event_id, Place(door_id=None, room_id=room_id)
    raise InputRefused("door", "Name a door, or a session room.")
