"""The `handsel` command as the host types it, in a process of its own."""

import asyncio
import sys


async def handsel(environment: dict[str, str], *words: object) -> tuple[int, str]:
    """The exit code, and all that was said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server", *map(str, words),
        env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    told, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, told.decode()
