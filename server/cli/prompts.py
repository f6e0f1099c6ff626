"""`handsel prompts`: says what is wrong with a file of prompts, and shows what comes of it, for whoever writes one."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from server.agenda.library import PROMPTS
from server.agenda.linting import complaints, differences
from server.agenda.packs.judging import advice, faults_of, is_written_as_pack
from server.agenda.packs.reading import read_pack
from server.agenda.reviewing import page, read_cards
from server.cli import prompt_explanations, prompt_packs

group = typer.Typer(help="The prompts that people are given.", no_args_is_help=True)

_LEADING = PROMPTS / "en.toml"


@group.callback()
def prompts() -> None:
    """The prompts that people are given."""


group.command("pack")(prompt_packs.add_pack)
group.command("packs")(prompt_packs.list_packs)
group.command("explain")(prompt_explanations.explain)


@group.command("lint")
def lint(
    files: Annotated[
        list[Path] | None, typer.Argument(exists=True, dir_okay=False, help="Files of prompts; all of them without.")
    ] = None,
) -> None:
    """Say in words what is wrong with a file of prompts, and how it differs from the English one; or with a pack.

    What a language lacks is told and is no fault: people then get fewer different questions. Exit codes: 0 nothing to
    mend, 1 something.
    """
    console = Console(highlight=False, soft_wrap=True)
    leading = _LEADING.read_text(encoding="utf-8")
    faults = 0
    for file in files or sorted(PROMPTS.glob("*.toml")):
        content = file.read_text(encoding="utf-8")
        is_pack = is_written_as_pack(content)
        said = faults_of(content) if is_pack else complaints(content, source=file.name)
        if not said and is_pack:
            for sentence in advice(read_pack(content)):
                console.print(f"{file.name}: {sentence}", style="dim", markup=False)
        elif not said and file.resolve() != _LEADING.resolve():
            differing, lacking = differences(content, leading=leading)
            said = differing
            if lacking:
                console.print(
                    f"{file.name}: {len(lacking)} prompts of the English file are not in it yet.", style="dim"
                )
        for complaint in said:
            console.print(f"{file.name}: {complaint}", markup=False)
        faults += len(said)
        if not said:
            console.print(f"{file.name}: nothing to mend.")
    if faults:
        raise typer.Exit(1)


@group.command("review")
def review(
    cards: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Invented cards, as TOML.")],
) -> None:
    """Print the agendas that these cards give, as a page to read aloud."""
    print(page(read_cards(cards.read_text(encoding="utf-8"))), end="")
