"""What came of the demo's conversations: a need that was noted, introductions under way, an invitation to talk. Made by
the same operations that real people use.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.demo.models import Demo
from server.introductions import operations as introductions
from server.introductions.asking.operations import introduce
from server.meetings.operations import propose_meeting
from server.meetings.times import times_for
from server.notes.models import NoteKind
from server.notes.operations import write_note
from server.people.models import ContactField
from server.swaps.operations import SwapReference

MINUTES = 20


async def make_what_came_of_it(
    connection: Connection,
    demo: Demo,
    people: Mapping[str, UUID],
    met: Mapping[frozenset[str], SwapReference],
    *,
    now: datetime,
) -> None:
    """`people` are accounts by the demo's names, `met` the swaps of its pairs."""
    for need in demo.needs:
        await write_note(
            connection,
            person_id=people[need.by],
            swap=met[frozenset({need.by, need.about})],
            kind=NoteKind.NEED,
            text=need.words,
            key=None,
            now=now,
        )
    for introduction in demo.introductions:
        begun = await introduce(
            connection,
            person_id=people[introduction.by],
            first=met[frozenset({introduction.by, introduction.first})],
            second=met[frozenset({introduction.by, introduction.second})],
            reason=introduction.reason,
            key=None,
            now=now,
        )
        if introduction.first_says_yes:
            await introductions.answer(
                connection,
                person_id=people[introduction.first],
                introduction_id=begun.introduction.id,
                yes=True,
                fields=frozenset({ContactField.EMAIL}),
                now=now,
            )
    for meeting in demo.one_to_ones:
        await propose_meeting(
            connection,
            person_id=people[meeting.by],
            swap=met[frozenset({meeting.by, meeting.to})],
            options=times_for(demo.timezone, demo.timezone, now, minutes=MINUTES),
            minutes=MINUTES,
            place=meeting.place,
            key=None,
            now=now,
        )
