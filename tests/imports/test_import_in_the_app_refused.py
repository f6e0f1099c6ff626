"""Who may not bring a list in, and what is refused of those who may."""

from schema.ids import Kind, global_id
from server.events.models import Role
from tests.front_door import FrontDoor
from tests.imports.lists import csv_text
from tests.imports.screen import BRING_IN, FORGET, LOOK, USE, Screen, id_of
from tests.world import World

LIST = csv_text([("Name", "Email"), ("Ana Ferreira", "ana@example.org"), ("=cmd()", "nobody")]).encode()


async def test_nobody_but_an_organizer_sends_a_list(screen: Screen, world: World, front_door: FrontDoor) -> None:
    helper = await world.team(screen.event, Role.DOOR_HELPER)
    attendee = (await world.attendee(screen.event)).person
    stranger = await world.person()
    url = f"/events/{screen.event.slug}/imports/{world.new_key()}"

    def headers(token: str) -> dict[str, str]:
        return {"authorization": f"Bearer {token}"}

    client = front_door.client
    assert (await client.post(url, content=LIST)).status_code == 401
    told = [
        (await client.post(url, content=LIST, headers=headers(each.token))).status_code
        for each in (helper, attendee, stranger)
    ]
    assert told == [403, 403, 404]
    unknown = await client.post("/events/unknown/imports/nothing", content=LIST, headers=headers(screen.somebody.token))
    assert unknown.status_code == 404
    assert await screen.pool.fetchval("SELECT count(*) FROM imports") == 0


async def test_a_colleague_sees_sums_and_not_the_list(screen: Screen, world: World, front_door: FrontDoor) -> None:
    colleague = front_door.as_((await world.team(screen.event)).token)
    shown = await screen.read(LIST)
    of = {"import": shown["id"]}

    assert (await colleague.ask(LOOK, event=id_of(screen.event)))["eventImports"]["open"] is None
    assert (await colleague.ask(USE, **of))["useImportColumns"]["__typename"] == "NotFound"
    assert (await colleague.ask(BRING_IN, **of, skipBad=True))["bringInImport"]["__typename"] == "NotFound"
    assert (await colleague.ask(FORGET, **of))["forgetImport"]["__typename"] == "NotFound"
    await screen.brought_in(skip_bad=True)
    [edge] = (await colleague.ask(LOOK, event=id_of(screen.event)))["eventImports"]["past"]["edges"]
    assert (edge["node"]["added"], edge["node"]["findings"]) == (1, None)
    node = "query ($id: ID!) { node(id: $id) { ... on Import { added findings { badCount } } } }"
    assert (await colleague.ask(node, id=shown["id"]))["node"] == {"added": 1, "findings": None}


async def test_an_organizer_whose_role_has_ended_brings_nothing_in(screen: Screen) -> None:
    await screen.read(LIST)
    await screen.press(skip_bad=True)
    await screen.pool.execute("DELETE FROM event_roles WHERE person_id = $1", screen.somebody.id)

    await screen.work()

    assert await screen.pool.fetchval("SELECT count(*) FROM registrations") == 0
    assert await screen.pool.fetchval("SELECT state FROM imports") == "FAILED"


async def test_a_file_that_is_too_large_is_refused_and_nothing_is_kept(screen: Screen) -> None:
    answer = await screen.send(bytes(20 * 1024 * 1024 + 1))

    assert answer.status_code == 413
    assert "larger than 20 MB" in answer.text
    assert await screen.pool.fetchval("SELECT count(*) FROM imports") == 0


async def test_the_rows_to_correct_come_as_a_file_without_what_stands_in_them(
    screen: Screen, world: World, front_door: FrontDoor
) -> None:
    shown = await screen.read(csv_text([("Name", "=Mail", "E-Mail"), ("Ana", "", "nobody@")]).encode())
    url = f"/events/{screen.event.slug}/imports/{shown['key']}/bad-rows.csv"
    own = {"authorization": f"Bearer {screen.somebody.token}"}

    answer = await front_door.client.get(url, headers=own)

    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "Line,Column,Reason",
        "2,E-Mail,This does not look like a mail address.",
    ]
    colleague = await world.team(screen.event)
    refused = await front_door.client.get(url, headers={"authorization": f"Bearer {colleague.token}"})
    assert refused.status_code == 404


async def test_a_list_is_forgotten_when_asked(screen: Screen) -> None:
    shown = await screen.read(LIST)

    told = (await screen.door.ask(FORGET, **{"import": shown["id"]}))["forgetImport"]

    assert told["__typename"] == "Done"
    assert await screen.shown() is None
    unknown = global_id(Kind.IMPORT, screen.event.id, screen.event.id)
    assert (await screen.door.ask(FORGET, **{"import": unknown}))["forgetImport"]["__typename"] == "NotFound"
