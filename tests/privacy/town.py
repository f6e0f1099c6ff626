"""A town in which every personal field of everybody holds a text that is found nowhere else: a canary.

Ana met people under every kind of consent there is. Whoever then asks for everything may hear only the canaries that
were opened to them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from schema.ids import Kind, global_id, read_any
from server.badges.tokens import badge_secret
from server.errors import NotFound
from server.events.models import Event, Role
from tests.agenda.packs.files import file_of
from tests.attendance.documents import EXPORT
from tests.doors.paired import paired
from tests.encounters.documents import BLOCK, SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.imports.stored import stored_import
from tests.notifications.steps import was_told
from tests.permissions.of_rooms import count_at_a_session
from tests.teams.steps import waiting_invitation
from tests.world import Attendee, World

WRITE = """
    mutation ($swap: ID!, $prompt: ID!, $note: String!, $need: String!, $promise: String!, $insight: String!) {
        addNote(swap: $swap, text: $note) { __typename }
        noteNeed(swap: $swap, text: $need) { __typename }
        promise(swap: $swap, kind: SEND, text: $promise) { __typename }
        markPrompt(prompt: $prompt, state: ASKED, insight: $insight) { __typename }
        feel(swap: $swap, feeling: TALK_AGAIN) { __typename } }
"""
PROMPTS = "query ($id: ID!) { swap(id: $id) { agenda { prompts { id } } } }"
SHARE = "mutation ($swap: ID!, $fields: [ContactField!]!) { shareBack(swap: $swap, fields: $fields) { __typename } }"
DECLINE = "mutation ($swap: ID!) { declineShare(swap: $swap) { __typename } }"
WITHDRAW = "mutation ($swap: ID!) { withdraw(swap: $swap) { __typename } }"
UPDATE_CARD = "mutation ($event: ID!, $card: CardInput!) { updateCard(event: $event, card: $card) { __typename } }"
CONTACT = "mutation ($contact: ContactInput!) { updateContact(contact: $contact) { __typename } }"

CHECK_IN = """
    mutation ($event: ID!, $scan: CheckInInput!) { checkIn(event: $event, checkIn: $scan) { ... on CheckIn { id } } }
"""

ADD_PACK = """
    mutation ($event: ID!, $content: String!, $key: ID!) {
        addPromptPack(event: $event, content: $content, key: $key) { ... on PromptPack { id } } }
"""

TOUCH = """
    mutation ($of: ID!, $gave: String!, $received: String!, $key: ID!) {
        logTouch(relationship: $of, gave: $gave, received: $received, key: $key) { __typename } }
"""
PROPOSE = """
    mutation ($swap: ID!, $options: [DateTime!]!, $place: String!) {
        proposeMeeting(swap: $swap, options: $options, place: $place) { ... on Meeting { id } } }
"""
ACCEPT = """
    mutation ($meeting: ID!, $at: DateTime!) { answerMeeting(meeting: $meeting, startsAt: $at) { __typename } }
"""

INTRODUCE = """
    mutation ($first: ID!, $second: ID!) {
        introduce(first: $first, second: $second, reason: "Both keep bees") { ... on Introduction { id } } }
"""
ANSWER = "mutation ($introduction: ID!) { answerIntroduction(introduction: $introduction, yes: true) { __typename } }"

#: Who introduces, who is asked first, who is asked second.
INTRODUCED = ("Lea", "Max", "Nia")
CARD_TEXTS = ("pronouns", "upTo", "seeking", "offering", "askMeAbout", "goodIntroduction")
WRITTEN = ("note", "need", "promise", "insight")
GIVEN = ("gave", "received")


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody at the event. `canaries` are by field; `swap` is the one with Ana, once there is one."""

    attendee: Attendee
    canaries: dict[str, str]
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return self.attendee.token

    def sung(self, *fields: str) -> set[str]:
        return {self.canaries[each] for each in fields}

    @property
    def card(self) -> set[str]:
        """What an open card tells."""
        return self.sung("cardName", *CARD_TEXTS)


