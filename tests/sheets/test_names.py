"""Names of the world on paper: every letter there, shaped, in its direction, and inside its label."""

from pathlib import Path

import pytest
import uharfbuzz

from server.sheets.formats import FORMATS, FormatName
from server.sheets.lines import Reading, pieces
from server.sheets.pen import POINT
from server.sheets.typefaces import Weight, cut, signs_needed, unwritable, without_unwritable_symbols
from tests.sheets.pages import face, sheets, signs

NAMES = {
    "Latin": "Zoë Łukaszewska-Ångström",
    "Vietnamese": "Nguyễn Thị Ễnh",
    "Greek": "Αλέξανδρος Παπαδόπουλος",
    "Cyrillic": "Наталья Ёлкина",
    "Simplified Chinese": "王小明",
    "Traditional Chinese": "龍應臺",
    "Japanese": "山田 さくら",
    "Korean": "김민준",
    "Arabic": "محمد عبد الرحمن",
    "Persian": "علی‌رضا پژمان",
    "Hebrew": "יעל כהן",
    "Devanagari": "अमृता क्षीरसागर",
    "Bengali": "কাজী নজরুল",
    "Tamil": "தமிழ்ச்செல்வி",
    "Telugu": "శ్రీనివాస్",
    "Thai": "สมชาย ใจดี",
    "Lao": "ສົມສະຫວັນ",
    "Khmer": "សុខា",
    "Burmese": "အောင်ဆန်း",
    "Amharic": "አበበ በቀለ",
    "mixed": "محمد (Mo) Smith 3",
}
LONG = [
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Maria del Carmen Fernández de la Vega y Sánchez-Ostiz Rodríguez de Villanueva y Gasset-Ortega della Rovere",
    "W" * 120,
    "محمد عبد الرحمن " * 7 + "علي",
    "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処やぶら小路の藪柑子" * 2,
    "Jo",
]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_every_letter_of_a_name_has_a_glyph(name: str, tmp_path: Path) -> None:
    assert unwritable(name) == ""
    assert without_unwritable_symbols(name) == name
    fonts = {
        typeface: uharfbuzz.Font(uharfbuzz.Face(cut(typeface, Weight.BOLD, needed, tmp_path).read_bytes()))
        for typeface, needed in signs_needed(name).items()
    }
    for piece in pieces(name, Reading.of(name)):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(piece.text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(fonts[piece.typeface], buffer)

        assert 0 not in {glyph.codepoint for glyph in buffer.glyph_infos}, piece


def test_a_name_read_from_the_right_is_drawn_so_with_what_is_not_left_as_it_is() -> None:
    arabic, hebrew = (pieces(text, Reading.of(text)) for text in ("محمد (Mo) Smith 3", "יעל 12 כהן"))

    assert [piece.text.strip() for piece in arabic if piece.text.strip()] == ["Smith 3", ")", "Mo", "محمد ("]
    assert [piece.text.strip() for piece in hebrew] == ["כהן", "12", "יעל"]
    assert all(piece.leftwards == (not piece.text.strip().isascii()) for piece in hebrew if piece.text.strip())


def test_the_first_letter_of_a_hebrew_name_stands_rightmost_and_latin_leftmost() -> None:
    hebrew, latin = (signs(sheets(FormatName.A6, face(1, name, pronouns=None), title="")) for name in ("אבג", "ABC"))
    where = {sign.text: sign.left for sign in [*hebrew, *latin] if sign.bottom < 60}

    assert where["א"] > where["ב"] > where["ג"]
    assert where["A"] < where["B"] < where["C"]


def test_arabic_letters_are_joined(tmp_path: Path) -> None:
    [typeface] = signs_needed("محمد")
    font = uharfbuzz.Font(uharfbuzz.Face(cut(typeface, Weight.BOLD, "محمد", tmp_path).read_bytes()))

    def shaped(text: str) -> list[int]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer)
        return [glyph.codepoint for glyph in reversed(buffer.glyph_infos)]

    first, _, middle, _ = shaped("محمد")
    [alone] = shaped("م")

    assert len({first, middle, alone}) == 3


@pytest.mark.parametrize("name", list(FormatName))
def test_nothing_is_drawn_outside_the_padding_of_its_label_however_long_the_name(name: FormatName) -> None:
    on = FORMATS[name]
    asked = "how bees find their way home, and what a roof garden needs in its very first winter " * 3
    faces = [face(i, text, ask_me_about=asked[:280]) for i, text in enumerate([*LONG, *NAMES.values()])]
    document = sheets(name, *faces, title="The Eleventh International Summit on Repair, Reuse and Remaking of Things")

    for number in range(len(document)):
        for sign in signs(document, number):
            boxes = [on.corner(place) for place in range(on.per_page)]
            slack = on.padding - 0.08 * on.largest_name * POINT  # a J hangs over by so much
            assert any(
                x + slack <= sign.left and sign.right <= x + on.width - slack
                and y + slack <= sign.top and sign.bottom <= y + on.height - slack
                for x, y in boxes
            ), (number, sign)  # fmt: skip


@pytest.mark.parametrize("name", LONG, ids=range(len(LONG)))
def test_a_name_is_printed_whole(name: str) -> None:
    printed = "".join(sign.text for sign in signs(sheets(FormatName.A4_63X38, face(1, name)))).replace(" ", "")

    for letter in set(name) - set(" -"):  # a hyphen at a line's end is read back as a soft one
        assert printed.count(letter) >= name.count(letter), letter


def test_emoji_are_left_out_and_letters_no_font_has_are_named() -> None:
    assert without_unwritable_symbols("Ana 🌻 Duarte") == "Ana Duarte"
    assert without_unwritable_symbols("Jo 👩🏽‍🔬") == "Jo"
    assert unwritable("Ana ნინო") == "ნიო"
