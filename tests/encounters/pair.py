"""Ana and Ben, each with words found nowhere else, what they can do to each other, and all that each is told."""

import json
from dataclasses import dataclass
from typing import Any

from schema.ids import Kind, global_id
from tests.encounters.documents import LIST, READ, SHARE_BACK, SWAP, SWAP_BADGES, id_of, scan_of
from tests.exports.asking import ask_for_export
from tests.front_door import FrontDoor
from tests.world import Attendee, World

CLOSE = "UPDATE cards SET open_to_event = false WHERE registration_id = $1"
NODE = """
    query ($id: ID!) { node(id: $id) {
        id ... on Swap { card { name upTo seeking } contact { email phone links file { content } } }
        ... on Prompt { quote text } } }
"""
EVENING = (
    f"query ($event: ID!) {{ evening(event: $event, first: 5) {{ followUps {{ reason draft swap {{ {SWAP} }} }} }} }}"
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the pair, and the words that tell of them."""

    who: Attendee
    words: dict[str, str]

    def of(self, said: str) -> set[str]:
        """Which of this side's words somebody was told."""
        return {name for name, word in self.words.items() if word in said}


class Pair:
    """Ana and Ben, and what each can do."""

    def __init__(self, front_door: FrontDoor, world: World, ana: Side, ben: Side) -> None:
        self.front_door, self.world, self.ana, self.ben = front_door, world, ana, ben
        self.swap: str | None = None

    async def ask(self, side: Side, document: str, **variables: Any) -> Any:
        data = await self.front_door.as_(side.who.token).ask(document, **variables)
        return next(iter(data.values()))

    async def scan(self, side: Side, other: Side) -> None:
        scan = scan_of(other.who.badge.token, at=self.world.clock())
        answer = await self.ask(side, SWAP_BADGES, event=id_of(side.who.event), scan=scan)
        self.swap = answer.get("id", self.swap)

    async def share(self, side: Side, *fields: str) -> None:
        await self.ask(side, SHARE_BACK, swap=self.swap, fields=list(fields))

    async def close(self, side: Side) -> None:
        await self.world.pool.execute(CLOSE, side.who.registration_id)

    async def everything(self, side: Side) -> str:
        """All that this side is answered, as it is read: the swap by every way there is, its prompts, the evening, and
        the export.
        """
        event = id_of(side.who.event)
        answers = [await self.ask(side, LIST, event=event), await self.ask(side, EVENING, event=event)]
        if self.swap is not None:
            answers += [await self.ask(side, READ, id=self.swap), await self.ask(side, NODE, id=self.swap)]
        rows = await self.world.pool.fetch("SELECT event_id, id FROM agenda_prompts")
        for row in rows:
            answers.append(await self.ask(side, NODE, id=global_id(Kind.PROMPT, row["id"], row["event_id"])))
        export = await ask_for_export(self.front_door, side.who.token)
        return json.dumps(answers, ensure_ascii=False) + export.words


async def make_side(world: World, event: Any, name: str) -> Side:
    words = {of: f"{name}{of}Q" for of in ("lastName", "upTo", "seeking")}
    words |= {
        "EMAIL": f"{name}.mail@example.net".lower(),
        "PHONE": f"+351 555 0{ord(name[0])}",
        "LINKS": f"https://{name}.example/x",
    }
    who = await world.attendee(event, f"{name} {words['lastName']}", up_to=words["upTo"], seeking=words["seeking"])
    await world.pool.execute(
        "UPDATE people SET contact_email = $2, contact_phone = $3, contact_links = ARRAY[$4] WHERE id = $1",
        who.person.id, words["EMAIL"], words["PHONE"], words["LINKS"],
    )  # fmt: skip
    return Side(who, words)
