"""The papers are as their packs say, as the documentation says, and as the page is drawn."""

import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from server.sheets.formats import FORMATS, FormatName
from server.sheets.symbols import QUIET_MODULES, symbol_of
from tests.sheets.pages import face, sheets

DOCS = Path(__file__).parents[2] / "docs" / "badges.md"
INCH = 25.4
#: Pixels to a millimetre.
SCALE = 6.0
NAMES = {f"`{name}`" for name in FormatName}


@pytest.mark.parametrize("name", list(FormatName))
def test_the_margins_and_pitches_of_a_sheet_add_up_to_its_paper(name: FormatName) -> None:
    on = FORMATS[name]
    x, y = on.corner(on.per_page - 1)

    assert x + on.width + on.left == pytest.approx(on.page[0], abs=0.1)
    assert y + on.height + on.top == pytest.approx(on.page[1], abs=0.1)
    assert on.pitch[0] >= on.width
    assert on.pitch[1] >= on.height


@pytest.mark.parametrize("name", list(FormatName))
def test_the_code_is_at_least_22_mm_wide_without_its_quiet_zone(name: FormatName) -> None:
    smallest_code = 25  # modules: an address needs 29 at least

    assert FORMATS[name].qr * smallest_code / (smallest_code + 2 * QUIET_MODULES) >= 21.9


def documented() -> dict[str, list[str]]:
    """The cells of the table of papers, by format."""
    rows = (line.strip("| \n").split(" | ") for line in DOCS.read_text(encoding="utf-8").splitlines())
    return {cells[0].strip("`"): cells[1:] for cells in rows if len(cells) == 7 and cells[0] in NAMES}


def lengths(cell: str) -> list[float]:
    """Millimetres, also where the cell says inches."""
    unit = INCH if cell.endswith(" in") else 1.0
    cell = re.sub("[¼½¾]", lambda found: {"¼": ".25", "½": ".5", "¾": ".75"}[found[0]], cell)
    return [float(Fraction(each)) * unit for each in re.findall(r"\d+/\d+|\d*\.?\d+", cell)]


def test_every_paper_is_documented_with_its_measures() -> None:
    told = documented()

    assert set(told) == set(FormatName)
    for name, (_, like, on_page, margins, pitch, code) in told.items():
        on = FORMATS[FormatName(name)]
        assert on.like is None or like.startswith(on.like), name
        assert lengths(on_page) == ([on.columns, on.rows] if on.per_page > 1 else [1]), name
        if on.per_page > 1:
            assert lengths(margins) == pytest.approx([on.left, on.top]), name
            assert lengths(pitch) == pytest.approx(list(on.pitch)), name
        modules = len(symbol_of(face(1, "Ana").address))
        assert lengths(code) == pytest.approx([on.qr * modules / (modules + 2 * QUIET_MODULES)], abs=0.06), name


@pytest.mark.parametrize("name", [name for name in FormatName if FORMATS[name].per_page > 1])
def test_outlines_lie_round_every_label_of_the_page_also_where_no_badge_is(name: FormatName) -> None:
    on = FORMATS[name]
    page = sheets(name, face(1, "Ana"), outlines=True)[0].render(scale=SCALE * INCH / 72).to_pil().convert("L")
    ink = np.asarray(page) < 250

    for place in range(on.per_page):
        x, y = on.corner(place)
        for edge in (x, x + on.width):
            if 1 < edge < on.page[0] - 1:
                rows = ink[round((y + 1) * SCALE) : round((y + on.height - 1) * SCALE)]
                drawn = rows[:, round(edge * SCALE) - 2 : round(edge * SCALE) + 3].max(axis=1)
                assert np.all(drawn), (place, edge)


def test_without_being_asked_for_no_outline_is_drawn() -> None:
    on = FORMATS[FormatName.A4_80X50]
    page = sheets(FormatName.A4_80X50, face(1, "Ana"))[0].render(scale=SCALE * INCH / 72).to_pil().convert("L")
    x, y = on.corner(3)

    around = np.asarray(page)[round((y - 2) * SCALE) : round((y + on.height) * SCALE), round((x - 2) * SCALE) :]
    assert (around > 250).all()
