"""1-2-1s: times proposed to somebody one met, an answer, a calendar file, questions for it, and what came of it."""

from datetime import datetime
from typing import Annotated

import strawberry

from schema.agenda import Agenda
from schema.context import Info, Services
from schema.gifts import GiftKind
from schema.ids import Kind, global_id, read_key, read_row
from schema.nodes import Node, Problem
from schema.notes import SwapArgument
from schema.problems import InputNotValid, NotFound, register
from schema.references import read_own_key, read_swap
from schema.swaps import Swap
from server.meetings import calendar_file, errors, models, operations, reading
from server.meetings.held import operations as held
from server.meetings.models import MeetingReference, MeetingState
from server.meetings.routes import address_of
from server.screens import MEETINGS

strawberry.enum(MeetingState, description="How far the two have come. PROPOSED awaits an answer.")


@strawberry.type(description="A 1-2-1 as a file for any calendar: one iCalendar object, media type `text/calendar`.")
class CalendarFile:
    name: str = strawberry.field(description="A file name that every system takes, such as `1-2-1-2027-04-26.ics`.")
    content: str = strawberry.field(description="The whole file, its line ends CRLF; to be written as UTF-8.")
    path: str = strawberry.field(
        description="Where the server gives the same file, for calendars that want an address."
    )

    @classmethod
    def of(cls, meeting: models.Meeting | models.GoneMeeting, file: calendar_file.CalendarFile) -> "CalendarFile":
        return cls(name=file.name, content=file.content, path=address_of(meeting.event_id, meeting.id))


@strawberry.type(description="A 1-2-1 with somebody I met, as I see it; there only while we both share.")
class Meeting(Node):
    key: strawberry.ID | None = strawberry.field(
        description="The key it was proposed with, where my phone did; null for the other's proposals."
    )
    state: MeetingState = strawberry.field(description="How far we have come.")
    my_turn: bool = strawberry.field(description="Whether my answer is awaited.")
    with_: Swap = strawberry.field(name="with", description="Whom it is with, and where we met.")
    options: list[datetime] = strawberry.field(description="The times last offered, in order.")
    starts_at: datetime | None = strawberry.field(description="The time we agreed on; null in every other state.")
    minutes: int = strawberry.field(description="How long it takes.")
    place: str | None = strawberry.field(description="Where, or how, in the words of the one who proposed it.")
    my_timezone: str = strawberry.field(description="My own IANA time zone.")
    their_timezone: str = strawberry.field(description="The other's IANA time zone.")
    changed_at: datetime = strawberry.field(description="When either of us last changed it.")
    agenda: Agenda | None = strawberry.field(description="My questions for it; null until we agreed on a time.")
    took_place: bool | None = strawberry.field(description="What I said came of it; null until I have. Only I see it.")
    calendar_file: CalendarFile | None = strawberry.field(
        description="For my calendar: puts it in, moves it, or takes it out. Null while no time was ever agreed on."
    )

    @classmethod
    def from_model(cls, one_to_one: models.OneToOne, services: Services) -> "Meeting":
        seen, meeting = one_to_one.seen, one_to_one.seen.meeting
        me = seen.side.registration_id
        file = reading.file_of(one_to_one, link=link_of(services))
        return cls(
            id=global_id(Kind.MEETING, meeting.id, meeting.event_id),
            key=strawberry.ID(str(meeting.key)) if meeting.proposed_by == me else None,
            state=meeting.state,
            my_turn=meeting.turn_of == me,
            with_=Swap.from_model(one_to_one.swap),
            options=list(meeting.options),
            starts_at=meeting.agreed_at,
            minutes=meeting.minutes,
            place=meeting.place,
            my_timezone=seen.my_zone,
            their_timezone=seen.their_zone,
            changed_at=meeting.changed_at,
            agenda=None if meeting.agreed_at is None else Agenda.from_models(list(one_to_one.agenda)),
            took_place=seen.took_place,
            calendar_file=None if file is None else CalendarFile.of(meeting, file),
        )


