"""`handsel badges` as it is typed: a process of its own on a real database."""

import stat
from pathlib import Path

import pypdfium2

from tests.cli.typed import handsel
from tests.world import World


def beside(folder: Path) -> list[str]:
    """What the command has left in the folder."""
    return [path.name for path in folder.glob("*badges*")]


def rights_of(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


async def test_badges_are_written_once_for_their_owner_alone_and_then_none_is_new(
    environment: dict[str, str], world: World, tmp_path: Path
) -> None:
    event = await world.event()
    await world.registration(event, name="Ana Duarte")
    file = tmp_path / "badges.pdf"
    words = ["badges", event.slug, "-o", file, "--only-new", "--format", "a6", "--order", "ticket"]

    first = await handsel(environment, *words)
    made = file.read_bytes()
    again = await handsel(environment, *words)

    assert first[0] == 0
    assert "1 badge on 1 page" in first[1]
    assert "Ana" not in first[1]
    assert len(pypdfium2.PdfDocument(made)) == 1
    assert rights_of(file) == 0o600
    assert again == (1, "There is no badge to print: all of this event's were printed before.\n")
    assert file.read_bytes() == made
    assert beside(tmp_path) == ["badges.pdf"]


async def test_a_file_that_cannot_be_written_is_told_before_anything_counts_as_printed(
    environment: dict[str, str], world: World, tmp_path: Path
) -> None:
    event = await world.event()
    await world.registration(event, name="Ana Duarte")

    code, told = await handsel(environment, "badges", event.slug, "-o", tmp_path / "nowhere" / "badges.pdf")

    assert code == 1
    assert "cannot be written (No such file or directory), so nothing was printed" in told
    assert told.count("\n") == 1
    assert await world.pool.fetchval("SELECT count(*) FROM badge_prints") == 0


async def test_an_event_that_is_none_and_one_without_badges_are_told_in_one_sentence(
    environment: dict[str, str], world: World, tmp_path: Path
) -> None:
    event = await world.event()

    nowhere = await handsel(environment, "badges", "nowhere", "-o", tmp_path / "badges.pdf")
    empty = await handsel(environment, "badges", event.slug, "-o", tmp_path / "badges.pdf")

    assert nowhere[0] == empty[0] == 1
    assert "no event of that name" in nowhere[1]
    assert empty[1] == "There is no badge to print: nobody has a place at this event yet.\n"
    assert beside(tmp_path) == []


async def test_names_no_font_has_are_listed_and_an_address_of_this_machine_is_warned_of(
    environment: dict[str, str], world: World, tmp_path: Path
) -> None:
    event = await world.event()
    await world.registration(event, name="Ana Duarte")
    await world.registration(event, name="ნინო")

    code, told = await handsel(
        environment | {"HANDSEL_PUBLIC_URL": "http://localhost:8765"}, "badges", event.slug, "-o", tmp_path / "b.pdf"
    )

    assert code == 1
    assert "only this machine can open" in told
    assert "ნინო" in told
    assert "1 badge not printed; write those by hand." in told


async def test_a_test_sheet_and_the_walk_ins_alone_are_made_when_asked_for(
    environment: dict[str, str], world: World, tmp_path: Path
) -> None:
    event = await world.event()
    await world.registration(event, name="Zoe Hartley")
    await world.registration(event, name="Wim Walkin")
    await world.pool.execute("UPDATE registrations SET walk_in_key = id WHERE name LIKE 'Wim%'")
    file = tmp_path / "badges.pdf"

    test = await handsel(environment, "badges", event.slug, "-o", file, "--outlines")
    made_up = pypdfium2.PdfDocument(file.read_bytes())[0].get_textpage().get_text_range()
    logged = await world.pool.fetchval("SELECT count(*) FROM badge_prints")
    walk_ins = await handsel(environment, "badges", event.slug, "-o", file, "--walk-ins")

    assert test[0] == 0
    assert "hold it against the labels" in test[1]
    assert "Zoe" not in made_up
    assert logged == 0
    assert walk_ins[0] == 0
    assert "1 badge on 1 page" in walk_ins[1]
