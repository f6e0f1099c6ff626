"""The one who is blocked cannot tell it from a withdrawal or a badge that is not known."""

from typing import Any
from uuid import uuid4

from starlette.applications import Starlette

from server.encounters.models import Scan
from server.encounters.operations import swap_badges
from server.errors import DomainError
from server.limiter import Limiter
from tests.clock import Clock
from tests.encounters.asking import People
from tests.encounters.documents import BLOCK, BLOCKED_PEOPLE, READ, SHARE_BACK, WITHDRAW, id_of
from tests.live_socket import live_socket
from tests.world import Attendee, World


async def test_the_one_who_is_blocked_hears_what_a_withdrawal_sounds_like(
    app: Starlette, people: People, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    heard = []
    for document in (WITHDRAW, BLOCK):
        cyd = await world.attendee(ana.event)
        swap = (await people.scan(ana, cyd))["id"]
        clock.advance(minutes=1)
        async with live_socket(app, cyd.token) as socket:
            await socket.subscribe(
                "subscription ($event: ID!) { swapChanged(event: $event) { __typename ... on SwapGone { id } } }",
                event=id_of(ana.event),
            )
            await people.ask(ana, document, swap=swap)
            message = await socket.message()
            while message["payload"]["data"]["swapChanged"]["__typename"] != "SwapGone":
                message = await socket.message()
        assert message["payload"]["data"]["swapChanged"]["id"] == swap
        clock.advance(minutes=1)
        answers = [
            await people.scan(cyd, ana),
            await people.ask(cyd, READ, id=swap),
            await people.ask(cyd, WITHDRAW, swap=swap),
            await people.ask(cyd, SHARE_BACK, swap=swap, fields=["EMAIL"]),
            await people.met(cyd),
            await people.ask(cyd, BLOCKED_PEOPLE),
        ]
        heard.append(answers)

    assert heard[0] == heard[1]


async def statements_of_a_scan(people: People, who: Attendee, badge: str) -> tuple[list[str], str, tuple[Any, ...]]:
    """The statements that a scan takes, the answer's words, and what the log keeps but for ids and times."""
    sent: list[str] = []
    world = people.world
    scan = Scan(badge=badge, key=uuid4(), scanned_at=world.clock(), sent_at=world.clock())
    async with world.pool.acquire() as connection:
        with connection.query_logger(lambda record: sent.append(record.query)):
            try:
                await swap_badges(
                    connection, person_id=who.person.id, event_id=who.event.id, scan=scan, limiter=Limiter(),
                    now=world.clock(),
                )  # fmt: skip
                answer = "Swap"
            except DomainError as refusal:
                answer = f"{type(refusal).__name__}: {refusal.message}"
        kept = await connection.fetchrow(
            "SELECT outcome, badge_id, swap_id, is_held_back FROM scans WHERE key = $1", scan.key
        )
    assert kept is not None
    return sent, answer, tuple(kept)


async def test_every_badge_that_may_not_be_known_costs_the_same_statements_and_leaves_the_same_line(
    people: People, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    cyd, dee, eve = [await world.attendee(ana.event) for _ in range(3)]
    await people.block(ana, (await people.scan(ana, ben))["id"])
    await people.block(cyd, (await people.scan(cyd, ana))["id"])
    await people.ask(dee, WITHDRAW, swap=(await people.scan(dee, ana))["id"])
    await world.pool.execute("UPDATE badges SET revoked_at = $1 WHERE id = $2", clock(), eve.badge_id)
    elsewhere = await world.attendee(await world.event())
    badges = {
        "unknown": "0" * 26, "no badge": "nonsense", "of another event": elsewhere.badge.token,
        "revoked": eve.badge.token, "blocked by me": ben.badge.token, "who blocked me": cyd.badge.token,
        "who withdrew": dee.badge.token, "typed, who blocked me": cyd.badge.code,
    }  # fmt: skip

    await statements_of_a_scan(people, ana, "0" * 26)  # the first one on a connection also asks for its types
    told = {name: await statements_of_a_scan(people, ana, badge) for name, badge in badges.items()}

    assert told["unknown"][1].startswith("BadgeNotRecognised")
    assert {name: each for name, each in told.items() if each != told["unknown"]} == {}


async def test_neither_caps_nor_the_limit_on_guessing_tell_of_a_block(
    people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    """Thirty scans of somebody who blocked me end as thirty scans of nobody do."""
    await people.block(ben, (await people.scan(ben, ana))["id"])

    answers = [(await people.scan(ana, ben))["__typename"] for _ in range(31)]

    assert answers == ["BadgeNotRecognised"] * 30 + ["TooManyScans"]
