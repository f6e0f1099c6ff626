"""What was written about somebody is quoted to them only where it cannot hurt."""

import pytest

from server.drafts.guards import may_be_quoted, tells_of_a_gift


@pytest.mark.parametrize(
    "words",
    [
        "seemed lonely",
        "told me he is getting divorced",
        "er ist krank",
        "wirkte ziemlich arrogant",
        "Bitte VERTRAULICH",
    ],
)
def test_what_may_hurt_is_not_quoted_in_whichever_language_it_stands(words: str) -> None:
    assert not may_be_quoted(words)
    assert not tells_of_a_gift(words)


@pytest.mark.parametrize("words", ["hay insulates the hives", "Heu dämmt die Stöcke", "she skills people", "他告诉我"])
def test_other_words_are(words: str) -> None:
    assert may_be_quoted(words)


@pytest.mark.parametrize(
    ("note", "tells"),
    [
        ("Mei showed me how to free a stuck bobbin", True),
        ("Mei hat mir gezeigt, wie man eine Spule löst", True),
        ("Tall, grey coat, likes jazz", False),
        ("Groß, grauer Mantel, mag Jazz", False),
    ],
)
def test_a_note_is_a_reason_for_thanks_only_where_something_was_given(note: str, *, tells: bool) -> None:
    assert tells_of_a_gift(note) is tells
