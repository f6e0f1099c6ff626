"""Every way by which a card, a badge or a place comes and changes reaches the phones: the list, the desk, the owner."""

from collections.abc import Callable, Sequence

import pytest

from schema.ids import Kind, global_id
from server.badges.tokens import badge_secret
from server.events.models import Role
from server.imports.operations import import_attendees
from server.vault.sealing import lookup_of
from tests.clock import Clock
from tests.desk.documents import register
from tests.encounters.documents import CLAIM
from tests.front_door import FrontDoor
from tests.imports.lists import read
from tests.vault.conftest import FetchingPhone
from tests.world import Attendee, World

LIST = ("Order code", "Name", "Email", "Canceled")


@pytest.fixture
async def phone(world: World, phone_of: Callable[[Attendee], FetchingPhone]) -> FetchingPhone:
    phone = phone_of(await world.attendee(await world.event(), "Ana Duarte"))
    await phone.fetch()
    return phone


async def followed(phone: FetchingPhone) -> tuple[int, int]:
    """How many entries came and went; afterwards the phone holds what a new one would."""
    body = await phone.fetch()
    assert phone.kept.entries == (await phone.fetch_whole()).entries
    return (0, 0) if body is None else (len(body.entries), len(body.gone))


async def take(world: World, phone: FetchingPhone, *rows: Sequence[str]) -> None:
    """Bring this list in, as the organizer does."""
    async with world.pool.acquire() as connection:
        await import_attendees(
            connection, event_id=phone.owner.event.id, file=read(LIST, *rows), secrets=world.secrets, skip_bad=False,
            now=world.clock(),
        )  # fmt: skip


async def name_under(world: World, phone: FetchingPhone, name: str) -> str | None:
    """What scanning the badge of the place with this name shows."""
    event_id = phone.owner.event.id
    badge_id = await world.pool.fetchval(
        "SELECT badges.id FROM badges JOIN registrations ON registrations.id = badges.registration_id"
        " WHERE badges.event_id = $1 AND registrations.name = $2 AND revoked_at IS NULL",
        event_id, name,
    )  # fmt: skip
    content = phone.kept.scan(badge_secret(world.secrets, badge_id).token, event_id)
    return None if content is None else str(content["card"]["name"])


async def test_a_list_brings_renames_cancels_and_restores(world: World, phone: FetchingPhone) -> None:
    await take(world, phone, ("A1", "Mira Sand", "mira@example.org", ""), ("A2", "Li Wei", "li@example.org", ""))
    assert await followed(phone) == (2, 0)
    assert await name_under(world, phone, "Mira Sand") == "Mira"

    await take(world, phone, ("A1", "Miriam Sand", "mira@example.org", ""), ("A2", "Li Wei", "li@example.org", ""))
    assert await followed(phone) == (1, 0)
    assert await name_under(world, phone, "Miriam Sand") == "Miriam"

    await world.pool.execute("UPDATE registrations SET cancelled_at = now() WHERE name = 'Li Wei'")
    assert await followed(phone) == (0, 1)

    await world.pool.execute("UPDATE registrations SET cancelled_at = NULL WHERE name = 'Li Wei'")
    assert await followed(phone) == (1, 0)


async def test_a_list_taken_back_changes_nothing(world: World, phone: FetchingPhone) -> None:
    async with world.pool.acquire() as connection:
        await import_attendees(
            connection, event_id=phone.owner.event.id, file=read(LIST, ("A1", "Mira", "", "")), secrets=world.secrets,
            skip_bad=False, now=world.clock(), dry_run=True,
        )  # fmt: skip

    assert await followed(phone) == (0, 0)


async def test_somebody_registered_at_the_desk_comes(world: World, phone: FetchingPhone, front_door: FrontDoor) -> None:
    helper = await world.team(phone.owner.event, Role.DOOR_HELPER)

    answer = await register(front_door.as_(helper.token), phone.owner.event, "Zoë Lindqvist")

    assert answer["__typename"] == "WalkIn"
    assert await followed(phone) == (1, 0)
    assert await name_under(world, phone, "Zoë Lindqvist") == "Zoë"


async def test_taking_a_place_changes_its_entry_only_where_the_card_does(
    world: World, phone: FetchingPhone, front_door: FrontDoor, clock: Clock
) -> None:
    event = phone.owner.event
    ben = await world.person(email="ben@example.org")
    registration_id, badge_id = await world.registration(
        event, name="Ben Okafor", email=ben.email, card={"open_to_event": False}
    )
    assert await followed(phone) == (1, 0)

    claimed = await front_door.as_(ben.token).ask(CLAIM, of=global_id(Kind.REGISTRATION, registration_id, event.id))

    assert claimed["claimRegistration"]["__typename"] == "Registration"
    assert await followed(phone) == (0, 0)
    assert lookup_of(badge_secret(world.secrets, badge_id).token) in phone.kept.entries


async def test_a_block_that_waits_for_an_account_hides_whoever_takes_the_place(
    world: World, phone: FetchingPhone
) -> None:
    event, ana = phone.owner.event, phone.owner
    place, _ = await world.registration(event, name="Ben Okafor", card={"open_to_event": False})
    await followed(phone)
    await world.pool.execute(
        "INSERT INTO blocks (blocker_id, met_swap_id, met_event_id, met_registration_id, event_title, met_on,"
        " blocked_at) VALUES ($1, gen_random_uuid(), $2, $3, 'Here', current_date, now())",
        ana.person.id, event.id, place,
    )  # fmt: skip

    assert await followed(phone) == (0, 1)

    await world.pool.execute("DELETE FROM blocks")
    assert await followed(phone) == (1, 0)
