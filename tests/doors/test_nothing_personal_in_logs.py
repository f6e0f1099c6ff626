"""A canary in every name and code that a door handles: no log line, metric or error may sing of it."""

import logging

import pytest
from prometheus_client import generate_latest
from structlog.testing import capture_logs

from tests.desk.documents import find, register
from tests.doors.phone import CHECK_IN, DoorPhone
from tests.front_door import FrontDoor
from tests.world import World

CANARY = "Canary7c1e"


async def test_no_log_line_metric_or_error_holds_a_name_or_a_code(
    front_door: FrontDoor,
    world: World,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "httpx")  # the test's own client
    phone = await DoorPhone.at(front_door, world, await world.event())
    ana = await world.attendee(phone.event, CANARY)
    scan = phone.made(ana.ticket)
    await world.pool.execute("ALTER TABLE admissions ADD CONSTRAINT no_canary CHECK (false) NOT VALID")

    with capture_logs() as logs:
        try:
            broken = await phone.front_door.answer(CHECK_IN, event=phone.event_gid, scan=scan)
        finally:
            await world.pool.execute("ALTER TABLE admissions DROP CONSTRAINT no_canary")
        told = [await phone.send(scan), await phone.scan(CANARY), await phone.scan(ana.badge.token)]
        await phone.undo(told[0])
        walk_in = await register(phone.front_door, phone.event, CANARY, email=f"{CANARY}@example.org")
        again = await register(phone.front_door, phone.event, CANARY, email=f"{CANARY}@example.org")
        await find(phone.front_door, phone.event, CANARY)

    assert broken["errors"][0]["extensions"]["code"] == "INTERNAL"
    out = capsys.readouterr()
    said = [str(logs), caplog.text, out.out, out.err, str(broken), str(again), generate_latest().decode()]
    for secret in (CANARY.lower(), ana.ticket.lower(), ana.badge.token.lower(), walk_in["ticket"]["code"].lower()):
        assert not any(secret in text.lower() for text in said)
