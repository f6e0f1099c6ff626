"""The examples of docs/import-api.md do what it says, word for word, against the product on a real port."""

import asyncio
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from server.db import Pool
from server.events.models import Event
from server.imports.incoming.models import ImportSender
from server.imports.incoming.operations import add_key
from server.settings import Settings
from tests.browser.live_server import LiveServer, free_port
from tests.browser.waiting import becomes
from tests.world import Somebody, World

GUIDE = (Path(__file__).parents[2] / "docs" / "import-api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
ANSWERS = [block.splitlines() for block in re.findall(r"^```json\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)]


def run(example: str, **environment: str) -> str:
    """What the example prints."""
    done = subprocess.run(
        [sys.executable, "-c", example], env=os.environ | environment, capture_output=True, text=True, check=True,
        timeout=60,
    )  # fmt: skip
    return done.stdout.strip()


async def key_of(pool: Pool, event: Event, by: Somebody, settings: Settings, sender: ImportSender) -> str:
    async with pool.acquire() as connection:
        _, used_with, _ = await add_key(
            connection, event_id=event.id, person_id=by.id, key_id=uuid4(), sender=sender, name="The shop", secret=None,
            secrets=settings.secrets(), now=datetime.now(UTC),
        )  # fmt: skip
    return used_with


async def test_the_examples_bring_their_people_in(settings: Settings, dsn: str, pool: Pool, world: World) -> None:
    event = await world.event()
    organizer = await world.team(event)
    token, secret = [
        await key_of(pool, event, organizer, settings, sender)
        for sender in (ImportSender.INTERFACE, ImportSender.STANDARD)
    ]
    listening = free_port()
    url = f"http://localhost:{listening.getsockname()[1]}"
    with LiveServer(settings.model_copy(update={"public_url": url, "work": True}), dsn, listening):
        at = {"ADDRESS": f"{url}/api/events/{event.slug}/attendees", "TOKEN": token}
        told = [await asyncio.to_thread(run, EXAMPLES[0], **at) for _ in range(2)]
        signed = {"ADDRESS": f"{url}/api/events/{event.slug}/orders/standard", "SECRET": secret}
        taken = await asyncio.to_thread(run, EXAMPLES[1], **signed)
        await becomes(pool, "SELECT count(*) FROM registrations WHERE source = 'list'", 4)

    assert told == ANSWERS[0]
    assert [taken] == ANSWERS[1]
    names = await pool.fetch("SELECT name, cancelled_at IS NOT NULL AS gone FROM registrations ORDER BY external_id")
    assert [tuple(row) for row in names] == [
        ("Ana Duarte", False), ("Ben Okafor", False), ("Cem Aydin", True), ("Dana Moreau", False),
    ]  # fmt: skip
