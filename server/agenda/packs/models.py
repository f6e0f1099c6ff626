"""A pack: the prompts that an event's organizers add, in one language, as its file says them and as it is kept."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from server.agenda.models import Prompt


@dataclass(frozen=True, slots=True)
class PackPrompt:
    """One prompt of a pack. `name` is its key in the file, `prompt.key` the one that phones and agendas know."""

    name: str
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack's file says. Packs of one theme have the same questions by the same names, each in its language."""

    title: str
    theme: str
    language: str
    prompts: tuple[PackPrompt, ...]


@dataclass(frozen=True, slots=True)
class KeptPack:
    """A pack of one event. `content` is its file as it was written, without signs that nobody sees.

    `added_by` is the name of the organizer who added it, empty where their account has none; None for the host of the
    server, and when the account is gone. `prompts` and `advice` are read from the content.
    """

    event_id: UUID
    id: UUID
    title: str
    theme: str
    language: str
    content: str = field(repr=False)
    is_on: bool
    added_at: datetime
    added_by: str | None = field(repr=False)
    prompts: tuple[PackPrompt, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPack:
    """A pack about to be kept. `key` is made by whoever sends it; `mark` tells its content from others."""

    key: UUID
    pack: Pack
    content: str = field(repr=False)
    mark: bytes


@dataclass(frozen=True, slots=True)
class AlikePack:
    """A pack of the event, removed ones too, that a new one has something in common with."""

    id: UUID
    key: UUID
    mark: bytes
    title: str
    is_removed: bool


@dataclass(frozen=True, slots=True)
class ExamplePack:
    """A pack that comes along, to start from."""

    title: str
    theme: str
    language: str
    content: str
