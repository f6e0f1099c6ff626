"""Every kind of id that an answer holds can be asked for again by its owner, and by nobody else."""

from datetime import timedelta
from typing import Any

from schema.ids import Kind, global_id, read_any
from schema.refetching import _BY_KIND
from server.events.models import Event, Role
from tests.agenda.packs.files import add, file_of
from tests.attendance.documents import EXPORT
from tests.clock import Clock
from tests.doors.paired import paired
from tests.encounters.documents import BLOCK, SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.imports.stored import stored_import
from tests.notifications.steps import was_told
from tests.permissions.of_rooms import count_at_a_session
from tests.teams.steps import invite
from tests.world import Attendee, World

NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"
WRITE = """
    mutation ($swap: ID!) {
        addNote(swap: $swap, text: "Likes tea") { ... on Note { id } }
        promise(swap: $swap, kind: SEND, text: "The article") { ... on Promise { id } } }
"""
SHARE = "mutation ($swap: ID!) { shareBack(swap: $swap, fields: [EMAIL]) { __typename } }"
PROPOSE = """
    mutation ($swap: ID!, $options: [DateTime!]!) {
        proposeMeeting(swap: $swap, options: $options) { ... on Meeting { id } } }
"""
CHECK_IN = """
    mutation ($event: ID!, $checkIn: CheckInInput!) { checkIn(event: $event, checkIn: $checkIn) {
        ... on CheckIn { id door { id } } } }
"""
ATTENDANCE = "query ($event: ID!) { attendance(event: $event) { rows { edges { node { id } } } } }"
MINE = "query ($slug: String!) { me { id } event(slug: $slug) { id myRegistration { id badge { id } } } }"
REPORTS = "query ($event: ID!) { reports(event: $event) { id } }"
INTRODUCE = """
    mutation ($first: ID!, $second: ID!) {
        introduce(first: $first, second: $second, reason: "Clay") { ... on Introduction { id } } }
"""
EVENING = "query ($event: ID!) { evening(event: $event) { followUps { id } } }"


def test_every_kind_can_be_asked_for() -> None:
    assert set(_BY_KIND) == set(Kind)


async def ids_of_everything(front_door: FrontDoor, world: World, clock: Clock) -> tuple[dict[str, list[str]], Any]:
    """Ids by owner's token, one of each kind, out of the answers that clients see."""
    event = await world.event(ends_at=clock() + timedelta(days=1))
    ana, ben = await world.attendee(event, "Ana"), await world.attendee(event, "Ben")
    organizer = await world.team(event, Role.ORGANIZER)
    door = await world.door(event)
    ana_door = front_door.as_(ana.token)
    scanned = await ana_door.ask(SWAP_BADGES, event=id_of(event), scan=scan_of(ben.badge.token, at=clock()))
    swap = scanned["swapBadges"]
    written = await ana_door.ask(WRITE, swap=swap["id"])
    mine = await ana_door.ask(MINE, slug=event.slug)
    told = clock().isoformat()
    checked = await front_door.as_(organizer.token).ask(
        CHECK_IN,
        event=id_of(event),
        checkIn={"code": ana.ticket, "door": door, "key": world.new_key(), "scannedAt": told, "sentAt": told},
    )
    rows = await front_door.as_(organizer.token).ask(ATTENDANCE, event=id_of(event))
    introduction = await _introduction_of(ana, front_door, world)
    await ana_door.ask(SHARE, swap=swap["id"])
    meeting = await _agreed_with(ben.token, front_door, swap["id"], ana.token)
    pack = await add(front_door, world, organizer, event, file_of())
    exported = await front_door.as_(organizer.token).ask(EXPORT, event=id_of(event), key=world.new_key())
    report = await _report_read_by(organizer.token, front_door, world, clock, event)
    clock.now = event.evening_starts_at(event.day_of(clock())) + timedelta(minutes=1)
    evening = await ana_door.ask(EVENING, event=id_of(event))
    kept = await _kept_with(ben, swap["id"], ana.token, front_door, world)
    named = await _named_in_review(ben.token, swap["id"], ana.token, front_door, world)
    phone = await paired(world, event, door, helper="Lea")
    asked_in = await invite(front_door.as_(organizer.token), world, event, "lea@example.org")
    place = mine["event"]["myRegistration"]
    return {
        ana.token: [
            mine["me"]["id"], place["id"], place["badge"]["id"], swap["id"], swap["agenda"]["prompts"][0]["id"],
            written["addNote"]["id"], written["promise"]["id"], evening["evening"]["followUps"][0]["id"], *kept, named,
            introduction,
            await was_told(world, ana.person.id),
            meeting,
        ],
        organizer.token: [
            checked["checkIn"]["id"], door, rows["attendance"]["rows"]["edges"][0]["node"]["id"], report, pack["id"],
            await count_at_a_session(front_door, world, organizer, ana),
            exported["exportAttendance"]["id"], await stored_import(world, event, organizer.id),
            phone.id, phone.helper, asked_in["id"],
        ],
    }, mine["event"]["id"]  # fmt: skip


