"""The rows of the matrix about printing badges: the way to what lies deeper, and what tells the event's own."""

from collections.abc import Callable

from tests.permissions.stage import Stage

WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "BadgePrinting.papers": ("Query.badgePrinting", ("papers",)),
    "BadgePrinting.sheets": ("Query.badgePrinting", ("sheets",)),
    "BadgePrinting.prints": ("Query.badgePrinting", ("prints",)),
    "BadgePrinting.holders": ("Query.badgePrinting", ("holders",)),
    "BadgeSheets.leftOut": ("Query.badgePrinting", ("sheets", "leftOut")),
}

MARKS: dict[str, Callable[[Stage], str]] = {
    "Query.badgePrinting": lambda _: '"BadgePrinting_badges": 5',
    "BadgePrinting.papers": lambda _: "A4_63X38",
    "BadgePrinting.sheets": lambda stage: stage.sheets,
    "BadgePrinting.prints": lambda _: '"BadgePrint_badges": 1',
    "BadgePrinting.holders": lambda stage: stage.ana.gid,
}
