"""What every resolver is given: the pool, who is asking, and the time. One frozen object per request or socket."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import strawberry
import structlog
from starlette.background import BackgroundTasks
from starlette.requests import HTTPConnection
from starlette.responses import Response

from schema.ids import Kind, read_row
from schema.memory import Memory
from server.attendance.watching import AttendanceWatch
from server.callers import door_token, earlier_door_tokens, network_of
from server.db import Pool
from server.doors.errors import DoorPhoneRevoked, TooManyRequests
from server.doors.keepers import Keeper
from server.doors.phones import operations as phones
from server.doors.phones.models import DoorPhone, PhoneKind
from server.errors import NotSignedIn
from server.events import operations as events
from server.events.models import DOOR_TEAM
from server.limiter import Limiter
from server.live import Live
from server.notifications.mail import Mailer
from server.rooms.watching import RoomWatch
from server.secrets import Secrets
from server.sessions.models import Viewer
from server.sessions.tokens import cookie_name
from server.settings import Settings
from server.traces import places
from server.vault.keeping import VaultKeeper

log = structlog.get_logger(__name__)

#: Whose words a request carries, as the app's outbox and doors know it. It opens nothing; it only keeps them from going
#: out in the name of whoever is signed in by now, or of the phone.
PERSON_HEADER = "handsel-person"

#: The same for what waits on a paired phone: the phone's id in the pairing under which it was made.
PHONE_HEADER = "handsel-door-phone"

#: Far more than the busiest door needs; a kiosk serves one after the other.
REQUESTS_PER_PHONE = {PhoneKind.DOOR: "600/minute", PhoneKind.ROOM: "600/minute", PhoneKind.KIOSK: "120/minute"}


@dataclass(frozen=True, slots=True)
class Services:
    """What the process holds once and lends to every request. Opened by the lifespan, closed by it."""

    settings: Settings
    secrets: Secrets
    pool: Pool
    mailer: Mailer
    live: Live
    attendance: AttendanceWatch
    rooms: RoomWatch
    vaults: VaultKeeper
    limiter: Limiter
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Context:
    """One request. Resolvers acquire a connection from the pool, call one operation, and translate its answer.

    It holds the pool and not a connection: sibling fields run at once and cannot share one.
    """

    services: Services
    viewer: Viewer | None
    connection: HTTPConnection
    response: Response | None = None
    memory: Memory = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "memory", Memory(self.services.pool))

    @property
    def now(self) -> datetime:
        """The clock of the process, in UTC. Operations receive it and never look at a clock themselves."""
        return self.services.clock()

    @property
    def pool(self) -> Pool:
        """Shorthand for the pool of the process."""
        return self.services.pool

    @property
    def session_cookie(self) -> str | None:
        """The session cookie that came with the request, live or not."""
        name = cookie_name(is_secure=self.services.settings.is_secure)
        return self.connection.cookies.get(name) or None

    @property
    def door_cookie(self) -> str | None:
        """The cookie of a paired door phone that came with the request, live or not."""
        return door_token(self.connection, self.services.settings) or None

    @property
    def earlier_door_cookies(self) -> list[str]:
        """What the same phone held before it was paired anew."""
        return earlier_door_tokens(self.connection, self.services.settings)

    @property
    def network(self) -> str:
        """Where the request comes from, for limits."""
        return network_of(self.connection)

    @property
    def http_response(self) -> Response:
        """The answer under way, for its cookies. Only subscriptions have none, and they set none."""
        if self.response is None:
            raise LookupError("there is no HTTP answer on a socket")
        return self.response

    async def door_phone(self) -> DoorPhone | None:
        """The phone that asks, if it is paired with a door, ended or not. Raises `TooManyRequests`."""
        token = self.door_cookie
        if token is None:
            return None
        async with self.pool.acquire() as connection:
            phone = await phones.find_phone(connection, token=token, now=self.now)
        return await self._not_too_often(phone)

    async def _named_phone(self) -> DoorPhone | None:
        """The phone under whose pairing the request was made: the one it is now where it names none.

        Raises `DoorPhoneRevoked` where this browser holds nothing of the one that is named.
        """
        named = self.connection.headers.get(PHONE_HEADER)
        if named is None:
            return await self.door_phone()
        event_id, phone_id = read_row(named, Kind.DOOR_PHONE)
        tokens = [self.door_cookie or "", *self.earlier_door_cookies]
        async with self.pool.acquire() as connection:
            phone = await phones.find_phone_among(
                connection, tokens=tokens, event_id=event_id, phone_id=phone_id, now=self.now
            )
        if phone is None:
            raise DoorPhoneRevoked
        return await self._not_too_often(phone)

    async def _not_too_often(self, phone: DoorPhone | None) -> DoorPhone | None:
        if phone is not None and not await self.services.limiter.allows(
            REQUESTS_PER_PHONE[phone.kind], "door phone", str(phone.id)
        ):
            raise TooManyRequests
        return phone

    async def keeper(self, event_id: UUID) -> Keeper:
        """Who stands at a door of the event: its paired phone, ended or not, else whoever is signed in.

        Somebody who asks in their own name stands there themself, also where the same browser is a paired phone; and
        what names an earlier pairing of that phone is that one's. Raises `NotSignedIn` where none of them asks.
        """
        phone = None if PERSON_HEADER in self.connection.headers else await self._named_phone()
        if phone is not None and phone.event_id == event_id:
            return Keeper(phone=phone)
        if PHONE_HEADER in self.connection.headers:
            raise NotSignedIn  # whoever is signed in besides did not make it
        return Keeper(person_id=self.signed_in().person_id)

    async def reader(self, event_id: UUID) -> Keeper:
        """Who reads of the event's doors and rooms: whoever is signed in and of its door team, who may see all of it,
        also where the same browser is or was a paired phone; else its keeper.
        """
        if self.viewer is not None and self.door_cookie is not None:
            async with self.pool.acquire() as connection:
                role = await events.role_of(connection, event_id=event_id, person_id=self.viewer.person_id)
            if role in DOOR_TEAM:
                return Keeper(person_id=self.viewer.person_id)
        return await self.keeper(event_id)

    def after_answer(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do `work` once the answer has left, so that neither its words nor its time tell what became of it.

        A failure is logged without its values: nobody is left to answer.
        """

        async def watched() -> None:
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - the last one who can tell of it
                kind = type(error).__name__
                log.error("work after an answer failed", kind=kind, traceback=places(error))  # noqa: TRY400 - the text of an error could hold an address

        response = self.http_response
        if response.background is None:
            response.background = BackgroundTasks()
        assert isinstance(response.background, BackgroundTasks)  # noqa: S101 - nobody else sets it
        response.background.add_task(watched)

    def signed_in(self) -> Viewer:
        """The viewer. Raises `NotSignedIn`, which becomes the top-level code UNAUTHENTICATED."""
        if self.viewer is None:
            raise NotSignedIn
        return self.viewer


Info = strawberry.Info[Context, None]
