"""Of whom each viewer in the town may hear what."""

from tests.privacy.town import Town

EVERYBODY = ("Ana", "Ben", "Cem", "Dov", "Eli", "Fay", "Gil", "Hal", "Ida", "Jon", "Kim", "Lea", "Max", "Nia")

#: What organizers read beyond the names on tickets: two reports, and where to write back to one who said they may.
REPORTED = {"Jon": ("ticketName", "report"), "Kim": ("ticketName", "report", "contactMail")}

#: Of whom each viewer hears what, beside their own: the card, the mail address of their contact details, the name on

#: the ticket. First names are no canaries.
HEARD: dict[str, dict[str, tuple[str, ...]]] = {
    # Ben's card is closed, Hal's and Ida's are by now; Dov's offer was declined; Eli withdrew; Fay was never met; Jon
    # and Kim blocked Ana.
    "Ana": {"Cem": ("card",), "Dov": ("card",), "Gil": ("card", "contactMail")},
    "Ben": {"Ana": ("card",)},
    "Cem": {"Ana": ("card",)},
    "Dov": {"Ana": ("card",)},
    "Eli": {},
    "Fay": {},
    "Gil": {"Ana": ("card", "contactMail", "place")},
    "Hal": {"Ana": ("card",)},
    "Ida": {"Ana": ("card",)},
    "Jon": {},
    "Kim": {},
    # Lea shares with Max and Nia, and would like to introduce them: Max said yes, Nia is asked.
    "Lea": {"Max": ("card", "contactMail"), "Nia": ("card", "contactMail")},
    "Max": {"Lea": ("card", "contactMail"), "Nia": ("card",)},
    "Nia": {"Lea": ("card", "contactMail"), "Max": ("card",)},
    "DOOR_HELPER": dict.fromkeys(EVERYBODY, ("ticketName",)),
    "ORGANIZER": dict.fromkeys(EVERYBODY, ("ticketName",)) | REPORTED,
    "OWNER": dict.fromkeys(EVERYBODY, ("ticketName",)) | REPORTED,
    "ELSEWHERE": {},
    "STRANGER": {},
    "NOBODY": {},
}


def allowed(town: Town, viewer: str) -> set[str]:
    own = town.residents[viewer].canaries.values() if viewer in town.residents else ()
    heard = set(own)
    for name, what in HEARD[viewer].items():
        for each in what:
            heard |= town.residents[name].card if each == "card" else town.residents[name].sung(each)
    return heard
