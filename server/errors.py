"""The root of everything the product refuses: a `DomainError` is expected, carries data, and is shown as a sentence.

    DomainError
    ├── InputNotValid      a value the person can correct (`field` is the GraphQL path)
    ├── NotFound           nothing there, or nothing the viewer may know of: the same answer
    ├── NotSignedIn        top-level error, code UNAUTHENTICATED
    ├── NotAllowed         top-level error, code FORBIDDEN
    ├── KeyReused          a phone's key that was used before for something else
    └── one class per refusal, in `server/<feature>/errors.py`

No HTTP or GraphQL word belongs here; `schema/problems.py` maps each class to its type.
"""


class DomainError(Exception):
    """Something the person can act on, or must be told. `message` is the sentence they read."""

    @property
    def message(self) -> str:
        """What happened, what is safe, what to do; never a personal value, token or address."""
        return "That did not work. Nothing was changed."

    def __str__(self) -> str:
        return self.message


class InputNotValid(DomainError):
    """A value that cannot be taken as it is. Nothing was stored."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__()
        self.field = field
        self.sentence = sentence

    @property
    def message(self) -> str:
        return self.sentence


class NotFound(DomainError):
    """Nothing there for this viewer: missing, withdrawn and forbidden to know of are one answer."""

    @property
    def message(self) -> str:
        return "We could not find that. It may have been withdrawn, or belong to another event."


class NotSignedIn(DomainError):
    """The operation needs a session and there is none, or it has ended."""

    @property
    def message(self) -> str:
        return "Please sign in first."


class NotAllowed(DomainError):
    """The viewer knows of the event but does not hold the role this needs."""

    @property
    def message(self) -> str:
        return "Your role at this event does not include that."


class KeyReused(DomainError):
    """The key was used before for something else: a client's mistake. Nothing was stored."""

    @property
    def message(self) -> str:
        return "This was already sent with other content. Please do it once more."
