"""A mail before it is sent."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Letter:
    """A plain-text mail to one address. The same `message_id` twice is one mail for its reader."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    message_id: str
