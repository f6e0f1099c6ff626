"""The papers that badges are printed on, as measures in millimetres. A new paper is one entry here.

Places on a sheet are counted from its upper left corner. Where the measures come from stands in docs/badges.md; labels
lie in the middle of their paper, so that margins and pitches add up to it, which a test checks.
"""

from dataclasses import dataclass
from enum import StrEnum

_INCH = 25.4
_A4 = (210.0, 297.0)
_LETTER = (8.5 * _INCH, 11 * _INCH)


class FormatName(StrEnum):
    """What a paper is called on the command line."""

    A4_63X38 = "a4-63x38"
    A4_80X50 = "a4-80x50"
    A4_86X55 = "a4-86x55"
    LETTER_86X59 = "letter-86x59"
    LETTER_102X76 = "letter-102x76"
    A6 = "a6"
    A4_A6 = "a4-a6"
    LANYARD_102X76 = "102x76"
    LABEL_62 = "label-62"


class Arrangement(StrEnum):
    """Where the QR code stands: beside all words, or beneath a name that has the whole width."""

    BESIDE = "BESIDE"
    BENEATH = "BENEATH"


@dataclass(frozen=True, slots=True)
class Format:
    """One paper. Lengths are millimetres, type sizes points. `like` names a product of these measures.

    `qr` is the side of the QR code with its quiet zone, which may touch the label's edge: the code itself then stands
    more than `padding` inside. Nothing else is drawn nearer to the edge than `padding`, so that a cut or a print that
    is off by a millimetre or two takes nothing away.
    """

    title: str
    like: str | None
    page: tuple[float, float]
    columns: int
    rows: int
    left: float
    top: float
    pitch: tuple[float, float]
    width: float
    height: float
    arrangement: Arrangement
    padding: float
    qr: float
    largest_name: float
    text: float

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Upper left corner of the label at `place`, counted along the rows from 0."""
        row, column = divmod(place, self.columns)
        return self.left + column * self.pitch[0], self.top + row * self.pitch[1]


def _single(  # one badge to a page: the page is the badge
    title: str, like: str | None, width: float, height: float, arrangement: Arrangement, *, padding: float, qr: float,
    name: float, text: float,
) -> Format:  # fmt: skip
    return Format(
        title, like, (width, height), 1, 1, 0, 0, (width, height), width, height, arrangement, padding, qr, name, text
    )


FORMATS: dict[FormatName, Format] = {
    FormatName.A4_63X38: Format(
        "A4, 21 labels of 63.5 x 38.1 mm", "Avery L7160", _A4, 3, 7, 7.25, 15.15, (66.0, 38.1), 63.5, 38.1,
        Arrangement.BESIDE, padding=3, qr=29, largest_name=20, text=7,
    ),
    FormatName.A4_80X50: Format(
        "A4, 10 name badges of 80 x 50 mm", "Avery L4785", _A4, 2, 5, 17.5, 13.5, (95.0, 55.0), 80, 50,
        Arrangement.BESIDE, padding=4, qr=35, largest_name=26, text=8,
    ),
    FormatName.A4_86X55: Format(
        "A4, 8 inserts of 86 x 55 mm", "Avery L7418", _A4, 2, 4, 19, 38.5, (86.0, 55.0), 86, 55,
        Arrangement.BESIDE, padding=4, qr=38, largest_name=28, text=9,
    ),
    FormatName.LETTER_86X59: Format(
        "Letter, 8 name badges of 3⅜ x 2⅓ in", "Avery 5395", _LETTER, 2, 4, 0.6875 * _INCH, 7 / 12 * _INCH,
        (3.75 * _INCH, 2.5 * _INCH), 3.375 * _INCH, 7 / 3 * _INCH,
        Arrangement.BESIDE, padding=4, qr=38, largest_name=28, text=9,
    ),
    FormatName.LETTER_102X76: Format(
        "Letter, 6 inserts of 4 x 3 in", "Avery 74541", _LETTER, 2, 3, 0.25 * _INCH, _INCH, (4 * _INCH, 3 * _INCH),
        4 * _INCH, 3 * _INCH,
        Arrangement.BENEATH, padding=6, qr=32, largest_name=40, text=10,
    ),
    # Cut twice through the middle.
    FormatName.A4_A6: Format(
        "A4, 4 badges of A6", None, _A4, 2, 2, 0, 0, (105.0, 148.5), 105, 148.5,
        Arrangement.BENEATH, padding=8, qr=56, largest_name=54, text=13,
    ),
    FormatName.A6: _single(
        "A6, one to a page", None, 105, 148.5, Arrangement.BENEATH, padding=8, qr=56, name=54, text=13
    ),
    FormatName.LANYARD_102X76: _single(
        "4 x 3 in, one to a page", None, 4 * _INCH, 3 * _INCH, Arrangement.BENEATH, padding=6, qr=32, name=40, text=10
    ),
    # Rolls 62 mm wide, cut every 100 mm; these printers leave 3 mm blank by themselves, and 1.5 mm at the sides.
    FormatName.LABEL_62: _single(
        "62 mm roll, one label of 100 x 62 mm", "Brother DK-22205", 100, 62, Arrangement.BESIDE, padding=4, qr=42,
        name=34, text=10,
    ),
}  # fmt: skip
