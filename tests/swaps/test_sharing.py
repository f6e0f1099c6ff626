"""Contact details cross by consent only: each row of the table of who sees what."""

import asyncio
from typing import Any

import pytest

from server.events.models import Event
from tests.clock import Clock
from tests.encounters.documents import SWAP, SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World

READ = f"query ($id: ID!) {{ swap(id: $id) {{ {SWAP} }} }}"
SHARE_BACK = f"""
    mutation ($swap: ID!, $fields: [ContactField!]) {{ shareBack(swap: $swap, fields: $fields) {{
        __typename ... on Swap {{ {SWAP} }} ... on Problem {{ message }} }} }}
"""
DECLINE = f"""
    mutation ($swap: ID!) {{ declineShare(swap: $swap) {{
        __typename ... on Swap {{ {SWAP} }} ... on Problem {{ message }} }} }}
"""
WITHDRAW = "mutation ($swap: ID!) { withdraw(swap: $swap) { __typename ... on Problem { message } } }"


class Pair:
    """Ana has scanned Ben; both have a phone number."""

    def __init__(self, front_door: FrontDoor, ana: Attendee, ben: Attendee, swap: str) -> None:
        self.ana, self.ben = front_door.as_(ana.token), front_door.as_(ben.token)
        self.swap = swap

    async def share(self, door: FrontDoor, *fields: str) -> dict[str, Any]:
        data = await door.ask(SHARE_BACK, swap=self.swap, fields=list(fields) or None)
        result: dict[str, Any] = data["shareBack"]
        return result

    async def seen_by(self, door: FrontDoor) -> dict[str, Any] | None:
        data = await door.ask(READ, id=self.swap)
        result: dict[str, Any] | None = data["swap"]
        return result


@pytest.fixture
async def pair(front_door: FrontDoor, world: World, clock: Clock) -> Pair:
    event = await world.event()
    ana = await world.attendee(event, "Ana Duarte")
    ben = await world.attendee(event, "Ben Okafor")
    for who, number in ((ana, "+351 1"), (ben, "+44 2")):
        await world.pool.execute("UPDATE people SET contact_phone = $2 WHERE id = $1", who.person.id, number)
    data = await front_door.as_(ana.token).ask(
        SWAP_BADGES, event=id_of(event), scan=scan_of(ben.badge.token, at=clock())
    )
    return Pair(front_door, ana, ben, data["swapBadges"]["id"])


async def test_an_offer_is_seen_by_the_other_with_just_the_fields_offered(pair: Pair) -> None:
    mine = await pair.share(pair.ana, "PHONE")
    his = await pair.seen_by(pair.ben)

    assert mine["share"] == "OFFERED_BY_ME"
    assert mine["contact"] is None
    assert his is not None
    assert his["share"] == "OFFERED_TO_ME"
    assert his["contact"] == {"email": None, "phone": "+351 1", "links": []}


async def test_sharing_back_makes_it_mutual_field_by_field(pair: Pair) -> None:
    await pair.share(pair.ana, "PHONE")

    his = await pair.share(pair.ben, "EMAIL")
    hers = await pair.seen_by(pair.ana)

    assert hers is not None
    assert his["share"] == hers["share"] == "MUTUAL"
    assert his["contact"]["phone"] == "+351 1"
    assert his["contact"]["email"] is None
    assert hers["contact"]["phone"] is None
    assert "@example.org" in hers["contact"]["email"]


async def test_what_was_chosen_last_is_what_the_next_choice_begins_with(pair: Pair) -> None:
    await pair.share(pair.ana, "LINKS", "PHONE")

    me = await pair.ana.ask("{ me { sharing { always fields } } }")
    again = await pair.share(pair.ana)
    his = await pair.seen_by(pair.ben)

    assert me["me"]["sharing"] == {"always": False, "fields": ["PHONE", "LINKS"]}
    assert again["share"] == "OFFERED_BY_ME"
    assert his is not None
    assert (his["contact"]["phone"], his["contact"]["email"]) == ("+351 1", None)


async def test_a_choice_for_one_swap_leaves_a_standing_choice_as_it_is(pair: Pair) -> None:
    choice = "mutation { setSharing(always: true, fields: [EMAIL]) { __typename } }"
    await pair.ana.ask(choice)

    await pair.share(pair.ana, "PHONE")

    me = await pair.ana.ask("{ me { sharing { always fields } } }")
    assert me["me"]["sharing"] == {"always": True, "fields": ["EMAIL"]}


