"""The app's own operations, known beforehand: found by the SHA-256 of their text, checked and costed once at start."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode, parse, validate

from schema import limits

DOCUMENTS = Path(__file__).parent / "documents"


@dataclass(frozen=True, slots=True)
class TrustedDocument:
    """One operation of the app. `name` is written by us, so it may stand in a metric."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class TrustedDocuments:
    """Documents by id. An id is `sha256:` and the hex digest of the file's bytes."""

    by_id: dict[str, TrustedDocument]

    def find(self, document_id: object) -> TrustedDocument | None:
        """The document; None for an id this server does not know."""
        return self.by_id.get(document_id) if isinstance(document_id, str) else None


@cache
def load(schema: GraphQLSchema, folder: Path = DOCUMENTS) -> TrustedDocuments:
    """Every `*.graphql` file of the folder: one named operation, valid, within the limits of everybody else's.

    Read once in a process, however many apps it serves: the files of a running server do not change.

    Raises `ValueError`, naming the file, when one is not: better at start than in somebody's hand.
    """
    by_id: dict[str, TrustedDocument] = {}
    for path in sorted(folder.glob("*.graphql")):
        content = path.read_bytes()
        text = content.decode()
        try:
            limits.check(text)
            mistakes = validate(schema, parse(text))
            if mistakes:
                raise mistakes[0]
        except GraphQLError as mistake:
            raise ValueError(f"{path.name}: {mistake.message}") from mistake
        by_id[f"sha256:{hashlib.sha256(content).hexdigest()}"] = TrustedDocument(_name(path, text), text)
    return TrustedDocuments(by_id)


def _name(path: Path, text: str) -> str:
    operations = [each for each in parse(text).definitions if isinstance(each, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].name is None:
        raise ValueError(f"{path.name}: write exactly one operation, with a name.")
    return operations[0].name.value
