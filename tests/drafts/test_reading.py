"""A feature's drafts: read from its files, filled in one pass, refused in words where a file is not whole."""

from pathlib import Path

import pytest

from server.drafts.reading import DraftBook, DraftsNotValid

ENGLISH = """
language = "en"
[reasons]
thanks = "You noted about {name}: “{quote}”"
[shapes]
thanks = ["{name}, “{quote}”. Thank you.", "{name}, this stayed: “{quote}”.", "“{quote}”, {name}. It helped.",
"Still here, {name}: “{quote}”."]
"""


@pytest.fixture
def book(tmp_path: Path) -> DraftBook:
    (tmp_path / "en.toml").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "de.toml").write_text(ENGLISH.replace('"en"', '"de"'), encoding="utf-8")
    return DraftBook(tmp_path, {"thanks": frozenset({"name", "quote"})})


@pytest.mark.parametrize(("tag", "language"), [("de", "de"), ("de-AT", "de"), ("DE", "de"), ("pt", "en"), ("", "en")])
def test_a_language_without_drafts_of_its_own_is_written_to_in_english(
    book: DraftBook, tag: str, language: str
) -> None:
    assert book.in_language(tag).language == language


def test_what_somebody_wrote_is_never_read_as_a_place_to_fill(book: DraftBook) -> None:
    assert book.in_language("en").reason("thanks", name="{quote}", quote="{name}") == (
        "You noted about {quote}: “{name}”"
    )


def test_the_places_of_one_list_have_different_shapes(book: DraftBook) -> None:
    drafts = book.in_language("en")

    written = {drafts.draft("thanks", seed=b"me", place=place, name="Ben", quote="hay") for place in range(4)}

    assert len(written) == 4


@pytest.mark.parametrize(
    ("mended", "fault"),
    [
        (("{name}, “{quote}”. Thank", "“{quote}”. Thank"), "thanks, shape 1: it says {name} exactly once"),
        (("It helped", "It helped {other}"), "thanks, shape 3: there is no {other} to put in"),
        ((',\n"Still here, {name}: “{quote}”."', ""), "thanks has 3 shapes; it needs 4"),
        (("thanks = [", "thank = ["), "the shapes 'thank' belong to nothing"),
        (("You noted about {name}: “{quote}”", "“{quote}” is from {name}"),
         "the reason 'thanks': a quotation stands at the end, after a colon"),
        (("You noted about {name}", "You noted about {nam}"), "the reason 'thanks' names {nam}, which nobody fills"),
        (('thanks = "You', 'kept = "You'), "the reason 'thanks' is missing"),
        (('language = "en"', ""), 'it does not say its language: put a line like language = "en" at the top'),
        (("[reasons]", "[reasons"), "it is not TOML"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_is_refused_with_what_to_mend(
    book: DraftBook, mended: tuple[str, str], fault: str
) -> None:
    with pytest.raises(DraftsNotValid) as refused:
        book.parse(ENGLISH.replace(*mended), source="en.toml")

    assert any(each.startswith(fault) for each in refused.value.faults)
    assert str(refused.value).startswith("en.toml cannot be used:")
