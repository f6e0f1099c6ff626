"""The launcher itself, in a copy of the repository's root whose .venv is up to date. Nothing is ever fetched."""

import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A root with the launcher, the lock files, and a .venv that holds what they say."""
    for name in ("run", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("server", "schema", "alembic", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(Path(sys.executable).resolve())
    (tmp_path / ".venv" / "lib").symlink_to(Path(sys.prefix) / "lib")
    shutil.copy(Path(sys.prefix) / "pyvenv.cfg", tmp_path / ".venv")
    launcher = _load(tmp_path)
    launcher.PACKAGES.write_text(launcher.digest([tmp_path / "requirements.txt"]))
    return tmp_path


def _load(clone: Path) -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("launcher", str(clone / "run"))
    spec = importlib.util.spec_from_loader("launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def _run(clone: Path, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    offline = {"PIP_NO_INDEX": "1", "UV_OFFLINE": "1", "npm_config_offline": "true"}
    environment = {"PATH": os.environ["PATH"], "HOME": str(clone), "HANDSEL_DATA": str(clone / "data")}
    return subprocess.run(
        [Path(sys.executable).resolve(), clone / "run", *words],
        env=environment | offline | variables, cwd="/", capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_start_with_nothing_changed_sets_up_nothing(clone: Path) -> None:
    done = _run(clone, "mail")

    assert done.stdout == ""
    assert done.stderr.startswith("No mail has been sent yet")
    assert not (clone / ".tools").exists()


def test_its_exit_code_is_that_of_the_command(clone: Path) -> None:
    assert _run(clone, "mail").returncode == 1
    assert _run(clone, "nonsense").returncode == 2


def test_a_changed_lock_is_installed_and_a_failure_told_in_whole(clone: Path) -> None:
    with (clone / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")

    done = _run(clone, "mail")

    assert done.returncode == 1
    assert "Fetching uv" in done.stdout
    assert "No matching distribution found for uv" in done.stderr
    assert done.stderr.strip().splitlines()[-1].endswith("Is this machine online?")
    assert list((clone / ".tools").glob("uv*")) == []


def test_a_python_without_pip_is_told_which_package_to_install(clone: Path) -> None:
    with (clone / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")
    missing = clone / "missing"
    for module in ("pip", "venv"):
        (missing / module).mkdir(parents=True)
        (missing / module / "__init__.py").touch()
        (missing / module / "__main__.py").write_text("raise SystemExit(1)")

    done = _run(clone, "mail", PYTHONPATH=str(missing))

    assert done.returncode == 1
    assert "python3-pip" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_root_that_cannot_be_written_is_told(clone: Path) -> None:
    with (clone / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")
    (clone / ".tools").touch()

    done = _run(clone, "mail")

    assert done.returncode == 1
    assert "cannot write to" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "serves"),
    [
        ([], True),
        (["--port", "80"], True),
        (["serve"], True),
        (["--port", "80", "serve"], True),
        (["--help"], False),
        (["import", "demo", "people.csv"], False),
    ],
)
def test_the_app_is_built_only_for_a_start_that_serves_it(clone: Path, words: list[str], *, serves: bool) -> None:
    assert _load(clone).starts_the_server(words) is serves


@pytest.mark.parametrize(
    ("version", "is_new_enough"),
    [
        ("v18.20.4", False),
        ("v20.18.3", False),
        ("v20.19.0", True),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
    ],
)
def test_only_a_node_that_can_build_the_app_is_used(clone: Path, version: str, *, is_new_enough: bool) -> None:
    node = clone / "node"
    node.write_text(f"#!/bin/sh\necho {version}\n")
    node.chmod(0o755)

    assert _load(clone).is_new_enough(str(node)) is is_new_enough


def test_the_app_is_built_again_when_its_sources_changed_and_not_for_what_is_generated(clone: Path) -> None:
    source = clone / "pwa" / "src" / "main.ts"
    generated = clone / "pwa" / "src" / "documents.generated.ts"
    built = clone / "pwa" / "dist" / "index.html"
    guide = clone / "docs" / "door-guide.md"
    for file in (source, generated, built, guide):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    launcher = _load(clone)
    launcher.TOOLS.mkdir()
    launcher.BUILT.write_text(launcher.digest(launcher.app_sources()))

    assert launcher.app_is_current()
    generated.write_text("changed")
    assert launcher.app_is_current()
    for each in (source, guide):
        each.write_text("changed")
        assert not launcher.app_is_current()
        each.write_text("")
