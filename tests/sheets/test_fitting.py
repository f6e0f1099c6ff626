"""How names are broken into lines."""

import pytest

from server.sheets.fitting import fit_name


def lines(text: str, width: float, height: float = 3.0) -> tuple[str, ...]:
    """Every character as wide as it is high; `width` and `height` in characters at ten points."""
    return fit_name(
        text, lambda line: float(len(line)), width=width * 10, height=height * 10, leading=1, largest=10, smallest=5
    ).lines


@pytest.mark.parametrize(
    ("name", "width", "expected"),
    [
        ("山田 さくら", 5, ("山田", "さくら")),
        ("王小明", 3, ("王小明",)),
        ("寿限無寿限無五劫の擦り切れ", 6, ("寿限無寿限無", "五劫の擦り切", "れ")),
        ("Anne-Marie Roux", 7, ("Anne-", "Marie", "Roux")),
        ("Ana Duarte", 6, ("Ana", "Duarte")),
    ],
)
def test_a_name_is_broken_between_its_parts(name: str, width: float, expected: tuple[str, ...]) -> None:
    assert lines(name, width) == expected


def test_a_part_of_a_name_that_fits_nowhere_is_broken_and_nothing_is_lost() -> None:
    broken = lines("Donaudampfschiff", 4, 2)

    assert "".join(broken) == "Donaudampfschiff"
    assert len(broken) > 1