@dataclass(frozen=True, slots=True)
class Town:
    """Everybody, by first name; and those who are no attendees, by role."""

    here: Event
    there: Event
    residents: dict[str, Resident]
    tokens: dict[str, str | None]
    things: list[str]

    @property
    def canaries(self) -> dict[str, str]:
        """Whose and of which field each canary is."""
        return {text: f"{name}'s {of}" for name, each in self.residents.items() for of, text in each.canaries.items()}

    def leaks(self, text: str, allowed: Iterable[str]) -> list[str]:
        """Which canaries sing in `text` though they may not."""
        loud, may = text.lower(), set(allowed)
        return sorted(of for canary, of in self.canaries.items() if canary.lower() in loud and canary not in may)

    @classmethod
    async def build(cls, front_door: FrontDoor, world: World) -> Self:
        world.clock.now = datetime(2027, 4, 22, 18, 1, tzinfo=UTC)  # the evening hour in Lisbon, and still under way
        here, there = await world.event(slug="here"), await world.event(slug="there")
        residents = {
            name: await _settle(front_door, world, here, name, number)
            for number, name in enumerate(
                ("Ana", "Ben", "Cem", "Dov", "Eli", "Fay", "Gil", "Hal", "Ida", "Jon", "Kim", *INTRODUCED)
            )
        }
        door = await world.door(here)
        team = {role: await world.team(here, role) for role in (Role.DOOR_HELPER, Role.ORGANIZER, Role.OWNER)}
        tokens: dict[str, str | None] = {name: each.token for name, each in residents.items()}
        tokens |= {role.value: somebody.token for role, somebody in team.items()}
        tokens |= {"ELSEWHERE": (await world.team(there)).token, "STRANGER": (await world.person()).token}
        town = cls(here, there, residents, tokens | {"NOBODY": None}, things=[])
        await town._meet(front_door, world)
        await town._keep(front_door, world)
        await town._agree_on_a_time(front_door)
        await town._report(front_door)
        await town._introduce(front_door, world)
        await town._open_evenings(front_door)
        # So long ago that a weekly review names everybody who may be named.
        await world.pool.execute("UPDATE relationships SET last_touch_at = last_touch_at - interval '100 days'")
        await town._close(front_door, residents["Ida"])
        for each in residents.values():
            told = world.clock().isoformat()
            scan = {"code": each.attendee.ticket, "door": door, "key": world.new_key(), "scannedAt": told}
            data = await front_door.as_(team[Role.DOOR_HELPER].token).ask(CHECK_IN, event=id_of(here), scan=scan)
            town.things.append(data["checkIn"]["id"])
        town.things.append(door)
        for each in residents.values():
            town.things.append(await count_at_a_session(front_door, world, team[Role.ORGANIZER], each.attendee))
        phone = await paired(world, here, door, helper="Kim")
        town.things.extend((phone.id, phone.helper))
        pack = {"event": id_of(here), "content": file_of(), "key": world.new_key()}
        added = await front_door.as_(team[Role.ORGANIZER].token).ask(ADD_PACK, **pack)
        town.things.append(added["addPromptPack"]["id"])
        asked = {"event": id_of(here), "key": world.new_key()}
        made = await front_door.as_(team[Role.ORGANIZER].token).ask(EXPORT, **asked)
        town.things.append(made["exportAttendance"]["id"])
        town.things.append(await stored_import(world, here, team[Role.ORGANIZER].id))
        town.things.append(await waiting_invitation(world, here))
        town.things.append(await was_told(world, residents["Ana"].attendee.person.id))
        return town

    async def _meet(self, front_door: FrontDoor, world: World) -> None:
        ana = self.residents["Ana"]
        door_of_ana = front_door.as_(ana.token)
        for name, other in self.residents.items():
            if name in {"Ana", "Fay", *INTRODUCED}:
                continue
            if name == "Ben":
                await self._close(front_door, other)
            scan = scan_of(other.attendee.badge.token, at=world.clock())
            swap = (await door_of_ana.ask(SWAP_BADGES, event=id_of(self.here), scan=scan))["swapBadges"]["id"]
            other.ids["swap"] = swap
            other.ids["scan"] = scan["key"]
            await _write(front_door, other, swap)
            if name == "Gil":  # Ana's canaries stand where all is told
                await _write(front_door, ana, swap)
        door = {name: front_door.as_(each.token) for name, each in self.residents.items()}
        for name in ("Dov", "Eli", "Gil"):
            swap = self.residents[name].ids["swap"]
            await door[name].ask(SHARE, swap=swap, fields=["EMAIL"])
            if name == "Dov":
                await door_of_ana.ask(DECLINE, swap=swap)
            else:
                await door_of_ana.ask(SHARE, swap=swap, fields=["EMAIL"])
        await door["Eli"].ask(SHARE, swap=self.residents["Eli"].ids["swap"], fields=["EMAIL", "PHONE", "LINKS"])
        await door["Eli"].ask(WITHDRAW, swap=self.residents["Eli"].ids["swap"])
        await self._close(front_door, self.residents["Hal"])

    async def _keep(self, front_door: FrontDoor, world: World) -> None:
        """Whoever shares with somebody notes what they gave and received."""
        for each in self.residents.values():
            door = front_door.as_(each.token)
            for edge in (await door.ask("{ relationships { edges { node { id } } } }"))["relationships"]["edges"]:
                touch = {"of": edge["node"]["id"], "key": world.new_key()} | {of: each.canaries[of] for of in GIVEN}
                await door.ask(TOUCH, **touch)

    async def _agree_on_a_time(self, front_door: FrontDoor) -> None:
        """Ana and Gil, who share with each other; she says where."""
        ana, gil = self.residents["Ana"], self.residents["Gil"]
        options = ["2027-04-26T14:00:00Z", "2027-04-28T14:00:00Z"]
        of = {"swap": gil.ids["swap"], "options": options, "place": ana.canaries["place"]}
        made = (await front_door.as_(ana.token).ask(PROPOSE, **of))["proposeMeeting"]["id"]
        await front_door.as_(gil.token).ask(ACCEPT, meeting=made, at=options[0])

    async def _report(self, front_door: FrontDoor) -> None:
        """Jon blocks Ana and tells the organizers; Kim does too, and lets them know that it was her."""
        for name in ("Jon", "Kim"):
            who = self.residents[name]
            words = {"report": who.canaries["report"], "namesMe": name == "Kim"}
            await front_door.as_(who.token).ask(BLOCK, swap=who.ids["swap"], **words)

    async def _introduce(self, front_door: FrontDoor, world: World) -> None:
        """Lea asks Max, who would like to meet Nia, so that she is asked too."""
        lea, max_, nia = (self.residents[name] for name in INTRODUCED)
        for each in (max_, nia):
            swap_id = await world.swap(lea.attendee, each.attendee)
            each.ids["swap"] = global_id(Kind.SWAP, swap_id, self.here.id)
        await world.pool.execute("UPDATE cards SET open_to_introductions = true")
        data = await front_door.as_(lea.token).ask(INTRODUCE, first=max_.ids["swap"], second=nia.ids["swap"])
        introduction = data["introduce"]["id"]
        await front_door.as_(max_.token).ask(ANSWER, introduction=introduction)
        self.things.append(introduction)

    async def _close(self, front_door: FrontDoor, who: Resident) -> None:
        card: dict[str, object] = {each: who.canaries[each] for each in CARD_TEXTS}
        card |= {"name": who.canaries["cardName"], "openToEvent": False}
        await front_door.as_(who.token).ask(UPDATE_CARD, event=id_of(self.here), card=card)

    async def _open_evenings(self, front_door: FrontDoor) -> None:
        document = "query ($event: ID!) { evening(event: $event, first: 5) { followUps { draft } } }"
        for each in self.residents.values():
            await front_door.as_(each.token).ask(document, event=id_of(self.here))


