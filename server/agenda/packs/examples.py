"""Packs that come along: good ones to use as they are, or to start from."""

from functools import cache
from pathlib import Path

from server.agenda.packs.models import ExamplePack
from server.agenda.packs.reading import read_pack

FOLDER = Path(__file__).with_name("example_files")


@cache
def examples() -> tuple[ExamplePack, ...]:
    """Each of them, by the names of their files."""
    contents = (path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml")))
    packs = ((read_pack(content), content) for content in contents)
    return tuple(ExamplePack(pack.title, pack.language, content) for pack, content in packs)
