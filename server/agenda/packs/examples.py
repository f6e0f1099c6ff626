"""Packs that come along: good ones to use as they are, or to start from."""

from functools import cache
from pathlib import Path

from server.agenda.library import FALLBACK_LANGUAGE
from server.agenda.packs.models import ExamplePack
from server.agenda.packs.reading import read_pack

FOLDER = Path(__file__).with_name("example_files")


@cache
def examples() -> tuple[ExamplePack, ...]:
    """Each of them by theme, in English first."""
    contents = (path.read_text(encoding="utf-8") for path in FOLDER.glob("*.toml"))
    packs = [(read_pack(content), content) for content in contents]
    packs.sort(key=lambda each: (each[0].theme, each[0].language != FALLBACK_LANGUAGE, each[0].language))
    return tuple(ExamplePack(pack.title, pack.theme, pack.language, content) for pack, content in packs)