async def _settle(front_door: FrontDoor, world: World, event: Event, name: str, number: int) -> Resident:
    canaries = {of: f"Cnry{name}{of}Q" for of in (*CARD_TEXTS, *WRITTEN, *GIVEN, "report", "place")} | {
        "ticketName": f"{name} Cnry{name}TicketnameQ",
        "cardName": f"{name} Cnry{name}CardnameQ",
        "signInMail": f"cnry.{name}.signin@example.org".lower(),
        "contactMail": f"cnry.{name}.contact@example.org".lower(),
        "phone": f"+351 555 010 {number:03}",
        "link": f"https://cnry-{name}-link.example/x".lower(),
    }
    person = await world.person(email=canaries["signInMail"])
    columns = {
        "name": canaries["cardName"], "pronouns": canaries["pronouns"], "up_to": canaries["upTo"],
        "seeking": canaries["seeking"], "offering": canaries["offering"], "ask_me_about": canaries["askMeAbout"],
        "good_introduction": canaries["goodIntroduction"],
    }  # fmt: skip
    registration_id, badge_id = await world.registration(
        event, name=canaries["ticketName"], person=person, card=columns
    )
    attendee = Attendee(
        person=person, event=event, registration_id=registration_id, name=canaries["ticketName"], badge_id=badge_id,
        badge=badge_secret(world.secrets, badge_id), ticket=world.ticket_of(registration_id),
    )  # fmt: skip
    contact = {"email": canaries["contactMail"], "phone": canaries["phone"], "links": [canaries["link"]]}
    await front_door.as_(person.token).ask(CONTACT, contact=contact)
    canaries |= {
        "badge": attendee.badge.token, "badgeCode": attendee.badge.code, "ticket": attendee.ticket,
        "session": person.token,
    }  # fmt: skip
    return Resident(attendee, canaries)


async def _write(front_door: FrontDoor, who: Resident, swap: str) -> None:
    door = front_door.as_(who.token)
    prompt = (await door.ask(PROMPTS, id=swap))["swap"]["agenda"]["prompts"][0]["id"]
    await door.ask(WRITE, swap=swap, prompt=prompt, **{each: who.canaries[each] for each in WRITTEN})


def ids_in(found: object) -> Iterator[str]:
    """Every id of a thing that an answer holds."""
    if isinstance(found, dict):
        for each in found.values():
            yield from ids_in(each)
    elif isinstance(found, list):
        for each in found:
            yield from ids_in(each)
    elif isinstance(found, str):
        try:
            read_any(found)
        except NotFound:
            return
        yield found