@strawberry.type(description="A time ahead that my calendar may still hold although the swap behind it ended.")
class GoneMeeting:
    id: strawberry.ID = strawberry.field(description="The 1-2-1's id. Nothing else of it may be shown any more.")
    starts_at: datetime = strawberry.field(description="When it would have been.")
    other_has_left: bool = strawberry.field(description="The other one's account is no more; else one of us withdrew.")
    calendar_file: CalendarFile = strawberry.field(description="Takes it out of my calendar.")

    @classmethod
    def from_model(cls, gone: models.GoneMeeting, services: Services) -> "GoneMeeting":
        return cls(
            id=global_id(Kind.MEETING, gone.id, gone.event_id),
            starts_at=gone.starts_at,
            other_has_left=gone.has_left,
            calendar_file=CalendarFile.of(gone, reading.file_of_gone(gone, link=link_of(services))),
        )


@strawberry.type(description="Times to propose to somebody, and the zones they suit.")
class OfferedTimes:
    times: list[datetime] = strawberry.field(description="Up to three, by day on both our clocks; earliest first.")
    my_timezone: str = strawberry.field(description="My own IANA time zone.")
    their_timezone: str | None = strawberry.field(description="The other's; null until we both share.")


@strawberry.type(description="The 1-2-1 is not any more as I last saw it. Nothing was changed.")
class MeetingNotPossible(Problem):
    pass


register(errors.MeetingNotPossible, MeetingNotPossible)

ProposeMeetingResult = Annotated[
    Meeting | MeetingNotPossible | InputNotValid | NotFound,
    strawberry.union("ProposeMeetingResult", description="The 1-2-1, proposed, or why it could not be."),
]
AnswerMeetingResult = Annotated[
    Meeting | MeetingNotPossible | InputNotValid | NotFound,
    strawberry.union("AnswerMeetingResult", description="The 1-2-1 as it is now, or why the answer came too late."),
]
SuggestTimesResult = Annotated[
    Meeting | MeetingNotPossible | InputNotValid | NotFound,
    strawberry.union("SuggestTimesResult", description="The 1-2-1 with the other times, or why it stays."),
]
CancelMeetingResult = Annotated[
    Meeting | InputNotValid | NotFound,
    strawberry.union("CancelMeetingResult", description="The 1-2-1, called off, or why it could not be."),
]
TellOfMeetingResult = Annotated[
    Meeting | MeetingNotPossible | InputNotValid | NotFound,
    strawberry.union("TellOfMeetingResult", description="The 1-2-1 with what I said of it, or why it was not kept."),
]
MeetingArgument = Annotated[
    strawberry.ID, strawberry.argument(description="Its id, or the key that my phone proposed it with.")
]
OptionsArgument = Annotated[
    list[datetime],
    strawberry.argument(description="Two or three different times, all to come, within the next sixty days."),
]


@strawberry.type
class MeetingsQuery:
    @strawberry.field(description="My 1-2-1s at all events, the latest changed first.")
    async def meetings(self, info: Info) -> list[Meeting]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await reading.list_meetings(connection, person_id=viewer.person_id)
        return [Meeting.from_model(each, info.context.services) for each in found]

    @strawberry.field(description="Times ahead to take out of my calendar, because the swap behind them ended.")
    async def gone_meetings(self, info: Info) -> list[GoneMeeting]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await reading.list_gone(connection, person_id=viewer.person_id, now=info.context.now)
        return [GoneMeeting.from_model(each, info.context.services) for each in found]

    @strawberry.field(description="Times to propose to them.")
    async def meeting_times(self, info: Info, swap: SwapArgument, minutes: int = 20) -> OfferedTimes:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            offered = await reading.offer_times(
                connection,
                person_id=viewer.person_id,
                swap=read_swap(swap),
                minutes=minutes,
                now=info.context.now,
            )
        return OfferedTimes(times=list(offered.times), my_timezone=offered.my_zone, their_timezone=offered.their_zone)


