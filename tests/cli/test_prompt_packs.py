"""`handsel prompts pack` and `packs` as they are typed: a process of their own on a real database."""

from pathlib import Path

from server.agenda.packs.examples import FOLDER
from tests.agenda.packs.files import file_of
from tests.cli.typed import handsel
from tests.world import World


async def test_the_host_adds_lists_switches_and_removes_packs(environment: dict[str, str], world: World) -> None:
    event = await world.event()
    english, german = FOLDER / "first-evening.en.toml", FOLDER / "first-evening.de.toml"

    added = [await handsel(environment, "prompts", "pack", event.slug, file) for file in (english, german)]
    switched = await handsel(environment, "prompts", "packs", event.slug, "off", "first-evening", "--language", "de")
    removed = await handsel(environment, "prompts", "packs", event.slug, "remove", "first-evening")

    assert added[0] == (0, "“First evening” has 12 prompts and is on.\n")
    assert [line.split()[-1] for line in switched[1].splitlines()[1:]] == ["on", "off"]
    assert removed == (0, "This event has no packs.\n")


async def test_faults_are_told_and_nothing_is_added(environment: dict[str, str], world: World, tmp_path: Path) -> None:
    event = await world.event()
    file = tmp_path / "pack.toml"
    file.write_text(file_of().replace("Which machine here", "Do you think it"), encoding="utf-8")

    linted = await handsel(environment, "prompts", "lint", file)
    refused = await handsel(environment, "prompts", "pack", event.slug, file)
    elsewhere = await handsel(environment, "prompts", "packs", event.slug, "on", "mending")

    fault = "pack.toml: prompt open-a: it can be answered with yes or no"
    assert (linted[0], refused[0]) == (1, 1)
    assert linted[1].startswith(fault)
    assert refused[1].startswith(fault)
    assert refused[1].endswith("This pack was not added: one thing is to be mended.\n")
    assert elsewhere[0] == 1
