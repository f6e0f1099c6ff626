"""What I am told by push and mail: what I chose, on which devices, and what was sent."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_key
from schema.nodes import Node
from schema.problems import InputNotValid, NotFound
from schema.references import read_own_key
from server.errors import NotFound as ThereIsNone
from server.ids import new_id
from server.notifications.choosing import models, operations
from server.notifications.models import Channel, DeliveryState, NoticeKind
from server.notifications.push.hosts import push_hosts
from server.notifications.push.key import push_key

strawberry.enum(NoticeKind, description="What I am told of.")
strawberry.enum(Channel, name="NoticeChannel", description="How I am told.")
strawberry.enum(
    DeliveryState,
    description="What became of one notice on one way. QUIET fell into my quiet hours, ENOUGH was one more than I get,"
    " WITHDRAWN had lost its cause, UNSURE may have arrived and is not sent again.",
)


@strawberry.type(description="Whether I am told of something, by push and by mail.")
class NoticeChoice:
    kind: NoticeKind = strawberry.field(description="What it is about.")
    push: bool | None = strawberry.field(description="Whether it comes by push; null where it never does.")
    mail: bool | None = strawberry.field(description="Whether it comes by mail; null where it never does.")


@strawberry.type(description="A browser of mine that takes pushes.")
class PushDevice:
    id: strawberry.ID = strawberry.field(description="To remove it with.")
    name: str = strawberry.field(description="What it calls itself.")
    subscribed_at: datetime = strawberry.field(description="Since when it takes pushes.")
    seen_at: datetime = strawberry.field(description="When it was last seen here.")
    is_this_one: bool = strawberry.field(description="Whether it is the one that asks.")


@strawberry.type(
    description="One line of my log: what was sent, when, how, and what became of it. It holds no address."
)
class Delivery(Node):
    kind: NoticeKind = strawberry.field(description="What it is about.")
    channel: Channel = strawberry.field(description="How it was sent.")
    device: str | None = strawberry.field(description="To which device; null for mail, and where it went to none.")
    state: DeliveryState = strawberry.field(description="What became of it.")
    told_at: datetime = strawberry.field(description="When there was something to tell.")
    at: datetime = strawberry.field(description="When it was settled; while it waits, when it is due.")

    @classmethod
    def from_model(cls, logged: models.LoggedDelivery) -> "Delivery":
        return cls(
            id=global_id(Kind.DELIVERY, logged.id),
            kind=logged.kind,
            channel=logged.channel,
            device=logged.device,
            state=logged.state,
            told_at=logged.told_at,
            at=logged.at,
        )


@strawberry.type(description="What I chose about being told, my devices, and what was sent to me.")
class Notifications:
    push_key: str = strawberry.field(description="What a browser subscribes to: this server's public key, base64url.")
    quiet_from: str = strawberry.field(description="When my quiet hours begin, as 22:00, by my own clock.")
    quiet_until: str = strawberry.field(description="When they end; the same as their beginning where I have none.")
    kinds: list[NoticeChoice] = strawberry.field(description="What comes which way.")
    devices: list[PushDevice] = strawberry.field(description="My browsers that take pushes, the latest seen first.")
    deliveries: list[Delivery] = strawberry.field(description="What was sent to me or waits to be, the newest first.")

    @classmethod
    async def find(cls, info: Info) -> "Notifications":
        viewer, context = info.context.signed_in(), info.context
        async with context.pool.acquire() as connection:
            found = await operations.find_notifications(
                connection, person_id=viewer.person_id, session_id=viewer.session_id, now=context.now
            )
        return cls(
            push_key=push_key(context.services.secrets, context.services.settings).public,
            quiet_from=f"{found.quiet.starts:%H:%M}",
            quiet_until=f"{found.quiet.ends:%H:%M}",
            kinds=[NoticeChoice(kind=each.kind, push=each.push, mail=each.mail) for each in found.kinds],
            devices=[
                PushDevice(
                    id=strawberry.ID(str(each.id)),
                    name=each.name,
                    subscribed_at=each.subscribed_at,
                    seen_at=each.seen_at,
                    is_this_one=each.is_this_one,
                )
                for each in found.devices
            ],
            deliveries=[Delivery.from_model(each) for each in found.log],
        )


@strawberry.type(description="Whether this browser takes pushes now.")
class PushSubscribed:
    active: bool = strawberry.field(description="Whether it does.")


SubscribePushResult = Annotated[
    PushSubscribed | InputNotValid | NotFound,
    strawberry.union("SubscribePushResult", description="That it takes pushes, or why it cannot."),
]
UnsubscribePushResult = Annotated[
    PushSubscribed | InputNotValid | NotFound,
    strawberry.union("UnsubscribePushResult", description="That it takes none any more."),
]
RemovePushDeviceResult = Annotated[
    Notifications | InputNotValid | NotFound,
    strawberry.union("RemovePushDeviceResult", description="What holds now, or why it could not be changed."),
]
SetQuietHoursResult = Annotated[
    Notifications | InputNotValid | NotFound,
    strawberry.union("SetQuietHoursResult", description="What holds now, or what to correct."),
]
SwitchNoticeResult = Annotated[
    Notifications | InputNotValid | NotFound,
    strawberry.union("SwitchNoticeResult", description="What holds now, or why it could not be changed."),
]
SendTestNoticeResult = Annotated[
    Notifications | InputNotValid | NotFound,
    strawberry.union("SendTestNoticeResult", description="What holds now; the test is on its way. Or why it is not."),
]
TimeArgument = Annotated[str, strawberry.argument(description="A time of day, such as 22:00, by my own clock.")]


@strawberry.type
class NotificationsQuery:
    @strawberry.field(description="What I chose about being told, my devices, and what was sent to me.")
    async def notifications(self, info: Info) -> Notifications:
        return await Notifications.find(info)


@strawberry.type
class NotificationsMutation:
    @strawberry.mutation(description="Lets this browser take my pushes for as long as I am signed in here.")
    async def subscribe_push(
        self,
        info: Info,
        endpoint: Annotated[str, strawberry.argument(description="Where its push service takes messages for it.")],
        p256dh: Annotated[str, strawberry.argument(description="Its public key, base64url.")],
        auth: Annotated[str, strawberry.argument(description="The secret it shares with this server, base64url.")],
        device: Annotated[
            str | None, strawberry.argument(description="What it calls itself, up to 60 characters.")
        ] = None,
    ) -> SubscribePushResult:
        viewer, context = info.context.signed_in(), info.context
        async with context.pool.acquire() as connection:
            await operations.subscribe_device(
                connection,
                person_id=viewer.person_id,
                session_id=viewer.session_id,
                endpoint=endpoint,
                p256dh=p256dh,
                auth=auth,
                name=device,
                hosts=push_hosts(context.services.settings),
                now=context.now,
            )
        return PushSubscribed(active=True)

    @strawberry.mutation(description="Ends pushes to a browser of mine, by its endpoint.")
    async def unsubscribe_push(
        self,
        info: Info,
        endpoint: Annotated[str, strawberry.argument(description="The one it subscribed with.")],
    ) -> UnsubscribePushResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await operations.unsubscribe_device(connection, person_id=viewer.person_id, endpoint=endpoint)
        return PushSubscribed(active=False)

    @strawberry.mutation(description="Ends pushes to a device of mine.")
    async def remove_push_device(self, info: Info, device: strawberry.ID) -> RemovePushDeviceResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await operations.remove_device(connection, person_id=viewer.person_id, device_id=_device(device))
        return await Notifications.find(info)

    @strawberry.mutation(
        name="setQuietHours", description="Keeps the hours in which nothing is sent to me; the same twice means none."
    )
    async def set_quiet_hours(self, info: Info, starts: TimeArgument, ends: TimeArgument) -> SetQuietHoursResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await operations.set_quiet_hours(connection, person_id=viewer.person_id, starts=starts, ends=ends)
        return await Notifications.find(info)

    @strawberry.mutation(description="Has me told of something one way, or not.")
    async def switch_notice(self, info: Info, kind: NoticeKind, channel: Channel, on: bool) -> SwitchNoticeResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await operations.switch_notice(connection, person_id=viewer.person_id, kind=kind, channel=channel, on=on)
        return await Notifications.find(info)

    @strawberry.mutation(description="Sends me a test by every way I have.")
    async def send_test_notice(
        self,
        info: Info,
        key: Annotated[
            strawberry.ID | None, strawberry.argument(description="A UUID made by the phone; a repeat sends none.")
        ] = None,
    ) -> SendTestNoticeResult:
        viewer, context = info.context.signed_in(), info.context
        async with context.pool.acquire() as connection:
            await operations.send_test(
                connection,
                person_id=viewer.person_id,
                key=read_own_key(key) or new_id(),
                limiter=context.services.limiter,
                now=context.now,
            )
        return await Notifications.find(info)


def _device(text: str) -> UUID:
    """Raises `NotFound` for what is no device's id."""
    found = read_key(text)
    if found is None:
        raise ThereIsNone
    return found
