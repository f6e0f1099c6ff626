"""The guide for writers says every condition, and what it praises is what people are given."""

import re
from pathlib import Path

from server.agenda.library import library_in
from server.agenda.models import Circumstance

GUIDE = (Path(__file__).parents[2] / "docs" / "prompts.md").read_text(encoding="utf-8")
#: Lines of a table that begin with conditions, as (conditions, rest).
ROWS = [
    (re.findall(r"`(\w+)`", row[0]), row[1]) for row in re.findall(r"^\| (`[^|]+) \| ([^|]+) \|", GUIDE, re.MULTILINE)
]


def test_every_condition_is_explained() -> None:
    explained = {name for names, _ in ROWS for name in names}

    assert explained >= set(Circumstance)


def test_each_condition_has_a_good_example_that_is_asked_under_it() -> None:
    asked = {prompt.text: prompt.when for prompt in library_in("en").prompts}
    good = {names[0]: text.strip() for names, text in ROWS if text.strip() in asked}

    assert {name for name, text in good.items() if name in asked[text]} == good.keys()
    without = set(Circumstance) - good.keys()
    assert {name for name in without if not name.startswith("empty_")} == set()


def test_what_is_to_be_written_instead_is_what_people_are_asked() -> None:
    texts = {prompt.text for prompt in library_in("en").prompts}
    instead = re.findall(r"^\| [^`|]+\? \| ([^|]+\?) \| [^|]+ \|$", GUIDE, re.MULTILINE)

    assert len(instead) >= 5
    assert set(instead) <= texts
