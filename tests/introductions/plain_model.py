"""Introductions as somebody would explain them, without tables, locks or zones: what Ben and Cem may see of each."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

WEEK = timedelta(days=7)


@dataclass
class Story:
    """One introduction of Ben, who is asked first, and Cem."""

    asked_at: datetime
    said: dict[str, bool] = field(default_factory=dict)
    is_made: bool = False
    is_over: bool = False
    taken_back: bool = False

    def may_answer(self, who: str, now: datetime) -> bool:
        """Whether they are asked at this moment."""
        if self.is_over or self.is_made or who in self.said:
            return False
        if who == "Ben":
            return now < self.asked_at + WEEK
        return self.said.get("Ben") is True and now < self.asked_at + 2 * WEEK

    def is_known_to(self, who: str) -> bool:
        return not self.is_over and (who == "Ben" or self.is_made or self.said.get("Ben") is True)

    def answer(self, who: str, *, yes: bool, now: datetime) -> None:
        """A no holds whenever it is said; a yes only while one is asked."""
        if not self.is_known_to(who) or self.is_made:
            return
        if not yes:
            self.said[who] = False
        elif self.may_answer(who, now):
            self.said[who] = True
            self.is_made = self.said.get("Ben") is True and self.said.get("Cem") is True

    def seen_by(self, who: str, now: datetime) -> tuple[str, bool, bool] | None:
        """The state, whether the other's card is shown, and whether their contact is; None for nothing at all."""
        if not self.is_known_to(who):
            return None
        if self.is_made:
            return "MADE", True, True
        if self.may_answer(who, now):
            return ("ASKING_FIRST" if who == "Ben" else "ASKING_SECOND"), True, False
        if who == "Ben" and self.said.get("Ben") is True and now < self.asked_at + 2 * WEEK:
            return "ASKING_SECOND", True, False
        return "CLOSED", False, False

    def seen_by_ana(self, now: datetime) -> str:
        """She learns that it was made, or that it is over; never why."""
        if self.is_made:
            return "MADE"
        return "CLOSED" if self.taken_back or now >= self.asked_at + 2 * WEEK else "ASKING_FIRST"
