"""The Chromium found on this machine, started through Playwright so that it can stand for a phone."""

import os
import shutil
from pathlib import Path

from playwright.async_api import Browser, Playwright

#: What a browser needs in a container, and what keeps it from talking to anybody but our server.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

NONE_FOUND = (
    "No Chromium was found. Install the package chromium, or set CHROMIUM to its path; then run the tests again."
)


def find_chromium() -> str | None:
    """The path of a Chromium, or None. `CHROMIUM` in the environment is looked at first."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


async def launch(playwright: Playwright, *, camera: Path | None = None) -> Browser:
    """A browser of its own process. `camera` is a y4m film that its camera shows; without one it has no camera."""
    path = find_chromium()
    if path is None:
        raise LookupError(NONE_FOUND)
    arguments = list(ARGUMENTS)
    if camera is not None:
        arguments += [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={camera}",
        ]
    return await playwright.chromium.launch(executable_path=path, headless=True, args=arguments)
