"""Draws the PNG icons from public/favicon.svg with Chromium, to be run by hand after the mark has changed.

The PNGs are committed: .venv/bin/python pwa/build/icons.py
"""
# ruff: noqa: INP001 - a script that nothing imports

import re
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

PUBLIC = Path(__file__).parent.parent / "public"
GREEN = "#2c6146"
#: File name, pixels, and the share of the square that the mark takes (none: with its own rounded corners).
ICONS: list[tuple[str, int, float | None]] = [
    ("icon-192.png", 192, None),
    ("icon-512.png", 512, None),
    ("maskable-512.png", 512, 0.8),
    ("apple-touch-180.png", 180, 0.92),
]


def page_for(svg: str, pixels: int, share: float | None) -> str:
    """A page of exactly the icon: rounded and see-through at the corners, or the mark on a full square."""
    if share is None:
        return f"<body style='margin:0'>{svg.replace('<svg', f'<svg width={pixels} height={pixels}', 1)}"
    mark = re.sub(r"<rect[^>]*/>", "", svg).replace("<svg", f"<svg width={pixels * share} height={pixels * share}", 1)
    return f"<body style='margin:0;background:{GREEN};height:100vh;display:grid;place-items:center'>{mark}"


def main() -> None:
    """Write every icon to public/."""
    svg = (PUBLIC / "favicon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, pixels, share in ICONS:
            page = browser.new_page(viewport={"width": pixels, "height": pixels})
            page.set_content(page_for(svg, pixels, share))
            page.screenshot(path=PUBLIC / name, omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
