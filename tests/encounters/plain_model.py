"""The table of who sees what as a plain model in memory: no database, no time but the order of things.

It knows people by number and places by (event, person). A place that nobody has taken stands for itself.
"""

from dataclasses import dataclass, field

Place = tuple[int, int]
Fields = frozenset[str]


@dataclass
class ModelSwap:
    """One pair at one event."""

    withdrawn_by: int | None = None
    withdrawn_at: int = 0
    offers: dict[int, Fields] = field(default_factory=dict)
    declined: set[int] = field(default_factory=set)

    @property
    def is_live(self) -> bool:
        return self.withdrawn_by is None

    def end(self, by: int, minute: int) -> None:
        self.withdrawn_by, self.withdrawn_at = by, minute
        self.offers, self.declined = {}, set()


@dataclass(frozen=True)
class View:
    """What one side sees of the other."""

    has_whole_card: bool
    contact: Fields | None
    share: str


@dataclass
class Model:
    """Everything that was done so far. Minutes count up."""

    unclaimed: set[Place]
    open_cards: set[Place]
    swaps: dict[tuple[int, frozenset[int]], ModelSwap] = field(default_factory=dict)
    #: (who blocked, a person or a place that nobody has taken)
    blocks: set[tuple[int, int | Place]] = field(default_factory=set)
    standing: dict[int, Fields] = field(default_factory=dict)

    def identity(self, event: int, person: int) -> int | Place:
        return (event, person) if (event, person) in self.unclaimed else person

    def are_apart(self, event: int, one: int, other: int) -> bool:
        """A block is by a person: it does not reach a place of theirs that they have not taken yet."""
        here, there = self.identity(event, one), self.identity(event, other)
        return (here, there) in self.blocks or (there, here) in self.blocks

    def scan(self, event: int, scanner: int, other: int, *, minute: int) -> bool:
        """Whether a swap came of it."""
        if self.are_apart(event, scanner, other):
            return False
        swap = self.swaps.setdefault((event, frozenset({scanner, other})), ModelSwap())
        if not swap.is_live:
            if swap.withdrawn_by != scanner or swap.withdrawn_at > minute:
                return False
            swap.withdrawn_by = None
        self._offer_by_standing_choice(swap, scanner)
        if scanner in swap.offers and (event, other) not in self.unclaimed:
            self._offer_by_standing_choice(swap, other)
        return True

    def share(self, event: int, one: int, other: int, fields: Fields) -> bool:
        swap = self._live(event, one, other)
        if swap is None:
            return False
        swap.offers[one] = fields
        swap.declined.discard(one)
        if (event, other) not in self.unclaimed:
            self._offer_by_standing_choice(swap, other)
        return True

    def decline(self, event: int, one: int, other: int) -> bool:
        swap = self._live(event, one, other)
        if swap is None:
            return False
        swap.offers.pop(one, None)
        swap.declined.add(one)
        return True

    def withdraw(self, event: int, one: int, other: int, *, minute: int) -> bool:
        swap = self._live(event, one, other)
        if swap is None:
            return False
        swap.end(one, minute)
        return True

    def block(self, event: int, one: int, other: int, *, minute: int) -> None:
        self.blocks.add((one, self.identity(event, other)))
        self._keep_apart(minute)

    def unblock(self, event: int, one: int, other: int) -> None:
        self.blocks.discard((one, self.identity(event, other)))

    def claim(self, place: Place, *, minute: int) -> None:
        _, person = place
        self.unclaimed.discard(place)
        self.blocks = {(blocker, person if of == place else of) for blocker, of in self.blocks}
        self._keep_apart(minute)

    def view(self, event: int, viewer: int, other: int) -> View | None:
        swap = self._live(event, viewer, other)
        if swap is None:
            return None
        mine = viewer in swap.offers
        theirs = None if viewer in swap.declined else swap.offers.get(other)
        share = {
            (True, True): "MUTUAL", (True, False): "OFFERED_BY_ME", (False, True): "OFFERED_TO_ME",
            (False, False): "NONE",
        }[mine, theirs is not None]  # fmt: skip
        return View((event, other) in self.open_cards or share == "MUTUAL", theirs, share)

    def _live(self, event: int, one: int, other: int) -> ModelSwap | None:
        swap = self.swaps.get((event, frozenset({one, other})))
        return swap if swap is not None and swap.is_live else None

    def _offer_by_standing_choice(self, swap: ModelSwap, who: int) -> None:
        if who in self.standing and who not in swap.offers and who not in swap.declined:
            swap.offers[who] = self.standing[who]

    def _keep_apart(self, minute: int) -> None:
        for (event, pair), swap in self.swaps.items():
            one, other = sorted(pair)
            if swap.is_live and self.are_apart(event, one, other):
                here, there = self.identity(event, one), self.identity(event, other)
                by = one if (here, there) in self.blocks else other
                swap.end(by, minute)
