"""Who stands on several lists is one person: found again by id, ticket code, or name and address."""

from server.badges.tokens import ticket_code
from server.db import Pool
from server.ids import new_id
from tests.clock import Clock
from tests.imports.desk import Desk
from tests.imports.lists import example
from tests.world import World


async def test_five_tickets_of_one_buyer_stay_five(desk: Desk) -> None:
    rows = [("ID", "Name", "Email"), *((str(number), "Ana Ferreira", "ana@example.org") for number in range(5))]

    first = await desk.take_rows(*rows)
    second = await desk.take_rows(*rows)

    assert (first.added, second.unchanged) == (5, 5)


async def test_a_plain_list_finds_the_people_of_a_ticket_system_by_name_and_address(desk: Desk) -> None:
    await desk.take(example("pretix-positions-en.csv"))

    report = await desk.take_rows(
        ("Name", "Email"), ("ANA FERREIRA", "Ana.Ferreira@example.org"), ("Ana Ferreira", "other@example.org")
    )

    assert (report.added, report.updated) == (1, 1)
    assert [row for row in await desk.all("r.name, r.source, r.external_id") if "ana" in row[0].lower()] == [
        ("ANA FERREIRA", "pretix", "R8TQK-1"),
        ("Ana Ferreira", "list", None),
    ]


async def test_a_ticket_systems_list_takes_over_people_from_a_plain_one(desk: Desk) -> None:
    await desk.take_rows(("Name", "Email"), ("Ana Ferreira", "ana.ferreira@example.org"))

    report = await desk.take(example("pretix-positions-en.csv"))

    assert (report.added, report.updated, report.cancelled) == (4, 3, 2)
    assert ("Ana Ferreira", "pretix", "R8TQK-1") in await desk.all("r.name, r.source, r.external_id")


async def test_a_check_in_list_and_the_order_positions_of_pretix_meet_at_the_ticket_code(desk: Desk) -> None:
    await desk.take(example("pretix-checkin-en.csv"))

    report = await desk.take(example("pretix-positions-en.csv"))

    # Ana and João are known by their codes; Mira's order is not paid; of the five others two are cancelled.
    assert (report.added, report.updated, report.cancelled) == (3, 4, 2)
    assert ("João Conceição", "R8TQK-2") in await desk.all("r.name, r.external_id")


async def test_a_walk_in_who_is_on_the_list_after_all_stays_a_walk_in(desk: Desk, pool: Pool) -> None:
    registration_id, _ = await desk.world.registration(
        desk.event, name="Ana", email="ana@example.org", source="walk-in"
    )
    await pool.execute(
        "UPDATE registrations SET walk_in_key = $2, external_id = NULL WHERE id = $1", registration_id, new_id()
    )
    rows = [("ID", "Name", "Email", "Ticket type"), ("1", "Ana", "ana@example.org", "Day")]

    first = await desk.take_rows(*rows)
    second = await desk.take_rows(*rows)

    assert (first.added, first.updated, second.unchanged) == (0, 1, 1)
    assert await desk.all("r.source, r.external_id, r.ticket_type") == [("walk-in", None, "Day")]


async def test_a_walk_in_who_cancelled_and_walked_in_again_is_the_one_who_came(desk: Desk, pool: Pool) -> None:
    header = ("Name", "Email", "Status")
    for time in ("first", "again"):
        registration_id, _ = await desk.world.registration(
            desk.event, name="Ana", email="ana@example.org", source="walk-in"
        )
        await pool.execute(
            "UPDATE registrations SET walk_in_key = $2, external_id = NULL WHERE id = $1", registration_id, new_id()
        )
        if time == "first":
            await desk.take_rows(header, ("Ana", "ana@example.org", "cancelled"))

    coming = await desk.take_rows(header, ("Ana", "ana@example.org", "paid"))

    assert (coming.added, coming.updated, coming.unchanged) == (0, 0, 1)
    assert sorted(await desk.all("r.cancelled_at IS NULL")) == [(False,), (True,)]


async def test_a_code_that_the_ticket_system_replaced_no_longer_admits(desk: Desk) -> None:
    header = ("ID", "Name", "Ticket code")
    await desk.take_rows(header, ("1", "Ana", "old-code"), ("2", "Li", "moving-code"))

    await desk.take_rows(header, ("1", "Ana", "moving-code"), ("2", "Li", "new-code"))

    assert await desk.admitted_by("old-code") is None
    assert await desk.admitted_by("moving-code") == "Ana"
    assert await desk.admitted_by("new-code") == "Li"


async def test_our_own_ticket_codes_in_a_list_are_recognised_as_ours(desk: Desk) -> None:
    await desk.take_rows(("Name",), ("Ana Ferreira",))
    (registration_id,) = (await desk.all("r.id"))[0]
    own = ticket_code(desk.world.secrets, registration_id)

    report = await desk.take_rows(("Name", "Ticket code"), ("Ana Maria Ferreira", own))

    assert (report.added, report.updated) == (0, 1)
    assert await desk.admitted_by(own) == "Ana Maria Ferreira"
    assert await desk.pool.fetchval("SELECT count(*) FROM ticket_codes WHERE is_external") == 0


async def test_the_same_list_at_another_event_is_another_matter(
    desk: Desk, world: World, pool: Pool, clock: Clock
) -> None:
    file = example("eventbrite-barcodes.csv")
    await desk.take(file)

    report = await Desk(world, pool, await world.event(), clock).take(file)

    assert report.added + report.cancelled == 3
