"""Bringing a list of attendees into an event, for its organizers: what a list would change, and what others changed.

The file itself comes beside GraphQL, see `server.imports.routes`.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_event, read_row
from schema.import_findings import FindingsPage, ImportFindings
from schema.import_keys import ImportKey, keys_of
from schema.nodes import Done, Node, Problem
from schema.pages import PageInfo
from schema.problems import InputNotValid, NotFound, register
from server.errors import InputNotValid as InputRefused
from server.errors import NotFound as NothingThere
from server.imports.mapping import ColumnUse
from server.imports.models import ChangeKind
from server.imports.uploads import errors, models, operations
from server.imports.uploads.models import ImportState, ImportWay

#: The import that is meant; `import` is no name in Python.
Of = Annotated[strawberry.ID, strawberry.argument(name="import")]

strawberry.enum(ImportState, description="How far an import has come. READ: it can be looked at and brought in.")
strawberry.enum(ImportWay, description="How a list came to the event.")


@strawberry.type(
    description="A list of attendees on its way into an event, or brought in. It names nobody of the list."
)
class Import(Node):
    key: strawberry.ID = strawberry.field(description="The key that its file was sent with.")
    state: ImportState = strawberry.field(description="How far it has come.")
    way: ImportWay = strawberry.field(description="How it came.")
    file_name: str | None = strawberry.field(description="The name of its file; null without one.")
    system: str | None = strawberry.field(description="Which system it comes from, in words; null until it was read.")
    sheet: str | None = strawberry.field(description="The sheet that was read, of a spreadsheet.")
    trouble: str | None = strawberry.field(description="Why it cannot be read or brought in; null otherwise.")
    rows: int = strawberry.field(description="How many people are in it.")
    done: int = strawberry.field(description="How many of them are done, while it is read or brought in.")
    added: int = strawberry.field(description="Registrations that it adds, or has added.")
    changed: int = strawberry.field(description="Registrations that it changes, those cancelled apart.")
    cancelled: int = strawberry.field(description="Registrations that it cancels, or adds as cancelled.")
    unchanged: int = strawberry.field(description="Registrations that are as it says already.")
    left_out: int = strawberry.field(description="Rows left out on purpose; `findings` says why.")
    bad: int = strawberry.field(description="Rows that cannot be read.")
    by: str | None = strawberry.field(description="Who brought it, where that is known.")
    made_at: datetime = strawberry.field(description="When it came.")
    done_at: datetime | None = strawberry.field(description="When it was brought in; null until then.")
    kept_until: datetime | None = strawberry.field(
        description="When what is known of its rows is deleted; null once it is."
    )
    model: strawberry.Private[models.StoredImport]

    @strawberry.field(
        description="What was found in it, for whoever brought it, while it is known: at most 200 rows of each sort at "
        "once. `badAfter` and `changesAfter` are how many to pass over; `kinds` are the changes meant, all without it."
    )
    async def findings(
        self,
        info: Info,
        first: int = 50,
        bad_after: int = 0,
        changes_after: int = 0,
        kinds: list[ChangeKind] | None = None,
    ) -> ImportFindings | None:
        viewer = info.context.signed_in()
        page = FindingsPage.read(first=first, bad_after=bad_after, changes_after=changes_after, kinds=kinds)
        async with info.context.pool.acquire() as connection:
            found = await operations.find_findings(
                connection, stored=self.model, person_id=viewer.person_id, secrets=info.context.services.secrets,
                now=info.context.now,
            )  # fmt: skip
        return None if found is None else ImportFindings.from_model(found, page)

    @classmethod
    def from_model(cls, stored: models.StoredImport) -> "Import":
        sums = stored.sums
        return cls(
            id=global_id(Kind.IMPORT, stored.id, stored.event_id),
            key=strawberry.ID(str(stored.id)),
            state=stored.state,
            way=stored.way,
            file_name=stored.file_name,
            system=stored.system,
            sheet=stored.sheet,
            trouble=stored.refusal,
            rows=stored.rows,
            done=stored.done,
            added=sums.added,
            changed=sums.updated - sums.cancelled,
            cancelled=sums.cancelled,
            unchanged=sums.unchanged,
            left_out=sums.skipped,
            bad=sums.bad,
            by=stored.by or None,
            made_at=stored.made_at,
            done_at=stored.done_at,
            kept_until=stored.kept_until,
            model=stored,
        )


@strawberry.type(description="One import in a page of them.")
class ImportEdge:
    cursor: str = strawberry.field(description="Where it stands; give it as `after` to go on from here.")
    node: Import = strawberry.field(description="The import.")


@strawberry.type(description="A page of imports, the newest first.")
class ImportConnection:
    edges: list[ImportEdge] = strawberry.field(description="The imports of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the whole.")

    @classmethod
    def from_model(cls, page: models.PastImports, *, after: str | None) -> "ImportConnection":
        edges = [
            ImportEdge(cursor=global_id(Kind.IMPORT, each.id, each.event_id), node=Import.from_model(each))
            for each in page.imports
        ]
        return cls(edges=edges, page_info=PageInfo.of(edges, has_next=page.has_next, after=after))


@strawberry.type(description="The imports of one event, for its organizers.")
class EventImports:
    most_megabytes: int = strawberry.field(description="How large a file may be.")
    most_rows: int = strawberry.field(description="How many rows a list may have.")
    open: Import | None = strawberry.field(
        description="The list that I brought last, while its rows are known; null when there is none."
    )
    event_id: strawberry.Private[UUID]

    @strawberry.field(description="What was brought in by anybody, the newest first, at most 50 at once.")
    async def past(self, info: Info, first: int = 20, after: str | None = None) -> ImportConnection:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            page = await operations.list_past(
                connection, event_id=self.event_id, person_id=viewer.person_id, first=first,
                after=None if after is None else _read_cursor(after),
            )  # fmt: skip
        return ImportConnection.from_model(page, after=after)

    @strawberry.field(description="Keys by which other programs bring attendees in, those in use first, 50 at most.")
    async def keys(self, info: Info) -> list[ImportKey]:
        return await keys_of(info, self.event_id)


@strawberry.type(description="Some rows of the list cannot be read, so nothing was brought in.")
class ImportHasBadRows(Problem):
    bad: int = strawberry.field(description="How many rows that are.")


@strawberry.type(description="The list is being read or was brought in, or its file is gone. Nothing was changed.")
class ImportNotReady(Problem):
    pass


register(errors.ImportHasBadRows, ImportHasBadRows)
register(errors.ImportNotReady, ImportNotReady)

UseImportColumnsResult = Annotated[
    Import | ImportNotReady | InputNotValid | NotFound,
    strawberry.union("UseImportColumnsResult", description="The list, which is read anew, or why it is not."),
]
BringInResult = Annotated[
    Import | ImportHasBadRows | ImportNotReady | InputNotValid | NotFound,
    strawberry.union("BringInResult", description="The list, which is being brought in, or why it is not."),
]
ForgetImportResult = Annotated[
    Done | ImportNotReady | InputNotValid | NotFound,
    strawberry.union("ForgetImportResult", description="What was known of the list is deleted, or why not."),
]


@strawberry.type
class ImportsQuery:
    @strawberry.field(description="Lists brought into an event. Null when the event is not mine to know of.")
    async def event_imports(self, info: Info, event: strawberry.ID) -> EventImports | None:
        viewer = info.context.signed_in()
        event_id = read_event(event)
        async with info.context.pool.acquire() as connection:
            try:
                found = await operations.find_open(
                    connection, event_id=event_id, person_id=viewer.person_id, now=info.context.now
                )
            except NothingThere:
                return None
        return EventImports(
            most_megabytes=operations.MOST_MEGABYTES,
            most_rows=operations.MOST_ROWS,
            open=None if found is None else Import.from_model(found),
            event_id=event_id,
        )


@strawberry.type
class ImportsMutation:
    @strawberry.mutation(
        description="Reads the list anew with these uses, one for each column in the order of `findings.columns`; "
        "without `uses` they are recognised. `sheet` names a sheet of a spreadsheet."
    )
    async def use_import_columns(
        self,
        info: Info,
        of: Of,
        uses: list[ColumnUse] | None = None,
        sheet: str | None = None,
    ) -> UseImportColumnsResult:
        viewer = info.context.signed_in()
        event_id, import_id = read_row(of, Kind.IMPORT)
        async with info.context.pool.acquire() as connection:
            stored = await operations.use_columns(
                connection, event_id=event_id, import_id=import_id, person_id=viewer.person_id, uses=uses, sheet=sheet,
                now=info.context.now,
            )  # fmt: skip
        return Import.from_model(stored)

    @strawberry.mutation(
        description="Brings the list in, once, however often it is asked. `skipBad` leaves out the rows that cannot be "
        "read; without it they keep everything out. Ask again for it until it is DONE."
    )
    async def bring_in_import(self, info: Info, of: Of, skip_bad: bool = False) -> BringInResult:
        viewer = info.context.signed_in()
        event_id, import_id = read_row(of, Kind.IMPORT)
        async with info.context.pool.acquire() as connection:
            stored = await operations.bring_in(
                connection, event_id=event_id, import_id=import_id, person_id=viewer.person_id, skip_bad=skip_bad,
                now=info.context.now,
            )  # fmt: skip
        return Import.from_model(stored)

    @strawberry.mutation(
        description="Deletes a list that was not brought in; of one that was, what is still known of its rows."
    )
    async def forget_import(self, info: Info, of: Of) -> ForgetImportResult:
        viewer = info.context.signed_in()
        event_id, import_id = read_row(of, Kind.IMPORT)
        async with info.context.pool.acquire() as connection:
            await operations.forget(
                connection, event_id=event_id, import_id=import_id, person_id=viewer.person_id, now=info.context.now
            )
        return Done(message="The file, and what was read in it, is deleted. What was brought in stays.")


def _read_cursor(cursor: str) -> UUID:
    """Raises `InputNotValid` for anything that is not the cursor of an import."""
    try:
        return read_row(cursor, Kind.IMPORT)[1]
    except NothingThere as error:
        raise InputRefused("past.after", "That cursor is not one of ours. Start from the first page.") from error
