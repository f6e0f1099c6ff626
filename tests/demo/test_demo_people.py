"""The people of the demo event are whole, agree with each other, and give good agendas."""

import itertools
import tomllib
from pathlib import Path
from typing import Any

import pytest

from server.agenda.choosing import choose_agenda
from server.agenda.library import library_in
from server.agenda.models import CardField, PairHistory, Side
from server.agenda.quoting import telling_clause
from server.promises.models import PromiseKind
from server.registrations.models import Card

DEMO: dict[str, Any] = tomllib.loads(Path("server/demo/people.toml").read_text(encoding="utf-8"))
EVENT: dict[str, Any] = DEMO["event"]
PEOPLE: dict[str, dict[str, Any]] = {person["id"]: person for person in DEMO["people"]}
KNOWN = {
    *("id", "name", "email", "pronouns", "ticket", "door", "arrives", "leaves", "goal", "open"),
    *("no_show", "walk_in", "new_here", "returning", "between_things", *CardField),
}


def card_of(person: dict[str, Any]) -> Card:
    return Card(
        name=person["name"],
        new_here=person.get("new_here", False),
        returning=person.get("returning", False),
        between_things=person.get("between_things", False),
        **{field.value: person.get(field.value) for field in CardField},  # type: ignore[arg-type] # the five texts
    )


def test_there_are_forty_eight_people_and_each_is_somebody_else() -> None:
    addresses = [person["email"] for person in PEOPLE.values() if "email" in person]

    assert len(DEMO["people"]) == len(PEOPLE) == 48
    assert len({person["name"] for person in PEOPLE.values()}) == 48
    assert len(set(addresses)) == len(addresses) == 48
    assert all(address.endswith("@demo.example") for address in [*addresses, DEMO["organizer"]["email"]])


def test_the_two_who_are_played_are_ana_and_ben() -> None:
    assert PEOPLE["ana"]["email"] == "ana@demo.example"
    assert PEOPLE["ben"]["up_to"] == "turning a closed school into a tool library"
    assert DEMO["organizer"]["email"] == "desk@demo.example"


@pytest.mark.parametrize("person", PEOPLE.values(), ids=lambda person: str(person["id"]))
def test_a_person_either_came_by_a_door_or_did_not_come(person: dict[str, Any]) -> None:
    assert person.keys() <= KNOWN
    if person.get("no_show"):
        assert "arrives" not in person
        assert "door" not in person
    else:
        assert person["door"] in EVENT["doors"]
        assert 0 <= person["arrives"] < person.get("leaves", EVENT["open_for"]) <= EVENT["open_for"]
    assert person.get("walk_in") or person["ticket"] in EVENT["ticket_types"]


def test_some_did_not_come_and_some_came_without_a_ticket() -> None:
    assert sum(person.get("no_show", False) for person in PEOPLE.values()) == 8
    assert sum(person.get("walk_in", False) for person in PEOPLE.values()) == 2


def test_cards_are_of_every_kind() -> None:
    filled = [sum(field.value in person for field in CardField) for person in PEOPLE.values()]

    assert set(range(6)) <= set(filled)
    assert any(person.get("new_here") for person in PEOPLE.values())
    assert any(person.get("returning") for person in PEOPLE.values())
    assert any(person.get("between_things") for person in PEOPLE.values())


def test_everything_that_is_written_on_a_card_can_be_quoted() -> None:
    for person in PEOPLE.values():
        for field in CardField:
            words = person.get(field.value)
            assert words is None or (len(words) <= 280 and telling_clause(words)), (person["id"], field)


def test_people_met_while_both_were_there_and_each_pair_once() -> None:
    pairs = [frozenset(met["pair"]) for met in DEMO["met"]]

    assert len(set(pairs)) == len(pairs) >= 20
    for met in DEMO["met"]:
        for person in (PEOPLE[one] for one in met["pair"]):
            assert person["arrives"] < met["at"] < person.get("leaves", EVENT["open_for"])


def test_ana_and_ben_have_not_met_and_ana_has_one_promise_to_keep() -> None:
    pairs = [set(met["pair"]) for met in DEMO["met"]]
    of_ana = [each for each in DEMO["promises"] if each["by"] == "ana" and not each.get("kept")]

    assert {"ana", "ben"} not in pairs
    assert not any("ben" in pair for pair in pairs)
    assert [pair for pair in pairs if "ana" in pair] == [{"ana", "olu"}, {"ana", "mei"}]
    assert [promise["to"] for promise in of_ana] == ["olu"]


def test_promises_are_made_between_people_who_met() -> None:
    pairs = [set(met["pair"]) for met in DEMO["met"]]

    for promise in DEMO["promises"]:
        assert {promise["by"], promise["to"]} in pairs
        assert promise["kind"] in {*PromiseKind}


def test_what_came_of_it_came_of_people_who_share() -> None:
    shared = [set(met["pair"]) for met in DEMO["met"] if met.get("shared")]

    for need in DEMO["needs"]:
        assert {need["by"], need["about"]} in shared
    for introduction in DEMO["introductions"]:
        assert {introduction["by"], introduction["first"]} in shared
        assert {introduction["by"], introduction["second"]} in shared
    for meeting in DEMO["one_to_ones"]:
        assert {meeting["by"], meeting["to"]} in shared


def test_any_two_of_them_have_something_to_ask_and_open_differently() -> None:
    library = library_in("en")
    for one, two in itertools.pairwise([*PEOPLE.values(), PEOPLE["ana"]]):
        a, b = (
            choose_agenda(
                reader=card_of(reader),
                other=card_of(other),
                history=PairHistory(),
                shown=(),
                side=side,
                seed=f"{one['id']}/{two['id']}".encode(),
                library=library,
            )
            for reader, other, side in ((one, two, Side.A), (two, one, Side.B))
        )
        assert 5 <= len(a.prompts) <= 7
        assert 5 <= len(b.prompts) <= 7
        assert a.prompts[0].key != b.prompts[0].key
