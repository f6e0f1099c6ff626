"""Bringing lists into an event: nothing twice, nothing lost, nothing of the attendee's own overwritten."""

# ruff: noqa: RUF001 - names as their owners write them

import pytest

from server.badges.tokens import badge_secret, ticket_code, token_hash
from server.imports.models import ImportReport
from tests.imports.desk import Desk
from tests.imports.lists import example
from tests.world import World


async def test_a_first_import_makes_closed_cards_badges_and_tickets(desk: Desk) -> None:
    report = await desk.take(example("pretix-positions-en.csv"))

    assert report == ImportReport(added=5, updated=2, unchanged=0, skipped=2, bad=0)
    assert report.cancelled == 2
    assert (await desk.all("r.external_id, r.name, c.name, c.open_to_event, r.person_id, r.cancelled_at"))[:2] == [
        ("V2KRS-1", "@Kit O’Brien", "@Kit O’Brien", False, None, None),
        ("R8TQK-1", "Ana Ferreira", "Ana Ferreira", False, None, None),
    ]
    assert [row for row in await desk.all("r.name, r.cancelled_at") if row[1]] == [
        ("Li Wei", desk.clock()),
        ("Sam Okoro", desk.clock()),
    ]


async def test_badge_and_tickets_are_those_derived_from_the_servers_keys(desk: Desk) -> None:
    await desk.take_rows(("Name", "Ticket code"), ("Ana Ferreira", "their-own-QR/42"))

    (registration_id,) = (await desk.all("r.id"))[0]
    badge = await desk.pool.fetchrow(
        "SELECT id, token_hash, key_id FROM badges WHERE registration_id = $1", registration_id
    )
    assert badge is not None
    assert badge["token_hash"] == token_hash(badge_secret(desk.world.secrets, badge["id"], badge["key_id"]).token)
    assert await desk.admitted_by(ticket_code(desk.world.secrets, registration_id)) == "Ana Ferreira"
    assert await desk.admitted_by("their-own-QR/42") == "Ana Ferreira"


@pytest.mark.parametrize(
    "name",
    ["pretix-positions-en.csv", "pretix-checkin-en.csv", "eventbrite-us.csv", "eventbrite-barcodes.csv",
     "indico-en.csv", "list-german-excel.csv", "list-plain.csv"],
)  # fmt: skip
async def test_the_same_list_a_second_time_changes_nothing_not_even_a_row_version(desk: Desk, name: str) -> None:
    file = example(name)
    await desk.take(file)
    before = await desk.versions()
    desk.clock.advance(days=1)

    report = await desk.take(file)

    assert report == ImportReport(added=0, updated=0, unchanged=len(file.rows), skipped=file.skipped, bad=0)
    assert await desk.versions() == before


async def test_a_changed_row_updates_what_the_organizer_owns(desk: Desk) -> None:
    header = ("ID", "Name", "Email", "Ticket type")
    await desk.take_rows(header, ("1", "Ana Fereira", "ana@example.org", "Day"), ("2", "Li Wei", "", "Day"))

    report = await desk.take_rows(
        header, ("1", "Ana Ferreira", "ana.f@example.org", "Speaker"), ("2", "Li Wei", "", "Day")
    )

    assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
    assert await desk.all("r.name, r.name_key, r.email, r.email_key, r.ticket_type, c.name") == [
        ("Ana Ferreira", "ana ferreira", "ana.f@example.org", "ana.f@example.org", "Speaker", "Ana Ferreira"),
        ("Li Wei", "li wei", None, None, "Day", "Li Wei"),
    ]


async def test_a_blank_cell_takes_nothing_away(desk: Desk) -> None:
    header = ("ID", "Name", "Email", "Ticket type", "Pronouns")
    await desk.take_rows(header, ("1", "Ana", "ana@example.org", "Day", "she/her"))

    report = await desk.take_rows(header, ("1", "Ana", "", "", ""))

    assert report.unchanged == 1
    assert await desk.all("r.email, r.ticket_type, c.pronouns") == [("ana@example.org", "Day", "she/her")]


async def test_a_card_that_somebody_has_taken_stays_theirs(desk: Desk, world: World) -> None:
    ana = await world.person(email="ana@example.org")
    await world.registration(
        desk.event,
        name="Ana",
        person=ana,
        source="list",
        external_id="1",
        card={"name": "Ana of the bees", "pronouns": "they"},
    )

    report = await desk.take_rows(("ID", "Name", "Pronouns"), ("1", "Ana Ferreira", "she/her"))

    assert report.updated == 1
    assert await desk.all("r.name, c.name, c.pronouns, c.open_to_event, r.person_id") == [
        ("Ana Ferreira", "Ana of the bees", "they", True, ana.id)
    ]


async def test_a_cancelled_row_cancels_and_a_row_that_comes_back_comes_back(desk: Desk) -> None:
    header = ("ID", "Name", "Status")
    await desk.take_rows(header, ("1", "Ana", "paid"))

    cancelled = await desk.take_rows(header, ("1", "Ana", "cancelled"))
    cancelled_at = desk.clock()
    desk.clock.advance(hours=1)
    again = await desk.take_rows(header, ("1", "Ana", "cancelled"))

    assert (cancelled.updated, again.unchanged) == (1, 1)
    assert await desk.all("r.cancelled_at") == [(cancelled_at,)]

    back = await desk.take_rows(header, ("1", "Ana", "paid"))

    assert back.updated == 1
    assert await desk.all("r.cancelled_at") == [(None,)]


async def test_whoever_is_missing_from_a_list_stays(desk: Desk) -> None:
    await desk.take_rows(("ID", "Name"), ("1", "Ana"), ("2", "Li"))

    report = await desk.take_rows(("ID", "Name"), ("2", "Li"))

    assert report == ImportReport(added=0, updated=0, unchanged=1, skipped=0, bad=0)
    assert await desk.all("r.name, r.cancelled_at") == [("Ana", None), ("Li", None)]


async def test_more_people_than_places_are_told_and_never_refused(desk: Desk) -> None:
    await desk.pool.execute("UPDATE events SET capacity = 2")
    fits = await desk.take_rows(("Name", "Status"), ("Ana Ferreira", ""), ("Li Wei", ""), ("Sam Okoro", "cancelled"))

    report = await desk.take_rows(("Name",), ("Kit O'Brien",))

    assert fits.notes == ()
    [note] = report.notes
    assert (note.line, "3 places are taken, and the event has 2" in note.sentence) == (None, True)
    assert report.added == 1
