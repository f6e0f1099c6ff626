"""People shows the other as far as they are open this moment; what somebody wrote themselves is always theirs."""

import json
from typing import Any

from server.relationships import operations
from tests.encounters.asking import People
from tests.encounters.documents import BLOCK, DECLINE, WITHDRAW
from tests.exports.asking import ask_for_export
from tests.relationships.conftest import Keeping, gid_of_swap
from tests.relationships.documents import LOG_TOUCH, NODE
from tests.world import Attendee, World

BENS = ("Okafor", "tool library", "@example.org")
WRITE = """
    mutation ($swap: ID!) { addNote(swap: $swap, text: "Keeps bees too") { __typename }
                            promise(swap: $swap, kind: SEND, text: "The kiln's address") { __typename } }
"""
LEARN = 'mutation ($of: ID!) { markPrompt(prompt: $of, state: ASKED, insight: "Doors were easy") { __typename } }'
AGENDA = "query ($swap: ID!) { swap(id: $swap) { agenda { prompts { id } } } }"


def _of_ben(said: Any) -> list[str]:
    return [word for word in BENS if word in json.dumps(said)]


async def test_who_shares_is_shown_with_card_and_contact(keeping: Keeping, ana: Attendee, ben: Attendee) -> None:
    await keeping.share(ana, ben)
    kept = await keeping.one(ana)

    assert kept["card"]["name"] == "Ben Okafor"
    assert kept["card"]["upTo"] == "turning a closed school into a tool library"
    assert kept["contact"]["email"] == ben.person.email
    assert "BEGIN:VCARD" in kept["contact"]["file"]["content"]
    assert (kept["ended"], kept["conversations"], kept["kind"]) == (False, 1, None)
    assert kept["whenMet"] == [{"eventTitle": "Repair Summit", "venue": "The old school", "days": ["2027-04-22"]}]


async def test_a_withdrawal_by_either_leaves_only_my_own_words(
    keeping: Keeping, people: People, ana: Attendee, ben: Attendee
) -> None:
    swap = gid_of_swap(ana.event, await keeping.share(ana, ben))
    await people.ask(ana, WRITE, swap=swap)
    relationship = (await keeping.one(ana))["id"]
    await people.ask(ben, WITHDRAW, swap=swap)

    kept = await keeping.one(ana)
    assert kept["card"]["name"] == "Someone you met at Repair Summit"
    assert (kept["ended"], kept["contact"], kept["swaps"]) == (True, None, [])
    assert [note["text"] for note in kept["notes"]] == ["Keeps bees too"]
    assert [promise["text"] for promise in kept["promises"]] == ["The kiln's address"]
    assert await people.ask(ana, NODE, id=relationship) == kept
    assert _of_ben(kept) == []
    assert await keeping.all(ben) == []  # he had written nothing


