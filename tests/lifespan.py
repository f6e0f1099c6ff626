"""The application, started and stopped as a server would, on a machine of any pace."""

from asgi_lifespan import LifespanManager
from starlette.types import ASGIApp

#: Seconds in which it starts, and in which it stops: long, as no test judges how quick a machine is.
LONG = 60


def running(app: ASGIApp) -> LifespanManager:
    """Starts the application for as long as it is held; `manager.app` is to be asked."""
    return LifespanManager(app, startup_timeout=LONG, shutdown_timeout=LONG)
