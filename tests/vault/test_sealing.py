import json
import random
import unicodedata
import zlib
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.agenda.models import CardField
from server.registrations.cards import LONGEST_NAME, LONGEST_PRONOUNS, LONGEST_TEXT, CardDraft, clean_card
from server.registrations.models import Card
from server.texts import SIGNS_A_CHARACTER
from server.vault.contents import content_for, leading_library
from server.vault.sealing import (
    NotOpened,
    SealedEntry,
    content_of,
    key_of,
    lookup_of,
    open_entry,
    padded,
    seal,
    seal_padded,
)
from tests.vault.reading import read_body
from tests.vault.write_vectors import CARDS, EVENT, OTHER_EVENT, TOKENS, vectors

#: Marks beyond the first 65,536 signs, which join the letter before them.
_ACCENTS = [chr(point) for point in range(0x11000, 0x11500) if unicodedata.category(chr(point)) == "Mn"]

VECTORS: dict[str, Any] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))


def entry_of(vector: dict[str, Any]) -> SealedEntry:
    return SealedEntry(
        bytes.fromhex(vector["lookup"]),
        vector["version"],
        bytes.fromhex(vector["nonce"]),
        bytes.fromhex(vector["ciphertext"]),
    )


@pytest.mark.parametrize(
    "vector", VECTORS["badges"], ids=lambda vector: f"{vector['token'][:4]} {vector['event'][9:13]}"
)
def test_lookup_and_key_come_from_the_badge_alone(vector: dict[str, Any]) -> None:
    assert lookup_of(vector["token"]).hex() == vector["lookup"]
    assert key_of(vector["token"], UUID(vector["event"])).hex() == vector["key"]


@pytest.mark.parametrize("vector", VECTORS["opens"], ids=lambda vector: vector["about"])
def test_the_badge_opens_its_entry(vector: dict[str, Any]) -> None:
    entry, token, event_id = entry_of(vector), vector["token"], UUID(vector["event"])

    assert open_entry(entry, token=token, event_id=event_id).decode() == vector["content"]
    plaintext = bytes.fromhex(vector["plaintext"])
    assert seal_padded(plaintext, token=token, event_id=event_id, version=entry.version, nonce=entry.nonce) == entry


@pytest.mark.parametrize("vector", VECTORS["refuses"], ids=lambda vector: vector["why"])
def test_an_entry_opens_in_no_other_way(vector: dict[str, Any]) -> None:
    with pytest.raises(NotOpened):
        open_entry(entry_of(vector), token=vector["token"], event_id=UUID(vector["event"]))


@pytest.mark.parametrize("vector", VECTORS["bodies"], ids=lambda vector: vector["about"])
def test_a_body_is_read_record_by_record(vector: dict[str, Any]) -> None:
    body = read_body(bytes.fromhex(vector["bytes"]))

    assert body.header == vector["header"]
    assert list(body.entries.values()) == [entry_of(entry) for entry in vector["entries"]]
    assert [lookup.hex() for lookup in body.gone] == vector["gone"]
    assert body.texts == (VECTORS["texts"] if vector["hasTexts"] else None)


