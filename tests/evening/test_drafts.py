"""The shapes of drafts, and what a file of them must hold."""

import re
from pathlib import Path

import pytest

from server.evening.drafts import DRAFTS, DraftsNotValid, drafts_in, parse_drafts
from tests.evening.people_met import ALL_SHAPES


@pytest.mark.parametrize("path", sorted(DRAFTS.glob("*.toml")), ids=lambda path: path.stem)
def test_no_two_shapes_share_a_run_of_five_words(path: Path) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for group in drafts_in(path.stem).shapes.values():
        for shape in group:
            for part in re.split(r"“\{quote\}”|\{name\}", shape):
                words = re.findall(r"[\w\u2019-]+", part.casefold())
                for run in {tuple(words[at : at + 5]) for at in range(len(words) - 4)}:
                    assert run not in seen, f"{' '.join(run)}: {seen[run]} / {shape}"
                    seen[run] = shape


@pytest.mark.parametrize("shape", ALL_SHAPES)
def test_a_shape_is_calm_and_claims_no_day(shape: str) -> None:
    assert "!" not in shape
    assert "'" not in shape
    assert not re.search(r"\b(amazing|great|wonderful|inspiring|honou?red|pleasure|today|yesterday|regards)\b", shape)
    assert len(shape) <= 170


def test_a_file_of_drafts_that_is_not_whole_is_refused_in_words() -> None:
    content = (DRAFTS / "en.toml").read_text(encoding="utf-8")
    broken = content.replace("A promise is a promise, {name}.", "A promise is a promise.")
    broken = broken.replace('kept_promise = "You kept', 'kept = "You kept').replace('language = "en"', "")

    with pytest.raises(DraftsNotValid) as refused:
        parse_drafts(broken, source="en.toml")

    assert set(refused.value.faults) == {
        "the reason 'kept_promise' is missing",
        "promise_unquoted, shape 3: it says {name} exactly once",
        'it does not say its language: put a line like language = "en" at the top',
    }


def test_a_reason_that_does_not_end_with_its_quotation_is_refused() -> None:
    content = (DRAFTS / "en.toml").read_text(encoding="utf-8")
    broken = content.replace("You promised {name}: {quote}", "{quote} is what you promised {name}")

    with pytest.raises(DraftsNotValid, match="the reason 'promise': a quotation stands at the end, after a colon"):
        parse_drafts(broken, source="en.toml")


def test_a_ground_with_too_few_shapes_is_refused() -> None:
    with pytest.raises(DraftsNotValid, match="note has 0 shapes; it needs 5"):
        parse_drafts('language = "en"', source="en.toml")
