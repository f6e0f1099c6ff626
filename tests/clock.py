"""A clock that stands still until it is moved."""

from datetime import datetime, timedelta


class Clock:
    """Called, it tells its time; `advance` moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> datetime:
        """Move on by `timedelta(**by)`, such as `minutes=5`."""
        self.now += timedelta(**by)
        return self.now