async def test_declining_is_silent_and_hides_the_offer(pair: Pair) -> None:
    await pair.share(pair.ana, "PHONE")
    before = await pair.seen_by(pair.ana)

    declined = (await pair.ben.ask(DECLINE, swap=pair.swap))["declineShare"]

    assert declined["share"] == "NONE"
    assert declined["contact"] is None
    assert await pair.seen_by(pair.ana) == before


async def test_an_empty_choice_is_refused_in_words(pair: Pair) -> None:
    data = await pair.ana.ask(SHARE_BACK, swap=pair.swap, fields=[])

    assert data["shareBack"]["__typename"] == "InputNotValid"


async def test_withdrawing_takes_card_and_contact_from_both_at_once(pair: Pair) -> None:
    await pair.share(pair.ana, "PHONE")
    await pair.share(pair.ben, "PHONE")

    await pair.ana.ask(WITHDRAW, swap=pair.swap)

    assert await pair.seen_by(pair.ana) is None
    assert await pair.seen_by(pair.ben) is None


async def test_only_the_one_who_withdrew_can_bring_the_swap_back_and_offers_are_asked_anew(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)

    async def scan(who: Attendee, whom: Attendee) -> dict[str, Any]:
        data = await front_door.as_(who.token).ask(
            SWAP_BADGES, event=id_of(event), scan=scan_of(whom.badge.token, at=clock())
        )
        result: dict[str, Any] = data["swapBadges"]
        return result

    swap = (await scan(ana, ben))["id"]
    await front_door.as_(ana.token).ask(SHARE_BACK, swap=swap, fields=["EMAIL"])
    await front_door.as_(ana.token).ask(WITHDRAW, swap=swap)

    his_try = await scan(ben, ana)
    hers = await scan(ana, ben)

    assert his_try["__typename"] == "BadgeNotRecognised"
    assert hers["share"] == "NONE"
    assert hers["id"] == swap


@pytest.mark.parametrize("document", [SHARE_BACK, DECLINE, WITHDRAW])
async def test_a_third_person_can_do_nothing_with_the_swap_of_two(
    front_door: FrontDoor, world: World, pair: Pair, document: str
) -> None:
    event_row = await world.pool.fetchrow("SELECT id, slug FROM events")
    assert event_row is not None
    stranger = await world.person()

    data = await front_door.as_(stranger.token).ask(document, swap=pair.swap)

    assert next(iter(data.values()))["__typename"] == "NotFound"


async def test_consent_against_withdrawal_at_the_same_instant_never_shows_what_is_not_live(pair: Pair) -> None:
    for _ in range(10):
        await asyncio.gather(pair.share(pair.ana, "PHONE"), pair.ben.ask(WITHDRAW, swap=pair.swap))

        assert await pair.seen_by(pair.ben) is None
        assert await pair.seen_by(pair.ana) is None


async def scan_with_standing_choices(
    front_door: FrontDoor, world: World, clock: Clock, *, scanner: bool, scanned: bool
) -> tuple[Attendee, Attendee, dict[str, Any]]:
    """Ana scans Ben; those named always share their mail address."""
    event: Event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    for who, always in ((ana, scanner), (ben, scanned)):
        await world.pool.execute(
            "UPDATE people SET shares_always = $2, shares_fields = ARRAY['EMAIL'] WHERE id = $1", who.person.id, always
        )
    data = await front_door.as_(ana.token).ask(
        SWAP_BADGES, event=id_of(event), scan=scan_of(ben.badge.token, at=clock())
    )
    return ana, ben, data["swapBadges"]


async def test_a_standing_choice_shares_back_by_itself(front_door: FrontDoor, world: World, clock: Clock) -> None:
    _, ben, swap = await scan_with_standing_choices(front_door, world, clock, scanner=True, scanned=True)

    assert swap["share"] == "MUTUAL"
    assert swap["contact"]["email"] == ben.person.email


async def test_a_scan_that_offers_nothing_draws_nothing_out_of_a_standing_choice(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    """Whoever photographs a badge must not get an address by it."""
    _, _, swap = await scan_with_standing_choices(front_door, world, clock, scanner=False, scanned=True)

    assert swap["share"] == "NONE"
    assert swap["contact"] is None


async def test_a_standing_choice_answers_an_offer_made_later(front_door: FrontDoor, world: World, clock: Clock) -> None:
    ana, ben, swap = await scan_with_standing_choices(front_door, world, clock, scanner=False, scanned=True)

    data = await front_door.as_(ana.token).ask(SHARE_BACK, swap=swap["id"], fields=["PHONE"])

    assert data["shareBack"]["share"] == "MUTUAL"
    assert data["shareBack"]["contact"]["email"] == ben.person.email
