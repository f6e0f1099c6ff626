"""A town full of canaries, in which people met, withdrew and blocked each other: what each one's vault tells them."""

import zlib

import pytest

from tests.front_door import FrontDoor
from tests.privacy.town import Town
from tests.vault.reading import Phone
from tests.world import World

#: Whose cards are closed by now: their entries give a first name.
CLOSED = {"Ben", "Hal", "Ida"}
#: Eli withdrew from Ana; Jon and Kim blocked her. None of them finds the other.
APART = {frozenset({"Ana", other}) for other in ("Eli", "Jon", "Kim")}


@pytest.fixture
async def town(front_door: FrontDoor, world: World) -> Town:
    return await Town.build(front_door, world)


async def test_a_vault_tells_of_each_what_their_card_opens_and_only_to_whom_it_may(
    front_door: FrontDoor, town: Town
) -> None:
    leaks = []
    for viewer, me in town.residents.items():
        headers = {"authorization": f"Bearer {me.token}"}
        response = await front_door.client.get(f"/events/{town.here.slug}/vault", headers=headers)
        phone = Phone()
        texts = phone.take(response.content).texts
        in_the_clear = response.content.decode("latin-1") + str(texts) + str(response.headers)
        leaks += [f"{viewer} reads {of} without a badge" for of in town.leaks(in_the_clear, ())]
        for name, other in town.residents.items():
            content = phone.scan(other.attendee.badge.token, town.here.id)
            may_meet = name != viewer and frozenset({viewer, name}) not in APART
            assert (content is not None) is may_meet, (viewer, name)
            if content is not None:
                opened = set() if name in CLOSED else other.card
                leaks += [f"{viewer} is told {of} by a badge" for of in town.leaks(str(content), opened)]
                assert content["card"]["name"] == (name if name in CLOSED else other.canaries["cardName"])
                assert (other.canaries["upTo"] in str(content)) is (name not in CLOSED)

    assert not leaks, "\n".join(leaks)


async def test_nobody_without_a_place_gets_a_vault(front_door: FrontDoor, town: Town) -> None:
    for viewer, token in town.tokens.items():
        if viewer in town.residents:
            continue
        headers = {} if token is None else {"authorization": f"Bearer {token}"}
        response = await front_door.client.get(f"/events/{town.here.slug}/vault", headers=headers)
        assert response.status_code == (401 if token is None else 404), viewer


async def test_entries_deflate_no_further(front_door: FrontDoor, town: Town) -> None:
    """What is sealed looks random: were anything of it in the clear, the whole would shrink."""
    headers = {"authorization": f"Bearer {town.residents['Ana'].token}"}
    response = await front_door.client.get(f"/events/{town.here.slug}/vault", headers=headers)
    phone = Phone()
    phone.take(response.content)

    for entry in phone.entries.values():
        assert len(zlib.compress(entry.ciphertext, 9)) >= len(entry.ciphertext)
