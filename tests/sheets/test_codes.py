"""QR codes on paper are read back, by two programs that share no code."""

import pytest

from server.sheets.drawing import qr_matrix
from server.sheets.formats import FORMATS, FormatName
from tests.badges.poor_pictures import read_by_opencv, read_by_zxing
from tests.sheets.pages import face, picture, sheets, signs

#: Pixels to a millimetre; the smallest label's modules are 0.78 mm.
COARSE = 4.0


@pytest.mark.parametrize("name", list(FormatName))
def test_every_code_of_a_page_is_read_by_two_decoders_at_small_size(name: FormatName) -> None:
    on = FORMATS[name]
    faces = [face(number, f"Ana Duarte the {number}th") for number in range(min(on.per_page, 6))]
    document = sheets(name, *faces)

    for place, each in enumerate(faces):
        image = picture(document, 0, on, place, scale=COARSE * 25.4 / 72)
        assert read_by_zxing(image) == [each.address]
        assert read_by_opencv(image) == [each.address]


def test_the_code_stands_alone_in_its_quiet_zone() -> None:
    on = FORMATS[FormatName.A4_63X38]
    faces = [face(number, "Maria " * 12, ask_me_about="bees " * 50) for number in range(21)]
    document = sheets(FormatName.A4_63X38, *faces)
    module = on.qr / (len(qr_matrix(faces[0].address)) + 8)

    for place in range(21):
        x, y = on.corner(place)
        left, top = x + on.width - on.qr + 0.1, y + 0.1 + (on.height - on.qr - 7 * 1.2 * 25.4 / 72) / 2
        for sign in signs(document):
            apart = (
                sign.right <= left
                or sign.left >= left + on.qr - 0.2
                or sign.bottom <= top
                or sign.top >= top + on.qr - 0.2
            )
            assert apart, (place, sign)
    assert module >= 0.75


def test_the_short_code_stands_beneath_in_groups_of_four() -> None:
    document = sheets(FormatName.LABEL_62, face(7, "Ana"))

    assert "ABCD 0007" in document[0].get_textpage().get_text_range()
