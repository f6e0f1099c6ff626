"""The papers are as their packs say."""

import pytest

from server.sheets.formats import FORMATS, FormatName
from server.sheets.symbols import QUIET_MODULES


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
