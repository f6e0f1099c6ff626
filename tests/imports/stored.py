"""Imports as they lie in the tables, for tests of other things."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from schema.ids import Kind, global_id
from server.events.models import Event
from server.ids import new_id
from server.imports.mapping import ColumnUse
from server.imports.models import Change, ChangeKind, ListColumn
from server.imports.uploads.findings import written
from server.imports.uploads.models import Findings
from server.imports.uploads.operations import FILE, FINDINGS
from server.imports.uploads.sealing import seal
from tests.world import World

LIST = b"Name\nLia Listed\n"
FOUND = Findings(
    columns=(ListColumn("Name", ColumnUse.NAME, ColumnUse.NAME, ("Lia Listed",)),),
    changes=(Change(2, ChangeKind.NEW, "Lia Listed"),),
)


async def stored_import(world: World, event: Event, person_id: UUID, *, is_done: bool = True) -> str:
    """The global id of a list with one person: brought in, or read and not brought in."""
    import_id, now = new_id(), world.clock()
    await world.pool.execute(
        "INSERT INTO imports (event_id, id, person_id, way, file_name, system, state, rows, added, made_at, done_at)"
        " VALUES ($1, $2, $3, 'FILE', 'guests.csv', 'a plain list', $4, 1, 1, $5, $6)",
        event.id, import_id, person_id, "DONE" if is_done else "READ", now, now if is_done else None,
    )  # fmt: skip
    sealed = partial(seal, event_id=event.id, of=import_id, secrets=world.secrets)
    await world.pool.execute(
        "INSERT INTO import_files (event_id, import_id, sealed_file, sealed_findings, kept_until)"
        " VALUES ($1, $2, $3, $4, $5)",
        event.id, import_id, None if is_done else sealed(LIST, part=FILE),
        sealed(written(FOUND), part=FINDINGS), now + timedelta(days=1),
    )  # fmt: skip
    return global_id(Kind.IMPORT, import_id, event.id)


async def stored_key(world: World, event: Event, person_id: UUID) -> str:
    """The key of a program that nobody runs."""
    key_id = new_id()
    await world.pool.execute(
        "INSERT INTO import_keys (event_id, id, person_id, sender, name, token_hash, made_at)"
        " VALUES ($1, $2, $3, 'INTERFACE', 'The shop', $4, $5)",
        event.id, key_id, person_id, bytes(32), world.clock(),
    )  # fmt: skip
    return str(key_id)
