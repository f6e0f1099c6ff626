"""An export tells its owner all that is theirs, and of everybody else only the canaries that are opened to them."""

from tests.exports.asking import ask_for_export
from tests.front_door import FrontDoor
from tests.privacy.hearing import HEARD, allowed
from tests.privacy.town import GIVEN, Town
from tests.world import World

#: Nobody is told their own secrets in a file: it could get about.
NEVER = ("badge", "badgeCode", "ticket", "session")


async def test_an_export_leaks_nothing_and_forgets_nothing(front_door: FrontDoor, world: World) -> None:
    town = await Town.build(front_door, world)
    leaks, forgotten = [], []
    for viewer, resident in town.residents.items():
        export = await ask_for_export(front_door, resident.token)
        secrets = resident.sung(*NEVER)
        leaks += [f"{viewer} is told {of}" for of in town.leaks(export.words, allowed(town, viewer) - secrets)]
        owed = set(resident.canaries.values()) - secrets
        if viewer in {"Fay", "Lea", "Max", "Nia"}:  # they wrote nothing down
            owed -= resident.sung("note", "need", "promise", "insight")
        if viewer not in {"Ana", "Eli", "Gil"}:  # nobody else ever shared, so they remember no gifts
            owed -= resident.sung(*GIVEN)
        if viewer not in {"Jon", "Kim"}:  # nobody else reported anything
            owed -= resident.sung("report")
        if viewer != "Ana":  # nobody else proposed a 1-2-1
            owed -= resident.sung("place")
        owed |= {
            town.residents[name].canaries[each]
            for name, what in HEARD[viewer].items()
            for each in what
            if each != "card"
        }
        forgotten += [f"{viewer} is not told {town.canaries[each]}" for each in owed if each not in export.words]

    assert leaks == []
    assert forgotten == []


async def test_only_contacts_that_are_shared_now_are_files(front_door: FrontDoor, world: World) -> None:
    town = await Town.build(front_door, world)

    export = await ask_for_export(front_door, town.residents["Ana"].token)

    # Gil shares with Ana; Dov's offer was declined, Eli withdrew, nobody else offered anything.
    (content,) = export.contacts.values()
    assert town.residents["Gil"].canaries["contactMail"] in content
    assert town.leaks(content, town.residents["Gil"].sung("cardName", "contactMail")) == []
