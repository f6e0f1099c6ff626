"""The README is true: its settings, commands, folders and links are those of this commit."""

import re
from pathlib import Path

import typer
from typer.main import get_command

from server.cli.app import app
from server.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def names_of(field: str) -> set[str]:
    """The variables that set it."""
    alias = Settings.model_fields[field].validation_alias
    choices = getattr(alias, "choices", [f"HANDSEL_{field}"])
    return {str(choice).upper() for choice in choices if str(choice) != field}


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", README, flags=re.MULTILINE))
    known = {field: names_of(field) for field in Settings.model_fields}

    assert [field for field, names in known.items() if not names & documented] == []
    assert documented - {name for names in known.values() for name in names} == set()


def test_every_command_of_the_readme_exists() -> None:
    command = get_command(app)
    assert isinstance(command, typer.core.TyperGroup)
    asked = {line.split()[1] for line in re.findall(r"\./run [a-z][^\n`]*", README)}

    assert asked - set(command.commands) == {"test"}


def test_every_file_the_readme_names_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    folders = re.findall(
        r"^\| `([\w./]+)` \|", README.partition("## The map")[2].partition("## The words")[0], re.MULTILINE
    )

    assert [path for path in [*links, *folders] if not (ROOT / path).exists()] == []


def test_every_decision_is_numbered_once_and_titled_as_a_statement() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [path.name[:4] for path in decisions]

    assert numbers == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        assert path.read_text(encoding="utf-8").startswith(f"# {int(path.name[:4])}. ")


def test_the_files_that_contributing_names_are_there() -> None:
    guide = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:alembic|server|schema|pwa|tests)/[\w./-]+)`", guide)

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
