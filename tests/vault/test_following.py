"""After every kind of change, a phone that follows holds what a phone that fetches everything holds."""

from collections.abc import Callable

import pytest

from server.agenda.models import Library
from server.vault import contents
from server.vault.sealing import NotOpened, lookup_of, open_entry
from tests.clock import Clock
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.vault.conftest import FetchingPhone
from tests.vault.reading import Body
from tests.world import Attendee, World

PhoneOf = Callable[..., FetchingPhone]

CARD = """
    mutation ($event: ID!, $card: CardInput!) { updateCard(event: $event, card: $card) { __typename } }
"""
REISSUE = "mutation ($registration: ID!) { reissueBadge(registration: $registration) { __typename } }"
WITHDRAW = "mutation ($swap: ID!) { withdraw(swap: $swap) { __typename } }"


async def followed(phone: FetchingPhone) -> Body:
    """What the phone is told; afterwards it holds what a new phone would hold, and is told no more."""
    body = await phone.fetch()
    assert body is not None
    assert phone.kept.entries == (await phone.fetch_whole()).entries
    assert await phone.fetch() is None
    return body


@pytest.fixture
async def ana(world: World) -> Attendee:
    event = await world.event()
    return await world.attendee(event, "Ana Duarte")


@pytest.fixture
async def ben(world: World, ana: Attendee) -> Attendee:
    await world.attendee(ana.event, "Somebody Else")
    return await world.attendee(ana.event, "Ben Okafor", up_to="turning a school into a tool library")


@pytest.fixture
async def phone(ana: Attendee, ben: Attendee, phone_of: PhoneOf) -> FetchingPhone:
    """Ana's, up to date."""
    phone = phone_of(ana)
    await phone.fetch()
    return phone


async def test_nothing_is_told_while_nothing_changes(phone: FetchingPhone, clock: Clock) -> None:
    clock.advance(hours=3)

    assert await phone.fetch() is None


async def test_an_edited_card_comes_alone(phone: FetchingPhone, ben: Attendee, front_door: FrontDoor) -> None:
    card = {"name": "Ben Okafor", "upTo": "Building a kiln", "openToEvent": True}
    await front_door.as_(ben.token).ask(CARD, event=id_of(ben.event), card=card)

    body = await followed(phone)

    assert (body.header["whole"], len(body.entries), body.gone, body.texts) == (False, 1, [], None)
    content = phone.kept.scan(ben.badge.token, ben.event.id)
    assert content is not None
    assert content["card"]["upTo"] == "Building a kiln"


async def test_two_edits_at_the_same_instant_are_both_followed(
    phone: FetchingPhone, ben: Attendee, front_door: FrontDoor
) -> None:
    for name in ("Ben One", "Ben Two"):
        card = {"name": name, "openToEvent": True}
        await front_door.as_(ben.token).ask(CARD, event=id_of(ben.event), card=card)
        await followed(phone)
        assert phone.sees(ben) == name


async def test_an_edit_that_leaves_the_card_as_it_was_is_no_change(
    phone: FetchingPhone, ben: Attendee, world: World, clock: Clock
) -> None:
    await world.pool.execute("UPDATE cards SET updated_at = $1, open_to_introductions = true", clock.advance(hours=1))

    assert await phone.fetch() is None


async def test_closing_a_card_takes_its_words_back_and_opening_it_gives_them(
    phone: FetchingPhone, ben: Attendee, world: World
) -> None:
    await world.pool.execute("UPDATE cards SET open_to_event = false WHERE registration_id = $1", ben.registration_id)
    await followed(phone)
    assert phone.sees(ben) == "Ben"

    await world.pool.execute("UPDATE cards SET seeking = 'CnryUnseen' WHERE registration_id = $1", ben.registration_id)
    assert await phone.fetch() is None  # what a closed card says is nobody's news

    await world.pool.execute("UPDATE cards SET open_to_event = true WHERE registration_id = $1", ben.registration_id)
    await followed(phone)
    assert phone.sees(ben) == "Ben Okafor"


