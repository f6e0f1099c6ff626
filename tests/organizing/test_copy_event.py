"""Copying the last edition: settings, doors, packs and team come along, and no attendee does."""

from server.events.models import Role
from tests.agenda.packs.files import file_of
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.organizing.documents import COPY, DOORS
from tests.world import World

ADD_PACK = """
    mutation ($event: ID!, $content: String!, $key: ID!, $on: Boolean!) {
        addPromptPack(event: $event, content: $content, key: $key, on: $on) { __typename } }
"""
PACKS = "query ($event: ID!) { promptPacks(event: $event) { packs { title on content } } }"
PEOPLE = ("registrations", "cards", "badges", "admissions", "swaps", "invitations", "check_ins")


async def test_the_next_edition_has_the_settings_doors_packs_and_team(front_door: FrontDoor, world: World) -> None:
    last = await world.event(slug="fair", title="Fair", capacity=80, uses_check_in=True)
    organizer, owner = await world.team(last), await world.team(last, Role.OWNER)
    helper = await world.team(last, Role.DOOR_HELPER)
    await world.pool.execute("UPDATE people SET may_create_events = true WHERE id = $1", organizer.id)
    door = front_door.as_(organizer.token)
    await world.door(last, "Garden gate")
    await world.door(last, "Main door")
    await world.admit(await world.attendee(last))
    for theme, on in (("bikes", True), ("bees", False)):
        await door.ask(
            ADD_PACK, event=id_of(last), content=file_of(theme=theme), key=world.new_key(), on=on
        )  # fmt: skip

    made = (await door.ask(COPY, event=id_of(last), startsAt="2028-04-20T08:00:00Z", key=world.new_key()))["copyEvent"]

    event = made.pop("id")
    assert made == {
        "__typename": "Event", "slug": "fair-2", "title": "Fair", "startsAt": "2028-04-20T08:00:00Z",
        "endsAt": "2028-04-20T17:00:00Z", "settings": {"capacity": 80, "continues": {"slug": "fair"}},
    }  # fmt: skip
    assert (await door.ask(DOORS, event=event))["doors"] == [{"name": "Garden gate"}, {"name": "Main door"}]
    assert await door.ask(PACKS, event=event) == await door.ask(PACKS, event=id_of(last))
    roles = await world.pool.fetch(
        "SELECT person_id, role FROM event_roles JOIN events ON id = event_id WHERE slug = 'fair-2'"
    )
    assert {row["person_id"]: row["role"] for row in roles} == {
        organizer.id: "OWNER", owner.id: "ORGANIZER", helper.id: "DOOR_HELPER",
    }  # fmt: skip
    for table in PEOPLE:
        kept = f"SELECT count(*) FROM {table} WHERE event_id <> $1"  # noqa: S608 - names of our own
        assert await world.pool.fetchval(kept, last.id) == 0


async def test_the_same_key_copies_once_and_the_length_is_by_the_clock_on_the_wall(
    front_door: FrontDoor, world: World
) -> None:
    last = await world.event()
    owner = await world.team(last, Role.OWNER)
    await world.pool.execute("UPDATE people SET may_create_events = true WHERE id = $1", owner.id)
    wish = {"event": id_of(last), "startsAt": "2027-10-30T22:00:00Z", "key": world.new_key(), "title": "The night"}

    first, again = [(await front_door.as_(owner.token).ask(COPY, **wish))["copyEvent"] for _ in range(2)]

    assert first == again
    # From eleven at night for nine hours by the clock, in the night that has an hour more.
    assert (first["title"], first["endsAt"]) == ("The night", "2027-10-31T08:00:00Z")
    assert await world.pool.fetchval("SELECT count(*) FROM events") == 2


async def test_an_organizer_without_the_hosts_word_copies_nothing(front_door: FrontDoor, world: World) -> None:
    last = await world.event()
    organizer = await world.team(last)

    refused = await front_door.as_(organizer.token).ask(
        COPY, event=id_of(last), startsAt="2028-04-20T08:00:00Z", key=world.new_key()
    )

    assert refused["copyEvent"]["__typename"] == "MayNotCreateEvents"
