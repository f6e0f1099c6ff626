"""Seconds from `./run` to the first ready answer: with an empty data folder, and again with the one it made.

Run as `python bench/start.py [rounds]`. Packages and the built app must be there already (one `./run` brings both);
what a first start on a fresh machine takes beyond this is downloading. It uses a data folder of its own and removes it.
"""

import contextlib
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROUNDS = 5
PATIENCE_SECONDS = 120


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def seconds_to_ready(data: Path) -> float:
    """Start, wait for the first ready answer, end."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HANDSEL_")}
    began = time.perf_counter()
    process = subprocess.Popen(
        [ROOT / "run", "--port", str(port), "--data", str(data)], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - began < PATIENCE_SECONDS and process.poll() is None:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1).close()
                return time.perf_counter() - began
            time.sleep(0.02)
        raise RuntimeError("it did not become ready")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_SECONDS)


def main(rounds: int) -> None:
    cold, warm = [], []
    for _ in range(rounds):
        folder = Path(tempfile.mkdtemp(prefix="handsel-bench-"))
        folder.chmod(0o711)  # the user that PostgreSQL runs as has to pass
        try:
            cold.append(seconds_to_ready(folder / "data"))
            warm.append(seconds_to_ready(folder / "data"))
        finally:
            shutil.rmtree(folder)
    for what, taken in (("an empty data folder", cold), ("the second start", warm)):
        print(f"{what}: median {statistics.median(taken):.2f} s of {rounds} ({min(taken):.2f} to {max(taken):.2f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
