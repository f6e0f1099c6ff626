"""What adding a pack can be refused for. Each leaves the event's packs as they were."""

from collections.abc import Iterable

from server.errors import DomainError

LONGEST_FAULT = 400


class PackNotValid(DomainError):
    """The file breaks the rules of docs/prompts.md. `faults` says each thing to mend, in words."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__()
        self.faults = [_short(fault) for fault in faults]

    @property
    def message(self) -> str:
        many = len(self.faults) > 1
        return f"This pack was not added: {f'{len(self.faults)} things are' if many else 'one thing is'} to be mended."


def _short(fault: str) -> str:
    """A fault quotes what is written, and that may be anything."""
    return fault if len(fault) <= LONGEST_FAULT else f"{fault[: LONGEST_FAULT - 1]}…"


class PackThere(DomainError):
    """The event has another pack of the same theme in the same language."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    @property
    def message(self) -> str:
        return (
            f"“{self.title}” is here already, with the same theme and language. Put this pack in its place, or give it "
            "a theme of its own."
        )


class TooManyPacks(DomainError):
    """The event has as many packs as it can have."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    @property
    def message(self) -> str:
        return f"An event has {self.most} packs at most. Remove one first; switched off it counts as well."


class TooManyPackChanges(DomainError):
    """The packs of one event were changed too often in a short time. They are as they were."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after

    @property
    def message(self) -> str:
        return "The packs of this event were changed very often. They are as they were; try again in a few minutes."
