"""The log of printed badges: whoever prints them holds what their codes hold, so that can be seen."""

from datetime import datetime

import strawberry

from server.sheets import models
from server.sheets.models import PrintedBy

strawberry.enum(
    PrintedBy,
    name="BadgePrinter",
    description="From whose hands a print came: an organizer of the event, or the host of the server.",
)


@strawberry.type(description="One print of badges of an event.")
class BadgePrint:
    printed_at: datetime = strawberry.field(description="When.")
    by: PrintedBy = strawberry.field(description="From whose hands.")
    badges: int = strawberry.field(description="How many badges it held.")

    @classmethod
    def from_model(cls, entry: models.Print) -> "BadgePrint":
        return cls(printed_at=entry.printed_at, by=entry.by, badges=entry.badges)


@strawberry.type(description="One print that held a badge of mine.")
class OwnBadgePrint:
    printed_at: datetime = strawberry.field(description="When.")
    by: PrintedBy = strawberry.field(description="From whose hands.")
    in_use: bool = strawberry.field(description="Whether the badge it held still works.")

    @classmethod
    def from_model(cls, entry: models.OwnPrint) -> "OwnBadgePrint":
        return cls(printed_at=entry.printed_at, by=entry.by, in_use=entry.is_in_use)
