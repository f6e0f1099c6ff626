"""Films for a fake camera: QR codes on grey, as a phone held before a badge sees them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import qrcode

WIDTH, HEIGHT = 1280, 720
#: Pixels a module: a badge of 33 modules with its quiet zone then fills three fifths of the picture's height.
SCALE = 11
_GREY, _LIGHT, _DARK = 0x60, 235, 20


def film_of_code(path: Path, text: str, *, empty: int = 0, frames: int = 4, rate: int = 15) -> Path:
    """A film at `path` that shows the code of `text`, moving a little, for `frames` frames after `empty` grey ones.

    It is played again and again, `rate` frames a second.
    """
    pictures = [_grey()] * empty + [_picture(text, shift=6 * (number % 3)) for number in range(frames)]
    write_film(path, pictures, rate=rate)
    return path


def film_of_codes(path: Path, texts: Sequence[str], *, seconds: float, rate: int = 15) -> Path:
    """A film at `path` that shows one code after another, each for so long, again and again."""
    frames = round(seconds * rate)
    pictures = [_picture(text, shift=6 * (number % 3)) for text in texts for number in range(frames)]
    write_film(path, pictures, rate=rate)
    return path


def film_of_two_codes(path: Path, left: str, right: str) -> Path:
    """A film at `path` that shows both codes at once, the right one a little nearer the middle."""
    picture = bytearray(_grey())
    for text, shift in ((left, -140), (right, 110)):
        _draw(picture, text, shift=shift, scale=6)
    write_film(path, [bytes(picture)] * 2, rate=15)
    return path


def write_film(path: Path, pictures: Iterable[bytes], *, rate: int) -> None:
    """A y4m film of grey pictures, each `WIDTH * HEIGHT` bytes of brightness."""
    no_colour = b"\x80" * (WIDTH * HEIGHT // 2)
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{rate}:1 Ip A1:1 C420jpeg\n".encode())
        for picture in pictures:
            file.write(b"FRAME\n" + picture + no_colour)


def _grey() -> bytes:
    return bytes([_GREY]) * (WIDTH * HEIGHT)


def _picture(text: str, *, shift: int) -> bytes:
    picture = bytearray(_grey())
    _draw(picture, text, shift=shift, scale=SCALE)
    return bytes(picture)


def _draw(picture: bytearray, text: str, *, shift: int, scale: int) -> None:
    """Draws the code in the middle of the picture, `shift` pixels to the right of it."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = [bytes(_DARK if dark else _LIGHT for dark in row for _ in range(scale)) for row in code.get_matrix()]
    side = len(rows) * scale
    top, left = (HEIGHT - side) // 2, (WIDTH - side) // 2 + shift
    for number in range(side):
        start = (top + number) * WIDTH + left
        picture[start : start + side] = rows[number // scale]