async def test_a_reissued_badge_is_another_entry_and_the_old_one_goes(
    phone: FetchingPhone, ben: Attendee, world: World, front_door: FrontDoor
) -> None:
    before = phone.kept.entries[lookup_of(ben.badge.token)]
    await front_door.as_(ben.token).ask(REISSUE, registration=ben.gid)

    body = await followed(phone)

    assert body.gone == [before.lookup]
    (entry,) = body.entries.values()
    assert entry.lookup != before.lookup
    assert phone.sees(ben) is None  # with the old print
    with pytest.raises(NotOpened):
        open_entry(entry, token=ben.badge.token, event_id=ben.event.id)


async def test_a_cancelled_place_goes_and_comes_back_when_it_is_restored(
    phone: FetchingPhone, ben: Attendee, world: World, clock: Clock
) -> None:
    cancel = "UPDATE registrations SET cancelled_at = $2 WHERE id = $1"
    await world.pool.execute(cancel, ben.registration_id, clock())
    body = await followed(phone)
    assert (body.gone, body.header["inVault"]) == ([lookup_of(ben.badge.token)], 1)

    await world.pool.execute(cancel, ben.registration_id, None)
    body = await followed(phone)
    assert (body.gone, body.header["inVault"], phone.sees(ben)) == ([], 2, "Ben Okafor")


async def test_a_forgotten_place_goes(phone: FetchingPhone, ben: Attendee, world: World) -> None:
    await world.pool.execute("DELETE FROM registrations WHERE id = $1", ben.registration_id)

    assert (await followed(phone)).gone == [lookup_of(ben.badge.token)]


async def test_a_new_place_comes(phone: FetchingPhone, ana: Attendee, world: World) -> None:
    mira = await world.attendee(ana.event, "Mira Sand")

    body = await followed(phone)

    assert (len(body.entries), phone.sees(mira)) == (1, "Mira Sand")


async def test_ones_own_card_is_no_news(phone: FetchingPhone, ana: Attendee, world: World) -> None:
    await world.pool.execute("UPDATE cards SET name = 'Ana Anew' WHERE registration_id = $1", ana.registration_id)

    assert await phone.fetch() is None


async def test_withdrawing_takes_each_from_the_others_vault_and_scanning_again_brings_them_back(
    phone: FetchingPhone, ana: Attendee, ben: Attendee, phone_of: PhoneOf, front_door: FrontDoor, clock: Clock
) -> None:
    of_ben = phone_of(ben)
    await of_ben.fetch()
    scan = scan_of(ben.badge.token, at=clock())
    swap = (await front_door.as_(ana.token).ask(SWAP_BADGES, event=id_of(ana.event), scan=scan))["swapBadges"]["id"]
    assert await phone.fetch() is None

    await front_door.as_(ana.token).ask(WITHDRAW, swap=swap)
    for each, other in ((phone, ben), (of_ben, ana)):
        body = await followed(each)
        assert (body.gone, len(body.entries), body.header["whole"]) == ([lookup_of(other.badge.token)], 0, False)
        assert each.sees(other) is None

    card = {"name": "Ben Anew", "openToEvent": True}
    await front_door.as_(ben.token).ask(CARD, event=id_of(ben.event), card=card)
    assert await phone.fetch() is None  # what is hidden moves nothing, not even the cursor

    scan = scan_of(ben.badge.token, at=clock())
    await front_door.as_(ana.token).ask(SWAP_BADGES, event=id_of(ana.event), scan=scan)
    for each, name in ((phone, "Ben Anew"), (of_ben, "Ana Duarte")):
        body = await followed(each)
        assert (body.gone, len(body.entries)) == ([], 1)
        assert each.sees(ben if each is phone else ana) == name


