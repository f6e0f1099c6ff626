"""Reads the file of a pack: the form of a prompt file, with a title and a theme. Whoever wrote it may be anybody.

Whether the pack is worth asking is judged in `judging`.
"""

import base64
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from server.agenda.library import LibraryNotValid, languages, parse_library
from server.agenda.models import Library
from server.agenda.packs.errors import PackNotValid
from server.agenda.packs.models import Pack, PackPrompt
from server.errors import InputNotValid
from server.texts import NOT_TEXT, characters, clean_text, deceives

#: Four times what a full pack takes, and little enough to be read with every talk that begins.
LARGEST_FILE = 32_768
MOST_PROMPTS = 24
LONGEST_TITLE = 60
LONGEST_THEME = 40
#: More would not be read; what is mended first often mends the rest.
MOST_FAULTS = 40

#: Between this and the rest stands a sign that no key of the library has.
_PREFIX = "pack."
#: Sixty bits: a million prompts of all events on a server do not meet by chance.
_DIGITS = 12
_THEME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KNOWN = {"title", "theme", "language", "prompts"}


def clean_file(content: str) -> str:
    """The file without signs that nobody sees. Raises `InputNotValid` when it is blank, too large, or no text."""
    if len(content.encode("utf-8", "surrogatepass")) > LARGEST_FILE:
        raise InputNotValid("content", f"This file is too large for a pack: {LARGEST_FILE // 1024} kB are the most.")
    return clean_text(content, field="content", longest=LARGEST_FILE)


def key_of(text: str) -> str:
    """The key of a pack's prompt: from its text alone, so that the same question at the next event has the same key."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    digest = sha256(b"handsel/pack/" + folded.encode()).digest()
    return _PREFIX + base64.b32encode(digest).decode().lower()[:_DIGITS]


def is_of_pack(key: str) -> bool:
    """Whether `key` is one that a pack's prompt may have."""
    return key.startswith(_PREFIX)


def read_pack(content: str) -> Pack:
    """The pack written in `content`. Raises `PackNotValid` with what keeps it from being read at all."""
    written = _read(content)
    faults = [*_faults_at_the_top(written), *_faults_of_number(written)]
    library = None
    try:
        library = parse_library(content, source="it")
    except LibraryNotValid as error:
        faults += (fault for fault in error.faults if fault not in faults)
    if library is None or faults:
        raise PackNotValid(faults[:MOST_FAULTS])
    return _pack(written, library)


def _read(content: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(content)
    except (ValueError, RecursionError) as error:
        where = re.search(r"line (\d+)", str(error))
        line = f"line {where[1]} cannot be read" if where else "the file cannot be read"
        raise PackNotValid(
            [f"{line}: look there and just above for a quotation mark, an equals sign or a bracket that is missing"]
        ) from error


def _faults_at_the_top(written: Mapping[str, Any]) -> Iterator[str]:
    title, theme, language = (written.get(name) for name in ("title", "theme", "language"))
    if not isinstance(title, str) or not title.strip():
        yield 'it has no title: put a line like title = "First evening" at the top'
    elif characters(title) > LONGEST_TITLE or title != " ".join(title.split()):
        yield f"the title is longer than {LONGEST_TITLE} letters, or has spaces or line breaks to spare"
    if not isinstance(theme, str) or not _THEME.fullmatch(theme) or len(theme) > LONGEST_THEME:
        yield (
            'it has no theme: put a line like theme = "first-evening" at the top, in small letters, digits and single '
            f"hyphens, at most {LONGEST_THEME}; the same in each language of the pack"
        )
    if isinstance(language, str) and language and language not in languages():
        known = ", ".join(f'"{each}"' for each in sorted(languages()))
        yield f"no questions are asked in {language[:40]!r} here: put language = and one of {known} at the top"
    if "lint" in written:
        yield "it has [lint]: a pack is held to the words of its language; take that part out"
    yield from (f"{name} is not a word that a pack knows" for name in sorted(written.keys() - _KNOWN - {"lint"}))
    if isinstance(title, str) and hides_signs(title):
        yield "the title holds a sign that cannot be seen; type it anew"


def _faults_of_number(written: Mapping[str, Any]) -> Iterator[str]:
    entries = written.get("prompts")
    if isinstance(entries, list) and len(entries) > MOST_PROMPTS:
        yield f"it has {len(entries)} prompts, and {MOST_PROMPTS} are the most; take out some, or make two packs of it"


def _pack(written: Mapping[str, Any], library: Library) -> Pack:
    theme = str(written["theme"])
    prompts = (
        PackPrompt(prompt.key, replace(prompt, key=key_of(prompt.text), theme=theme)) for prompt in library.prompts
    )
    return Pack(str(written["title"]), theme, library.language, tuple(prompts))


def hides_signs(words: str) -> bool:
    """Whether it holds a sign that nobody sees.

    Direction marks and the like can also be written as an escape, which cleaning the file does not see.
    """
    return any(deceives(sign) or unicodedata.category(sign) in NOT_TEXT for sign in words)
