"""A list of swaps goes on from a cursor of ours; any other text is refused, whatever it would decode to."""

from base64 import urlsafe_b64encode

import pytest

from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.world import World

ID = "97fcee98-a220-1d7e-aa68-4ab4312ad555"


@pytest.mark.parametrize(
    "text", ["", "yesterday", f"yesterday {ID}", "2027-04-22T09:00:00+00:00 me", f"0001-01-01T00:00:00+14:00 {ID}"]
)
async def test_a_cursor_that_is_not_ours_is_refused(front_door: FrontDoor, world: World, text: str) -> None:
    ana = await world.attendee(await world.event())

    refused = await front_door.as_(ana.token).refusal(
        "query ($event: ID!, $after: String!) { swaps(event: $event, after: $after) { edges { cursor } } }",
        event=id_of(ana.event),
        after=urlsafe_b64encode(text.encode()).decode(),
    )

    assert refused == "REFUSED"
