"""`handsel topics`: the table of topics, for whoever writes in it and for the host who took a new one."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from server.cli.database import with_connection
from server.cli.named_event import find_named_event
from server.cli.options import settings_of
from server.db import Connection
from server.registrations.topics.operations import recognise_topics
from server.topics.linting import complaints, complaints_about_senses
from server.topics.recognising import recogniser
from server.topics.senses import SENSES
from server.topics.signs import faults_of_signs, files_of_signs
from server.topics.table import TABLE, topic_table

group = typer.Typer(help="The table of topics that are found in cards.", no_args_is_help=True)


@group.callback()
def topics() -> None:
    """The table of topics that are found in cards."""


@group.command("lint")
def lint(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The folder of the table.")] = TABLE,
) -> None:
    """Say in words what is wrong with the table of topics. Exit codes: 0 nothing, 1 something."""
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}
    said = complaints(files)
    if folder == TABLE and not said:
        said = (
            *complaints_about_senses(SENSES.read_text(encoding="utf-8"), topic_table()),
            *faults_of_signs(files_of_signs(), topic_table().topics),
        )
    console = Console(highlight=False, soft_wrap=True)
    for complaint in said:
        console.print(complaint, markup=False)
    if said:
        raise typer.Exit(1)
    console.print(f"{len(topic_table().topics) if folder == TABLE else 'All'} topics, and nothing to mend.")


@group.command("find")
def find(text: Annotated[str, typer.Argument(help="What somebody might write on a card, in quotes.")]) -> None:
    """Show which topics are found in a text, and by which words."""
    console = Console(highlight=False, soft_wrap=True)
    mentions = recogniser().mentions(text)
    for mention in mentions:
        console.print(f"{mention.topic}  (by “{mention.words}”)", markup=False)
    if not mentions:
        console.print("No topic of the table is in it.")


@group.command("recognise")
def recognise(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="The word in the event's address, such as open-gardens-2027.")],
) -> None:
    """Find the topics of an event's cards anew, once the table has grown. What people dropped stays dropped."""

    async def work(connection: Connection) -> tuple[int, int]:
        found = await find_named_event(connection, slug=event)
        return await recognise_topics(connection, event_id=found.id)

    cards, changed = with_connection(settings_of(context), work)
    Console(highlight=False).print(f"{cards} cards read, {changed} of them with other topics than before.")