def test_a_body_that_was_cut_off_is_not_taken() -> None:
    raw = bytes.fromhex(VECTORS["bodies"][0]["bytes"])

    for length in (0, 3, 7, 100, len(raw) // 2, len(raw) - 1):
        with pytest.raises((EOFError, AssertionError)):
            read_body(raw[:length])


def test_the_vectors_are_made_by_this_code() -> None:
    """Deflate may be written in more than one way, so entries are compared by what they say. Where they say something
    new, `server.vault.contents.RULES` has to be raised, or phones keep what they have.
    """
    made = vectors()

    assert made["badges"] == VECTORS["badges"]
    assert [each["content"] for each in made["opens"]] == [each["content"] for each in VECTORS["opens"]]
    assert made["texts"] == VECTORS["texts"]
    assert [each["why"] for each in made["refuses"]] == [each["why"] for each in VECTORS["refuses"]]
    assert [each["header"] for each in made["bodies"]] == [each["header"] for each in VECTORS["bodies"]]


def test_a_closed_card_gives_a_first_name_alone() -> None:
    closed = next(json.loads(each["content"]) for each in VECTORS["opens"] if each["about"] == "closed")

    assert closed["isOpen"] is False
    assert {key: said for key, said in closed["card"].items() if said} == {"name": "Mira"}
    assert {prompt["quote"] for prompt in closed["prompts"]} == {None}
    assert "Surname" not in str(closed)
    assert (CARDS["closed"].up_to or "") not in str(closed)


def test_most_cards_are_padded_to_one_length() -> None:
    lengths = {each["about"]: len(each["plaintext"]) // 2 for each in VECTORS["opens"]}

    assert lengths == {"ana": 640, "ben": 640, "closed": 640, "long": 2560}


@given(st.binary(max_size=9000))
def test_padding_gives_back_what_it_was_given(content: bytes) -> None:
    plaintext = padded(content)

    assert content_of(plaintext) == content
    assert len(plaintext) in {640 * 2**step for step in range(6)}


@given(st.binary(max_size=2000))
def test_what_is_no_entry_is_refused_and_never_breaks(plaintext: bytes) -> None:
    try:
        content_of(plaintext)
    except NotOpened:
        return
    assert zlib.decompress(plaintext[4:], -zlib.MAX_WBITS) is not None


def test_nothing_inflates_without_end() -> None:
    with pytest.raises(NotOpened):
        content_of(padded(b"\0" * (1 << 21)))


def test_a_nonce_is_never_used_twice() -> None:
    entries = [seal(b"{}", token=TOKENS["ana"], event_id=EVENT, version=1) for _ in range(200)]

    assert len({entry.nonce for entry in entries}) == 200


def test_two_events_give_entries_that_nothing_joins() -> None:
    """The same person, the same card; the badge is another one at each event."""
    content = VECTORS["opens"][0]["content"].encode()
    here = seal(content, token=TOKENS["ana"], event_id=EVENT, version=1)
    there = seal(content, token=TOKENS["ben"], event_id=OTHER_EVENT, version=1)

    for first in (here.lookup, here.nonce, here.ciphertext):
        for second in (there.lookup, there.nonce, there.ciphertext):
            runs = {first[at : at + 16] for at in range(max(1, len(first) - 15))}
            assert not runs & {second[at : at + 16] for at in range(max(1, len(second) - 15))}


def test_even_the_same_token_at_two_events_has_two_keys() -> None:
    token = "".join(random.Random(4).choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=26))  # a fixed example

    assert key_of(token, EVENT) != key_of(token, OTHER_EVENT)


def test_no_card_that_can_be_written_fills_the_phones_of_others() -> None:
    """The longest texts there can be, of signs that nothing compresses: far below what a phone takes for an entry."""
    draw = random.Random(5)  # a fixed example
    draft = CardDraft(
        name=_piled(draw, LONGEST_NAME),
        pronouns=_piled(draw, LONGEST_PRONOUNS),
        **{field.value: _piled(draw, LONGEST_TEXT) for field in CardField},  # type: ignore[arg-type] # the five texts
    )
    clean = clean_card(draft)
    card = Card(
        name=clean.name, pronouns=clean.pronouns, up_to=clean.up_to, seeking=clean.seeking, offering=clean.offering,
        ask_me_about=clean.ask_me_about, good_introduction=clean.good_introduction, open_to_event=True,
    )  # fmt: skip

    assert len((clean.up_to or "").encode()) > 13_000
    assert len(padded(content_for(card, leading_library()))) <= 81_920


def _piled(draw: random.Random, longest: int) -> str:
    """As many signs as a text of that length may have, four bytes each."""
    return "".join(
        chr(draw.randrange(0x20000, 0x2A6D0)) + "".join(draw.choices(_ACCENTS, k=SIGNS_A_CHARACTER - 1))
        for _ in range(longest)
    )
