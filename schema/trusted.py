"""The app's own operations, known beforehand: found by the SHA-256 of their text, checked and costed once at start."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from graphql import GraphQLSchema, parse, validate

DOCUMENTS = Path(__file__).parent / "documents"


@dataclass(frozen=True, slots=True)
class TrustedDocuments:
    """Text by id. An id is `sha256:` and the hex digest of the file's bytes."""

    by_id: dict[str, str]

    def text(self, document_id: str) -> str | None:
        """The document's text; None for an id this server does not know."""
        return self.by_id.get(document_id)


def load(schema: GraphQLSchema, folder: Path = DOCUMENTS) -> TrustedDocuments:
    """Every `*.graphql` file of the folder, validated against the schema.

    Raises `ValueError`, naming the file, when one does not fit: better at start than in somebody's hand.
    """
    by_id: dict[str, str] = {}
    for path in sorted(folder.glob("*.graphql")):
        content = path.read_bytes()
        text = content.decode()
        mistakes = validate(schema, parse(text))
        if mistakes:
            raise ValueError(f"{path.name}: {mistakes[0].message}")
        by_id[f"sha256:{hashlib.sha256(content).hexdigest()}"] = text
    return TrustedDocuments(by_id)
