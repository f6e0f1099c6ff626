"""Which registration a row means, and what of it the row changes. Pure: no database, no clock.

A row means the registration with its external id; else the one its ticket code admits to; else one of the same
name and address that nothing else in the file means. A list never takes away what it does not mention.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from server.imports.models import Place, Ticket
from server.people.addresses import address_key
from server.people.names import name_key

#: A row, and the registration before and after it.
Outcome = tuple[Ticket, Place, Place]


def match(tickets: Sequence[Ticket], places: Iterable[Place]) -> list[tuple[Ticket, Place | None]]:
    """Each ticket in the order given, with its registration; None where it needs a new one."""
    known = _Known(places)
    # The surest way first and for all rows, so that a namesake never takes what another row means by its id.
    for way in (known.by_external_id, known.by_code, known.by_name_and_address):
        for number, ticket in enumerate(tickets):
            if number not in known.meant:
                known.take(number, way(ticket))
    return [(ticket, known.meant.get(number)) for number, ticket in enumerate(tickets)]


def outcomes(
    matched: Sequence[tuple[Ticket, Place | None]], places: Sequence[Place]
) -> tuple[list[Outcome], list[Outcome]]:
    """What becomes of each registration that a row means, in the order of the rows; and of those that no row means and
    that lose their code to one, with that row.
    """
    ours = frozenset(code for place in places for code in place.own_codes)
    taken = {ticket.code_hash: ticket for ticket, _ in matched if ticket.code_hash is not None}
    taken = {code: ticket for code, ticket in taken.items() if code not in ours}
    meant = [(ticket, place, _after(place, ticket, taken)) for ticket, place in matched if place is not None]
    named = {place.id for _, place, _ in meant}
    losing = [
        (taken[min(lost)], place, replace(place, external_codes=place.external_codes - lost))
        for place in places
        if place.id not in named and (lost := place.external_codes & taken.keys())
    ]
    return meant, losing


def _after(place: Place, ticket: Ticket, taken: Mapping[bytes, Ticket]) -> Place:
    """The registration as the row wants it; equal to `place` when there is nothing to change."""
    row = ticket.row
    adopts = place.external_id is None and row.external_id is not None and not place.is_walk_in
    changed = replace(
        place,
        source=ticket.source if adopts else place.source,
        external_id=row.external_id if adopts else place.external_id,
        name=row.name,
        email=row.email or place.email,
        ticket_type=row.ticket_type or place.ticket_type,
        is_cancelled=row.is_cancelled,
        external_codes=_external_codes(place, ticket, taken),
    )
    if place.is_claimed:
        return changed
    return replace(changed, card_name=row.name, pronouns=row.pronouns or place.pronouns)


def _external_codes(place: Place, ticket: Ticket, taken: Mapping[bytes, Ticket]) -> frozenset[bytes]:
    """A code in the list replaces the one before, and is nobody else's then. Our own, from a list that we exported, is
    none of theirs, and so not among `taken`.
    """
    if ticket.code_hash is None or ticket.code_hash not in taken:
        return place.external_codes - taken.keys()
    return frozenset({ticket.code_hash})


class _Known:
    """The registrations there are, found three ways; each is meant by one row at most."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.meant: dict[int, Place] = {}
        self._free: dict[object, Place] = {}
        self._of_external_id: dict[tuple[str, str], Place] = {}
        self._of_code: dict[bytes, Place] = {}
        self._of_key: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
        # Oldest first: of two that a row could mean it means the same one at every import.
        for place in sorted(places, key=lambda place: place.id):
            self._free[place.id] = place
            if place.external_id is not None:
                self._of_external_id[place.source, place.external_id] = place
            for code_hash in place.external_codes | place.own_codes:
                self._of_code[code_hash] = place
            self._of_key[name_key(place.name), address_key(place.email or "")].append(place)

    def take(self, number: int, places: Iterable[Place]) -> None:
        """Let row `number` mean the first of `places` that is still free."""
        place = next((place for place in places if place.id in self._free), None)
        if place is not None:
            self.meant[number] = self._free.pop(place.id)

    def by_external_id(self, ticket: Ticket) -> Iterator[Place]:
        if ticket.row.external_id is not None:
            place = self._of_external_id.get((ticket.source, ticket.row.external_id))
            if place is not None:
                yield place

    def by_code(self, ticket: Ticket) -> Iterator[Place]:
        place = self._of_code.get(ticket.code_hash) if ticket.code_hash is not None else None
        if place is not None and _may_be_one_ticket(ticket, place):
            yield place

    def by_name_and_address(self, ticket: Ticket) -> Iterator[Place]:
        likely = [place for place in self._of_key.get(ticket.key, ()) if _may_be_one_ticket(ticket, place)]
        # Whoever cancelled and came all the same has two: the row means the one that is as it says.
        return iter(sorted(likely, key=lambda place: place.is_cancelled != ticket.row.is_cancelled))


def _may_be_one_ticket(ticket: Ticket, place: Place) -> bool:
    """Two external ids are two tickets, even of one buyer with one name."""
    return ticket.row.external_id is None or place.external_id is None
