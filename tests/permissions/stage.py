"""One world with two events, in which everything that can be asked for exists and is Ana's."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from schema.ids import Kind, global_id
from server.doors.phones.models import PhoneKind
from server.events.models import Event, Role
from server.sheets.formats import FormatName
from server.sheets.operations import log_print
from tests.agenda.packs.files import file_of
from tests.attendance.documents import EXPORT
from tests.doors.paired import Paired, paired
from tests.encounters.documents import BLOCK, SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.imports.stored import stored_import, stored_key
from tests.notifications.steps import was_told, with_device
from tests.permissions.of_meetings import agree_on_a_time, leave_in_the_calendar
from tests.permissions.of_rooms import count_at_a_session
from tests.teams.steps import waiting_invitation
from tests.world import Attendee, World

WRITE = """
    mutation ($swap: ID!, $prompt: ID!, $about: String!, $feeling: Feeling!) {
        note: addNote(swap: $swap, text: $about) { ... on Note { id } }
        need: noteNeed(swap: $swap, text: $about) { ... on Note { id } }
        promise(swap: $swap, kind: SEND, text: $about) { ... on Promise { id } }
        feel(swap: $swap, feeling: $feeling) { __typename }
        markPrompt(prompt: $prompt, state: ASKED, insight: $about) { __typename }
        shareBack(swap: $swap, fields: [EMAIL]) { __typename } }
"""
CHECK_IN = (
    "mutation ($event: ID!, $scan: CheckInInput!) { checkIn(event: $event, checkIn: $scan) { ... on CheckIn { id } } }"
)
REPORTS = "query ($event: ID!) { reports(event: $event) { id } }"
MAKE_SHEETS = """
    mutation ($event: ID!, $key: ID!) {
        makeBadgeSheets(event: $event, key: $key, paper: A6, wanted: ALL) { __typename } }
"""
ADD_PACK = """
    mutation ($event: ID!, $content: String!, $key: ID!) {
        addPromptPack(event: $event, content: $content, key: $key) { ... on PromptPack { id } } }
"""
KEEP = """
    mutation ($of: ID!, $key: ID!) { logTouch(relationship: $of, gave: "Given by Ana", key: $key) {
        ... on Relationship { gifts { id } } } }
"""
REVIEW = "{ review { followUps { id } } }"
LONG_AGO = "UPDATE relationships SET last_touch_at = last_touch_at - interval '100 days' WHERE person_id = $1"
INTRODUCE = """
    mutation ($first: ID!, $second: ID!) {
        introduce(first: $first, second: $second, reason: "Clay") { ... on Introduction { id } } }
