"""A list made by hand, or an export of a system not known here: a name, mostly an address, perhaps a ticket.

Headings are understood in the languages that organizers of such lists write them in; whatever else such a list
holds is passed over.
"""

from collections.abc import Sequence

from server.imports.formats import Columns, Format, statuses
from server.imports.headings import found, positions

_NAME = (
    "Full name", "Attendee name", "Participant name", "Name", "Name Teilnehmer*in", "Name des Teilnehmenden",
    "Teilnehmername", "Vollständiger Name", "Voller Name", "Vor- und Nachname", "Vorname und Nachname",
    "Nom complet", "Nom et prénom", "Prénom et nom", "Nombre completo", "Nombre y apellidos",
    "Nome completo", "Nome e cognome", "Volledige naam", "Naam", "Imię i nazwisko", "Navn", "Namn", "Nimi",
    "Attendee", "Participant", "Teilnehmer*in", "Teilnehmer",
)  # fmt: skip
_FIRST = (
    "First name", "Given name", "Forename", "First", "Attendee first name", "Attendee name: Given name",
    "Vorname", "Rufname", "Prénom", "Nombre", "Nome", "Voornaam", "Imię", "Fornavn", "Förnamn", "Etunimi",
)  # fmt: skip
_LAST = (
    "Last name", "Surname", "Family name", "Last", "Attendee last name", "Attendee name: Family name",
    "Nachname", "Familienname", "Nom de famille", "Nom", "Apellidos", "Apellido", "Cognome", "Sobrenome",
    "Achternaam", "Nazwisko", "Etternavn", "Efternavn", "Efternamn", "Sukunimi",
)  # fmt: skip
_EMAIL = (
    "Attendee email", "Email", "Mail", "Email address", "Mail address", "E-Mail Teilnehmer*in",
    "E-Mail-Adresse", "Mailadresse", "Adresse e-mail", "Adresse mail", "Adresse électronique", "Courriel",
    "Correo", "Correo electrónico", "Indirizzo e-mail", "Posta elettronica", "E-mailadres", "Adres e-mail",
    "Endereço de e-mail", "E-post", "E-postadress", "Sähköposti",
)  # fmt: skip
_EXTERNAL_ID = (
    "Ticket ID", "Attendee ID", "Registration ID", "Participant ID", "ID", "Ticket number", "Ticket no.",
    "Ticket #", "Ticketnummer", "Ticket-Nr.", "Teilnehmernummer", "Registration number",
)  # fmt: skip
_TICKET_TYPE = (
    "Ticket type", "Kind of ticket", "Ticket", "Ticket name", "Category", "Type", "Ticketart", "Tickettyp",
    "Ticketkategorie", "Kategorie", "Product", "Produkt", "Type de billet", "Billet", "Catégorie", "Tipo de entrada",
    "Categoría", "Tipo di biglietto", "Tipologia biglietto",
)  # fmt: skip
_TICKET_CODE = (
    "Ticket code", "Barcode", "Barcode #", "QR code", "Ticket secret", "Ticket-Code", "Code", "Strichcode",
    "Code-barres",
)  # fmt: skip
_PRONOUNS = (
    "Pronouns", "Preferred pronouns", "Your pronouns", "Pronomen", "Pronoms", "Pronombres", "Pronomi",
)  # fmt: skip
_STATUS = (
    "Status", "State", "Attendee status", "Ticket status", "Order status", "Registration status",
    "Teilnehmerstatus", "Bestellstatus", "Statut", "Estado", "Stato",
)  # fmt: skip

#: An unknown word may mean anything in somebody's own list ("member", "speaker"), so it never cancels.
_STATUSES = statuses(
    cancelled=(
        "canceled | cancelled | refunded | withdrawn | rejected | declined | not attending | deleted | expired"
        " | storniert | abgesagt | erstattet | zurückgezogen | abgelehnt | annulé | annulée | remboursé"
        " | remboursée | cancelado | cancelada | reembolsado | annullato | annullata | rimborsato"
        " | geannuleerd | anulowane"
    ),
    waiting=(
        "unpaid | pending | waiting list | waitlist | waitlisted | unbezahlt | ausstehend | Warteliste"
        " | liste d'attente"
    ),
    is_closed=False,
)


def any_columns(header: Sequence[str]) -> Columns:
    """What of a list is understood, also where no column holds a name."""
    places = positions(header)
    name, first, last = found(places, _NAME), found(places, _FIRST), found(places, _LAST)
    if first:
        # "Name, Vorname" is a family name beside a given one; a lone "Nombre" or "Nome" is the whole name.
        last, name = last or name, ()
    return Columns(
        name=name,
        given_name=first[:1],
        family_name=last[:1],
        email=found(places, _EMAIL),
        external_id=found(places, _EXTERNAL_ID)[:1],
        ticket_type=found(places, _TICKET_TYPE)[:1],
        ticket_code=found(places, _TICKET_CODE)[:1],
        pronouns=found(places, _PRONOUNS),
        status=found(places, _STATUS),
    )


def _columns(header: Sequence[str]) -> Columns | None:
    columns = any_columns(header)
    return columns if columns.name or columns.name_parts else None


LIST = Format("list", "a plain list", _columns, _STATUSES, may_end_rows_early=True)