async def test_what_was_learned_stays_without_the_question_that_came_from_their_card(
    keeping: Keeping, people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    scanned = await people.scan(ana, ben)
    await people.scan(ben, ana)
    await world.pool.execute("UPDATE swap_sides SET offers = '{EMAIL}', offered_at = now()")
    await people.ask(ana, LEARN, of=scanned["agenda"]["prompts"][0]["id"])
    async with world.pool.acquire() as connection:
        await operations.begin(
            connection, event_id=ana.event.id, swap_id=await connection.fetchval("SELECT id FROM swaps"),
            now=world.clock(),
        )  # fmt: skip
    (learned,) = (await keeping.one(ana))["insights"]
    assert learned["text"] == "Doors were easy"
    assert learned["question"] is not None
    await people.ask(ben, WITHDRAW, swap=scanned["id"])

    assert (await keeping.one(ana))["insights"] == [{"text": "Doors were easy", "question": None}]


async def test_a_block_looks_like_a_withdrawal_to_both(
    keeping: Keeping, people: People, ana: Attendee, ben: Attendee
) -> None:
    swap = gid_of_swap(ana.event, await keeping.share(ana, ben))
    await people.ask(ana, WRITE, swap=swap)
    await people.ask(ben, WRITE, swap=swap)
    await people.ask(ben, BLOCK, swap=swap)

    hers, his = await keeping.one(ana), await keeping.one(ben)
    for kept in (hers, his):
        assert kept["card"]["name"] == "Someone you met at Repair Summit"
        assert (kept["ended"], kept["contact"], kept["swaps"]) == (True, None, [])
    assert {key: hers[key] for key in ("notes", "kind", "conversations")} == {
        key: his[key] for key in ("notes", "kind", "conversations")
    }
    assert _of_ben(hers) == []


async def test_an_offer_taken_back_ends_it_until_both_share_again(
    keeping: Keeping, people: People, ana: Attendee, ben: Attendee
) -> None:
    swap = gid_of_swap(ana.event, await keeping.share(ana, ben))
    await people.ask(ana, WRITE, swap=swap)
    await people.ask(ben, DECLINE, swap=swap)

    assert (await keeping.one(ana))["contact"] is None
    assert (await keeping.one(ana))["card"]["name"] == "Someone you met at Repair Summit"


async def test_it_lives_on_by_another_event_where_they_share(
    keeping: Keeping, people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    first = gid_of_swap(ana.event, await keeping.share(ana, ben))
    await people.ask(ana, WRITE, swap=first)
    world.clock.advance(minutes=5)
    ana_there, ben_there = await people.at_another_event(ana, ben)
    await keeping.share(ana_there, ben_there)
    await people.ask(ben, WITHDRAW, swap=first)

    kept = await keeping.one(ana)
    assert (kept["ended"], kept["conversations"], len(kept["swaps"])) == (False, 2, 1)
    assert [met["eventTitle"] for met in kept["whenMet"]] == ["The other gathering", "Repair Summit"]
    assert [note["text"] for note in kept["notes"]] == ["Keeps bees too"]
    assert "tool library" not in json.dumps(kept)  # that stood on the card of the event that ended


async def test_nobody_else_finds_a_relationship_or_what_is_in_it(
    keeping: Keeping, people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap = gid_of_swap(ana.event, await keeping.share(ana, ben))
    await people.ask(ana, WRITE, swap=swap)
    relationship = (await keeping.one(ana))["id"]
    stranger = await world.attendee(ana.event)

    for who in (ben, stranger):
        assert await people.ask(who, NODE, id=relationship) is None
        refused = await people.ask(who, LOG_TOUCH, of=relationship, gave="something", key=world.new_key())
        assert refused["__typename"] == "NotFound"
    assert "bees" not in json.dumps(await keeping.all(ben))
    assert await keeping.all(stranger) == []


async def test_a_card_kept_from_an_aged_event_is_read_while_they_share_and_gone_after(
    keeping: Keeping, people: People, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap = gid_of_swap(ana.event, await keeping.share(ana, ben))
    await people.ask(ana, WRITE, swap=swap)
    for _ in range(2):  # a job may run again, after the cards are gone
        async with world.pool.acquire() as connection:
            await operations.keep_card_copies(connection, ana.event.id, world.clock())
        await world.pool.execute("UPDATE cards SET up_to = NULL, name = 'Ben', search_key = ''")

    assert (await keeping.one(ana))["card"]["upTo"] == "turning a closed school into a tool library"
    assert await keeping.names(ana, search="TOOL librăry") == ["Ben Okafor"]
    await people.ask(ben, WITHDRAW, swap=swap)

    assert await world.pool.fetchval("SELECT count(*) FROM kept_cards") == 0
    assert _of_ben(await keeping.all(ana)) == []
    assert await keeping.names(ana, search="tool library") == []


async def test_cards_are_kept_for_those_alone_to_whom_they_are_open(
    keeping: Keeping, world: World, ana: Attendee, ben: Attendee
) -> None:
    await keeping.share(ana, ben)
    one_sided = await world.attendee(ana.event)
    await world.swap(ana, one_sided, mutual=False)
    async with world.pool.acquire() as connection:
        await operations.keep_card_copies(connection, ana.event.id, world.clock())

    rows = await world.pool.fetch("SELECT person_id, name FROM kept_cards")
    assert {tuple(row) for row in rows} == {(ana.person.id, "Ben Okafor"), (ben.person.id, "Ana Duarte")}


async def test_the_export_holds_what_was_given_and_nothing_of_who_withdrew(
    keeping: Keeping, people: People, ana: Attendee, ben: Attendee
) -> None:
    swap = gid_of_swap(ana.event, await keeping.share(ana, ben))
    kept = await keeping.one(ana)
    await people.ask(ana, LOG_TOUCH, of=kept["id"], gave="A jar of honey", gaveKind="SUPPORT")
    await people.ask(ben, WITHDRAW, swap=swap)

    export = await ask_for_export(people.front_door, ana.token)
    assert "A jar of honey" in export.words
    assert _of_ben(export.words.replace(ana.person.email, "")) == []