async def test_a_reissue_while_hidden_shows_neither_badge(
    phone: FetchingPhone, ana: Attendee, ben: Attendee, world: World, front_door: FrontDoor, clock: Clock
) -> None:
    await world.swap(ana, ben, withdrawn_at=clock())
    assert (await followed(phone)).gone == [lookup_of(ben.badge.token)]

    await front_door.as_(ben.token).ask(REISSUE, registration=ben.gid)

    assert await phone.fetch() is None
    assert phone.kept.entries.keys() == (await phone.fetch_whole()).entries.keys()


async def test_hidden_and_reissued_between_two_looks_is_gone_once(
    phone: FetchingPhone, ana: Attendee, ben: Attendee, world: World, front_door: FrontDoor, clock: Clock
) -> None:
    await front_door.as_(ben.token).ask(REISSUE, registration=ben.gid)
    await world.swap(ana, ben, withdrawn_at=clock())

    body = await followed(phone)

    assert lookup_of(ben.badge.token) in body.gone
    assert body.entries == {}


async def test_two_phones_of_one_person_follow_each_in_its_own_time(
    phone: FetchingPhone, ana: Attendee, ben: Attendee, phone_of: PhoneOf, world: World, clock: Clock
) -> None:
    tablet = phone_of(ana)
    await tablet.fetch()
    await world.swap(ana, ben, withdrawn_at=clock())
    await followed(phone)
    await world.pool.execute("UPDATE swaps SET withdrawn_at = NULL")
    await followed(phone)

    body = await followed(tablet)

    assert (body.gone, tablet.sees(ben)) == ([], "Ben Okafor")


async def test_reworded_prompts_send_the_texts_and_no_entry(
    phone: FetchingPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = dict(phone.kept.entries)
    monkeypatch.setattr(contents, "mark_of_texts", lambda _: b"reworded")
    monkeypatch.setattr("server.vault.operations.mark_of_texts", lambda _: b"reworded")

    body = await followed(phone)

    assert (body.entries, body.gone) == ({}, [])
    assert body.texts is not None
    assert phone.kept.entries == entries


async def test_another_prompt_library_makes_every_entry_anew(
    phone: FetchingPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = contents.leading_library()
    fewer = Library("en", whole.prompts[2:], {prompt.key: prompt for prompt in whole.prompts[2:]})
    monkeypatch.setattr(contents, "leading_library", lambda: fewer)
    contents.mark_of_rules.cache_clear()
    try:
        body = await followed(phone)
    finally:
        monkeypatch.undo()
        contents.mark_of_rules.cache_clear()

    assert len(body.entries) == body.header["inVault"] == 2


async def test_every_version_has_a_nonce_and_a_ciphertext_of_its_own(
    phone: FetchingPhone, ben: Attendee, world: World
) -> None:
    lookup = lookup_of(ben.badge.token)
    seen = [phone.kept.entries[lookup]]
    for is_open in (False, True):
        await world.pool.execute(
            "UPDATE cards SET open_to_event = $2 WHERE registration_id = $1", ben.registration_id, is_open
        )
        await followed(phone)
        seen.append(phone.kept.entries[lookup])

    assert len({entry.nonce for entry in seen}) == len({entry.ciphertext for entry in seen}) == 3
    assert [entry.version for entry in seen] == sorted({entry.version for entry in seen})


async def test_the_same_person_at_two_events_cannot_be_joined(ana: Attendee, world: World, phone_of: PhoneOf) -> None:
    """The same card and name at both: no sixteen bytes of lookups, nonces and ciphertexts are the same."""
    other = await world.event()
    reader = await world.attendee(other)
    card = {"name": "Ben Okafor", "up_to": "turning a school into a tool library"}
    for event in (ana.event, other):
        await world.registration(event, name="Ben Okafor", card=card)
    bodies = [await phone_of(who).fetch() for who in (ana, reader)]

    runs = []
    for body in bodies:
        assert body is not None
        (entry,) = body.entries.values()
        parts = (entry.lookup, entry.nonce, entry.ciphertext)
        runs.append({part[at : at + 16] for part in parts for at in range(max(1, len(part) - 15))})
    assert not runs[0] & runs[1]
