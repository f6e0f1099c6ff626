"""What one writes about somebody: insights, notes, needs, promises and feelings belong to their writer alone."""

from typing import Any
from uuid import uuid4

import pytest

from tests.clock import Clock
from tests.encounters.documents import SWAP, SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World

MARK = """
    mutation ($prompt: ID!, $state: PromptState!, $insight: String) {
        markPrompt(prompt: $prompt, state: $state, insight: $insight) {
            __typename ... on Prompt { id state insight } ... on InputNotValid { field message } } }
"""
ADD_NOTE = """
    mutation ($swap: ID!, $text: String!, $key: ID) { addNote(swap: $swap, text: $text, key: $key) {
        __typename ... on Note { id kind text } ... on InputNotValid { field message } } }
"""
NOTE_NEED = """
    mutation ($swap: ID!, $text: String!, $key: ID) { noteNeed(swap: $swap, text: $text, key: $key) {
        __typename ... on Note { id kind text } } }
"""
PROMISE = """
    mutation ($swap: ID!, $kind: PromiseKind!, $text: String!, $dueOn: Date, $key: ID) {
        promise(swap: $swap, kind: $kind, text: $text, dueOn: $dueOn, key: $key) {
            __typename ... on Promise { id kind text dueOn keptAt } ... on InputNotValid { field } } }
"""
KEEP = "mutation ($promise: ID!) { keepPromise(promise: $promise) { __typename ... on Promise { id keptAt } } }"
FEEL = """
    mutation ($swap: ID!, $feeling: Feeling!, $felt: Boolean!) { feel(swap: $swap, feeling: $feeling, felt: $felt) {
        __typename ... on Swap { feelings } } }
"""
READ = f"query ($id: ID!) {{ swap(id: $id) {{ {SWAP} }} }}"


class Meeting:
    """Ana has scanned Ben under `key`."""

    def __init__(self, ana: FrontDoor, ben: FrontDoor, swap: dict[str, Any], key: str) -> None:
        self.ana, self.ben, self.swap, self.key = ana, ben, swap, key

    @property
    def prompt(self) -> dict[str, Any]:
        prompt: dict[str, Any] = self.swap["agenda"]["prompts"][0]
        return prompt


@pytest.fixture
async def meeting(front_door: FrontDoor, world: World, clock: Clock) -> Meeting:
    event = await world.event()
    ana: Attendee = await world.attendee(event, "Ana")
    ben: Attendee = await world.attendee(event, "Ben")
    scan = scan_of(ben.badge.token, at=clock())
    data = await front_door.as_(ana.token).ask(SWAP_BADGES, event=id_of(event), scan=scan)
    return Meeting(front_door.as_(ana.token), front_door.as_(ben.token), data["swapBadges"], scan["key"])


async def test_a_prompt_is_marked_and_an_insight_kept(meeting: Meeting) -> None:
    marked = await meeting.ana.ask(MARK, prompt=meeting.prompt["id"], state="ASKED", insight=" Doors were easy. ")
    again = await meeting.ana.ask(MARK, prompt=meeting.prompt["id"], state="SKIPPED")

    assert marked["markPrompt"]["insight"] == "Doors were easy."
    assert again["markPrompt"] == marked["markPrompt"] | {"state": "SKIPPED"}


async def test_a_prompt_can_be_named_by_scan_key_and_library_key(meeting: Meeting) -> None:
    name = f"{meeting.key}/{meeting.prompt['libraryKey']}"

    marked = await meeting.ana.ask(MARK, prompt=name, state="ASKED")

    assert marked["markPrompt"]["id"] == meeting.prompt["id"]


async def test_nobody_marks_anothers_prompt(meeting: Meeting) -> None:
    data = await meeting.ben.ask(MARK, prompt=meeting.prompt["id"], state="ASKED", insight="I was here")

    assert data["markPrompt"]["__typename"] == "NotFound"


@pytest.mark.parametrize("nonsense", ["", "x", "/", "0191b1a2-0000-7000-8000-000000000000/", "AAAA", "🐝"])
async def test_a_prompt_that_is_none_is_not_found(meeting: Meeting, nonsense: str) -> None:
    data = await meeting.ana.ask(MARK, prompt=nonsense, state="ASKED")

    assert data["markPrompt"]["__typename"] == "NotFound"


async def test_a_note_sent_twice_is_one_note(meeting: Meeting) -> None:
    key = str(uuid4())
    first = await meeting.ana.ask(ADD_NOTE, swap=meeting.key, text="Likes tea", key=key)

    again = await meeting.ana.ask(ADD_NOTE, swap=meeting.swap["id"], text="Likes tea", key=key)

    assert again == first
    read = (await meeting.ana.ask(READ, id=meeting.swap["id"]))["swap"]
    assert read["notes"] == [{"kind": "NOTE", "text": "Likes tea"}]


async def test_what_was_made_carries_the_key_by_which_its_phone_knows_it(meeting: Meeting) -> None:
    note, promise = str(uuid4()), str(uuid4())
    await meeting.ana.ask(NOTE_NEED, swap=meeting.key, text="A dry shed", key=note)
    await meeting.ana.ask(PROMISE, swap=meeting.key, kind="SEND", text="The article", key=promise)

    read = "query ($id: ID!) { swap(id: $id) { notes { key } promises { key } } }"
    assert (await meeting.ana.ask(read, id=meeting.key))["swap"] == {
        "notes": [{"key": note}],
        "promises": [{"key": promise}],
    }


