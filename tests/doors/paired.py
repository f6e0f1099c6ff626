"""Phones that are paired with a door, written straight into the tables."""

from dataclasses import dataclass

from schema.ids import Kind, global_id, read_any
from server.doors.phones.models import PhoneKind
from server.doors.phones.tokens import new_phone_token, phone_token_hash, pin_hash, pin_of
from server.events.models import Event
from server.ids import new_id
from tests.world import World


@dataclass(frozen=True, slots=True)
class Paired:
    """A phone, what its cookie holds, and the helper in whose hands it is; a kiosk has none."""

    token: str
    id: str
    helper: str
    pin: str


async def with_pin(world: World, event: Event, name: str) -> tuple[str, str]:
    """A helper's global id, and the PIN."""
    helper_id = new_id()
    pin = pin_of(world.secrets, helper_id)
    await world.pool.execute(
        "INSERT INTO door_helpers (event_id, id, name, pin_hash, key, created_at) VALUES ($1, $2, $3, $4, $2, $5)",
        event.id, helper_id, name, pin_hash(world.secrets, event.id, pin), world.clock(),
    )  # fmt: skip
    return global_id(Kind.DOOR_HELPER, helper_id, event.id), pin


async def paired(
    world: World, event: Event, door: str, *, helper: str = "", kind: PhoneKind = PhoneKind.DOOR
) -> Paired:
    """A phone at that door, or at that session's room. `helper` is the name of a new helper who holds it."""
    held_by, pin = await with_pin(world, event, helper) if helper else ("", "")
    token, phone_id = new_phone_token(event.id), new_id()
    helper_id = read_any(held_by).row if helper else None
    where = "room_id" if kind is PhoneKind.ROOM else "door_id"
    await world.pool.execute(
        f"INSERT INTO door_phones (event_id, id, token_hash, kind, {where}, helper_id, held_since, paired_at,"  # noqa: S608 - one of our columns
        " last_seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7)",
        event.id, phone_id, phone_token_hash(token), kind, read_any(door).row, helper_id, world.clock(),
    )  # fmt: skip
    await world.pool.execute(
        f"INSERT INTO door_shifts (event_id, id, phone_id, {where}, helper_id, began_at)"  # noqa: S608 - as above
        " VALUES ($1, $2, $2, $3, $4, $5)",
        event.id, phone_id, read_any(door).row, helper_id, world.clock(),
    )  # fmt: skip
    return Paired(token, global_id(Kind.DOOR_PHONE, phone_id, event.id), held_by, pin)
