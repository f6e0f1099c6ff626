"""What was found in a list: its columns and how they are used, rows that cannot be read, and what it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import strawberry

from server.errors import InputNotValid
from server.imports import models
from server.imports.mapping import ColumnUse
from server.imports.models import ChangedPart, ChangeKind
from server.imports.uploads.models import Findings

#: Rows of one sort in one answer.
MOST_ROWS = 200
#: Kinds of remarks, and lines named for each.
MOST_REMARKS = 50
MOST_LINES = 20

strawberry.enum(ColumnUse, name="ImportColumnUse", description="What a column of a list is used for.")
strawberry.enum(ChangeKind, name="ImportChangeKind", description="What a row of a list does to a registration.")
strawberry.enum(ChangedPart, name="ImportChangedPart", description="What of a registration a row changes.")


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """Which rows are asked for."""

    first: int
    bad_after: int
    changes_after: int
    kinds: frozenset[ChangeKind]

    @classmethod
    def read(cls, *, first: int, bad_after: int, changes_after: int, kinds: Sequence[ChangeKind] | None) -> Self:
        """Raises `InputNotValid` for more rows at once than there may be, and for less than none."""
        if not 1 <= first <= MOST_ROWS:
            raise InputNotValid("findings.first", f"Ask for 1 to {MOST_ROWS} rows at once, and page through the rest.")
        if bad_after < 0 or changes_after < 0:
            raise InputNotValid("findings.after", "Pass over none, or some.")
        return cls(first, bad_after, changes_after, frozenset(ChangeKind if kinds is None else kinds))


@strawberry.type(description="A column of a list, with what it is used for.")
class ImportColumn:
    heading: str = strawberry.field(description="Its first row.")
    use: ColumnUse = strawberry.field(description="What it is used for.")
    recognised_as: ColumnUse = strawberry.field(description="What it would be used for if nobody had said otherwise.")
    examples: list[str] = strawberry.field(description="The first values in it.")


@strawberry.type(description="A row that cannot be read. What stands in it is not repeated.")
class ImportBadRow:
    line: int = strawberry.field(description="Where it begins, as an editor or a spreadsheet counts.")
    column: str = strawberry.field(description="The heading of the column; empty for the row as a whole.")
    reason: str = strawberry.field(description="Why, in a sentence.")


@strawberry.type(description="Something to know of rows that is no obstacle.")
class ImportRemark:
    sentence: str = strawberry.field(description="What it is.")
    rows: int = strawberry.field(description="How many rows it is about; 0 for the list as a whole.")
    lines: list[int] = strawberry.field(description="The first of these rows.")


@strawberry.type(description="One value of a registration, before and after. Codes are never told.")
class ImportPartChange:
    part: ChangedPart = strawberry.field(description="Which value.")
    before: str | None = strawberry.field(description="As it is or was; null where there was none.")
    after: str | None = strawberry.field(description="As the list has it.")


@strawberry.type(description="What one row changes, or has changed.")
class ImportChange:
    line: int = strawberry.field(description="Where the row begins.")
    kind: ChangeKind = strawberry.field(description="What it does.")
    name: str = strawberry.field(description="The name of the registration until now; of a new one, its name.")
    parts: list[ImportPartChange] = strawberry.field(description="The values that change.")

    @classmethod
    def from_model(cls, change: models.Change) -> "ImportChange":
        parts = [ImportPartChange(part=each.part, before=each.before, after=each.after) for each in change.parts]
        return cls(line=change.line, kind=change.kind, name=change.name, parts=parts)


@strawberry.type(description="What was found in a list.")
class ImportFindings:
    columns: list[ImportColumn] = strawberry.field(description="Its columns in their order.")
    sheets: list[str] = strawberry.field(description="All sheets of a spreadsheet.")
    remarks: list[ImportRemark] = strawberry.field(description="What else is to be known, each sentence once.")
    bad_rows: list[ImportBadRow] = strawberry.field(description="Rows that cannot be read, as many as asked for.")
    bad_count: int = strawberry.field(description="How many there are in all.")
    changes: list[ImportChange] = strawberry.field(description="What rows change, as many as asked for.")
    change_count: int = strawberry.field(description="How many there are in all of the kinds asked for.")

    @classmethod
    def from_model(cls, found: Findings, page: FindingsPage) -> "ImportFindings":
        changes = [each for each in found.changes if each.kind in page.kinds]
        return cls(
            columns=[
                ImportColumn(
                    heading=each.heading, use=each.use, recognised_as=each.recognised_as, examples=list(each.examples)
                )
                for each in found.columns
            ],
            sheets=list(found.sheets),
            remarks=_remarks(found.notes),
            bad_rows=[
                ImportBadRow(line=each.line, column=each.column, reason=each.reason)
                for each in found.bad_rows[page.bad_after : page.bad_after + page.first]
            ],
            bad_count=len(found.bad_rows),
            changes=[
                ImportChange.from_model(each) for each in changes[page.changes_after : page.changes_after + page.first]
            ],
            change_count=len(changes),
        )


def _remarks(notes: Sequence[models.Note]) -> list[ImportRemark]:
    lines: dict[str, list[int]] = {}
    for note in notes:
        lines.setdefault(note.sentence, []).extend(() if note.line is None else (note.line,))
    return [
        ImportRemark(sentence=sentence, rows=len(at), lines=at[:MOST_LINES])
        for sentence, at in list(lines.items())[:MOST_REMARKS]
    ]
