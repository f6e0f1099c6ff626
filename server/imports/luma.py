"""Luma's list of guests as CSV.

Luma publishes no description of that file. Headings from public tools that read it, which agree: `api_id` in files of
2025, `guest_id` in those of 2026, then `name`, `first_name`, `last_name`, `email`, `approval_status`, `qr_code_url`,
`ticket_name` and others. The status words are those of `approval_status` in Luma's public API
(public-api.luma.com/openapi.json). That the ticket's QR code holds the address in `qr_code_url` is what such tools say;
it was not tried at a door.
"""

from collections.abc import Sequence

from server.imports.formats import Columns, Format, statuses
from server.imports.headings import found, positions

_GUEST = ("guest_id", "api_id")
_STATUS = ("approval_status",)

#: Somebody invited has not said that they come; `session` is a visit of a page, not a place.
_STATUSES = statuses(
    coming="approved",
    cancelled="declined | rejected",
    waiting="pending_approval | pending | waitlist | invited | session",
    is_closed=True,
)


def _columns(header: Sequence[str]) -> Columns | None:
    places = positions(header)
    guest, status = found(places, _GUEST), found(places, _STATUS)
    name, first, last = (found(places, (each,)) for each in ("name", "first_name", "last_name"))
    if not (guest and status and (name or first)):
        return None
    return Columns(
        name=name,
        given_name=first,
        family_name=last,
        email=found(places, ("email",)),
        external_id=guest[:1],
        ticket_type=found(places, ("ticket_name",)),
        ticket_code=found(places, ("qr_code_url",)),
        pronouns=found(places, ("Pronouns", "What are your pronouns?", "Your pronouns", "Preferred pronouns")),
        status=status,
    )


LUMA = Format("luma", "Luma", _columns, _STATUSES)
