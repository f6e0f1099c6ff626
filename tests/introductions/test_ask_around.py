"""Asking a contact whom they know: only who agreed is asked, and only they see who might fit."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from server.introductions.models import ENDS_AFTER
from tests.introductions.three import INTRODUCE, REASON, Three

ASK = """
    mutation ($swap: ID!, $need: String!, $key: ID) { askAround(swap: $swap, need: $need, key: $key) {
        __typename ... on Problem { message } } }
"""
AGREE = "mutation ($agree: Boolean!) { agreeToBeAsked(agree: $agree) { __typename ... on Person { mayBeAsked } } }"
ASKABLE = "{ contactsToAsk { id card { name } } }"
REQUESTS = """
    { introductionRequests { id need swap { id card { name } }
        suggestions { first { id } second { id card { name } } reason words } } }
"""
SETTLE = "mutation ($request: ID!) { settleIntroductionRequest(request: $request) { __typename } }"
NEED = "somebody who knows old boilers"


@pytest.fixture
async def agreed(three: Three) -> Three:
    """Ana may be asked; Cem offers what Ben needs, which Ben does not know."""
    await three.ask(three.ana, AGREE, agree=True)
    await three.world.pool.execute(
        "UPDATE cards SET offering = 'heating engineer, gas boilers' WHERE registration_id = $1",
        three.cem.who.registration_id,
    )
    await three.open_card(three.ana)
    return three


async def ask(three: Three, **changes: Any) -> Any:
    """As Ben asks Ana."""
    return await three.ask(three.ben, ASK, **({"swap": three.swaps["Ben"], "need": NEED} | changes))


async def test_whoever_is_asked_sees_the_need_and_who_fits_and_the_asker_sees_neither(agreed: Three) -> None:
    assert [each["id"] for each in await agreed.ask(agreed.ben, ASKABLE)] == [agreed.swaps["Ben"]]
    answer = await ask(agreed)

    assert answer == {"__typename": "Done"}
    [request] = await agreed.ask(agreed.ana, REQUESTS)
    assert (request["need"], request["swap"]["id"]) == (NEED, agreed.swaps["Ben"])
    assert [each["second"]["id"] for each in request["suggestions"]] == [agreed.swaps["Cem"]]
    said = [answer, await agreed.seen(agreed.ben), await agreed.ask(agreed.ben, REQUESTS)]
    assert agreed.cem.of(said) == set()
    assert await agreed.ask(agreed.cem, REQUESTS) == []


async def test_nobody_is_asked_who_did_not_agree_and_agreement_can_end(agreed: Three) -> None:
    await ask(agreed)
    await agreed.ask(agreed.ana, AGREE, agree=False)

    assert await agreed.ask(agreed.ana, REQUESTS) == []
    assert await agreed.ask(agreed.ben, ASKABLE) == []
    refused = await agreed.ask(agreed.cem, ASK, swap=agreed.swaps["Cem"], need=NEED)
    assert "do not wish to be asked" in refused["message"]


async def test_asking_is_once_by_its_key_and_seldom(agreed: Three) -> None:
    key = str(uuid4())
    assert [(await ask(agreed, key=key))["__typename"] for _ in range(2)] == ["Done", "Done"]
    assert "not long ago" in (await ask(agreed, key=str(uuid4())))["message"]

    agreed.world.clock.now += ENDS_AFTER + timedelta(minutes=1)
    assert await agreed.ask(agreed.ana, REQUESTS) == []
    assert (await ask(agreed))["__typename"] == "Done"


async def test_only_whose_own_card_is_open_can_ask_to_be_introduced(agreed: Three) -> None:
    await agreed.open_card(agreed.ben, to_introductions=False)

    assert "your own card" in (await ask(agreed))["message"]


async def test_a_request_ends_silently_when_it_is_settled_or_somebody_is_introduced(agreed: Three) -> None:
    await ask(agreed)
    [request] = await agreed.ask(agreed.ana, REQUESTS)
    assert (await agreed.ask(agreed.cem, SETTLE, request=request["id"]))["__typename"] == "NotFound"

    first, second = agreed.swaps["Ben"], agreed.swaps["Cem"]
    await agreed.ask(agreed.ana, INTRODUCE, first=first, second=second, reason=REASON)

    assert await agreed.ask(agreed.ana, REQUESTS) == []
    [asked] = await agreed.seen(agreed.ben)
    assert asked["state"] == "ASKING_FIRST"
    assert (await agreed.ask(agreed.ana, SETTLE, request=request["id"]))["__typename"] == "Done"
