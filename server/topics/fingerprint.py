"""What tells one version of topic recognition from the next: a sum over the tables, the signs and the rules."""

import hashlib
from functools import cache
from pathlib import Path

_READ = (".toml", ".py")


@cache
def fingerprint() -> bytes:
    """32 bytes that change whenever a card could be read otherwise than before."""
    folder = Path(__file__).parent
    together = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in _READ):
        together.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return together.digest()
