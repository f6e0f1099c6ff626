"""The schema as text, for clients and for the app's types. Committed, so that a change of contract shows in review."""

from pathlib import Path

from schema.root import schema


def committed_path() -> Path:
    """Where the printed schema lies."""
    return Path(__file__).parent / "schema.graphql"


def printed() -> str:
    """The whole schema in GraphQL's schema language."""
    return schema.as_str() + "\n"
