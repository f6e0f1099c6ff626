"""`handsel schema`: the contract as text."""

from typing import Annotated

import typer


def schema(
    *,
    write: Annotated[bool, typer.Option("--write", help="Write schema/schema.graphql instead of printing.")] = False,
) -> None:
    """Print the GraphQL schema (SDL)."""
    from schema.printing import committed_path, printed

    if write:
        committed_path().write_text(printed(), encoding="utf-8")
    else:
        print(printed(), end="")