async def _kept_with(other: Attendee, swap: str, token: str, front_door: FrontDoor, world: World) -> list[str]:
    """The ids of a relationship that begins with the other's sharing, and of something given."""
    share = "mutation ($swap: ID!) { shareBack(swap: $swap, fields: [EMAIL]) { __typename } }"
    await front_door.as_(other.token).ask(share, swap=swap)
    [edge] = (await front_door.as_(token).ask("{ relationships { edges { node { id } } } }"))["relationships"]["edges"]
    gave = """
        mutation ($of: ID!, $key: ID!) { logTouch(relationship: $of, gave: "Honey", key: $key) {
            ... on Relationship { gifts { id } } } }
    """
    touched = await front_door.as_(token).ask(gave, of=edge["node"]["id"], key=world.new_key())
    return [edge["node"]["id"], touched["logTouch"]["gifts"][0]["id"]]


async def _named_in_review(other: str, swap: str, token: str, front_door: FrontDoor, world: World) -> str:
    """The id under which a weekly review names somebody who shared back long ago."""
    await front_door.as_(other).ask(SHARE, swap=swap)
    await world.pool.execute("UPDATE relationships SET last_touch_at = last_touch_at - interval '100 days'")
    [named] = (await front_door.as_(token).ask("{ review { followUps { id } } }"))["review"]["followUps"]
    found: str = named["id"]
    return found


async def _introduction_of(introducer: Attendee, front_door: FrontDoor, world: World) -> str:
    """The id of an introduction of two contacts."""
    swaps = [
        global_id(
            Kind.SWAP,
            await world.swap(introducer, await world.attendee(introducer.event, name, open_to_introductions=True)),
            introducer.event.id,
        )
        for name in ("Eva", "Fil")
    ]
    introduced = await front_door.as_(introducer.token).ask(INTRODUCE, first=swaps[0], second=swaps[1])
    found: str = introduced["introduce"]["id"]
    return found


async def _agreed_with(token: str, front_door: FrontDoor, swap: str, by: str) -> str:
    """The id of a 1-2-1 that somebody proposed to one who shares back."""
    await front_door.as_(token).ask(SHARE, swap=swap)
    options = ["2027-04-26T14:00:00Z", "2027-04-28T14:00:00Z"]
    proposed = await front_door.as_(by).ask(PROPOSE, swap=swap, options=options)
    found: str = proposed["proposeMeeting"]["id"]
    return found


async def _report_read_by(token: str, front_door: FrontDoor, world: World, clock: Clock, event: Event) -> str:
    """The id of a report about somebody else, as an organizer reads it."""
    cem, dan = await world.attendee(event, "Cem"), await world.attendee(event, "Dan")
    scanned = await front_door.as_(cem.token).ask(
        SWAP_BADGES, event=id_of(event), scan=scan_of(dan.badge.token, at=clock())
    )
    await front_door.as_(cem.token).ask(BLOCK, swap=scanned["swapBadges"]["id"], report="Would not leave me alone")
    reports = (await front_door.as_(token).ask(REPORTS, event=id_of(event)))["reports"]
    found: str = reports[0]["id"]
    return found


async def test_each_owner_gets_their_things_again_and_nobody_else_does(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    owned, event = await ids_of_everything(front_door, world, clock)
    stranger = await world.person()
    kinds = {read_any(each).kind for ids in owned.values() for each in ids}
    assert kinds == set(Kind) - {Kind.EVENT}

    for owner, ids in owned.items():
        for each in ids:
            found = (await front_door.as_(owner).ask(NODE, id=each))["node"]
            assert found is not None, read_any(each).kind
            assert found["id"] == each
            for other in {stranger.token, *owned} - {owner}:
                assert (await front_door.as_(other).ask(NODE, id=each))["node"] is None, read_any(each).kind

    assert (await front_door.as_(stranger.token).ask(NODE, id=event))["node"]["__typename"] == "Event"


async def test_what_is_no_id_is_null(front_door: FrontDoor, world: World) -> None:
    somebody = await world.person()

    for nonsense in ("", "x", "AAAA", "🐝", global_id(Kind.SWAP, somebody.id, somebody.id)):
        assert (await front_door.as_(somebody.token).ask(NODE, id=nonsense))["node"] is None
