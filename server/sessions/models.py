"""Who is asking."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind a live session, cookie or bearer."""

    person_id: UUID
    session_id: UUID
    is_bearer: bool
