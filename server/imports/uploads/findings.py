"""What was found in a list, as text to be sealed, and back."""

import json
from collections.abc import Mapping
from typing import Any

from server.imports.mapping import ColumnUse
from server.imports.models import (
    BadRow,
    Change,
    ChangedPart,
    ChangeKind,
    ImportReport,
    ListColumn,
    Note,
    PartChange,
    ReadFile,
)
from server.imports.uploads.models import Findings, Sums


def found_in(file: ReadFile, report: ImportReport) -> Findings:
    """What is told of a list that was read, and tried or brought in."""
    return Findings(file.columns, file.sheets, file.bad_rows, (*report.notes, *file.notes), report.changes)


def sums_of(report: ImportReport) -> Sums:
    """The sums of a report, which are kept."""
    return Sums(
        report.added, report.updated, report.cancelled, report.unchanged, skipped=report.skipped, bad=report.bad
    )


def written(findings: Findings) -> bytes:
    """As text."""
    return json.dumps(
        {
            "columns": [[each.heading, each.use, each.recognised_as, each.examples] for each in findings.columns],
            "sheets": findings.sheets,
            "bad": [[each.line, each.column, each.reason] for each in findings.bad_rows],
            "notes": [[each.line, each.sentence] for each in findings.notes],
            "changes": [
                [each.line, each.kind, each.name, [[part.part, part.before, part.after] for part in each.parts]]
                for each in findings.changes
            ],
        }
    ).encode()


def read(text: bytes) -> Findings:
    """What `written` wrote."""
    told: Mapping[str, Any] = json.loads(text)
    return Findings(
        columns=tuple(
            ListColumn(heading, ColumnUse(use), ColumnUse(was), tuple(examples))
            for heading, use, was, examples in told["columns"]
        ),
        sheets=tuple(told["sheets"]),
        bad_rows=tuple(BadRow(*each) for each in told["bad"]),
        notes=tuple(Note(*each) for each in told["notes"]),
        changes=tuple(
            Change(
                line, ChangeKind(kind), name, tuple(PartChange(ChangedPart(part), *values) for part, *values in parts)
            )
            for line, kind, name, parts in told["changes"]
        ),
    )
