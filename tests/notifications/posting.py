"""A post office that may write to this machine."""

from server.db import Pool
from server.jobs.notices import post_office
from server.notifications.mail import mailer_of
from server.notifications.posting.office import PostOffice
from server.settings import Settings
from tests.clock import Clock


def office_of(pool: Pool, settings: Settings, clock: Clock) -> PostOffice:
    return post_office(pool, mailer=mailer_of(settings), secrets=settings.secrets(), settings=settings, clock=clock)
