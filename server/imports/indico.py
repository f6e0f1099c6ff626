"""Indico's list of registrations as CSV.

`ID` and `Name` always come first; the organizer chooses the further columns.

Headings from Indico (github.com/indico/indico, release 3.2): indico/modules/events/registration/util.py
(`generate_spreadsheet_from_registrations`), the personal fields from models/items.py (`PersonalDataType`),
the status words from models/registrations.py (`RegistrationState`), which it writes in the exporting person's
language, from indico/translations/.
"""

from collections.abc import Sequence

from server.imports.formats import Columns, Format, statuses
from server.imports.headings import found, plain, positions

_STATE = ("Registration state",)
#: Any of these beside ID and Name makes it Indico's; a hand-made list with an ID and a name has none.
_TELLING = (
    "Registration state",
    "Registration date",
    "Checked in",
    "Check-in date",
    "Payment date",
    "Affiliation",
)

_STATUSES = statuses(
    coming="Completed | Dokončena | Abgeschlossen | Terminé | Completato | Zakończone | Tamamland\u0131",
    cancelled=(
        "Withdrawn | Rejected | Stažena | Zamítnuto | Zurückgezogen | abgelehnt | Retirado | Rechazado | Retiré"
        " | Refusé | Annullato | Rifiutato | Буцаан татсан | Татгалзсан | Wycofany | Odrzucony | Rejeitado"
        " | Geri çekildi | Reddedilmiş | Анульовано | Відхилене | 已撤回 | 已拒绝"
    ),
    waiting=(
        "Pending | Awaiting payment | Nedokončeno | Čeká se na platbu | Anstehend | Warten auf Zahlung"
        " | Pendiente | En attente | En attente du paiement | In attesa | In attesa di pagamento"
        " | Хүлээгдэж буй | Oczekujące | Oczekiwanie na zapłatę | Pendente | Bekliyor | Bekleyen ödeme"
        " | Очікування | 挂起"
    ),
    is_closed=True,
)


def _columns(header: Sequence[str]) -> Columns | None:
    if [plain(heading) for heading in header[:2]] != ["id", "name"]:
        return None
    places = positions(header)
    if not found(places, _TELLING):
        return None
    return Columns(
        name=(1,),
        email=found(places, ("Email Address", "Email", "E-Mail", "Adresse e-mail", "Courriel", "Mail")),
        external_id=(0,),
        pronouns=found(places, ("Pronouns", "Preferred pronouns", "Pronomen", "Pronoms")),
        status=found(places, _STATE),
    )


INDICO = Format("indico", "Indico", _columns, _STATUSES)
