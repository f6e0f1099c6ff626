"""The table of who sees what: each state of a swap, each side's view, in every output that side can ask for.

Everything either side has is a word found nowhere else. All that a side is answered must hold what it may see, and
nothing of the rest.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from schema.ids import Kind, global_id
from server.badges.tokens import badge_secret
from server.encounters.keeping import ONE_SIDED_UNANSWERED
from tests.clock import Clock
from tests.encounters.documents import BLOCK, LIST, READ, SHARE_BACK, SWAP, SWAP_BADGES, WITHDRAW, id_of, scan_of
from tests.exports.asking import ask_for_export
from tests.front_door import FrontDoor
from tests.live_socket import live_socket
from tests.world import Attendee, World

DECLINE = "mutation ($swap: ID!) { declineShare(swap: $swap) { __typename } }"
SET_SHARING = "mutation ($fields: [ContactField!]!) { setSharing(always: true, fields: $fields) { __typename } }"
CLOSE = "UPDATE cards SET open_to_event = false WHERE registration_id = $1"
NODE = """
    query ($id: ID!) { node(id: $id) {
        id ... on Swap { card { name upTo seeking } contact { email phone links file { content } } }
        ... on Prompt { quote text } } }
"""
EVENING = (
    f"query ($event: ID!) {{ evening(event: $event, first: 5) {{ followUps {{ reason draft swap {{ {SWAP} }} }} }} }}"
)
WATCH = f"subscription ($event: ID!) {{ swapChanged(event: $event) {{ __typename ... on Swap {{ {SWAP} }} }} }}"

CARD = {"lastName", "upTo", "seeking"}
NOTHING: set[str] = set()


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


@pytest.fixture
async def pair(front_door: FrontDoor, world: World, clock: Clock) -> Pair:
    """At the hour of the evening, so that every output can be asked for."""
    event = await world.event()
    clock.now = event.evening_starts_at(event.day_of(clock())) + timedelta(minutes=1)
    ana, ben = [await make_side(world, event, name) for name in ("Ana", "Ben")]
    return Pair(front_door, world, ana, ben)


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


Act = Callable[[Pair], Awaitable[None]]


async def never_met(_: Pair) -> None:
    """No scan."""


async def scanned(pair: Pair) -> None:
    await pair.scan(pair.ana, pair.ben)


async def scanned_and_closed_theirs(pair: Pair) -> None:
    await pair.close(pair.ben)
    await scanned(pair)


async def scanned_and_closed_mine(pair: Pair) -> None:
    await pair.close(pair.ana)
    await scanned(pair)


async def scanned_then_both_closed(pair: Pair) -> None:
    await scanned(pair)
    await pair.close(pair.ana)
    await pair.close(pair.ben)


async def scanned_both_ways(pair: Pair) -> None:
    await scanned(pair)
    await pair.scan(pair.ben, pair.ana)


async def offered_by_scanner(pair: Pair) -> None:
    await scanned(pair)
    await pair.share(pair.ana, "PHONE")


async def offered_by_scanned(pair: Pair) -> None:
    await scanned(pair)
    await pair.share(pair.ben, "LINKS")


async def shared_back(pair: Pair) -> None:
    await offered_by_scanner(pair)
    await pair.share(pair.ben, "EMAIL", "LINKS")


async def shared_back_with_closed_cards(pair: Pair) -> None:
    await shared_back(pair)
    await pair.close(pair.ana)
    await pair.close(pair.ben)


async def offered_once_more_with_less(pair: Pair) -> None:
    await shared_back(pair)
    await pair.share(pair.ben, "LINKS")


async def declined(pair: Pair) -> None:
    await offered_by_scanner(pair)
    await pair.ask(pair.ben, DECLINE, swap=pair.swap)


async def declined_with_a_closed_card(pair: Pair) -> None:
    await declined(pair)
    await pair.close(pair.ana)


async def withdrawn_by_scanner(pair: Pair) -> None:
    await shared_back(pair)
    await pair.ask(pair.ana, WITHDRAW, swap=pair.swap)


async def withdrawn_by_scanned(pair: Pair) -> None:
    await shared_back(pair)
    await pair.ask(pair.ben, WITHDRAW, swap=pair.swap)
    await pair.scan(pair.ana, pair.ben)


async def withdrawn_and_met_anew(pair: Pair) -> None:
    await withdrawn_by_scanner(pair)
    await pair.scan(pair.ana, pair.ben)


async def blocked_by_scanner(pair: Pair) -> None:
    await shared_back(pair)
    await pair.ask(pair.ana, BLOCK, swap=pair.swap)
    await pair.scan(pair.ana, pair.ben)
    await pair.scan(pair.ben, pair.ana)


async def blocked_by_scanned(pair: Pair) -> None:
    await shared_back(pair)
    await pair.ask(pair.ben, BLOCK, swap=pair.swap)
    await pair.scan(pair.ana, pair.ben)
    await pair.scan(pair.ben, pair.ana)


async def standing_choice_of_scanner(pair: Pair) -> None:
    await pair.ask(pair.ana, SET_SHARING, fields=["PHONE"])
    await scanned(pair)


async def standing_choice_of_scanned(pair: Pair) -> None:
    await pair.ask(pair.ben, SET_SHARING, fields=["PHONE"])
    await scanned(pair)


async def standing_choice_of_both(pair: Pair) -> None:
    await pair.ask(pair.ana, SET_SHARING, fields=["PHONE"])
    await standing_choice_of_scanned(pair)


async def past_the_cap(pair: Pair) -> None:
    """Somebody who scanned twenty people and was answered by none."""
    for _ in range(ONE_SIDED_UNANSWERED):
        await pair.world.swap(pair.ana.who, await pair.world.attendee(pair.ana.who.event), mutual=False)
    await standing_choice_of_both(pair)


async def past_the_cap_and_asked(pair: Pair) -> None:
    """What a person then offers by their own hand still crosses."""
    await past_the_cap(pair)
    await pair.share(pair.ana, "PHONE")


async def unclaimed(pair: Pair) -> None:
    """Ben's place was imported and nobody has taken it: the card is closed, whoever scans it."""
    await pair.world.pool.execute(
        "UPDATE registrations SET person_id = NULL, claimed_at = NULL WHERE id = $1", pair.ben.who.registration_id
    )
    await scanned_and_closed_theirs(pair)


