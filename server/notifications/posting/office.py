"""The post office: sends what is due by push and mail, as often as it is asked to.

Each delivery is claimed before it is handed over. A push whose worker died goes once more, and takes the first one's
place on the device; a mail that may have left never does. Logs hold no address, no endpoint and no word of a notice.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

import structlog

from server.db import Pool, is_unreachable
from server.ids import new_id
from server.notifications.laying_out import lay_out
from server.notifications.letters import Parts, notice_letter
from server.notifications.mail import Deliver, Mailer, MailNotSent
from server.notifications.models import Channel, DeliveryState, Letter, NoticeKind, Recipient
from server.notifications.posting import queries
from server.notifications.posting.judging import again, device_of, why_not
from server.notifications.posting.lanes import Lanes
from server.notifications.posting.models import Cause, Claimed, Matter, Settled
from server.notifications.push.sending import Push, PushAnswer, Pusher
from server.notifications.queries import select_recipients
from server.notifications.unsubscribing import Unsubscription, unsubscribe_token
from server.notifications.wording import wording_in
from server.secrets import Secrets
from server.traces import places

log = structlog.get_logger(__name__)

#: Mails under way at once, each over a connection of its own.
MAIL_LINES = 4
#: A worker that has held a delivery for so long is dead: handing one over takes seconds.
SILENT_AFTER = timedelta(minutes=5)
#: Seconds that a worker who leaves waits for the mails under way.
GRACE = 0.4


@dataclass(frozen=True, slots=True)
class Means:
    """What the post office works with. `causes` has one for each kind, asked before a notice of it leaves."""

    pool: Pool
    mailer: Mailer
    pusher: Pusher
    secrets: Secrets
    public_url: str
    clock: Callable[[], datetime]
    causes: Mapping[NoticeKind, Cause]


class PostOffice:
    """Any number may work at once: what one has claimed the others pass by. `async with` it."""

    def __init__(self, means: Means) -> None:
        self.means = means
        self._lanes = Lanes()
        self._leaving = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.means.pusher.close()

    async def send_due(self) -> None:
        """Lay out what was told, then send until nothing is due. Cut off, it hands back what it holds."""
        now = self.means.clock()
        async with self.means.pool.acquire() as connection:
            await lay_out(connection, now=now)
            await queries.take_over(connection, before=now - SILENT_AFTER, now=now)
        self._leaving = False
        mails = [asyncio.create_task(self._send_mails()) for _ in range(MAIL_LINES)]
        pushes = asyncio.create_task(self._send_pushes())
        everything = asyncio.gather(*mails, pushes)
        try:
            await asyncio.shield(everything)
        except asyncio.CancelledError:
            self._leaving = True
            pushes.cancel()
            await asyncio.wait({*mails, pushes}, timeout=GRACE)
            raise
        finally:
            everything.cancel()
            await asyncio.wait({*mails, pushes})

    async def _send_mails(self) -> None:
        async with self.means.mailer.batch() as deliver:
            while not self._leaving:
                claimed = await self._claim(Channel.MAIL, limit=1)
                if not claimed:
                    return
                await self._send_mail(claimed[0], deliver)

    async def _send_pushes(self) -> None:
        """Claim as slots become free; a push service that hangs fills its own and nobody else's."""
        under_way: dict[asyncio.Task[None], Claimed] = {}
        try:
            while True:
                for each in await self._claim(Channel.PUSH, limit=self._lanes.free()):
                    self._lanes.begin(each.origin or "")
                    under_way[asyncio.create_task(self._send_push(each))] = each
                if not under_way:
                    return
                done, _ = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del under_way[task]
                    task.result()
        finally:
            held = [each for task, each in under_way.items() if task.cancel()]
            if held:
                await asyncio.wait(under_way)
                async with self.means.pool.acquire() as connection:
                    await queries.hand_back(connection, deliveries=held)

    async def _claim(self, channel: Channel, *, limit: int) -> list[Claimed]:
        if limit <= 0:
            return []
        now = self.means.clock()
        async with self.means.pool.acquire() as connection:
            return await queries.claim_due(
                connection, channel=channel, limit=limit, claim=new_id(), busy=self._lanes.busy(now), now=now
            )

    async def _send_mail(self, delivery: Claimed, deliver: Deliver) -> None:
        recipient, matter, settled = await self._judged(delivery)
        if settled is None and recipient is not None and matter is not None:
            try:
                await deliver(self._letter(delivery, recipient, matter))
            except MailNotSent as failure:
                settled = self._not_sent(delivery, failure)
            else:
                settled = Settled(DeliveryState.SENT)
        await self._settle(delivery, settled or Settled(DeliveryState.WITHDRAWN))

    def _not_sent(self, delivery: Claimed, failure: MailNotSent) -> Settled:
        if failure.may_have_left:
            return Settled(DeliveryState.UNSURE)
        if failure.is_final:
            return Settled(DeliveryState.REFUSED)
        return again(delivery, asked=None, now=self.means.clock())

    async def _send_push(self, delivery: Claimed) -> None:
        was_silent = False
        try:
            recipient, matter, settled = await self._judged(delivery)
            device = None if recipient is None else device_of(delivery, recipient)
            if settled is None and recipient is not None and matter is not None and device is not None:
                words = wording_in(recipient.locale).pushes[delivery.notice.kind]
                push = Push(words.title, words.body, delivery.notice.path, f"notice-{delivery.notice.id.hex}")
                outcome = await self.means.pusher.send(push, device, lasts=delivery.expires_at - self.means.clock())
                was_silent = outcome.was_silent
                settled = _SETTLED.get(outcome.answer) or again(delivery, asked=outcome.pause, now=self.means.clock())
        finally:
            self._lanes.end(delivery.origin or "", was_silent=was_silent, now=self.means.clock())
        await self._settle(delivery, settled or Settled(DeliveryState.WITHDRAWN))

    async def _judged(self, delivery: Claimed) -> tuple[Recipient | None, Matter | None, Settled | None]:
        """Its person, what there is to say, and why it does not leave, if so.

        A cause that fails is asked again later, and keeps no other notice from leaving.
        """
        try:
            return await self._judge(delivery, self.means.clock())
        except Exception as error:
            if is_unreachable(error):
                raise
            kind = delivery.notice.kind
            log.error("a notice's cause failed", notice=kind, kind=type(error).__name__, traceback=places(error))  # noqa: TRY400 - the text of an error could hold somebody's words
            return None, None, again(delivery, asked=None, now=self.means.clock())

    async def _judge(self, delivery: Claimed, now: datetime) -> tuple[Recipient | None, Matter | None, Settled | None]:
        async with self.means.pool.acquire() as connection:
            person_id = delivery.notice.person_id
            found = await select_recipients(connection, person_ids=[person_id], now=now, since=now)
            recipient = found.get(person_id)
            settled = why_not(delivery, recipient, now=now)
            if settled is not None or recipient is None:
                return recipient, None, settled
            cause = self.means.causes[delivery.notice.kind]
            return recipient, await cause(connection, delivery.notice, recipient, now), None

    async def _settle(self, delivery: Claimed, settled: Settled) -> None:
        now = self.means.clock()
        async with self.means.pool.acquire() as connection, connection.transaction():
            await queries.settle(connection, delivery=delivery, settled=settled, now=now)
            if settled.state is DeliveryState.DEVICE_GONE and delivery.subscription_id is not None:
                await queries.delete_device(
                    connection, person_id=delivery.notice.person_id, device_id=delivery.subscription_id
                )

    def _letter(self, delivery: Claimed, recipient: Recipient, matter: Matter) -> Letter:
        means, notice = self.means, delivery.notice
        wording = wording_in(recipient.locale)
        token = unsubscribe_token(means.secrets, Unsubscription(notice.person_id, notice.kind))
        parts = Parts(
            language=wording.language,
            words=wording.mails[notice.kind],
            frame=wording.frame,
            lines=matter.lines,
            link=f"{means.public_url}{notice.path}",
            settings_link=f"{means.public_url}/you/notifications",
            unsubscribe=None if notice.kind is NoticeKind.TEST else f"{means.public_url}/unsubscribe/{token}",
        )
        return notice_letter(parts, to=recipient.email, message_id=f"notice.{delivery.id}")


_SETTLED = {
    PushAnswer.SENT: Settled(DeliveryState.SENT),
    PushAnswer.GONE: Settled(DeliveryState.DEVICE_GONE),
    PushAnswer.REFUSED: Settled(DeliveryState.REFUSED),
}
