from tests.front_door import FrontDoor
from tests.world import World

DOCUMENT = """
    query ($slug: String!) { event(slug: $slug) { id title timezone myRegistration {
        id state goal card { name upTo } badge { url code } ticket { code type } event { slug } } } }
"""


async def test_an_attendee_sees_their_own_place(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    ana = await world.attendee(event, "Ana Duarte", up_to="starting a seed library")

    data = await front_door.as_(ana.token).ask(DOCUMENT, slug=event.slug)

    mine = data["event"]["myRegistration"]
    assert mine["card"] == {"name": "Ana Duarte", "upTo": "starting a seed library"}
    assert mine["badge"] == {"url": f"HTTP://HANDSEL.TEST/B/{ana.badge.token}", "code": ana.badge.code}
    assert mine["ticket"] == {"code": ana.ticket, "type": "Day ticket"}
    assert mine["state"] == "REGISTERED"


async def test_somebody_without_a_place_sees_the_event_and_no_registration(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    stranger = await world.person()

    data = await front_door.as_(stranger.token).ask(DOCUMENT, slug=event.slug)

    assert data["event"]["myRegistration"] is None


async def test_nobody_sees_an_event_without_signing_in(front_door: FrontDoor, world: World) -> None:
    event = await world.event()

    assert await front_door.refusal(DOCUMENT, slug=event.slug) == "UNAUTHENTICATED"
