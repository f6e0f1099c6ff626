"""`handsel schema`: prints the GraphQL schema, as it stands committed in schema/schema.graphql."""

import typer


def schema() -> None:
    """Print the GraphQL schema (SDL)."""
    from schema.root import schema as contract

    typer.echo(contract.as_str())
