"""`handsel drafts` writes out what evenings would suggest to invented people, as a page to be read aloud."""

import tomllib
from pathlib import Path
from typing import Annotated

import typer

from server.errors import InputNotValid
from server.evening.reviewing import page_of_drafts, read_evenings


def drafts(
    evenings: Annotated[Path, typer.Argument(help="A file of invented evenings: tests/evening/sample_evenings.toml.")],
) -> None:
    """Write drafts out in Markdown, to be read aloud by whoever changed a shape. It needs no database."""
    try:
        told = read_evenings(evenings.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputNotValid("evenings", f"{evenings} cannot be read.") from error
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise InputNotValid(
            "evenings",
            f"{evenings} is no file of evenings: {error}. Compare it with tests/evening/sample_evenings.toml.",
        ) from error
    typer.echo(page_of_drafts(told), nl=False)