"""
PUSH_ENDPOINT = "https://fcm.googleapis.com/of-ana"
EVENING = "query ($event: ID!) { evening(event: $event) { followUps { id } } }"


@dataclass(frozen=True, slots=True)
class Stage:
    """Who is there, and the ids of what is Ana's."""

    here: Event
    there: Event
    ana: Attendee
    ben: Attendee
    cyn: Attendee
    dee: Attendee
    tokens: dict[str, str | None]
    door: str
    door_there: str
    scan_key: str
    swap: str
    other_swap: str
    blocked_swap: str
    swap_with_dee: str
    request: str
    ids: dict[Kind, str]
    claimable: str
    sheets: str
    begun_import: str
    import_key: str
    push_device: str
    push_endpoint: str
    phones: dict[str, Paired]
    conflict: str

    def door_of(self, role: str, front_door: FrontDoor) -> FrontDoor:
        """The front door as that role comes to it."""
        if role in self.phones:
            return front_door.as_phone(self.phones[role].token)
        token = self.tokens[role]
        return front_door if token is None else front_door.as_(token)

    team: dict[str, str]

    @classmethod
    async def build(cls, front_door: FrontDoor, world: World) -> Self:
        """It is the evening of the event, which is still under way."""
        clock = world.clock
        clock.now = datetime(2027, 4, 22, 18, 1, tzinfo=UTC)  # a minute past seven in Lisbon
        here = await world.event(slug="here", title="The gathering here")
        there = await world.event(slug="there")
        ana = await world.attendee(
            here, "Ana Self", seeking="somebody with a kiln", topics=["pottery"], open_to_introductions=True
        )
        ben, cyn, dee = [await world.attendee(here, name) for name in ("Ben Other", "Cyn Attendee", "Dee Met")]
        helper, organizer, owner = [
            await world.team(here, role) for role in (Role.DOOR_HELPER, Role.ORGANIZER, Role.OWNER)
        ]
        await world.pool.execute("UPDATE people SET may_create_events = true WHERE id = $1", owner.id)
        stranger, elsewhere = await world.person(), await world.team(there)
        waiting, _ = await world.registration(there, name="Ana Self", email=ana.person.email)
        door, door_there = await world.door(here, "Door here"), await world.door(there, "Door there")

        swap, key, prompt = await _meet(front_door, world, ana, ben)
        await world.refused_address(here, dee.person.email)
        other_swap, _, _ = await _meet(front_door, world, cyn, dee)
        written = await _write(front_door, ana.token, swap, prompt, "Written by Ana", "LEARNED")
        bens_prompt = await _prompt_of(front_door, ben.token, swap)
        await _write(front_door, ben.token, swap, bens_prompt, "Written by Ben", "TALK_AGAIN")
        for offline in (False, True):  # the second one is told of the first one's door, and had let her in too
            scan = {"code": ana.ticket, "door": door, "key": world.new_key(), "scannedAt": clock().isoformat()}
            judged = {"offline": offline, "shown": "ADMITTED" if offline else None}
            told = await front_door.as_(helper.token).ask(CHECK_IN, event=id_of(here), scan=scan | judged)
        meeting = await agree_on_a_time(front_door, ana, ben, swap)
        blocked_swap, _, _ = await _meet(front_door, world, ana, await world.attendee(here, "Gus Gone"))
        await front_door.as_(ana.token).ask(BLOCK, swap=blocked_swap, report="Followed me about")
        swap_with_dee, introduced = await _introduce(front_door, world, ben, swap, dee)
        await leave_in_the_calendar(world, ana, blocked_swap)
        request = await _ask_around(front_door, world, ben, swap, ana)
        clock.advance(seconds=30)  # so long ago that a phone which begins to watch hears nothing of it
        [waiting_report] = (await front_door.as_(organizer.token).ask(REPORTS, event=id_of(here)))["reports"]
        evening = await front_door.as_(ana.token).ask(EVENING, event=id_of(here))
        await world.pool.execute(LONG_AGO, ana.person.id)
        review = await front_door.as_(ana.token).ask(REVIEW)
        day = here.day_of(clock())
        kept, gift = await _keep(front_door, world, ana)
        sheets = world.new_key()
        await front_door.as_(organizer.token).ask(MAKE_SHEETS, event=id_of(here), key=sheets)
        asked = {"event": id_of(here), "key": world.new_key()}
        exported = await front_door.as_(organizer.token).ask(EXPORT, **asked)
        pack = {"event": id_of(here), "content": file_of(theme="theme-here"), "key": world.new_key()}
        added = await front_door.as_(organizer.token).ask(ADD_PACK, **pack)
        async with world.pool.acquire() as connection:
            await log_print(
                connection, event_id=here.id, person_id=None, badge_ids=[ana.badge_id], format_name=FormatName.A6,
                now=clock(),
            )  # fmt: skip
        session = await count_at_a_session(front_door, world, organizer, ana)
        phones = {
            "phone": await paired(world, here, door, helper="Kim at the door"),
            "kiosk": await paired(world, here, door, kind=PhoneKind.KIOSK),
            "room": await paired(world, here, session, kind=PhoneKind.ROOM, helper="Kim at the room"),
        }
        return cls(
            here, there, ana, ben, cyn, dee,
            tokens={
                "nobody": None, "stranger": stranger.token, "elsewhere": elsewhere.token, "attendee": cyn.token,
                "other": ben.token, "self": ana.token, "helper": helper.token, "organizer": organizer.token,
                "owner": owner.token,
            },
            door=door, door_there=door_there, scan_key=key, swap=swap, other_swap=other_swap,
            blocked_swap=blocked_swap, swap_with_dee=swap_with_dee, request=request,
            ids={
                Kind.PERSON: global_id(Kind.PERSON, ana.person.id),
                Kind.EVENT: id_of(here),
                Kind.REGISTRATION: ana.gid,
                Kind.BADGE: global_id(Kind.BADGE, ana.badge_id, here.id),
                Kind.SWAP: swap,
                Kind.PROMPT: prompt,
                Kind.NOTE: written["note"]["id"],
                Kind.PROMISE: written["promise"]["id"],
                Kind.FOLLOW_UP: evening["evening"]["followUps"][0]["id"],
                Kind.INTRODUCTION: introduced,
                Kind.DOOR: door,
                Kind.ATTENDANCE_ROW: global_id(Kind.ATTENDANCE_ROW, ana.registration_id, here.id, day),
                Kind.CHECK_IN: told["checkIn"]["id"],
                Kind.REPORT: waiting_report["id"],
                Kind.PROMPT_PACK: added["addPromptPack"]["id"],
                Kind.RELATIONSHIP: kept,
                Kind.GIFT: gift,
                Kind.REVIEW_FOLLOW_UP: review["review"]["followUps"][0]["id"],
                Kind.DELIVERY: await was_told(world, ana.person.id),
                Kind.MEETING: meeting,
                Kind.ROOM_SESSION: session,
                Kind.EXPORT: exported["exportAttendance"]["id"],
                Kind.DOOR_PHONE: phones["phone"].id,
                Kind.DOOR_HELPER: phones["phone"].helper,
                Kind.IMPORT: await stored_import(world, here, organizer.id),
                Kind.TEAM_INVITATION: await waiting_invitation(world, here),
            },
            claimable=global_id(Kind.REGISTRATION, waiting, there.id),
            sheets=sheets, begun_import=await stored_import(world, here, organizer.id, is_done=False),
            import_key=await stored_key(world, here, organizer.id),
            push_device=str(await with_device(world, ana.person.id, PUSH_ENDPOINT)), push_endpoint=PUSH_ENDPOINT,
            phones=phones,
            team={
                role: global_id(Kind.PERSON, of.id)
                for role, of in (("helper", helper), ("organizer", organizer), ("owner", owner))
            },
            conflict=told["checkIn"]["id"],
        )  # fmt: skip


