"""The packs that come along are good ones, in English and German."""

import pytest

from server.agenda.linting import differences
from server.agenda.models import Side
from server.agenda.packs.examples import examples
from server.agenda.packs.judging import advice, require_good
from server.agenda.packs.models import ExamplePack
from server.agenda.packs.reading import clean_file, read_pack


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.title)
def test_an_example_has_no_fault_and_needs_no_advice(example: ExamplePack) -> None:
    pack = read_pack(clean_file(example.content))

    require_good(pack)

    assert advice(pack) == ()
    assert {each.prompt.side for each in pack.prompts} == set(Side)


def test_each_example_is_there_in_english_and_german_and_asks_the_same() -> None:
    packs = {(read_pack(each.content).theme, each.language): each.content for each in examples()}
    themes = {theme for theme, _ in packs}

    assert len(themes) >= 2
    for theme in themes:
        differing, lacking = differences(packs[theme, "de"], leading=packs[theme, "en"])
        assert (differing, lacking) == ((), ())
