"""What the drawing process is to draw, as the one who starts it writes it and the process reads it."""

import json
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Self

from server.sheets.formats import FormatName
from server.sheets.models import Face, Heading


@dataclass(frozen=True, slots=True)
class Errand:
    """The badges in their order, on which paper, and whether the labels' edges are drawn too."""

    faces: tuple[Face, ...]
    heading: Heading
    format_name: FormatName
    outlines: bool
    now: datetime

    def written(self) -> bytes:
        return json.dumps(
            {
                "faces": [astuple(face) for face in self.faces],
                "heading": astuple(self.heading),
                "format": self.format_name,
                "outlines": self.outlines,
                "now": self.now.isoformat(),
            }
        ).encode()

    @classmethod
    def read(cls, written: bytes) -> Self:
        told = json.loads(written)
        return cls(
            faces=tuple(Face(*each) for each in told["faces"]),
            heading=Heading(*told["heading"]),
            format_name=FormatName(told["format"]),
            outlines=told["outlines"],
            now=datetime.fromisoformat(told["now"]),
        )
