"""What a row changes of a registration, told in values before and after. Pure, like the matching it follows."""

from collections.abc import Iterator

from server.imports.models import Change, ChangedPart, ChangeKind, PartChange, Place, Ticket


def addition(ticket: Ticket) -> Change:
    """A registration that is made for this row, perhaps only so that the door knows its ticket as cancelled."""
    kind = ChangeKind.NEW_CANCELLED if ticket.row.is_cancelled else ChangeKind.NEW
    return Change(ticket.row.line, kind, ticket.row.name)


def change(ticket: Ticket, before: Place, after: Place) -> Change:
    """The registration `before`, which differs from what the row makes of it."""
    return Change(ticket.row.line, _kind(before, after), before.name, tuple(_parts(before, after)))


def _kind(before: Place, after: Place) -> ChangeKind:
    if before.is_cancelled == after.is_cancelled:
        return ChangeKind.CHANGED
    return ChangeKind.CANCELLED if after.is_cancelled else ChangeKind.COMING_AGAIN


def _parts(before: Place, after: Place) -> Iterator[PartChange]:
    for part, was, becomes in (
        (ChangedPart.NAME, before.name, after.name),
        (ChangedPart.EMAIL, before.email, after.email),
        (ChangedPart.TICKET_TYPE, before.ticket_type, after.ticket_type),
        (ChangedPart.PRONOUNS, before.pronouns, after.pronouns),
        (ChangedPart.TICKET_ID, before.external_id, after.external_id),
    ):
        if was != becomes:
            yield PartChange(part, was, becomes)
    if before.external_codes != after.external_codes:
        yield PartChange(ChangedPart.TICKET_CODE if after.external_codes else ChangedPart.TICKET_CODE_MOVED, None, None)
