"""Changes of every kind in any order, seen by phones that look now and then: following is the same as fetching all."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from server.badges.operations import issue_badge
from server.vault import operations
from tests.clock import Clock
from tests.vault.conftest import FetchingPhone
from tests.world import Attendee, World

STEPS = 40


@dataclass(slots=True)
class Changes:
    """What may happen at an event between two looks, drawn by `draw`."""

    world: World
    people: list[Attendee]
    draw: random.Random
    clock: Clock

    async def edit(self) -> None:
        await self._of_card("seeking = $2", f"words {self.draw.random()}")

    async def open_or_close(self) -> None:
        await self._of_card("open_to_event = $2", self.draw.random() < 0.5)

    async def cancel_or_restore(self) -> None:
        await self.world.pool.execute(
            "UPDATE registrations SET cancelled_at = CASE WHEN cancelled_at IS NULL THEN now() END WHERE id = $1",
            self._somebody().registration_id,
        )

    async def reissue(self) -> None:
        who = self._somebody()
        async with self.world.pool.acquire() as connection:
            await issue_badge(
                connection, event_id=who.event.id, registration_id=who.registration_id, secrets=self.world.secrets,
                now=self.clock(),
            )  # fmt: skip

    async def revoke(self) -> None:
        await self.world.pool.execute(
            "UPDATE badges SET revoked_at = now() WHERE registration_id = $1", self._somebody().registration_id
        )

    async def arrive(self) -> None:
        self.people.append(await self.world.attendee(self.people[0].event))

    async def forget(self) -> None:
        if len(self.people) > 6:
            who = self.people.pop(self.draw.randrange(3, len(self.people)))
            await self.world.pool.execute("DELETE FROM registrations WHERE id = $1", who.registration_id)

    async def withdraw_or_come_back(self) -> None:
        one, other = self.draw.sample(self.people, 2)
        lower, upper = sorted((one.registration_id, other.registration_id))
        known = await self.world.pool.execute(
            "UPDATE swaps SET withdrawn_at = CASE WHEN withdrawn_at IS NULL THEN now() END"
            " WHERE lower_id = $1 AND upper_id = $2", lower, upper,
        )  # fmt: skip
        if known == "UPDATE 0":
            await self.world.swap(one, other, withdrawn_at=self.clock())

    def any(self) -> Callable[[], Awaitable[None]]:
        """One of the changes."""
        return self.draw.choice(
            [
                self.edit, self.open_or_close, self.cancel_or_restore, self.reissue, self.revoke, self.arrive,
                self.forget, self.withdraw_or_come_back, self.withdraw_or_come_back,
            ]
        )  # fmt: skip

    def _somebody(self) -> Attendee:
        """Never one of the first three: they look."""
        return self.draw.choice(self.people[3:])

    async def _of_card(self, change: str, value: object) -> None:
        await self.world.pool.execute(
            f"UPDATE cards SET {change} WHERE registration_id = $1",  # noqa: S608 - words of our own
            self._somebody().registration_id, value,
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
async def test_following_gives_what_fetching_everything_gives(
    world: World,
    phone_of: Callable[[Attendee], FetchingPhone],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    monkeypatch.setattr(operations, "ANY_ANSWERS", "1000/minute")
    monkeypatch.setattr(operations, "WHOLE_ANSWERS", "1000/minute")
    event = await world.event()
    people = [await world.attendee(event) for _ in range(8)]
    draw = random.Random(seed)  # a draw that can be repeated
    changes = Changes(world, people, draw, clock)
    phones = [phone_of(person) for person in (*people[:3], people[0])]
    for _ in range(STEPS):
        await changes.any()()
        phone = draw.choice(phones)
        if draw.random() < 0.6:
            await phone.fetch()
            assert phone.kept.entries == (await phone.fetch_whole()).entries

    for phone in phones:
        await phone.fetch()
        assert phone.kept.entries == (await phone.fetch_whole()).entries
