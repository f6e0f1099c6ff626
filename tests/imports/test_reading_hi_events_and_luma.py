"""What Hi.Events and Luma export, read as it comes."""

import pytest

from server.imports.errors import OrdersNotAttendees
from server.imports.reading import read_file
from tests.imports.lists import csv_text, people, told
from tests.imports.workbooks import workbook

HI_EVENTS = (
    "ID", "First Name", "Last Name", "Email", "Status", "Check Ins", "Product ID", "Product Name", "Event ID",
    "Public ID", "Short ID", "Created Date", "Last Updated Date", "Notes", "Pronouns",
)  # fmt: skip
LUMA = (
    "name", "first_name", "last_name", "email", "phone_number", "created_at", "approval_status", "checked_in_at",
    "utm_source", "qr_code_url", "amount", "amount_tax", "amount_discount", "currency", "coupon_code", "eth_address",
    "solana_address", "survey_response_rating", "survey_response_feedback", "ticket_type_id", "ticket_name",
)  # fmt: skip


def hi_events_row(number: int, given: str, family: str, status: str) -> tuple[str | int, ...]:
    address = given.strip("'@").lower() + "@example.org"
    return (
        number, given, family, address, status, "", 7, "Day ticket", 3,
        f"A-{number:05}", f"a_{number}", "2027-03-01 10:00:00", "2027-03-01 10:00:00", "", "she/her",
    )  # fmt: skip


def luma_row(name: str, status: str) -> tuple[str, ...]:
    given, _, family = name.partition(" ")
    address = f"{given.lower()}@example.org"
    return (
        name, given, family, address, "", "2027-03-01T10:00:00.000Z", status, "", "",
        f"https://luma.com/check-in/evt-x?pk=g-{given}", *[""] * 10, "Standard",
    )  # fmt: skip


def test_hi_events_attendees_from_the_spreadsheet_it_makes() -> None:
    file = read_file(
        workbook(
            HI_EVENTS,
            hi_events_row(41, "Ana", "Ferreira", "ACTIVE"),
            hi_events_row(42, "Li", "Wei", "CANCELLED"),
            hi_events_row(43, "Sam", "Okoro", "AWAITING_PAYMENT"),
            hi_events_row(44, "'@Kit", "O'Brien", "ACTIVE"),
        )
    )

    assert (file.source, file.bad_rows) == ("hi.events", ())
    assert people(file) == [
        (2, "41", "Ana Ferreira", "ana@example.org", False),
        (3, "42", "Li Wei", "li@example.org", True),
        (5, "44", "@Kit O'Brien", "kit@example.org", False),
    ]
    first = file.rows[0]
    assert (first.ticket_type, first.ticket_code, first.pronouns) == ("Day ticket", "A-00041", "she/her")
    assert told(file) == [(4, "Not paid or not confirmed yet")]


def test_hi_events_attendees_of_2024_with_another_column_for_check_ins() -> None:
    header = [heading for heading in HI_EVENTS if heading != "Check Ins"]
    header[5:5] = ["Is Checked In", "Checked In At"]
    row = [str(cell) for cell in hi_events_row(41, "Ana", "Ferreira", "ACTIVE")]
    row[5:6] = ["No", ""]

    assert people(read_file(csv_text([header, row]).encode())) == [(2, "41", "Ana Ferreira", "ana@example.org", False)]


def test_hi_events_orders_are_refused_with_what_to_export_instead() -> None:
    header = ("ID", "First Name", "Last Name", "Email", "Total Gross", "Status", "Public ID")
    with pytest.raises(OrdersNotAttendees, match="export the attendees"):
        read_file(csv_text([header, ("1", "Ana", "Ferreira", "", "9", "COMPLETED", "O-1")]).encode())


@pytest.mark.parametrize("guest", ["guest_id", "api_id"])
def test_luma_guests_of_either_year(guest: str) -> None:
    rows = [
        (guest, *LUMA),
        ("gst-1", *luma_row("Ana Ferreira", "approved")),
        ("gst-2", *luma_row("Li Wei", "declined")),
        ("gst-3", *luma_row("Sam Okoro", "waitlist")),
        ("gst-4", *luma_row("Kit Brien", "invited")),
    ]

    file = read_file(csv_text(rows).encode())

    assert file.source == "luma"
    assert people(file) == [
        (2, "gst-1", "Ana Ferreira", "ana@example.org", False),
        (3, "gst-2", "Li Wei", "li@example.org", True),
    ]
    assert (file.rows[0].ticket_type, file.rows[0].ticket_code) == (
        "Standard",
        "https://luma.com/check-in/evt-x?pk=g-Ana",
    )
    assert file.skipped == 2
