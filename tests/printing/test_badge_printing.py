"""Who has a badge on paper: for organizers by name, and for each attendee their own."""

from typing import Any

from server.badges.operations import issue_badge
from server.db import Pool
from server.events.models import Event
from server.sheets.formats import FormatName
from server.sheets.operations import log_print
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.printing.documents import Desk, id_of
from tests.world import Attendee, World

HOLDERS = """
    query ($event: ID!, $first: Int! = 50, $after: String, $search: String, $onlyNew: Boolean! = false) {
        badgePrinting(event: $event) {
            badges newBadges newWalkIns
            holders(first: $first, after: $after, search: $search, onlyNew: $onlyNew) {
                edges { cursor node { registration name ticketType walkIn printedAt } }
                pageInfo { hasNextPage endCursor } } } }
"""
OWN = """
    query ($slug: String!) {
        event(slug: $slug) { myRegistration {
            badgePrints { printedAt by inUse }
            eventBadgePrints { by badges } } } }
"""
PAPERS = "query ($event: ID!) { badgePrinting(event: $event) { papers { name title like columns rows } } }"


async def holders(desk: Desk, **asked: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (await desk.door.ask(HOLDERS, event=id_of(desk.event), **asked))["badgePrinting"]
    return answer


def names(printing: dict[str, Any]) -> list[str]:
    return [edge["node"]["name"] for edge in printing["holders"]["edges"]]


async def logged(pool: Pool, clock: Clock, event: Event, *badge_ids: Any) -> None:
    """Printed by the host."""
    async with pool.acquire() as connection:
        await log_print(
            connection, event_id=event.id, person_id=None, badge_ids=badge_ids, format_name=FormatName.A6, now=clock()
        )


async def test_holders_are_listed_by_name_with_when_they_were_printed(
    desk: Desk, world: World, event: Event, pool: Pool, clock: Clock
) -> None:
    _, printed = await world.registration(event, name="Zoë Müller")
    await world.registration(event, name="Ana Duarte")
    await world.registration(event, name="Cut Off", cancelled_at=clock())
    await world.registration(await world.event(), name="Elsewhere")
    await pool.execute("UPDATE registrations SET walk_in_key = id WHERE name = 'Ana Duarte'")
    await logged(pool, clock, event, printed)

    found = await holders(desk)

    assert (found["badges"], found["newBadges"], found["newWalkIns"]) == (2, 1, 1)
    assert [
        (edge["node"]["name"], edge["node"]["walkIn"], edge["node"]["printedAt"] is None)
        for edge in found["holders"]["edges"]
    ] == [("Ana Duarte", True, True), ("Zoë Müller", False, False)]
    assert names(await holders(desk, search="muller zoe")) == ["Zoë Müller"]
    assert names(await holders(desk, search="%")) == []
    assert names(await holders(desk, onlyNew=True)) == ["Ana Duarte"]


async def test_a_long_list_comes_in_pages_and_odd_ones_are_refused(desk: Desk, world: World, event: Event) -> None:
    for number in range(5):
        await world.registration(event, name=f"Guest {number}")

    first = await holders(desk, first=3)
    rest = await holders(desk, first=3, after=first["holders"]["pageInfo"]["endCursor"])

    assert names(first) + names(rest) == [f"Guest {number}" for number in range(5)]
    assert (first["holders"]["pageInfo"]["hasNextPage"], rest["holders"]["pageInfo"]["hasNextPage"]) == (True, False)
    for odd in ({"first": 101}, {"first": 0}, {"after": "nonsense"}):
        assert await desk.door.refusal(HOLDERS, event=id_of(event), **odd) in {"REFUSED", "BAD_REQUEST"}


async def test_every_paper_is_described(desk: Desk) -> None:
    papers = (await desk.door.ask(PAPERS, event=id_of(desk.event)))["badgePrinting"]["papers"]

    assert {paper["name"] for paper in papers} == set(FormatName.__members__)
    assert next(paper for paper in papers if paper["name"] == "A4_80X50") == {
        "name": "A4_80X50", "title": "A4, 10 name badges of 80 x 50 mm", "like": "Avery L4785", "columns": 2, "rows": 5,
    }  # fmt: skip


async def own(front_door: FrontDoor, somebody: Attendee) -> dict[str, Any]:
    answer: dict[str, Any] = (await front_door.as_(somebody.token).ask(OWN, slug=somebody.event.slug))["event"]
    return dict(answer["myRegistration"])


async def test_attendees_see_when_their_own_badge_was_printed_by_which_role_and_how_often_anybodys(
    front_door: FrontDoor, desk: Desk, world: World, event: Event, pool: Pool, clock: Clock
) -> None:
    ana, ben = await world.attendee(event, "Ana Duarte"), await world.attendee(event, "Ben Okafor")
    await logged(pool, clock, event, ana.badge_id, ben.badge_id)
    clock.advance(minutes=5)
    made = await desk.made(world.new_key(), wanted="ONE", registration=ana.gid)
    await desk.fetched(made)
    async with pool.acquire() as connection:
        await issue_badge(
            connection, event_id=event.id, registration_id=ana.registration_id, secrets=world.secrets, now=clock()
        )

    hers, his = await own(front_door, ana), await own(front_door, ben)

    assert [(each["by"], each["inUse"]) for each in hers["badgePrints"]] == [("ORGANIZER", False), ("HOST", False)]
    assert [(each["by"], each["inUse"]) for each in his["badgePrints"]] == [("HOST", True)]
    assert hers["eventBadgePrints"] == his["eventBadgePrints"]
    assert [(each["by"], each["badges"]) for each in hers["eventBadgePrints"]] == [("ORGANIZER", 1), ("HOST", 2)]


async def test_a_badge_never_printed_has_no_prints_and_other_events_are_not_seen(
    front_door: FrontDoor, world: World, event: Event, pool: Pool, clock: Clock
) -> None:
    ana = await world.attendee(event)
    ben = await world.attendee(await world.event())
    await logged(pool, clock, ben.event, ben.badge_id)

    assert await own(front_door, ana) == {"badgePrints": [], "eventBadgePrints": []}
    assert (await front_door.as_(ana.token).ask(OWN, slug=ben.event.slug))["event"]["myRegistration"] is None
