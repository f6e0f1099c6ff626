"""QR codes on paper are read back, by two programs that share no code."""

import numpy as np
import pytest
import zxingcpp

from server.sheets.formats import FORMATS, FormatName
from server.sheets.symbols import QUIET_MODULES, symbol_of
from tests.badges.poor_pictures import read_by_opencv, read_by_zxing
from tests.sheets.pages import face, picture, sheets

#: Pixels to a millimetre; the smallest label's modules are 0.78 mm.
COARSE = 4.0
#: About what printers do.
FINE = 12.0


@pytest.mark.parametrize("name", list(FormatName))
def test_every_code_of_a_page_is_read_by_two_decoders_at_small_size(name: FormatName) -> None:
    on = FORMATS[name]
    faces = [face(number, f"Ana Duarte the {number}th") for number in range(min(on.per_page, 6))]
    document = sheets(name, *faces)

    for place, each in enumerate(faces):
        image = picture(document, 0, on, place, scale=COARSE * 25.4 / 72)
        assert read_by_zxing(image) == [each.address]
        assert read_by_opencv(image) == [each.address]


@pytest.mark.parametrize("name", list(FormatName))
def test_four_blank_modules_are_around_every_code_on_the_page_itself(name: FormatName) -> None:
    on = FORMATS[name]
    faces = [face(number, "Maria " * 12, ask_me_about="bees " * 50) for number in range(on.per_page)]
    page = sheets(name, *faces, outlines=False)[0].render(scale=FINE * 25.4 / 72).to_pil().convert("L")
    ink = np.asarray(page) < 128
    found = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    modules = len(symbol_of(faces[0].address))

    assert len(found) == on.per_page
    for code in found:
        corner, opposite = code.position.top_left, code.position.bottom_right
        module = (opposite.x - corner.x) / modules
        quiet = round((QUIET_MODULES - 0.3) * module)
        edge = round(0.3 * module)
        around = ink[max(corner.y - quiet, 0) : opposite.y + quiet, max(corner.x - quiet, 0) : opposite.x + quiet].sum()
        inside = ink[corner.y - edge : opposite.y + edge, corner.x - edge : opposite.x + edge].sum()
        assert around == inside, code.position
        assert module / FINE >= 0.6


def test_the_short_code_stands_beneath_in_groups_of_four() -> None:
    document = sheets(FormatName.LABEL_62, face(7, "Ana"))

    assert "ABCD 0007" in document[0].get_textpage().get_text_range()


@pytest.mark.parametrize("name", list(FormatName))
def test_the_host_that_a_scan_leads_to_is_printed_beneath_the_code(name: FormatName) -> None:
    assert "meet.example.org" in sheets(name, face(1, "Ana"))[0].get_textpage().get_text_range()
