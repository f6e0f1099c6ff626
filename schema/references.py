"""How clients name things of a swap: by id, or by the keys their phone made before it had one."""

from uuid import UUID

from schema.ids import Kind, read_key, read_row
from server.agenda.operations import PromptReference
from server.errors import InputNotValid, NotFound
from server.swaps.operations import SwapReference


def read_swap(text: str) -> SwapReference:
    """A swap's id, or the key of the scan that made it. Raises `NotFound` for anything else."""
    key = read_key(text)
    if key is not None:
        return SwapReference(scan_key=key)
    event_id, swap_id = read_row(text, Kind.SWAP)
    return SwapReference(event_id=event_id, swap_id=swap_id)


def read_prompt(text: str) -> PromptReference:
    """A prompt's id, or `<scan key>/<library key>`. Raises `NotFound` for anything else."""
    scan, slash, library_key = text.partition("/")
    if slash:
        key = read_key(scan)
        if key is None or not library_key:
            raise NotFound
        return PromptReference(swap=SwapReference(scan_key=key), library_key=library_key)
    event_id, prompt_id = read_row(text, Kind.PROMPT)
    return PromptReference(event_id=event_id, prompt_id=prompt_id)


def read_own_key(text: str | None, *, field: str = "key") -> UUID | None:
    """A key made by the phone, if one was sent. Raises `InputNotValid` when it is no UUID."""
    if text is None:
        return None
    key = read_key(text)
    if key is None:
        raise InputNotValid(field, "A key is a UUID that the phone makes, once per thing.")
    return key
