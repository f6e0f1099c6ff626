"""Every kind of notice is asked for its cause before it leaves."""

from server.jobs.causes import CAUSES
from server.notifications.models import NoticeKind


def test_every_kind_has_a_cause() -> None:
    assert set(CAUSES) == set(NoticeKind)
