"""What an event asks people about each other, as its vault needs to know it."""

from uuid import UUID

from server.agenda.library import languages, languages_of
from server.agenda.packs.libraries import packs_on
from server.db import Connection
from server.errors import NotFound
from server.events.operations import find_event
from server.vault.contents import AS_USUAL, AskedHere


async def asked_at(connection: Connection, *, event_id: UUID) -> AskedHere:
    """The event's packs that are on in languages it offers, its questions and languages; as usual for one that is
    being forgotten.
    """
    try:
        event = await find_event(connection, event_id=event_id)
    except NotFound:
        return AS_USUAL
    offered = languages_of(event)
    packs = await packs_on(connection, event_id=event_id)
    return AskedHere(
        packs=tuple(pack for pack in packs if pack.language in offered),
        questions=event.card_questions,
        languages=() if set(offered) == languages() else offered,
    )