async def _meet(front_door: FrontDoor, world: World, first: Attendee, second: Attendee) -> tuple[str, str, str]:
    """Each scans the other: the swap, the first one's scan's key, and a prompt of theirs."""
    scans = [scan_of(of.badge.token, at=world.clock()) for of in (second, first)]
    for who, scan in zip((first, second), scans, strict=True):
        data = await front_door.as_(who.token).ask(SWAP_BADGES, event=id_of(first.event), scan=scan)
    swap: str = data["swapBadges"]["id"]
    return swap, scans[0]["key"], await _prompt_of(front_door, first.token, swap)


async def _introduce(
    front_door: FrontDoor, world: World, introducer: Attendee, first: str, second: Attendee
) -> tuple[str, str]:
    """The first, by their swap, is asked whether they would like to meet the second: that one's swap, and the
    introduction.
    """
    await world.pool.execute(
        "UPDATE cards SET open_to_introductions = true WHERE registration_id = $1", second.registration_id
    )
    swap = global_id(Kind.SWAP, await world.swap(introducer, second), introducer.event.id)
    data = await front_door.as_(introducer.token).ask(INTRODUCE, first=first, second=swap)
    return swap, data["introduce"]["id"]


async def _ask_around(front_door: FrontDoor, world: World, asker: Attendee, swap: str, asked: Attendee) -> str:
    """Somebody asks a contact, who agreed to it, whom they know: the request."""
    await world.pool.execute(
        "UPDATE cards SET open_to_introductions = true WHERE registration_id = $1", asker.registration_id
    )
    agree = "mutation { agreeToBeAsked(agree: true) { __typename } }"
    await front_door.as_(asked.token).ask(agree)
    ask = 'mutation ($swap: ID!) { askAround(swap: $swap, need: "A kiln") { __typename } }'
    await front_door.as_(asker.token).ask(ask, swap=swap)
    return str(await world.pool.fetchval("SELECT id FROM introduction_requests"))


async def _prompt_of(front_door: FrontDoor, token: str, swap: str) -> str:
    data = await front_door.as_(token).ask("query ($id: ID!) { swap(id: $id) { agenda { prompts { id } } } }", id=swap)
    prompt: str = data["swap"]["agenda"]["prompts"][0]["id"]
    return prompt


async def _write(front_door: FrontDoor, token: str, swap: str, prompt: str, about: str, feeling: str) -> dict[str, Any]:
    return await front_door.as_(token).ask(WRITE, swap=swap, prompt=prompt, about=about, feeling=feeling)


async def _keep(front_door: FrontDoor, world: World, who: Attendee) -> tuple[str, str]:
    """Their relationship with whom they shared, and something they gave."""
    door = front_door.as_(who.token)
    [edge] = (await door.ask("{ relationships { edges { node { id } } } }"))["relationships"]["edges"]
    touched = await door.ask(KEEP, of=edge["node"]["id"], key=world.new_key())
    return edge["node"]["id"], touched["logTouch"]["gifts"][0]["id"]
