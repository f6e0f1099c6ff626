"""`handsel prompts explain`: tells the host why two people were given these prompts, by keys, phases and rules.

No name, no quotation and no word of a card is printed: what people wrote is not the host's to read.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console

from schema.ids import Kind, read_any
from server.agenda.explaining.models import ExplainedAgenda, ExplainedPrompt
from server.agenda.explaining.operations import explain_swap
from server.cli.database import with_connection
from server.cli.options import settings_of
from server.db import Connection
from server.errors import NotFound


class NoSuchAgenda(NotFound):
    """There is nothing to explain."""

    @property
    def message(self) -> str:
        return (
            "There is no agenda to explain: give what stands after /conversations/ in the address of the talk. "
            "After a swap was withdrawn nothing of it is read any more."
        )


def explain(
    context: typer.Context,
    swap: Annotated[str, typer.Argument(help="What stands after /conversations/ in the address of the talk.")],
    *,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the talk; the latest without.")
    ] = None,
) -> None:
    """Say for both sides of a swap why each prompt was chosen, and what lost to it by which rule.

    Told from what was known when it was chosen. A card that was changed since cannot be had back: then the command
    says so, and where the rules would choose otherwise now. What people wrote is not printed. Exit codes: 0 explained,
    1 nothing there.
    """

    async def work(connection: Connection) -> list[ExplainedAgenda]:
        return await _explained(connection, swap, None if day is None else day.date())

    console = Console(highlight=False, soft_wrap=True)
    for agenda in with_connection(settings_of(context), work):
        for line in _lines_of(agenda):
            console.print(line, markup=False)


async def _explained(connection: Connection, swap: str, day: date | None) -> list[ExplainedAgenda]:
    try:
        named = read_any(swap)
        if named.kind is Kind.SWAP and named.event_id is not None:
            return await explain_swap(connection, event_id=named.event_id, swap_id=named.row, day=day)
    except NotFound as error:
        raise NoSuchAgenda from error
    raise NoSuchAgenda


def _lines_of(agenda: ExplainedAgenda) -> Iterator[str]:
    yield (
        f"Side {agenda.side}, {agenda.day:%-d %B %Y}, language {agenda.language}: "
        f"{len(agenda.prompts)} prompts, {agenda.minutes} minutes"
    )
    yield f"  what was so: {', '.join(agenda.holds)}"
    if agenda.cards_changed:
        yield "  A card of the two was changed after this was chosen; what follows goes by the cards as they are now."
    if not all(prompt.as_chosen for prompt in agenda.prompts):
        yield "  Not all of it is what the rules would choose now: see the prompts marked with *."
    for prompt in agenda.prompts:
        yield from _lines_about(prompt)
    yield ""


def _lines_about(prompt: ExplainedPrompt) -> Iterator[str]:
    mark = " " if prompt.as_chosen else "*"
    yield f"{mark} {prompt.phase:9} {prompt.key} ({prompt.minutes} min): {prompt.why}"
    for loser in prompt.lost:
        yield f"{'':14}not {loser.key}: {loser.rule}"
