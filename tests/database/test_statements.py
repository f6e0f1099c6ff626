"""Every statement fits the migrated schema: a wrong column or type shows without running the feature."""

import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import server
from server.db import Connection


def statements() -> Iterator[tuple[str, str]]:
    """Name and text of every upper-case constant of every `queries` module."""
    for module in pkgutil.walk_packages(server.__path__, "server."):
        if not module.name.endswith(".queries"):
            continue
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            if name.isupper() and isinstance(value, str):
                yield f"{module.name}.{name}", value


#: Made by another statement of the same transaction, so there is nothing to prepare against.
ON_TEMPORARY_TABLES = re.compile(r"\b(CREATE TEMP|pg_temp\.|arriving)\b")


@pytest.mark.parametrize(("name", "text"), list(statements()), ids=lambda value: value if "." in value[:8] else "")
async def test_every_statement_prepares(connection: Connection, name: str, text: str) -> None:
    if ON_TEMPORARY_TABLES.search(text):
        pytest.fail(f"{name} works on a temporary table; prepare it in its own test")

    await connection.prepare(text)


def test_no_other_module_holds_sql() -> None:
    found = []
    for module in pkgutil.walk_packages(server.__path__, "server."):
        if module.name.rpartition(".")[2] in {"queries", "live", "health", "migrations", "connecting"} or module.ispkg:
            continue
        specification = importlib.util.find_spec(module.name)
        assert specification is not None
        assert specification.origin is not None
        text = Path(specification.origin).read_text(encoding="utf-8")
        if re.search(r"\b(SELECT|INSERT INTO|DELETE FROM)\s+[a-z*]|\bUPDATE\s+[a-z_]+\s+SET\b", text):
            found.append(module.name)

    assert found == []
