"""Names are compared and found as tests/desk/finding.json says, which also holds for a door's phone offline."""

import json
from pathlib import Path
from typing import Any

from server.events.models import Role
from server.people.names import name_key
from tests.desk.documents import find
from tests.front_door import FrontDoor
from tests.world import World

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "finding.json").read_text(encoding="utf-8"))


def test_names_have_these_keys() -> None:
    assert [[name, name_key(name)] for name, _ in VECTORS["keys"]] == VECTORS["keys"]


async def test_searches_find_these_people(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    helper = front_door.as_((await world.team(event, Role.DOOR_HELPER)).token)
    for name in VECTORS["people"]:
        await world.registration(event, name=name)

    answers = [
        {"search": each["search"], "found": [found["name"] for found in await find(helper, event, each["search"], 20)]}
        for each in VECTORS["searches"]
    ]

    assert answers == VECTORS["searches"]
