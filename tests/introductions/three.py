"""Ana, who knows Ben and Cem, each with words found nowhere else; what they can do, and what each is told."""

import json
from dataclasses import dataclass
from typing import Any

from schema.ids import Kind, global_id
from tests.encounters.documents import BLOCK, WITHDRAW
from tests.front_door import FrontDoor
from tests.world import Attendee, World

INTRODUCTION = """
    id state myPart reason askedAt answerBy myAnswer note firstThankedAt secondThankedAt
    introducer { name upTo } other { name upTo seeking goodIntroduction } contact { email phone links }
    first { id card { name } } second { id card { name } }
"""
LIST = f"{{ introductions {{ {INTRODUCTION} }} }}"
NODE = f"query ($id: ID!) {{ node(id: $id) {{ id ... on Introduction {{ {INTRODUCTION} }} }} }}"
INTRODUCE = f"""
    mutation ($first: ID!, $second: ID!, $reason: String!, $key: ID) {{
        introduce(first: $first, second: $second, reason: $reason, key: $key) {{
            __typename ... on Introduction {{ {INTRODUCTION} }} ... on Problem {{ message }} }} }}
"""
ANSWER = f"""
    mutation ($introduction: ID!, $yes: Boolean!, $fields: [ContactField!]) {{
        answerIntroduction(introduction: $introduction, yes: $yes, fields: $fields) {{
            __typename ... on Introduction {{ {INTRODUCTION} }} ... on Problem {{ message }} }} }}
"""
END = """
    mutation ($introduction: ID!) { withdrawIntroduction(introduction: $introduction) {
        __typename ... on Problem { message } } }
"""
THANKED = f"""
    mutation ($introduction: ID!, $part: IntroductionPart, $thanked: Boolean!) {{
        markThanked(introduction: $introduction, part: $part, thanked: $thanked) {{
            __typename ... on Introduction {{ {INTRODUCTION} }} ... on Problem {{ message }} }} }}
"""
REASON = "you both care for old boilers"


@dataclass(frozen=True, slots=True)
class Introducible:
    """Somebody who may be introduced, and the words that tell of them."""

    who: Attendee

    @property
    def words(self) -> dict[str, str]:
        number = self.who.registration_id.hex
        return {
            "name": f"surname{number}", "card": f"up to {number}", "wish": f"wishes {number}",
            "contact": f"phone {number}",
        }  # fmt: skip

    def of(self, said: Any) -> set[str]:
        """Which of their words somebody was told."""
        text = json.dumps(said)
        return {name for name, word in self.words.items() if word in text}


class Three:
    """The three at one event; Ana shares with both of the others, who do not know each other."""

    def __init__(self, front_door: FrontDoor, world: World) -> None:
        self.front_door, self.world = front_door, world
        self.swaps: dict[str, str] = {}

    async def build(self) -> None:
        self.event = await self.world.event()
        self.ana = await self.somebody("Ana")
        self.ben, self.cem = await self.somebody("Ben"), await self.somebody("Cem")
        for name, other in (("Ben", self.ben), ("Cem", self.cem)):
            swap_id = await self.world.swap(self.ana.who, other.who)
            self.swaps[name] = global_id(Kind.SWAP, swap_id, self.event.id)

    async def somebody(self, name: str, **card: Any) -> Introducible:
        """With an open card, open to introductions, and a phone number."""
        made = Introducible(await self.world.attendee(self.event, name, open_to_introductions=True))
        words = made.words
        await self.world.pool.execute(
            "UPDATE cards SET name = $2, up_to = $3, good_introduction = $4 WHERE registration_id = $1",
            made.who.registration_id, f"{name} {words['name']}", words["card"], words["wish"],
        )  # fmt: skip
        for column, value in card.items():
            await self.world.pool.execute(
                f"UPDATE cards SET {column} = $2 WHERE registration_id = $1",  # noqa: S608 - column names of our own
                made.who.registration_id, value,
            )  # fmt: skip
        await self.world.pool.execute(
            "UPDATE people SET contact_phone = $2, shares_fields = ARRAY['PHONE'] WHERE id = $1",
            made.who.person.id, words["contact"],
        )  # fmt: skip
        return made

    async def ask(self, who: Introducible, document: str, **variables: Any) -> Any:
        data = await self.front_door.as_(who.who.token).ask(document, **variables)
        return next(iter(data.values()))

    async def introduce(self, **changes: Any) -> Any:
        """As Ana: Ben first, then Cem."""
        asked = {"first": self.swaps["Ben"], "second": self.swaps["Cem"], "reason": REASON}
        return await self.ask(self.ana, INTRODUCE, **(asked | changes))

    async def answer(self, who: Introducible, introduction: str, *, yes: bool, **changes: Any) -> Any:
        return await self.ask(who, ANSWER, introduction=introduction, yes=yes, **changes)

    async def seen(self, who: Introducible) -> list[Any]:
        """Their list of introductions."""
        found: list[Any] = await self.ask(who, LIST)
        return found

    async def made(self) -> str:
        """The id of an introduction that both wanted."""
        introduction: str = (await self.introduce())["id"]
        for who in (self.ben, self.cem):
            await self.answer(who, introduction, yes=True)
        return introduction

    async def block(self, who: Introducible, other: Introducible) -> None:
        """Through the front door where they have a swap, else as the table holds it."""
        swap = self.swaps.get("Ben" if self.ben in (who, other) else "Cem")
        if self.ana in (who, other) and swap is not None:
            await self.ask(who, BLOCK, swap=swap)
            return
        met = await self.world.swap(who.who, other.who)
        await self.ask(who, BLOCK, swap=global_id(Kind.SWAP, met, self.event.id))

    async def withdraw(self, who: Introducible, name: str) -> None:
        await self.ask(who, WITHDRAW, swap=self.swaps[name])

    async def open_card(self, who: Introducible, *, to_event: bool = True, to_introductions: bool = True) -> None:
        """As its owner does, on their card."""
        card = {
            "name": f"{who.who.name} {who.words['name']}", "upTo": who.words["card"],
            "goodIntroduction": who.words["wish"], "openToEvent": to_event, "openToIntroductions": to_introductions,
        }  # fmt: skip
        await self.ask(
            who,
            "mutation ($event: ID!, $card: CardInput!) { updateCard(event: $event, card: $card) { __typename } }",
            event=global_id(Kind.EVENT, self.event.id),
            card=card,
        )
