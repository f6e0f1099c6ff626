"""Draws sheets in a process of its own, started by `server.printing.making`: so a thousand badges keep no door waiting,
and the memory they take is given back. It is told everything over its standard input, and knows no key and no database.
"""

import json
import os
import sys
from typing import BinaryIO

from server.printing.errand import Errand
from server.sheets.document import make_pdf
from server.sheets.formats import FORMATS
from server.traces import places

#: Beside whatever answers people.
_NICENESS = 10


def main() -> None:
    """Answers one line for each badge, and at the end a line with the number of pages and bytes, and the file.

    A failure is one line too: where it happened, without its words, which could be somebody's.
    """
    answer = sys.stdout.buffer
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    try:
        _draw(Errand.read(sys.stdin.buffer.read()), answer)
    except BrokenPipeError:
        os._exit(1)  # nobody waits for it any more, so there is nothing to be tidied up or told
    except Exception as error:  # noqa: BLE001 - told without its text
        told = {"kind": type(error).__name__, "places": places(error)}
        answer.write(b"failed %s\n" % json.dumps(told).encode())
        answer.flush()
        sys.exit(1)


def _draw(errand: Errand, answer: BinaryIO) -> None:
    def drawn(_: int) -> None:
        answer.write(b"drawn\n")
        answer.flush()

    pdf, pages = make_pdf(
        errand.faces,
        heading=errand.heading,
        on=FORMATS[errand.format_name],
        now=errand.now,
        progress=drawn,
        outlines=errand.outlines,
    )
    answer.write(b"done %d %d\n" % (pages, len(pdf)))
    answer.write(pdf)
    answer.flush()


if __name__ == "__main__":
    main()
