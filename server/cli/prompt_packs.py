"""`handsel prompts pack` and `packs`: the packs of an event, added and switched by the host at the terminal."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.agenda.packs import keeping
from server.agenda.packs.errors import PackNotValid
from server.agenda.packs.models import KeptPack
from server.cli.database import with_connection
from server.cli.named_event import find_named_event
from server.cli.options import settings_of
from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.events.models import Event
from server.ids import new_id

_Event = Annotated[str, typer.Argument(help="The word in the event's address, such as open-gardens-2027.")]
_Answer = TypeVar("_Answer")


class Change(StrEnum):
    """What can be done with a pack that is there."""

    ON = "on"
    OFF = "off"
    REMOVE = "remove"


class NoSuchPack(NotFound):
    """The event has no pack of this theme."""

    @property
    def message(self) -> str:
        return "This event has no pack of that theme and language. ./run prompts packs EVENT lists those it has."


def add_pack(
    context: typer.Context,
    event: _Event,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The pack, a TOML file.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of one with the same theme and language.")
    ] = False,
    off: Annotated[bool, typer.Option("--off", help="Do not switch it on yet.")] = False,
) -> None:
    """Add a pack of prompts to an event: the theme of the day, which each talk is asked about once or twice.

    docs/prompts.md says what is in such a file. One that is there already stays as it is. Exit codes: 0 added, 1 not.
    """
    console = Console(highlight=False, soft_wrap=True)
    content = _text_of(file)

    async def work(connection: Connection, at: Event) -> KeptPack:
        return await keeping.put_pack(
            connection, event_id=at.id, content=content, key=new_id(), replaces=replace, is_on=not off, person_id=None,
            now=datetime.now(UTC),
        )  # fmt: skip

    try:
        pack = _at_event(context, event, work)
    except PackNotValid as refusal:
        for fault in refusal.faults:
            console.print(f"{file.name}: {fault}", markup=False)
        raise
    for sentence in pack.advice:
        console.print(f"Advice: {sentence}", style="dim", markup=False)
    console.print(f"“{pack.title}” has {len(pack.prompts)} prompts and is {_state(pack)}.", markup=False)


def list_packs(
    context: typer.Context,
    event: _Event,
    change: Annotated[Change | None, typer.Argument(help="What to do with a pack; nothing lists all.")] = None,
    theme: Annotated[str | None, typer.Argument(help="The pack's theme, as in the list.")] = None,
    *,
    language: Annotated[str | None, typer.Option(help="Only in this language, such as en.")] = None,
) -> None:
    """List the packs of an event, or switch one on or off, or remove it: `packs EVENT off first-evening`.

    Talks that began keep their questions; phones follow at their next sync.
    """

    async def work(connection: Connection, at: Event) -> list[KeptPack]:
        if change is not None:
            async with connection.transaction():
                await _change(connection, at, change, theme=theme, language=language)
        return await keeping.packs_of(connection, event_id=at.id)

    packs = _at_event(context, event, work)
    console = Console(highlight=False, soft_wrap=True)
    if not packs:
        console.print("This event has no packs.")
        return
    table = Table("Theme", "Language", "Title", "Prompts", "Is", box=None, pad_edge=False)
    for pack in packs:
        table.add_row(pack.theme, pack.language, Text(pack.title), str(len(pack.prompts)), _state(pack))
    console.print(table)


async def _change(
    connection: Connection, event: Event, change: Change, *, theme: str | None, language: str | None
) -> None:
    """Every language of the theme, or the one named. Raises `NoSuchPack`."""
    meant = [
        pack
        for pack in await keeping.packs_of(connection, event_id=event.id)
        if pack.theme == theme and language in {None, pack.language}
    ]
    if not meant:
        raise NoSuchPack
    for pack in meant:
        if change is Change.REMOVE:
            await keeping.take_away(connection, event_id=event.id, pack_id=pack.id, now=datetime.now(UTC))
        else:
            await keeping.set_on(connection, event_id=event.id, pack_id=pack.id, is_on=change is Change.ON)


def _at_event(context: typer.Context, slug: str, work: Callable[[Connection, Event], Awaitable[_Answer]]) -> _Answer:
    async def at_event(connection: Connection) -> _Answer:
        return await work(connection, await find_named_event(connection, slug=slug))

    return with_connection(settings_of(context), at_event)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputNotValid("content", f"{file.name} is not plain text. Save it as text in UTF-8.") from error


def _state(pack: KeptPack) -> str:
    return "on" if pack.is_on else "off"
