"""Sends what people are told by push and mail, every few seconds: whoever scanned a badge stands there and waits."""

from collections.abc import Callable
from datetime import datetime

from server.db import Pool
from server.jobs.causes import CAUSES
from server.jobs.kinds import Timed, Tools
from server.notifications.mail import Mailer
from server.notifications.posting.office import Means, PostOffice
from server.notifications.push.hosts import push_hosts
from server.notifications.push.key import push_key
from server.notifications.push.sending import Pusher
from server.secrets import Secrets
from server.settings import Settings

NOTICES_SENT = "notices sent"


def post_office(
    pool: Pool,
    *,
    mailer: Mailer,
    secrets: Secrets,
    settings: Settings,
    clock: Callable[[], datetime],
) -> PostOffice:
    """The post office of this process, with every cause that is asked before a notice leaves."""
    return PostOffice(
        Means(
            pool=pool,
            mailer=mailer,
            pusher=Pusher(push_key(secrets, settings), push_hosts(settings), clock),
            secrets=secrets,
            public_url=settings.public_url,
            clock=clock,
            causes=CAUSES,
        )
    )


async def send_notices(tools: Tools) -> None:
    """Send what is due."""
    if tools.office is not None:
        await tools.office.send_due()


def _has_an_office(tools: Tools) -> bool:
    return tools.office is not None


KINDS = (
    # The sixth place is the second.
    Timed(NOTICES_SENT, "* * * * * */5", send_notices, at_start=True, possible=_has_an_office),
)
