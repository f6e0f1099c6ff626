"""Why two people cannot be introduced, told only as far as the introducer may know it.

That one of the two said no, blocked the other, or had met them before is never among the reasons.
"""

from enum import Enum

from server.errors import DomainError


class Hindrance(Enum):
    """What stands in the way, as the introducer may know it."""

    SAME_PERSON = "These are the same person. Choose two people who do not know each other yet."
    NOT_SHARED = "You and one of them do not share contact details yet. Introduce them once you both do."
    NOT_OPEN = (
        "One of them has not opened their card to introductions. They can, on their card; nothing was sent to anybody."
    )
    NOT_OPEN_MYSELF = "Open your own card to introductions first: then somebody can introduce you."
    UNDER_WAY = "You have asked these two already. Give them a little time; nothing more was sent."
    MADE = "You have introduced these two already."
    SAID_BEFORE = "You asked these two with this reason before. Let it rest; nothing more was sent."
    ENOUGH_TODAY = "That is enough introductions for a day. Your words stay here; try again tomorrow."
    NOT_ASKABLE = "They do not wish to be asked for introductions just now. Nothing was sent."
    ASKED_LATELY = "You asked them not long ago. Give them a little time; nothing more was sent."


class CannotIntroduce(DomainError):
    """The two cannot be introduced, or nobody can be asked to introduce me, for a reason the person can act on."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__()
        self.hindrance = hindrance

    @property
    def message(self) -> str:
        return self.hindrance.value
