"""How many pushes are under way, and with which push services: one that hangs keeps nobody else waiting."""

from collections import Counter
from datetime import datetime, timedelta

#: Pushes under way at once, in all and with one push service. A hanging one holds its slot for ten seconds.
SLOTS = 240
SLOTS_OF_ONE = 120
#: A push service that left so many in a row without an answer is let alone for a while.
SILENT_IN_A_ROW = 8
RESTS = timedelta(minutes=1)


class Lanes:
    """Counts for one worker, in memory: the next one learns anew."""

    def __init__(self) -> None:
        self._under_way: Counter[str] = Counter()
        self._silent: Counter[str] = Counter()
        self._resting: dict[str, datetime] = {}

    def free(self) -> int:
        """How many more pushes may begin now."""
        return SLOTS - self._under_way.total()

    def busy(self, now: datetime) -> set[str]:
        """The push services, by origin, that get no more for now."""
        self._resting = {origin: until for origin, until in self._resting.items() if now < until}
        full = {origin for origin, number in self._under_way.items() if number >= SLOTS_OF_ONE}
        return full | self._resting.keys()

    def begin(self, origin: str) -> None:
        self._under_way[origin] += 1

    def end(self, origin: str, *, was_silent: bool, now: datetime) -> None:
        self._under_way[origin] -= 1
        self._silent[origin] = self._silent[origin] + 1 if was_silent else 0
        if self._silent[origin] >= SILENT_IN_A_ROW:
            self._resting[origin] = now + RESTS
