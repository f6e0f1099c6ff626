"""What pretix, Eventbrite and Indico export, read as it comes."""

# ruff: noqa: RUF001 - names of many scripts are what is tested

import pytest

from server.imports.errors import OrdersNotAttendees
from tests.imports.lists import example, people, told


def test_pretix_order_positions_in_english() -> None:
    file = example("pretix-positions-en.csv")

    assert (file.source, file.encoding, file.bad_rows) == ("pretix", "UTF-8", ())
    assert people(file) == [
        (2, "R8TQK-1", "Ana Ferreira", "ana.ferreira@example.org", False),
        (4, "R8TQK-2", "João Conceição", "joao.conceicao@example.org", False),
        (6, "M4JZA-1", "Li Wei", "li.wei@example.com", True),
        (8, "C3WHE-1", "Sam Okoro", "sam.okoro@example.org", True),
        (9, "H9LPD-1", "Jördis Übel", "buero@example.com", False),
        (10, "V2KRS-1", "@Kit O’Brien", "kit@example.org", False),
        (11, "V2KRT-1", "نور حداد", "nour.haddad@example.org", False),
    ]
    assert file.rows[0].ticket_type == "Day ticket \N{EN DASH} Supporter"
    assert file.rows[0].ticket_code == "k3x9mfy2b7tq4hzp8wjr5vdc6nsu1gae"
    assert told(file) == [
        (5, "This row is an add-on to another ticket, not a person"),
        (7, "Not paid or not confirmed yet"),
        (9, "The ticket has no name of its own; the buyer's name was taken"),
    ]
    assert file.skipped == 2


def test_pretix_order_positions_in_german_with_semicolons() -> None:
    file = example("pretix-positions-de.csv")

    assert people(file) == [
        (2, "A7KRT-1", "Jana Groß", "jana.groß@example.org", False),
        (3, "A7KRT-2", "Cem Yıldız", "cem@example.com", False),
        (4, "B9XWE-1", "Ole Brandt", "ole@example.com", True),
    ]
    assert told(file) == [(5, "Not paid or not confirmed yet")]


def test_pretix_exports_of_older_releases() -> None:
    assert people(example("pretix-positions-2021.csv")) == [(2, "X1Y2Z-1", "Eva Horák", "eva@example.org", False)]


def test_a_pretix_check_in_list_counts_unpaid_people_whom_its_maker_put_on_it() -> None:
    file = example("pretix-checkin-en.csv")

    assert [(row.name, row.external_id, row.is_cancelled) for row in file.rows] == [
        ("Ana Ferreira", None, False),
        ("João Conceição", None, False),
        ("Mira Novák", None, False),
    ]
    assert file.rows[1].ticket_code == "p2w8zqk5r9xj4mtv7hbd3nys6fuc1gae"


def test_a_pretix_check_in_list_in_german_without_secrets() -> None:
    file = example("pretix-checkin-de.csv")

    assert people(file) == [(2, None, "Jana Groß", "jana.groß@example.org", False)]
    assert told(file) == [(4, "The same name and address stand on line 2")]


def test_eventbrite_attendee_report_of_an_american_account() -> None:
    file = example("eventbrite-us.csv")

    assert file.source == "eventbrite"
    assert people(file) == [
        (2, "18441583423", "Dolores Haze-Quill", "dolores@example.com", False),
        (3, "18441583424", "Theo Quill", "dolores@example.com", False),
        (4, "18441700883", "Priya Raman", "priya.raman@example.org", True),
        (5, "18441700999", "Marcus Webb", "marcus@example.org", False),
    ]
    assert told(file) == [
        (5, "This row stands for 3 tickets; it makes one registration"),
        (6, "Not paid or not confirmed yet"),
    ]


def test_eventbrite_attendee_report_of_a_british_account() -> None:
    assert people(example("eventbrite-uk.csv")) == [
        (2, "7771112221", "Siân Pritchard", "sian@example.org", False),
        (3, "7771112222", "Fergus Mac an t-Saoir", "fergus@example.org", True),
    ]


def test_two_eventbrite_barcodes_are_two_tickets_although_the_buyer_named_only_one() -> None:
    file = example("eventbrite-barcodes.csv")

    assert [(row.name, row.ticket_code, row.is_cancelled) for row in file.rows] == [
        ("Inés Ugarte", "900118441583001", False),
        ("Inés Ugarte", "900118441583002", False),
        ("Olu Adeyemi", "900218441583003", True),
    ]
    assert told(file) == [(3, "The ticket has no name of its own; the buyer's name was taken")]


def test_indico_registrations() -> None:
    file = example("indico-en.csv")

    assert file.source == "indico"
    assert people(file) == [
        (2, "1", "Zoë Lindqvist", "zoe@example.org", False),
        (3, "2", "Paweł Żak", "pawel@example.org", True),
        (5, "7", "Ngọc Trần", "ngoc@example.org", True),
    ]
    assert told(file) == [(4, "Not paid or not confirmed yet")]


def test_indico_writes_its_states_in_the_language_of_whoever_exports() -> None:
    assert people(example("indico-fr.csv")) == [
        (2, "1", "Léa Bérard", "lea@example.org", False),
        (3, "2", "Hugo Noël", "hugo@example.org", True),
    ]


@pytest.mark.parametrize("name", ["pretix-orders-en.csv", "eventbrite-orders.csv"])
def test_a_list_of_orders_is_refused_with_what_to_export_instead(name: str) -> None:
    with pytest.raises(OrdersNotAttendees, match="one row for each buyer"):
        example(name)
