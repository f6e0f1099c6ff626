"""Whatever stood there before and whatever the list says: a second time there is nothing left to change."""

import itertools
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from server.imports.matching import match, outcomes
from server.imports.models import AttendeeRow, Place, Ticket
from server.people.addresses import address_key
from server.people.names import name_key

_numbers = itertools.count(1)


def next_id() -> UUID:
    """Later ones are greater, as those of `new_id` are from one import to the next."""
    return UUID(int=next(_numbers))


NAMES = st.sampled_from(["Ana", "ana", "Li", "Zoë"])
ADDRESSES = st.sampled_from([None, "a@example.org", "b@example.org"])
IDS = st.sampled_from([None, "1", "2", "3"])
CODES = st.sampled_from([None, b"A", b"B", b"C"])


@st.composite
def tickets(draw: st.DrawFn) -> list[Ticket]:
    """Rows as `read_file` gives them: no id, no code, and no nameless pair of name and address twice."""
    made: list[Ticket] = []
    for _ in range(draw(st.integers(0, 6))):
        name, email, external_id, code = draw(NAMES), draw(ADDRESSES), draw(IDS), draw(CODES)
        row = AttendeeRow(0, external_id, name, email, None, None, None, is_cancelled=draw(st.booleans()))
        ticket = Ticket(row, "list", code, (name_key(name), address_key(email or "")))
        clashes = [
            other
            for other in made
            if (external_id is not None and other.row.external_id == external_id)
            or (code is not None and other.code_hash == code)
            or (external_id is None and other.row.external_id is None and other.key == ticket.key and not code)
        ]
        if not clashes:
            made.append(ticket)
    return made


@st.composite
def places(draw: st.DrawFn) -> list[Place]:
    """Registrations as the constraints allow them: an external id and a code belong to one."""
    made: list[Place] = []
    for _ in range(draw(st.integers(0, 5))):
        name, external_id, code = draw(NAMES), draw(IDS), draw(CODES)
        if any(external_id is not None and other.external_id == external_id for other in made):
            external_id = None
        if any(code in other.external_codes for other in made):
            code = None
        made.append(
            Place(
                id=next_id(),
                source="list",
                external_id=external_id,
                name=name,
                email=draw(ADDRESSES),
                ticket_type=None,
                pronouns=None,
                card_name=name,
                is_cancelled=draw(st.booleans()),
                is_claimed=draw(st.booleans()),
                is_walk_in=draw(st.booleans()),
                external_codes=frozenset({code} if code else ()),
                own_codes=frozenset(),
            )
        )
    return made


def made_for(ticket: Ticket) -> Place:
    row = ticket.row
    return Place(
        id=next_id(),
        source=ticket.source,
        external_id=row.external_id,
        name=row.name,
        email=row.email,
        ticket_type=None,
        pronouns=None,
        card_name=row.name,
        is_cancelled=row.is_cancelled,
        is_claimed=False,
        is_walk_in=False,
        external_codes=frozenset({ticket.code_hash} if ticket.code_hash else ()),
        own_codes=frozenset(),
    )


def imported(listed: list[Ticket], existing: list[Place]) -> list[Place]:
    """What the database holds afterwards."""
    matched = match(listed, existing)
    by_id = {place.id: place for place in existing}
    by_id |= {place.id: place for part in outcomes(matched, existing) for _, _, place in part}
    made = [made_for(ticket) for ticket, place in matched if place is None]
    return sorted((*by_id.values(), *made), key=lambda place: place.id)


@given(listed=tickets(), existing=places())
def test_a_second_import_of_a_list_finds_every_row_and_changes_nothing(
    listed: list[Ticket], existing: list[Place]
) -> None:
    once = imported(listed, existing)

    matched = match(listed, once)
    meant, losing = outcomes(matched, once)

    assert all(place is not None for _, place in matched)
    assert [place for _, place, _ in meant] == [place for _, _, place in meant]
    assert losing == []


@given(listed=tickets(), existing=places())
def test_a_code_is_on_one_ticket_and_whoever_loses_theirs_is_told_of(
    listed: list[Ticket], existing: list[Place]
) -> None:
    codes = [code for place in imported(listed, existing) for code in place.external_codes]
    told = {
        place.id for part in outcomes(match(listed, existing), existing) for _, place, then in part if place != then
    }
    now = {place.id: place for place in imported(listed, existing)}

    assert len(codes) == len(set(codes))
    assert {place.id for place in existing if now[place.id] != place} == told


@given(listed=tickets(), existing=places())
def test_no_registration_is_meant_by_two_rows(listed: list[Ticket], existing: list[Place]) -> None:
    meant = [place.id for _, place in match(listed, existing) if place is not None]

    assert len(meant) == len(set(meant))
