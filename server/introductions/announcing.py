"""Telling those who are asked for an introduction, and all three once it is made. A notice names nobody.

Whether it still stands is judged as the list judges it, by the consent there is now: what ended is not told.
"""

from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.introductions import queries
from server.introductions.models import ENDS_AFTER, Introduction, IntroductionState
from server.introductions.requests.queries import select_requests
from server.introductions.seeing import seen_by
from server.notifications.models import NewNotice, Notice, NoticeKind, Recipient
from server.notifications.posting.models import Matter
from server.notifications.telling import tell, tell_all
from server.screens import INTRODUCTIONS


async def tell_asked(connection: Connection, *, person_id: UUID, cause_id: UUID, now: datetime) -> None:
    """Tell somebody that they are asked: by an introduction with this id, or by a request with it."""
    await tell(
        connection,
        person_id=person_id,
        kind=NoticeKind.INTRODUCTION_ASKED,
        key=f"{cause_id}",
        path=INTRODUCTIONS,
        now=now,
    )


async def tell_made(connection: Connection, *, introduction: Introduction, now: datetime) -> None:
    """Tell all three that it is made."""
    three = (introduction.introducer_id, introduction.first.person_id, introduction.second.person_id)
    notices = [NewNotice(each, NoticeKind.INTRODUCTION_MADE, f"{introduction.id}", INTRODUCTIONS) for each in three]
    await tell_all(connection, notices, now=now)


async def still_asked(connection: Connection, notice: Notice, recipient: Recipient, now: datetime) -> Matter | None:
    """Whether their answer is still awaited: to an introduction, or to a request."""
    cause_id, since = UUID(notice.key), now - ENDS_AFTER
    found = await queries.select_introductions(connection, person_id=recipient.person_id, since=since, only=cause_id)
    for introduction in found:
        seen = seen_by(introduction, person_id=recipient.person_id, now=now)
        return None if seen is None or seen.answer_by is None else Matter()
    requests = await select_requests(connection, person_id=recipient.person_id, since=since)
    return Matter() if cause_id in {each.id for each in requests} else None


async def still_made(connection: Connection, notice: Notice, recipient: Recipient, now: datetime) -> Matter | None:
    """Whether it still is, for everybody."""
    found = await queries.select_introductions(
        connection, person_id=recipient.person_id, since=now, only=UUID(notice.key)
    )
    for introduction in found:
        seen = seen_by(introduction, person_id=recipient.person_id, now=now)
        is_over = introduction.ended_at is not None or introduction.is_apart
        return Matter() if seen is not None and seen.state is IntroductionState.MADE and not is_over else None
    return None