async def test_an_insight_sent_twice_is_the_same_and_a_later_tap_leaves_it(meeting: Meeting) -> None:
    name = f"{meeting.key}/{meeting.prompt['libraryKey']}"
    first = await meeting.ana.ask(MARK, prompt=name, state="ASKED", insight="Doors were easy.")

    again = await meeting.ana.ask(MARK, prompt=name, state="ASKED", insight="Doors were easy.")
    tapped = await meeting.ana.ask(MARK, prompt=name, state="ASKED")

    assert first == again == tapped


async def test_a_promise_sent_twice_is_one_promise_and_stays_kept(meeting: Meeting) -> None:
    key = str(uuid4())
    made = await meeting.ana.ask(PROMISE, swap=meeting.key, kind="SEND", text="The article", key=key)
    await meeting.ana.ask(KEEP, promise=key)

    again = await meeting.ana.ask(PROMISE, swap=meeting.swap["id"], kind="SEND", text="The article", key=key)

    assert again["promise"]["id"] == made["promise"]["id"]
    assert again["promise"]["keptAt"] is not None
    read = (await meeting.ana.ask(READ, id=meeting.key))["swap"]
    assert [promise["text"] for promise in read["promises"]] == ["The article"]


SHARE = "mutation ($swap: ID!) { shareBack(swap: $swap, fields: [EMAIL]) { __typename ... on Swap { share } } }"
DECLINE = "mutation ($swap: ID!) { declineShare(swap: $swap) { __typename ... on Swap { share } } }"
WITHDRAW = "mutation ($swap: ID!) { withdraw(swap: $swap) { __typename } }"


async def test_every_mutation_about_a_swap_takes_the_key_of_its_scan(meeting: Meeting) -> None:
    swap = meeting.key
    answers = [
        await meeting.ana.ask(ADD_NOTE, swap=swap, text="Likes tea"),
        await meeting.ana.ask(NOTE_NEED, swap=swap, text="A dry shed"),
        await meeting.ana.ask(PROMISE, swap=swap, kind="SEND", text="The article"),
        await meeting.ana.ask(FEEL, swap=swap, feeling="LEARNED", felt=True),
        await meeting.ana.ask(SHARE, swap=swap),
        await meeting.ana.ask(DECLINE, swap=swap),
        await meeting.ana.ask(WITHDRAW, swap=swap),
    ]

    kinds = [kind for answer in answers for kind in answer.values()]
    assert [each["__typename"] for each in kinds] == ["Note", "Note", "Promise", "Swap", "Swap", "Swap", "Done"]


@pytest.mark.parametrize("mutation", [SHARE, DECLINE, WITHDRAW])
async def test_the_key_of_a_scan_is_its_scanners_alone(meeting: Meeting, mutation: str) -> None:
    (answer,) = (await meeting.ben.ask(mutation, swap=meeting.key)).values()

    assert answer["__typename"] == "NotFound"


@pytest.mark.parametrize(
    ("text", "field"), [("", "text"), (" \u200b ", "text"), ("a" * 1001, "text"), ("a\x07b", "text")]
)
async def test_a_note_that_cannot_be_kept_says_why(meeting: Meeting, text: str, field: str) -> None:
    data = await meeting.ana.ask(ADD_NOTE, swap=meeting.swap["id"], text=text)

    assert data["addNote"]["__typename"] == "InputNotValid"
    assert data["addNote"]["field"] == field


async def test_a_promise_is_made_and_kept_by_id_or_by_key(meeting: Meeting, clock: Clock) -> None:
    key = str(uuid4())
    made = await meeting.ana.ask(
        PROMISE, swap=meeting.swap["id"], kind="SEND", text="The article", dueOn="2027-04-23", key=key
    )
    kept_at = clock().isoformat().replace("+00:00", "Z")

    by_key = await meeting.ana.ask(KEEP, promise=key)
    clock.advance(hours=1)
    by_id = await meeting.ana.ask(KEEP, promise=made["promise"]["id"])

    assert made["promise"]["keptAt"] is None
    assert by_key["keepPromise"]["keptAt"] == by_id["keepPromise"]["keptAt"] == kept_at


async def test_feelings_are_noted_and_taken_back(meeting: Meeting) -> None:
    felt = await meeting.ana.ask(FEEL, swap=meeting.swap["id"], feeling="TALK_AGAIN", felt=True)
    not_any_more = await meeting.ana.ask(FEEL, swap=meeting.swap["id"], feeling="TALK_AGAIN", felt=False)

    assert felt["feel"]["feelings"] == ["TALK_AGAIN"]
    assert not_any_more["feel"]["feelings"] == []


async def test_the_other_side_sees_nothing_of_what_was_written(meeting: Meeting) -> None:
    canary = "canary-of-ana"
    await meeting.ana.ask(MARK, prompt=meeting.prompt["id"], state="ASKED", insight=canary)
    await meeting.ana.ask(ADD_NOTE, swap=meeting.swap["id"], text=canary)
    await meeting.ana.ask(NOTE_NEED, swap=meeting.swap["id"], text=canary)
    promise = await meeting.ana.ask(PROMISE, swap=meeting.swap["id"], kind="SEND", text=canary)
    await meeting.ana.ask(FEEL, swap=meeting.swap["id"], feeling="TALK_AGAIN", felt=True)

    his = (await meeting.ben.ask(READ, id=meeting.swap["id"]))["swap"]

    assert canary not in str(his)
    assert his["feelings"] == []
    kept = await meeting.ben.ask(KEEP, promise=promise["promise"]["id"])
    assert kept["keepPromise"]["__typename"] == "NotFound"
