"""The contract's table of contents: one mixin per feature, assembled here and nowhere else."""

from datetime import date, datetime

import strawberry
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig

from schema import problems
from schema.agenda import AgendaMutation
from schema.attendance import AttendanceQuery, AttendanceSubscription
from schema.attendance_exports import AttendanceExportsMutation, AttendanceExportsQuery
from schema.badge_sheets import BadgeSheetsMutation, BadgeSheetsQuery
from schema.blocks import BlocksMutation, BlocksQuery
from schema.connectedness import ConnectednessQuery
from schema.desk import DeskMutation, DeskQuery
from schema.door_conflicts import DoorConflictsMutation, DoorConflictsQuery, DoorConflictsSubscription
from schema.door_helpers import DoorHelpersMutation, DoorHelpersQuery
from schema.door_phones import DoorPhonesMutation, DoorPhonesQuery
from schema.door_roster import DoorRosterQuery
from schema.doors import DoorsMutation, DoorsQuery
from schema.encounters import EncountersMutation
from schema.evening import EveningMutation, EveningQuery
from schema.events import EventsQuery
from schema.follow_ups import FollowUpsMutation
from schema.import_keys import ImportKeysMutation
from schema.imports import ImportsMutation, ImportsQuery
from schema.introduction_ideas import IntroductionIdeasMutation, IntroductionIdeasQuery
from schema.introductions import IntroductionsMutation, IntroductionsQuery
from schema.invitations import InvitationsMutation, InvitationsQuery
from schema.kiosks import KiosksMutation
from schema.masking import ExpectedErrorsOnly
from schema.meetings import MeetingsMutation, MeetingsQuery
from schema.notes import NotesMutation
from schema.notifications import NotificationsMutation, NotificationsQuery
from schema.organizing import OrganizingMutation
from schema.people import PeopleMutation, PeopleQuery
from schema.practice import PracticeQuery
from schema.promises import PromisesMutation
from schema.prompt_packs import PromptPacksMutation, PromptPacksQuery
from schema.refetching import RefetchingQuery
from schema.registrations import RegistrationsMutation
from schema.relationships import RelationshipsMutation, RelationshipsQuery
from schema.reports import ReportsMutation, ReportsQuery
from schema.reviews import ReviewsMutation, ReviewsQuery
from schema.room_scans import RoomScansMutation
from schema.rooms import RoomsMutation, RoomsQuery, RoomsSubscription
from schema.scalars import Date, DateTime
from schema.sessions import SessionsMutation
from schema.swaps import SwapsMutation, SwapsQuery, SwapsSubscription
from schema.teams import TeamsMutation, TeamsQuery


@strawberry.type(description="Everything that can be read.")
class Query(
    RefetchingQuery,
    PeopleQuery,
    EventsQuery,
    SwapsQuery,
    BlocksQuery,
    RelationshipsQuery,
    EveningQuery,
    ReviewsQuery,
    IntroductionsQuery,
    MeetingsQuery,
    IntroductionIdeasQuery,
    TeamsQuery,
    DoorsQuery,
    DoorHelpersQuery,
    DoorPhonesQuery,
    DoorRosterQuery,
    DoorConflictsQuery,
    DeskQuery,
    AttendanceQuery,
    RoomsQuery,
    AttendanceExportsQuery,
    ConnectednessQuery,
    ReportsQuery,
    BadgeSheetsQuery,
    ImportsQuery,
    InvitationsQuery,
    PromptPacksQuery,
    PracticeQuery,
    NotificationsQuery,
):
    pass


@strawberry.type(description="Everything that can be changed. What a phone may send twice is idempotent by its key.")
class Mutation(
    SessionsMutation,
    PeopleMutation,
    RegistrationsMutation,
    EncountersMutation,
    BlocksMutation,
    SwapsMutation,
    AgendaMutation,
    NotesMutation,
    PromisesMutation,
    RelationshipsMutation,
    EveningMutation,
    FollowUpsMutation,
    ReviewsMutation,
    IntroductionsMutation,
    MeetingsMutation,
    IntroductionIdeasMutation,
    OrganizingMutation,
    TeamsMutation,
    DoorsMutation,
    DoorHelpersMutation,
    DoorPhonesMutation,
    DoorConflictsMutation,
    DeskMutation,
    RoomsMutation,
    KiosksMutation,
    RoomScansMutation,
    AttendanceExportsMutation,
    ReportsMutation,
    BadgeSheetsMutation,
    ImportsMutation,
    InvitationsMutation,
    ImportKeysMutation,
    PromptPacksMutation,
    NotificationsMutation,
):
    pass


@strawberry.type(description="Everything that can be watched.")
class Subscription(SwapsSubscription, AttendanceSubscription, RoomsSubscription, DoorConflictsSubscription):
    pass


class Schema(strawberry.Schema):
    """Leaves the logging of errors to `schema.masking`: the library's own would log people's words."""

    def process_errors(self, errors: object, execution_context: object = None) -> None:
        """Nothing: an error is logged once, without values, where it is masked."""


def make_schema() -> Schema:
    """The schema, with every problem that the features have registered."""
    made = Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        extensions=[
            ExpectedErrorsOnly,
            lambda: ParserCache(maxsize=256),
            lambda: ValidationCache(maxsize=256),
        ],
        config=StrawberryConfig(scalar_map={datetime: DateTime, date: Date}),
        exception_handlers=problems.handlers(),
    )
    subscription = made._schema.subscription_type  # noqa: SLF001 - Strawberry offers no public way to graphql-core's schema
    for field in subscription.fields.values() if subscription else ():
        field.resolve = _hand_on
    return made


def _hand_on(frame: object, _info: object, /, **_arguments: object) -> object:
    """A subscription's field is its frame. The library's own function for that trips over an argument named `event`."""
    return frame


schema = make_schema()
