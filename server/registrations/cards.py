"""What a card may hold: whole texts in their writer's words, short enough to read on one's feet."""

from dataclasses import dataclass, field

from server.errors import InputNotValid
from server.texts import clean_optional_text

LONGEST_NAME = 120
LONGEST_PRONOUNS = 40
LONGEST_TEXT = 280

#: Embeddings, overrides and isolates: they make a text read in another order than it is written.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A card as somebody wrote it. Blank texts are None once clean; None leaves the two choices as they are."""

    name: str = field(repr=False)
    pronouns: str | None = field(default=None, repr=False)
    up_to: str | None = field(default=None, repr=False)
    seeking: str | None = field(default=None, repr=False)
    offering: str | None = field(default=None, repr=False)
    ask_me_about: str | None = field(default=None, repr=False)
    good_introduction: str | None = field(default=None, repr=False)
    new_here: bool = False
    returning: bool = False
    between_things: bool = False
    open_to_event: bool | None = None
    open_to_introductions: bool | None = None


def clean_card(draft: CardDraft) -> CardDraft:
    """The card as it is kept: NFC, no text that only holds spaces. Names and pronouns are one line.

    Raises `InputNotValid` naming the field, such as `card.upTo`.
    """
    return CardDraft(
        name=_name(draft.name),
        pronouns=_one_line(draft.pronouns, "card.pronouns", LONGEST_PRONOUNS),
        up_to=_text(draft.up_to, "card.upTo"),
        seeking=_text(draft.seeking, "card.seeking"),
        offering=_text(draft.offering, "card.offering"),
        ask_me_about=_text(draft.ask_me_about, "card.askMeAbout"),
        good_introduction=_text(draft.good_introduction, "card.goodIntroduction"),
        new_here=draft.new_here,
        returning=draft.returning,
        between_things=draft.between_things,
        open_to_event=draft.open_to_event,
        open_to_introductions=draft.open_to_introductions,
    )


def _name(text: str) -> str:
    name = _one_line(text, "card.name", LONGEST_NAME)
    if name is None:
        raise InputNotValid("card.name", "Write your name, the way you like to be called.")
    return name


def _one_line(text: str | None, field: str, longest: int) -> str | None:
    return _text(None if text is None else " ".join(text.split()), field, longest)


def _text(text: str | None, field: str, longest: int = LONGEST_TEXT) -> str | None:
    if text is not None:
        _refuse_turning(text, field)
    return clean_optional_text(text, field=field, longest=longest)


def _refuse_turning(text: str, field: str) -> None:
    if not _TURNING.isdisjoint(text):
        raise InputNotValid(
            field, "That text holds an unseen sign that turns the direction of writing. Please type it again."
        )
