"""Measures what hanging and failing push services cost the healthy ones: 500 pushes, answered 201, 404, 410, 429, 500
or never, against a run in which all are answered 201. Prints how long the healthy ones took in each, and the ratio.

Run: python bench/push.py [--same-host]. It starts a PostgreSQL and a push service of its own; with `--same-host` all
answers come from one push service, else each kind of answer from one of its own.
"""

import asyncio
import base64
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from aiohttp import web

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.db import Pool, open_pool
from server.embedded import throw_away_postgres
from server.ids import new_id
from server.jobs.notices import post_office
from server.migrations import migrate
from server.notifications.mail import Mailer
from server.notifications.models import NewNotice, NoticeKind
from server.notifications.posting.office import PostOffice
from server.notifications.telling import tell_all
from server.settings import Settings

PUSHES = 500
ANSWERS = ("201", "404", "410", "429", "500", "hang")
#: The curve's generator, which is a valid key for sealing.
POINT = base64.urlsafe_b64decode(
    "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU="
)


class Peer:
    """Answers as the path says, and notes when each healthy push came; `all_came` once as many did as are `wanted`."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.healthy: list[float] = []
        self.all_came = asyncio.Event()
        self.silence = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        await request.read()
        wanted = request.path.split("/")[1]
        if wanted == "hang":
            await self.silence.wait()
        if wanted == "201":
            self.healthy.append(time.perf_counter())
            if len(self.healthy) == self.wanted:
                self.all_came.set()
        return web.Response(status=int(wanted) if wanted.isdigit() else 201)


async def run(pool: Pool, answers: tuple[str, ...], *, same_host: bool) -> tuple[float, float, float]:
    """Seconds until half, nearly all (99 %) and all of the healthy pushes had come."""
    await pool.execute("DELETE FROM people")
    peer = Peer(sum(answers[number % len(answers)] == "201" for number in range(PUSHES)))
    async with AsyncExitStack() as stack:
        app = web.Application()
        app.router.add_post("/{path:.*}", peer.answer)
        runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=0.1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        ports: dict[str, int] = {}
        for answer in answers:
            if same_host and ports:
                ports[answer] = next(iter(ports.values()))
                continue
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            ports[answer] = runner.addresses[-1][1]
        stack.callback(peer.silence.set)
        people = [await subscribed(pool, ports, answers[number % len(answers)]) for number in range(PUSHES)]
        async with pool.acquire() as connection:
            now = datetime.now(UTC)
            await tell_all(
                connection, [NewNotice(each, NoticeKind.MEETING_PROPOSED, "a", "/") for each in people], now=now
            )
        office = await stack.enter_async_context(office_of(pool))
        began = time.perf_counter()
        sending = asyncio.create_task(office.send_due())
        came = asyncio.create_task(peer.all_came.wait())
        await asyncio.wait({sending, came}, return_when=asyncio.FIRST_COMPLETED)
        came.cancel()
        took = sorted(each - began for each in peer.healthy)
        peer.silence.set()
        await sending
    return took[len(took) // 2], took[int(len(took) * 0.99)], took[-1]


async def subscribed(pool: Pool, ports: dict[str, int], answer: str) -> UUID:
    """Somebody without quiet hours or mails, whose one browser is answered so."""
    person_id, session_id, now = new_id(), new_id(), datetime.now(UTC)
    origin = f"http://127.0.0.1:{ports[answer]}"
    endpoint = f"{origin}/{answer}/{person_id}"
    await pool.execute(
        "INSERT INTO people (id, email, email_key, created_at) VALUES ($1, $2, $2, $3)",
        person_id,
        f"{person_id}@x",
        now,
    )
    await pool.execute("INSERT INTO quiet_hours VALUES ($1, '00:00', '00:00')", person_id)
    await pool.execute("INSERT INTO notice_switches VALUES ($1, 'MEETING_PROPOSED', 'MAIL', false)", person_id)
    await pool.execute(
        "INSERT INTO sessions (id, person_id, token_hash, kind, created_at, last_seen_at, expires_at)"
        " VALUES ($1, $2, $3, 'COOKIE', $4, $4, $4::timestamptz + interval '1 day')",
        session_id, person_id, session_id.bytes, now,
    )  # fmt: skip
    await pool.execute(
        "INSERT INTO push_subscriptions (person_id, id, session_id, endpoint, endpoint_hash, origin, p256dh, auth,"
        " device, subscribed_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'bench', $9, $9)",
        person_id, new_id(), session_id, endpoint, person_id.bytes, origin, POINT, bytes(16), now,
    )  # fmt: skip
    return person_id


def office_of(pool: Pool) -> PostOffice:
    folder = Path(tempfile.mkdtemp())
    settings = Settings(data=folder, push_to_loopback=True)
    mailer = Mailer(sender="bench@localhost", outbox=folder)
    return post_office(
        pool, mailer=mailer, secrets=settings.secrets(), settings=settings, clock=lambda: datetime.now(UTC)
    )


async def main(*, same_host: bool) -> None:
    with throw_away_postgres() as dsn:
        await migrate(dsn)
        pool = await open_pool(dsn)
        healthy_alone = await run(pool, ("201",), same_host=same_host)
        mixed = await run(pool, ANSWERS, same_host=same_host)
        await pool.close()
    where = "one push service" if same_host else "a push service for each answer"
    print(f"{PUSHES} pushes, {where}; seconds until half / 99 % / all of the healthy ones had come")
    print(f"all healthy ({PUSHES}): " + " / ".join(f"{each:.2f}" for each in healthy_alone))
    print("a sixth healthy, the rest 404, 410, 429, 500, hanging: " + " / ".join(f"{each:.2f}" for each in mixed))
    print(f"ratio, until the last healthy one: {mixed[2] / healthy_alone[2]:.2f}")


if __name__ == "__main__":
    asyncio.run(main(same_host="--same-host" in sys.argv))
