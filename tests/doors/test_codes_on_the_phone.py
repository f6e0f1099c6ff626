"""What a door reads is looked for under the hashes of tests/doors/codes.json, which holds the phone to the same."""

import base64
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from schema.ids import Kind, global_id
from server.badges.tokens import TOKEN_LENGTH, read_badge, read_ticket, ticket_hash, token_hash

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "codes.json").read_text(encoding="utf-8"))
EVENT = UUID(VECTORS["uuid"])


def test_the_event_is_read_from_its_id() -> None:
    assert global_id(Kind.EVENT, EVENT) == VECTORS["event"]


@pytest.mark.parametrize("vector", VECTORS["codes"], ids=lambda vector: vector["text"])
def test_a_code_is_known_by_these_hashes(vector: dict[str, Any]) -> None:
    text = vector["text"]
    hashes = [ticket_hash(EVENT, each) for each in dict.fromkeys((text, text.strip(), read_ticket(text)))]
    badge = read_badge(text)
    if badge is not None and len(badge) == TOKEN_LENGTH:  # a badge's short code is on no list, and asks the server
        hashes.append(token_hash(badge))

    assert [base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in hashes] == vector["hashes"]
