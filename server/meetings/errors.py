"""What a 1-2-1 refuses, each with the sentence that tells the person what is so by now and what to do."""

from server.errors import DomainError


class MeetingNotPossible(DomainError):
    """The 1-2-1 is not any more as the one who answers last saw it. Nothing was changed."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence

    @property
    def message(self) -> str:
        return self._sentence


NOT_SHARED = "You can propose times once you both share contact details. Share yours, and they can share back."
ONE_IS_OPEN = "Times are already proposed between you two. Open them under 1-2-1s: pick one there, or suggest others."
NOT_MY_TURN = "It is their turn to answer. You can wait, or cancel it."
REPLACED = "Those times were replaced by others meanwhile. Look at the new ones and pick one, or suggest yours."
PASSED = "That time has passed. Pick another one, or suggest other times."
AGREED_ALREADY = "You two have agreed on a time already. Suggest other times if it does not suit you, or cancel it."
CLOSED = "This 1-2-1 was called off meanwhile. You can propose new times."
OVER = "Its time has passed. You can propose a new 1-2-1."
