"""Limits on how often one key may do one thing, in this process. Counts keys that are hashes, never addresses."""

import hashlib

from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter


class Limiter:
    """A moving window per (rule, key)."""

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    async def allows(self, rule: str, *key: str) -> bool:
        """Whether one more is within `rule`, such as `3/15 minutes`; counts it when it is."""
        return await self._window.hit(parse(rule), _name(key))

    async def would_allow(self, rule: str, *key: str) -> bool:
        """The same without counting."""
        return await self._window.test(parse(rule), _name(key))

    async def seconds_to_wait(self, rule: str, *key: str, now: float) -> int:
        """Whole seconds until the next one is allowed, at least 1. `now` is Unix time in seconds."""
        stats = await self._window.get_window_stats(parse(rule), _name(key))
        return max(1, round(stats.reset_time - now))


def _name(key: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(key).encode()).hexdigest()
