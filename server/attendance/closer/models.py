"""A closer look at one day: by kind of ticket, and how long people stayed. Read anew when asked, not in every frame."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TicketTypeCount:
    """One kind of ticket on one day. `name` is None for tickets of no kind, `is_walk_ins` for those of them
    that were made on the spot. `no_shows` are expected and not admitted that day.
    """

    name: str | None
    is_walk_ins: bool
    expected: int
    came: int
    here: int
    no_shows: int


@dataclass(frozen=True, slots=True)
class TypicalStay:
    """The median, in minutes, from first coming in to last going out, over the `people` who were out at last."""

    minutes: int
    people: int
