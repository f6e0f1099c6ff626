"""What the import contracts cannot say: a feature's statements are its own, and files stay readable."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Row readers that any statement with those columns may use.
SHARED_READERS = {"read_event", "read_card"}
#: Lines of one file. Data may be longer.
LONGEST = 300
CODE = {".py", ".ts", ".js", ".svelte"}


def test_features_do_not_import_one_anothers_queries() -> None:
    strangers = []
    for path in (ROOT / "server").rglob("*.py"):
        feature = path.relative_to(ROOT / "server").parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("server."):
                continue
            parts = (node.module or "").split(".")
            names = {alias.name for alias in node.names}
            from_queries = len(parts) == 3 and parts[2] == "queries"
            asks_for_queries = len(parts) == 2 and "queries" in names
            if parts[1] != feature and (asks_for_queries or (from_queries and not names <= SHARED_READERS)):
                strangers.append(f"{path.relative_to(ROOT)}: {node.module}")

    assert strangers == []


def test_every_module_opens_with_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for folder in ("server", "schema", "alembic", "bench")
        for path in (ROOT / folder).rglob("*.py")
        if path.read_text(encoding="utf-8").strip()
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]

    assert silent == []


def test_no_file_of_code_is_longer_than_a_reader_can_keep_in_mind() -> None:
    folders = ("server", "schema", "alembic", "bench", "tests", "pwa/src", "pwa/build")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*") if file.suffix in CODE]
    written_by_hand = [file for file in files if ".generated." not in file.name] + [ROOT / "run"]
    lengths = {str(file.relative_to(ROOT)): len(file.read_bytes().splitlines()) for file in written_by_hand}

    assert len(lengths) > 100
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
