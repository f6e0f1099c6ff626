"""Which system a list comes from, told by its header, and which of its columns hold what.

A format takes the few columns the product needs and is blind to all others.

Each format's own module names the public documentation or code its headings were learned from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from server.imports.headings import plain


class Standing(Enum):
    """What a status column says of a ticket."""

    COMING = "coming"
    CANCELLED = "cancelled"
    #: Neither sold nor given up yet: unpaid, or waiting for the organizer's approval.
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a file holds what: column numbers, the preferred first; the first one filled in a row counts.

    A given and a family name are put together in that order; they count where `name` is empty, and
    `name_instead` after them.
    """

    name: tuple[int, ...]
    given_name: tuple[int, ...] = ()
    family_name: tuple[int, ...] = ()
    name_instead: tuple[int, ...] = ()
    name_instead_parts: tuple[int, ...] = ()
    email: tuple[int, ...] = ()
    #: All of these together make the external id, joined by a hyphen; a row that lacks one has none.
    external_id: tuple[int, ...] = ()
    #: All of these that are filled make the ticket type, joined by a dash.
    ticket_type: tuple[int, ...] = ()
    ticket_code: tuple[int, ...] = ()
    pronouns: tuple[int, ...] = ()
    status: tuple[int, ...] = ()
    #: Where one of these is filled the row belongs to another row's ticket and is nobody of its own.
    belongs_to_another: tuple[int, ...] = ()
    quantity: tuple[int, ...] = ()

    @property
    def name_parts(self) -> tuple[int, ...]:
        """Where the parts of a name stand, in the order in which they are put together."""
        return self.given_name + self.family_name


@dataclass(frozen=True, slots=True)
class Statuses:
    """The words of a status column. `is_closed`: an unknown word is a bad row, never taken for a yes."""

    words: Mapping[str, Standing]
    is_closed: bool

    def standing(self, word: str) -> Standing | None:
        """What `word` says; an empty cell says nothing against coming.

        None: unknown, and it must not be guessed.
        """
        if not word:
            return Standing.COMING
        return self.words.get(plain(word), None if self.is_closed else Standing.COMING)


def statuses(*, coming: str = "", cancelled: str, waiting: str, is_closed: bool) -> Statuses:
    """Words separated by ` | `, as the system writes them."""
    words: dict[str, Standing] = {}
    for standing, listed in (
        (Standing.COMING, coming),
        (Standing.CANCELLED, cancelled),
        (Standing.WAITING, waiting),
    ):
        words |= {plain(word): standing for word in listed.split("|") if word.strip()}
    return Statuses(words, is_closed)


def _as_it_is(cell: str) -> str:
    return cell


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of list.

    `source` is stored beside each registration and never changes; `system` is what people call it.
    """

    source: str
    system: str
    #: Columns for a header of this kind, None for any other; raises `FileNotReadable` for a known wrong
    #: export.
    columns: Callable[[Sequence[str]], Columns | None]
    statuses: Statuses
    #: Hand-made lists may end rows early; a system's export never does, so there it means damage.
    may_end_rows_early: bool = False
    #: Undoes what the system does to cells against spreadsheet formulas.
    cell: Callable[[str], str] = field(default=_as_it_is)
