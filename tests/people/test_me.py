"""My own account."""

from schema.ids import Kind, global_id
from tests.front_door import FrontDoor
from tests.sessions.steps import ME
from tests.world import World

SETTINGS = """
    mutation ($locale: String, $timezone: String) {
        updateSettings(locale: $locale, timezone: $timezone) {
            __typename ... on Person { locale timezone } ... on InputNotValid { field message } } }
"""


async def test_nobody_is_me_without_signing_in(front_door: FrontDoor) -> None:
    assert (await front_door.ask(ME))["me"] is None


async def test_i_see_my_account_places_and_roles(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    ana = await world.attendee(event, "Ana Duarte", up_to="starting a seed library")
    desk = await world.team(event)

    me = (await front_door.as_(ana.token).ask(ME))["me"]

    assert me["id"] == global_id(Kind.PERSON, ana.person.id)
    assert me["email"] == ana.person.email
    assert (me["locale"], me["timezone"]) == ("en", "UTC")
    assert me["contact"] == {"email": None, "phone": None, "links": []}
    assert me["sharing"] == {"always": False, "fields": []}
    assert [each["card"]["upTo"] for each in me["registrations"]] == ["starting a seed library"]
    assert me["roles"] == []
    assert (await front_door.as_(desk.token).ask(ME))["me"]["roles"] == [
        {"role": "ORGANIZER", "event": {"slug": event.slug}}
    ]


async def test_i_choose_language_and_time_zone(front_door: FrontDoor, world: World) -> None:
    door = front_door.as_((await world.person()).token)

    await door.ask(SETTINGS, timezone="Europe/Lisbon")
    data = await door.ask(SETTINGS, locale="en")

    assert data["updateSettings"] == {"__typename": "Person", "locale": "en", "timezone": "Europe/Lisbon"}


async def test_a_time_zone_or_language_nobody_knows_is_refused(front_door: FrontDoor, world: World) -> None:
    door = front_door.as_((await world.person()).token)

    for timezone in ("Europe", "../etc/passwd", "x" * 5000, "Lisbon"):
        answer = (await door.ask(SETTINGS, timezone=timezone))["updateSettings"]
        assert (answer["__typename"], answer["field"]) == ("InputNotValid", "timezone")
    assert (await door.ask(SETTINGS, locale="tlh"))["updateSettings"]["field"] == "locale"
