"""Badges as a phone's camera sees them: small, turned, tilted, blurred, in poor light.

The same seed makes the same picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

#: Light modules around a code, which readers need.
QUIET = 4
_GREY, _LIGHT, _DARK = 96, 245, 25
#: A picture is drawn this many times as large and then made small, as the light of a scene falls on a sensor.
_FINER = 4
#: Pixels up to which OpenCV's reader is helped by enlarging.
_SMALL = 400
#: The camera stands so many code widths away; nearer, a tilt bends the code more.
_DISTANCE = 3.0


@dataclass(frozen=True, slots=True)
class Sight:
    """How a code is seen. `width` is its side with the quiet zone in pixels, before it is tilted."""

    width: float
    #: Degrees, in the picture and away from it.
    turned: float = 0
    tilted: float = 0
    #: The blur's radius in pixels, as a standard deviation.
    blur: float = 0
    #: Standard deviation of the brightness, of 255.
    noise: float = 0
    contrast: float = 1


def with_quiet_zone(modules: Sequence[Sequence[bool]]) -> Picture:
    """One pixel a module, with its quiet zone."""
    dark = np.pad(np.array(modules, bool), QUIET)
    return np.where(dark, _DARK, _LIGHT).astype(np.uint8)


def seen(code: Picture, sight: Sight, *, seed: int = 0) -> Picture:
    """A picture of this flat code on grey, as a camera would take it."""
    side = round(sight.width * 1.7)
    large = cv2.warpPerspective(
        code, _onto(len(code), sight, side * _FINER), (side * _FINER, side * _FINER),
        flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=(_GREY,),
    )  # fmt: skip
    scene = cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA)
    if sight.blur:
        scene = cv2.GaussianBlur(scene, (0, 0), sight.blur)
    scene = 128 + (scene.astype(np.float64) - 128) * sight.contrast
    scene += np.random.default_rng(seed).normal(0, sight.noise, scene.shape) if sight.noise else 0
    return np.clip(scene, 0, 255).astype(np.uint8)


def _onto(pixels: int, sight: Sight, side: int) -> NDArray[np.float64]:
    """What takes the code's own corners to where they are seen."""
    turn, tilt = np.radians(sight.turned), np.radians(sight.tilted)
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    corners = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]])
    places = []
    for x, y in corners @ turned.T:
        depth = _DISTANCE + x * np.sin(tilt)
        places.append((x * np.cos(tilt) * _DISTANCE / depth, y * _DISTANCE / depth))
    placed = np.array(places) * sight.width * _FINER + side / 2
    own = (corners + 0.5) * pixels - 0.5
    return np.asarray(cv2.getPerspectiveTransform(own.astype(np.float32), placed.astype(np.float32)), np.float64)


def read_by_zxing(picture: Picture) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def read_by_opencv(picture: Picture) -> list[str]:
    """Shares no code with the other. A small picture is looked at twice, the second time enlarged."""
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)
    if not text and len(picture) <= _SMALL:
        text, _, _ = cv2.QRCodeDetector().detectAndDecode(cv2.resize(picture, None, fx=2, fy=2))
    return [text] if text else []
