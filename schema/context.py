"""What every resolver is given: the pool, who is asking, and the time. One frozen object per request or socket."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import strawberry
from starlette.requests import HTTPConnection
from starlette.responses import Response

from server.db import Pool
from server.errors import NotSignedIn
from server.limiter import Limiter
from server.live import Live
from server.notifications.mail import Mailer
from server.secrets import Secrets
from server.sessions.models import Viewer
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """What the process holds once and lends to every request. Opened by the lifespan, closed by it."""

    settings: Settings
    secrets: Secrets
    pool: Pool
    mailer: Mailer
    live: Live
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

    @property
    def now(self) -> datetime:
        """The clock of the process, in UTC. Operations receive it and never look at a clock themselves."""
        return self.services.clock()

    @property
    def pool(self) -> Pool:
        """Shorthand for the pool of the process."""
        return self.services.pool

    def signed_in(self) -> Viewer:
        """The viewer. Raises `NotSignedIn`, which becomes the top-level code UNAUTHENTICATED."""
        if self.viewer is None:
            raise NotSignedIn
        return self.viewer


Info = strawberry.Info[Context, None]
