"""How column headings are compared: without case, accents, spaces and punctuation.

So `E-Mail`, `e_mail` and `EMAIL` are one. Knows no heading itself.
"""

import unicodedata
from collections.abc import Iterable, Sequence


def plain(heading: str) -> str:
    """`Attendee #` → `attendee#`, `Prénom` → `prenom`, `Name Teilnehmer*in` → `nameteilnehmerin`."""
    decomposed = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(sign for sign in decomposed if sign.isalnum() or sign == "#")


def positions(header: Sequence[str]) -> dict[str, int]:
    """Where each heading stands.

    Of headings that stand twice the first is meant: ticket shops put their own columns before the organizer's
    questions, and the attendee's before the buyer's.
    """
    places: dict[str, int] = {}
    for place, heading in enumerate(header):
        places.setdefault(plain(heading), place)
    return places


def found(places: dict[str, int], headings: Iterable[str]) -> tuple[int, ...]:
    """The columns among `headings` that the file has, in the order of preference given."""
    return tuple(dict.fromkeys(places[plain(heading)] for heading in headings if plain(heading) in places))
