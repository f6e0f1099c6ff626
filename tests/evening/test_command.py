"""`handsel evening` and `handsel work` as the host runs them: processes of their own on a real database."""

import os
import signal
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest

from server.db import Pool
from server.events.models import Event
from tests.world import World


@pytest.fixture
def environment(dsn: str, tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HANDSEL_")}
    return kept | {"DATABASE_URL": dsn, "HANDSEL_DATA": str(tmp_path), "COLUMNS": "120"}


def handsel(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server", *arguments],
        env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture
async def event(world: World) -> Event:
    """Ana met Ben and Cem and promised each something; neither promised anything."""
    event = await world.event(slug="repair", evening_at=time(19))
    ana, ben, cem = [await world.attendee(event, name) for name in ("Ana Duarte", "Ben Okafor", "Cem Yilmaz")]
    for other in (ben, cem):
        await world.promise(ana, await world.swap(ana, other))
    return event


async def test_the_lists_are_made_and_told_in_numbers(environment: dict[str, str], event: Event, pool: Pool) -> None:
    done = handsel(environment, "evening", "repair", "--at", "2027-04-22T19:30")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-3:] == [
        "Evening of 22 April 2027, Repair Summit: 3 people.",
        "  2 suggestions: 1 person",
        "  Nothing to do: 2 people",
    ]
    assert "Ana" not in done.stdout
    assert await pool.fetchval("SELECT count(*) FROM follow_ups") == 2

    again = handsel(environment, "evening", "repair", "--at", "2027-04-22T20:30:00+01:00")
    assert again.stdout.splitlines()[-3:] == done.stdout.splitlines()[-3:]
    assert await pool.fetchval("SELECT count(*) FROM follow_ups") == 2


async def test_without_a_time_the_lists_are_made_as_if_the_hour_had_come(
    environment: dict[str, str], event: Event, pool: Pool
) -> None:
    assert handsel(environment, "evening", "repair").returncode == 0

    assert await pool.fetchval("SELECT max(day) FROM evenings") == date(2027, 4, 22)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["gone"], "There is no event of that name. It is the word in the event's address, such as open-gardens-2027."),
        (["repair", "--at", "soon"], "Write the time like 2027-04-22T19:30, or 19:30 for today."),
        (
            ["repair", "--at", "2027-04-22T18:59"],
            "That is before the evening of 22 April, which begins at 19:00. Choose a later time.",
        ),
    ],
)
async def test_what_cannot_be_made_is_said_in_a_sentence(
    environment: dict[str, str], event: Event, arguments: list[str], sentence: str
) -> None:
    refused = handsel(environment, "evening", *arguments)

    assert refused.returncode == 1
    assert refused.stderr.strip() == sentence


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_work_ends_in_order_when_it_is_told_to(environment: dict[str, str], ending: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "server", "work"], env=environment, stdout=subprocess.PIPE, text=True
    ) as working:
        assert working.stdout is not None
        assert working.stdout.readline() == "Working on jobs. Ctrl-C ends it.\n"
        working.send_signal(ending)

        assert working.wait(timeout=60) == 0
        assert working.stdout.read() == "Handsel has stopped working.\n"