@strawberry.type
class MeetingsMutation:
    @strawberry.mutation(description="Offers two or three times for a 1-2-1 of ten to sixty minutes.")
    async def propose_meeting(
        self,
        info: Info,
        swap: SwapArgument,
        options: OptionsArgument,
        minutes: int = 20,
        place: Annotated[str | None, strawberry.argument(description="Where, or how: a café, a call.")] = None,
        key: Annotated[
            strawberry.ID | None, strawberry.argument(description="Made by the phone; the same key is one proposal.")
        ] = None,
    ) -> ProposeMeetingResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            proposed = await operations.propose_meeting(
                connection,
                person_id=viewer.person_id,
                swap=read_swap(swap),
                options=options,
                minutes=minutes,
                place=place,
                key=read_own_key(key),
                now=info.context.now,
            )
        return Meeting.from_model(proposed, info.context.services)

    @strawberry.mutation(description="Accepts one of the offered times, or lets it be without one.")
    async def answer_meeting(
        self,
        info: Info,
        meeting: MeetingArgument,
        starts_at: Annotated[
            datetime | None, strawberry.argument(description="One of `options`; nothing declines them all.")
        ] = None,
    ) -> AnswerMeetingResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            answered = await operations.answer_meeting(
                connection,
                person_id=viewer.person_id,
                meeting=read_meeting(meeting),
                starts_at=starts_at,
                now=info.context.now,
            )
        return Meeting.from_model(answered, info.context.services)

    @strawberry.mutation(description="Offers other times. Of a 1-2-1 that was agreed on, it asks to move it.")
    async def suggest_times(
        self,
        info: Info,
        meeting: MeetingArgument,
        options: OptionsArgument,
        key: Annotated[
            strawberry.ID | None, strawberry.argument(description="Made by the phone; the same key is one suggestion.")
        ] = None,
    ) -> SuggestTimesResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            suggested = await operations.suggest_times(
                connection,
                person_id=viewer.person_id,
                meeting=read_meeting(meeting),
                options=options,
                key=read_own_key(key),
                now=info.context.now,
            )
        return Meeting.from_model(suggested, info.context.services)

    @strawberry.mutation(description="Calls a 1-2-1 off that lies ahead. The other is told.")
    async def cancel_meeting(self, info: Info, meeting: MeetingArgument) -> CancelMeetingResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            cancelled = await operations.cancel_meeting(
                connection, person_id=viewer.person_id, meeting=read_meeting(meeting), now=info.context.now
            )
        return Meeting.from_model(cancelled, info.context.services)

    @strawberry.mutation(
        description="Keeps whether a 1-2-1 took place, and what I gave and got there. Said again, the latest counts. "
        "Only I see it."
    )
    async def tell_of_meeting(
        self,
        info: Info,
        meeting: MeetingArgument,
        took_place: bool,
        gave: Annotated[str | None, strawberry.argument(description="What I gave, in my own words.")] = None,
        gave_kind: Annotated[GiftKind | None, strawberry.argument(description="What kind of thing I gave.")] = None,
        received: Annotated[str | None, strawberry.argument(description="What I got, in my own words.")] = None,
        received_kind: Annotated[GiftKind | None, strawberry.argument(description="What kind I got.")] = None,
    ) -> TellOfMeetingResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            told = await held.tell_of_meeting(
                connection,
                person_id=viewer.person_id,
                meeting=read_meeting(meeting),
                took_place=took_place,
                gave=held.Given(gave, gave_kind),
                received=held.Given(received, received_kind),
                now=info.context.now,
            )
        return Meeting.from_model(told, info.context.services)


def read_meeting(text: str) -> MeetingReference:
    """A 1-2-1's id, or the key that a phone proposed it with. Raises `NotFound` for anything else."""
    key = read_key(text)
    if key is not None:
        return MeetingReference(key=key)
    event_id, meeting_id = read_row(text, Kind.MEETING)
    return MeetingReference(event_id=event_id, meeting_id=meeting_id)


def link_of(services: Services) -> str:
    """The address at which the app shows 1-2-1s."""
    return services.settings.public_url + MEETINGS
