"""Importing without a preview, as the command line and other programs do: in the list of imports like all others."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.ids import new_id
from server.imports.bringing import queries
from server.imports.mapping import ColumnUse, shape_of
from server.imports.models import ImportReport, ReadFile
from server.imports.operations import import_attendees, told_to_nobody
from server.imports.uploads.findings import sums_of
from server.imports.uploads.models import ImportWay
from server.secrets import Secrets


async def remembered_uses(connection: Connection, *, event_id: UUID) -> Mapping[bytes, tuple[ColumnUse, ...]]:
    """How the event's organizers have used the columns of lists, by the shape of the list."""
    return await queries.select_mappings(connection, event_id=event_id)


async def import_on_the_spot(
    connection: Connection,
    *,
    event_id: UUID,
    file: ReadFile,
    way: ImportWay,
    file_name: str | None,
    skip_bad: bool,
    secrets: Secrets,
    now: datetime,
    progress: Callable[[int], None] = told_to_nobody,
    dry_run: bool = False,
) -> ImportReport:
    """Import as `import_attendees` does, and note it where it changed something. How columns were used is remembered.

    Raises as `import_attendees` does.
    """
    async with connection.transaction():
        report = await import_attendees(
            connection, event_id=event_id, file=file, skip_bad=skip_bad, secrets=secrets, now=now, progress=progress,
            dry_run=dry_run,
        )  # fmt: skip
        if dry_run:
            return report
        if report.added or report.updated or way is ImportWay.COMMAND_LINE:
            await queries.insert_done(
                connection, event_id=event_id, import_id=new_id(), way=way, file_name=file_name, system=file.system,
                rows=len(file.rows), sums=sums_of(report), now=now,
            )  # fmt: skip
        uses = tuple(each.use for each in file.columns)
        if uses != tuple(each.recognised_as for each in file.columns):
            shape = shape_of([each.heading for each in file.columns])
            await queries.upsert_mapping(connection, event_id=event_id, shape=shape, uses=uses, now=now)
    return report
