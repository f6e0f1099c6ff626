"""The smallest picture of a badge that decoders still read, beside a contact card of the same person in a code.

Run as `python bench/read_badges.py`. Every width is tried with several codes, each held a little differently; the
figure is the smallest width at which all of them are read, in pixels of the code's side with its quiet zone, and in
pixels a module. "At hand" is how a phone holds a badge: turned, tilted, a little out of focus, noisy. If node and the
app's packages are there, the phone's own reader is asked too, with the options it has for frames of the camera.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import cv2

from server.badges.tokens import BadgeSecret
from server.sheets.symbols import modules_of
from tests.badges.poor_pictures import Picture, Sight, read_by_opencv, read_by_zxing, seen, with_quiet_zone

PWA = Path(__file__).parent.parent / "pwa"
WIDTHS = range(36, 300, 4)
CODES = 12
PUBLIC_URL = "https://meet.example.org"
PLAIN = Sight(0)
AT_HAND = Sight(0, tilted=14, blur=0.8, noise=8, contrast=0.8)

#: Reads many pictures in one process, as `camera/reading.worker.ts` reads a frame.
READ_ON_PHONE = """
import { readFileSync } from 'node:fs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
const wasm = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) } });
const quick = {
    formats: ['QRCode'], maxNumberOfSymbols: 3,
    tryHarder: false, tryRotate: false, tryInvert: false, tryDownscale: false,
};
const answers = [];
for (const path of JSON.parse(readFileSync(0, 'utf8'))) {
    const found = await readBarcodes(new Uint8Array(readFileSync(path)), quick);
    answers.push(found.filter(({ isValid }) => isValid).map(({ text }) => text));
}
process.stdout.write(JSON.stringify(answers));
"""

#: Reads each picture; a reader of many at once is cheaper to start once.
Reader = Callable[[Sequence[Picture]], list[list[str]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in a code, and how a picture of it is taken."""

    text: str
    picture: Picture


def badge(number: int) -> str:
    return BadgeSecret(f"{number:02}JD9Q6Z3K7H8M2N4P5R6S7T8V", "ABCD2345").address(PUBLIC_URL)


def contact_card(number: int) -> str:
    """What the same person would put into a code of their own."""
    return (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Okafor;Ben;;;\r\nFN:Ben Okafor\r\nORG:Open Repair Lisbon\r\n"
        f"TEL;TYPE=CELL:+3519123456{number:02}\r\nEMAIL:ben.okafor@example.org\r\nURL:https://ben.example.org\r\nEND:VCARD"
    )


def pictures(text: Callable[[int], str], sight: Sight, width: int) -> list[Shown]:
    """The codes at that width, each turned a little further than the one before."""
    held = replace(sight, width=width)
    shown = []
    for number in range(CODES):
        turned = replace(held, turned=(number - CODES / 2) * 4) if sight.tilted else held
        code = with_quiet_zone(modules_of(text(number)))
        shown.append(Shown(text(number), seen(code, turned, seed=number)))
    return shown


def one_by_one(read: Callable[[Picture], list[str]]) -> Reader:
    return lambda pictures: [read(picture) for picture in pictures]


def read_on_phone(pictures: Sequence[Picture]) -> list[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.png" for number in range(len(pictures))]
        for path, picture in zip(paths, pictures, strict=True):
            cv2.imwrite(str(path), picture)
        done = subprocess.run(
            ["node", "--input-type=module", "--eval", READ_ON_PHONE],
            cwd=PWA, input=json.dumps([str(path) for path in paths]), capture_output=True, text=True, check=True,
        )  # fmt: skip
    answers: list[list[str]] = json.loads(done.stdout)
    return answers


def readers() -> dict[str, Reader]:
    found = {"zxing-cpp": one_by_one(read_by_zxing), "OpenCV": one_by_one(read_by_opencv)}
    if shutil.which("node") and (PWA / "node_modules" / "zxing-wasm").exists():
        found["the phone's"] = read_on_phone
    return found


def smallest_width(read: Reader, text: Callable[[int], str], sight: Sight) -> int | None:
    """The smallest width at which every code is read, and at the next one too, so that luck does not count."""
    was_read = False
    for width in WIDTHS:
        shown = pictures(text, sight, width)
        is_read = read([each.picture for each in shown]) == [[each.text] for each in shown]
        if is_read and was_read:
            return width - WIDTHS.step
        was_read = is_read
    return None


def main() -> None:
    print(f"{'smallest width read, pixels':34}" + "".join(f"{name:>20}" for name in readers()))
    for name, text in (("badge", badge), ("contact card", contact_card)):
        modules = len(with_quiet_zone(modules_of(text(0))))
        for how, sight in (("plain", PLAIN), ("at hand", AT_HAND)):
            row = f"{name}, {modules} modules, {how}"
            cells = []
            for read in readers().values():
                width = smallest_width(read, text, sight)
                cells.append("none" if width is None else f"{width} ({width / modules:.1f}/module)")
            print(f"{row:34}" + "".join(f"{cell:>20}" for cell in cells))


if __name__ == "__main__":
    main()