#: What Ana is told of Ben, and Ben of Ana. Quotes of a card are found by its words, so `CARD` speaks for them too.
TABLE: list[tuple[Act, set[str], set[str]]] = [
    (never_met, NOTHING, NOTHING),
    (scanned, CARD, CARD),
    (scanned_and_closed_theirs, NOTHING, CARD),
    (scanned_and_closed_mine, CARD, NOTHING),
    (scanned_then_both_closed, NOTHING, NOTHING),
    (scanned_both_ways, CARD, CARD),
    (offered_by_scanner, CARD, CARD | {"PHONE"}),
    (offered_by_scanned, CARD | {"LINKS"}, CARD),
    (shared_back, CARD | {"EMAIL", "LINKS"}, CARD | {"PHONE"}),
    (shared_back_with_closed_cards, CARD | {"EMAIL", "LINKS"}, CARD | {"PHONE"}),
    (offered_once_more_with_less, CARD | {"LINKS"}, CARD | {"PHONE"}),
    (declined, CARD, CARD),
    (declined_with_a_closed_card, CARD, NOTHING),
    (withdrawn_by_scanner, NOTHING, NOTHING),
    (withdrawn_by_scanned, NOTHING, NOTHING),
    (withdrawn_and_met_anew, CARD, CARD),
    (blocked_by_scanner, NOTHING, NOTHING),
    (blocked_by_scanned, NOTHING, NOTHING),
    (standing_choice_of_scanner, CARD, CARD | {"PHONE"}),
    (standing_choice_of_scanned, CARD, CARD),
    (standing_choice_of_both, CARD | {"PHONE"}, CARD | {"PHONE"}),
    (past_the_cap, CARD, CARD),
    (past_the_cap_and_asked, CARD | {"PHONE"}, CARD | {"PHONE"}),
    (unclaimed, NOTHING, NOTHING),
]


@pytest.mark.parametrize(("act", "of_ben", "of_ana"), TABLE, ids=lambda value: getattr(value, "__name__", ""))
async def test_each_side_is_told_what_the_table_says_in_every_output(
    app: Starlette, pair: Pair, act: Act, of_ben: set[str], of_ana: set[str]
) -> None:
    await act(pair)
    event = id_of(pair.ana.who.event)
    mine = pair.ana
    theirs = pair.ben if act is not unclaimed else None

    said = await pair.everything(mine)
    assert pair.ben.of(said) == of_ben
    if theirs is not None:
        assert pair.ana.of(await pair.everything(theirs)) == of_ana

    if act is never_met:
        return
    for side, other, seen in ((mine, pair.ben, of_ben), (theirs, pair.ana, of_ana)):
        if side is not None:
            async with live_socket(app, side.who.token) as socket:
                await socket.subscribe(WATCH, event=event)
                frame = await socket.frame()
            assert other.of(json.dumps(frame)) <= seen


async def raw(pair: Pair, side: Side, document: str, **variables: Any) -> bytes:
    """The very bytes of an answer."""
    headers = {"authorization": f"Bearer {side.who.token}"}
    body = {"query": document, "variables": variables}
    return (await pair.front_door.client.post("/graphql", json=body, headers=headers)).content


REPLAY = """
    mutation ($event: ID!, $scans: [ScanInput!]!) { replayScans(event: $event, scans: $scans) {
        key result { __typename ... on Problem { message } } } }
"""


async def test_whatever_may_not_be_known_is_answered_in_the_same_bytes(pair: Pair, clock: Clock) -> None:
    world, event = pair.world, pair.ana.who.event
    others = [await world.attendee(event) for _ in range(4)]
    await blocked_by_scanner(pair)
    await world.pool.execute("UPDATE badges SET revoked_at = $1 WHERE id = $2", clock(), others[0].badge_id)
    await world.pool.execute(
        "UPDATE registrations SET cancelled_at = $1 WHERE id = $2", clock(), others[1].registration_id
    )
    swap_id = await world.swap(pair.ana.who, others[2], withdrawn_at=clock())
    await world.pool.execute("UPDATE swaps SET withdrawn_by = $2 WHERE id = $1", swap_id, others[2].registration_id)
    elsewhere = await world.attendee(await world.event())
    never_issued = badge_secret(world.secrets, others[3].registration_id)
    badges = [
        never_issued.token, never_issued.code, "nonsense", pair.ben.who.badge.token, elsewhere.badge.token,
        others[0].badge.token, others[1].badge.token, others[2].badge.token, others[2].badge.code,
    ]  # fmt: skip
    scans = [scan_of(badge, at=clock()) for badge in badges]

    direct = {await raw(pair, pair.ana, SWAP_BADGES, event=id_of(event), scan=scan) for scan in scans}
    replayed = {
        (await raw(pair, pair.ana, REPLAY, event=id_of(event), scans=[scan])).replace(scan["key"].encode(), b"KEY")
        for scan in scans + [scan_of(badge, at=clock()) for badge in badges]
    }

    assert len(direct) == len(replayed) == 1
    assert b"BadgeNotRecognised" in direct.pop() + replayed.pop()
