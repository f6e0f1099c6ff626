"""`--map "Column=use"`: what a column of a list is used for, as it is typed."""

from collections.abc import Mapping, Sequence

from server.errors import DomainError
from server.imports.headings import plain
from server.imports.mapping import Choose, ColumnUse, shape_of

#: The words that are typed.
USES = {
    "name": ColumnUse.NAME,
    "given": ColumnUse.GIVEN_NAME,
    "family": ColumnUse.FAMILY_NAME,
    "buyer": ColumnUse.BUYER_NAME,
    "mail": ColumnUse.EMAIL,
    "id": ColumnUse.TICKET_ID,
    "code": ColumnUse.TICKET_CODE,
    "type": ColumnUse.TICKET_TYPE,
    "pronouns": ColumnUse.PRONOUNS,
    "status": ColumnUse.STATUS,
    "nothing": ColumnUse.LEFT_OUT,
}


class MapNotUnderstood(DomainError):
    """A `--map` that names no column, or no use."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence

    @property
    def message(self) -> str:
        return self.sentence


def read_maps(typed: Sequence[str]) -> dict[str, ColumnUse]:
    """The uses by heading. Raises `MapNotUnderstood`."""
    uses = {}
    for each in typed:
        heading, equals, word = each.rpartition("=")
        use = USES.get(word.strip().lower())
        if not equals or not heading.strip() or use is None:
            raise MapNotUnderstood(f'Write --map "Column=use", where the use is one of: {", ".join(USES)}.')
        uses[plain(heading)] = use
    return uses


def choosing(remembered: Mapping[bytes, Sequence[ColumnUse]], maps: Mapping[str, ColumnUse]) -> Choose:
    """What is remembered of such lists, changed by what was typed. Raises `MapNotUnderstood` for no such column."""

    def choose(header: Sequence[str], recognised: Sequence[ColumnUse]) -> Sequence[ColumnUse]:
        headings = [plain(heading) for heading in header]
        unknown = maps.keys() - set(headings)
        if unknown:
            raise MapNotUnderstood(f"The list has no such column as --map names. It has: {', '.join(header)}.")
        known = remembered.get(shape_of(header), recognised)
        # What was typed takes the place of what else had that use.
        taken = set(maps.values()) - {ColumnUse.LEFT_OUT}
        kept = [ColumnUse.LEFT_OUT if use in taken else use for use in known]
        return [maps.get(heading, use) for heading, use in zip(headings, kept, strict=True)]

    return choose
