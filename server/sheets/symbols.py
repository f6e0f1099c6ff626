"""QR codes for many badges: the very symbols that the `qrcode` library makes, many times sooner. Draws nothing.

The library lays and weighs all eight masks module by module. Here a line of modules is one number, and what a mask
changes is worked out once for each size.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from qrcode import QRCode, util
from qrcode.constants import ERROR_CORRECT_M

#: Blank modules around a QR code (ISO/IEC 18004).
QUIET_MODULES = 4

#: Level M: 15 % of a code may be unreadable.
_LEVEL = ERROR_CORRECT_M
_MASKS = range(8)

#: One number for each line of modules; the lowest bit is the first module, and set ones are dark.
Lines = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Blank:
    """A symbol of one size with every module of its data light before masking.

    `places` are row and column of each bit of the data, in the order in which they are laid.
    """

    places: tuple[tuple[int, int], ...]
    masked: tuple[Lines, ...]
    weighed: tuple[tuple[Lines, Lines], ...]


def symbol_of(text: str) -> Lines:
    """The rows of the QR code that holds `text`, without its quiet zone."""
    code = QRCode(error_correction=_LEVEL, border=0)
    code.add_data(text, optimize=0)
    version = code.best_fit()
    blank = _blank(version)
    rows, columns = _laid(util.create_data(version, _LEVEL, code.data_list), blank.places, version * 4 + 17)
    best = min(
        _MASKS,
        key=lambda mask: _weight(_joined(blank.weighed[mask][0], rows), _joined(blank.weighed[mask][1], columns)),
    )
    return _joined(blank.masked[best], rows)


def modules_of(text: str) -> list[list[bool]]:
    """The same, module by module."""
    rows = symbol_of(text)
    return [[bool(row >> place & 1) for place in range(len(rows))] for row in rows]


def _laid(data: list[int], places: tuple[tuple[int, int], ...], side: int) -> tuple[list[int], list[int]]:
    """The data's dark modules, as rows and as columns."""
    rows, columns = [0] * side, [0] * side
    place = iter(places)
    for byte in data:
        for bit in (128, 64, 32, 16, 8, 4, 2, 1):
            row, column = next(place)
            if byte & bit:
                rows[row] |= 1 << column
                columns[column] |= 1 << row
    return rows, columns


def _joined(lines: Lines, data: list[int]) -> Lines:
    return tuple(line ^ laid for line, laid in zip(lines, data, strict=True))


def _weight(rows: Lines, columns: Lines) -> int:
    """How hard the symbol is to read by the four rules of the standard (ISO/IEC 18004, 7.8.3); less is better."""
    side = len(rows)
    whole = (1 << side) - 1
    weight = sum(_weight_of_line(line, whole) for line in rows + columns)
    for upper, lower in pairwise(rows):
        alike = (upper ^ lower) ^ whole
        weight += 3 * (alike & alike >> 1 & ~(upper ^ upper >> 1) & whole >> 1).bit_count()
    dark = sum(row.bit_count() for row in rows)
    return weight + 10 * int(abs(dark / side**2 * 100 - 50) / 5)


def _weight_of_line(line: int, whole: int) -> int:
    """Rules 1 and 3: long runs of one colour, and what looks like a corner's square."""
    weight = 0
    other = line ^ whole
    fours = []
    for colour in (line, other):
        two = colour & colour >> 1
        four = two & two >> 2
        fours.append(four)
        five = four & colour >> 4
        if five:
            weight += five.bit_count() + 2 * (five & ~(five << 1)).bit_count()
    corner = line & other >> 1 & line >> 2 & line >> 3 & line >> 4 & other >> 5 & line >> 6
    if corner:
        light = fours[1]
        weight += 40 * ((corner & light >> 7).bit_count() + (light & corner >> 4).bit_count())
    return weight


@cache
def _blank(version: int) -> _Blank:
    """What the library makes of data that is all zeros. It weighs its masks without their own numbers in the symbol."""
    data_bytes = sum(block.data_count for block in util.base.rs_blocks(version, _LEVEL))
    total_bytes = sum(block.total_count for block in util.base.rs_blocks(version, _LEVEL))
    assert total_bytes > data_bytes  # noqa: S101 - a level always adds some

    def made(mask: int, byte: int, *, weighing: bool) -> list[list[bool]]:
        code = QRCode(version, error_correction=_LEVEL, border=0)
        code.data_cache = [byte] * total_bytes
        code.makeImpl(weighing, mask)
        return [[bool(module) for module in row] for row in code.modules]

    empty, full = made(0, 0, weighing=False), made(0, 255, weighing=False)
    side = len(empty)
    places = tuple((row, column) for row, column in _way(side) if empty[row][column] != full[row][column])
    finished = [made(mask, 0, weighing=False) for mask in _MASKS]
    weighed = [made(mask, 0, weighing=True) for mask in _MASKS]
    return _Blank(
        places,
        tuple(_lines(modules) for modules in finished),
        tuple((_lines(modules), _lines(list(map(list, zip(*modules, strict=True))))) for modules in weighed),
    )


def _lines(modules: list[list[bool]]) -> Lines:
    return tuple(sum(dark << place for place, dark in enumerate(line)) for line in modules)


def _way(side: int) -> list[tuple[int, int]]:
    """All modules in the order in which data is laid: by pairs of columns from the right, up and down in turn.

    The column of the timing pattern belongs to no pair.
    """
    way = []
    upwards = True
    for right in (*range(side - 1, 6, -2), 5, 3, 1):
        rows = range(side - 1, -1, -1) if upwards else range(side)
        way += [(row, column) for row in rows for column in (right, right - 1)]
        upwards = not upwards
    return way
